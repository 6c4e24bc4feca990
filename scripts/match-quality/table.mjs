// @ts-check
/** Tables of scores, for a terminal or for Markdown. */

/** @import { Scores } from "./judged.mjs" */

const COLUMNS = ["Locations", "precision", "recall", "settled", "review rate", "false creates", "far"];

/**
 * @param {string} heading of the first column
 * @param {readonly (readonly [name: string, scores: Scores])[]} rows
 * @param {boolean} markdown
 */
export function scoresTable(heading, rows, markdown) {
  const cells = [[heading, ...COLUMNS], ...rows.map(([name, scores]) => [name, ...cellsOf(scores)])];
  const widths = [heading, ...COLUMNS].map((_, column) =>
    Math.max(...cells.map((row) => (row[column] ?? "").length)),
  );
  const lines = cells.map((row) => {
    const padded = row.map((cell, column) =>
      column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
    );
    return markdown ? `| ${padded.join(" | ")} |` : padded.join("  ");
  });
  if (markdown) {
    const rule = widths.map((width, column) =>
      column === 0 ? "-".repeat(width) : `${"-".repeat(width - 1)}:`,
    );
    lines.splice(1, 0, `| ${rule.join(" | ")} |`);
  }
  return `${lines.join("\n")}\n`;
}

/** @param {Scores} scores */
function cellsOf(scores) {
  const { precision, recall, settled, reviewRate, falseCreates, far } = scores.shares();
  return [
    String(scores.locations),
    ...[precision, recall, settled, reviewRate, falseCreates, far].map(percent),
  ];
}

/** @param {number | undefined} share */
function percent(share) {
  return share === undefined ? "–" : `${(100 * share).toFixed(2)} %`;
}
