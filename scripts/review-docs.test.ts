import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { REFUSALS } from "../src/merging/accepted-proposals.js";
import { DECISION_CELLS } from "../src/proposals/decision-cells.js";
import { COMMANDS, keyWords } from "../src/review-page/shortcuts.js";

const page = readFileSync(new URL("../docs/review.md", import.meta.url), "utf8");

/** The rows of the table with this header. */
function rowsUnder(header: string): readonly string[] {
  const [, after = ""] = page.split(`${header}\n`);
  const [table = ""] = after.split("\n\n");
  return table.trimEnd().split("\n").slice(1);
}

test("docs/review.md lists every key of the page, as its help does", () => {
  const rows = Object.values(COMMANDS).map(({ keys, words }) => {
    const shown = keys.map((key) => `\`${keyWords(key)}\``);
    return `| ${shown.length > 2 ? `${shown[0]} to ${shown.at(-1)}` : shown.join(" ")} | ${words} |`;
  });
  expect(rowsUnder("| key | does |")).toEqual(rows);
});

test("docs/review.md tells every reason for which apply refuses", () => {
  const rows = Object.entries(REFUSALS).map(([reason, meaning]) => `| \`${reason}\` | ${meaning} |`);
  expect(rowsUnder("| reason | meaning |")).toEqual(rows);
});

test("docs/review.md names every word that the column decision takes", () => {
  for (const word of Object.values(DECISION_CELLS).flat()) expect(page).toContain(`\`${word}\``);
});
