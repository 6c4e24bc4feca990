/** Style sheets are imported for what they do to the page (Vite puts them into it). */
declare module "*.css";
