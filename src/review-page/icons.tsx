/** Signs that tell states apart by shape; words always stand with them. */
import type { Standing } from "./standing.js";

const PATHS: Readonly<Record<Standing, string>> = {
  undecided: "",
  partly: "M8 2a6 6 0 0 1 0 12z",
  accept: "M3.5 8.5l3 3 6-7",
  reject: "M4 4l8 8M12 4l-8 8",
  defer: "M8 4v4.5l3 2",
  mixed: "M2.5 8l2 2 3.5-4M10 6.5l4 4M14 6.5l-4 4",
};

/** Not for screen readers: say the standing beside it. */
export function StandingIcon({ standing }: { readonly standing: Standing }) {
  const isRound = standing === "undecided" || standing === "partly" || standing === "defer";
  return (
    <svg class={`icon icon-${standing}`} viewBox="0 0 16 16" aria-hidden="true">
      {isRound && <circle cx="8" cy="8" r="6" />}
      <path d={PATHS[standing]} class={standing === "partly" ? "filled" : undefined} />
    </svg>
  );
}
