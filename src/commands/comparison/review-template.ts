/** The built review page, as it comes with the program. */
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { RunError, systemCode } from "../../runs/exit-codes.js";

/** In `dist/`, also for tests, which run uncompiled; else beside a program that was compiled to another folder. */
const PLACES = ["../../../dist/review-page/page.html", "../../review-page/page.html"];

/** Its HTML. Throws RunError when the program was not built whole. */
export async function readReviewTemplate(): Promise<string> {
  for (const place of PLACES) {
    try {
      return await readFile(new URL(place, import.meta.url), "utf8");
    } catch (error) {
      if (systemCode(error) !== "ENOENT") throw error;
    }
  }
  const expected = fileURLToPath(new URL(PLACES[0] ?? "", import.meta.url));
  throw new RunError(
    `the review page is missing: ${expected}; install ocpi2osm again, or run \`npm run build\``,
  );
}
