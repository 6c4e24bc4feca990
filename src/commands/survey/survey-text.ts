/** A survey for a terminal: lines of at most 100 characters, whatever the feed holds. */
import { printable } from "../../runs/log.js";
import type { Section } from "./survey-sections.js";
import type { Table } from "./survey-tables.js";

const LINE = 100;
const INDENT = "  ";
const GAP = "  ";

export function surveyText(sections: readonly Section[]): string {
  return sections
    .map(({ title, blocks }) => {
      const texts = blocks.map((block) =>
        typeof block === "string" ? wrapped(printed(block), LINE - INDENT.length) : tableLines(block),
      );
      const lines = texts.flatMap((block, i) => (i === 0 ? block : [""].concat(block)));
      return `${[title, ...lines.map((line) => `${INDENT}${line}`.trimEnd())].join("\n")}\n`;
    })
    .join("\n");
}

function tableLines({ columns, rows }: Table): string[] {
  const isNumber = columns.map((column) => column.endsWith("#"));
  const heads = columns.map((column) => column.replace(/#$/, ""));
  const cells = [heads, ...rows.map((row) => row.map(printed))];
  const widths = columnWidths(cells);
  return cells.flatMap((row) => rowLines(row, widths, isNumber));
}

/** As wide as their cells where the line has room; else the widest give way. */
function columnWidths(rows: ReadonlyArray<readonly string[]>): number[] {
  const columns = rows[0] ?? [];
  const widths = columns.map((_, i) => Math.max(1, ...rows.map((row) => length(row[i] ?? ""))));
  const room = LINE - INDENT.length - GAP.length * (columns.length - 1);
  for (let excess = total(widths) - room; excess > 0; excess--) {
    const widest = widths.indexOf(Math.max(...widths));
    widths[widest] = (widths[widest] ?? 0) - 1;
  }
  return widths;
}

function rowLines(row: readonly string[], widths: readonly number[], isNumber: readonly boolean[]): string[] {
  const cells = row.map((cell, i) => wrapped(cell, widths[i] ?? 1));
  const height = Math.max(...cells.map((lines) => lines.length));
  return Array.from({ length: height }, (_, line) =>
    cells
      .map((lines, i) => {
        const text = lines[line] ?? "";
        const blanks = " ".repeat((widths[i] ?? 1) - length(text));
        return isNumber[i] === true ? blanks + text : text + blanks;
      })
      .join(GAP)
      .trimEnd(),
  );
}

/** Broken between words, and inside words that are longer than a line. */
function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    const joined = line === "" ? word : `${line} ${word}`;
    if (length(joined) <= width) {
      line = joined;
      continue;
    }
    if (line !== "") lines.push(line);
    const characters = Array.from(word);
    let at = 0;
    for (; characters.length - at > width; at += width) lines.push(characters.slice(at, at + width).join(""));
    line = characters.slice(at).join("");
  }
  return [...lines, line];
}

/** Feeds hold line breaks and escape sequences too. */
function printed(text: string): string {
  return printable(text.replace(/\s+/g, " ").trim());
}

/** In code points. */
function length(text: string): number {
  return Array.from(text).length;
}

function total(widths: readonly number[]): number {
  return widths.reduce((sum, width) => sum + width, 0);
}
