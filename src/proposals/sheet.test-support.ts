/** changes.csv in a reviewer's spreadsheet: rows filled in, and saved as the common programs save them. */
import { readCsv } from "./csv.test-support.js";

export type SheetRow = Record<string, string>;

/** The rows of a CSV file by column. */
export function sheetRows(text: string): SheetRow[] {
  const [header = [], ...records] = readCsv(text);
  return records.map((record) =>
    Object.fromEntries(header.map((column, index) => [column, record[index] ?? ""])),
  );
}

export interface Saving {
  readonly separator?: "," | ";" | "\t";
  readonly lineEnd?: "\n" | "\r\n";
  readonly encoding?: "utf-8" | "utf-8 with mark" | "utf-16le" | "latin-1";
  /** Column order; the rows' own by default. */
  readonly columns?: readonly string[];
  readonly quoteAll?: boolean;
  /** Drops empty cells at the end of a row. */
  readonly ragged?: boolean;
  /** Put before everything. */
  readonly first?: string;
  /** Put after everything. */
  readonly last?: string;
}

/** The bytes of the file. */
export function savedSheet(rows: readonly SheetRow[], saving: Saving = {}): Uint8Array {
  const {
    separator = ",",
    lineEnd = "\r\n",
    quoteAll = false,
    ragged = false,
    first = "",
    last = "",
  } = saving;
  const columns = saving.columns ?? Object.keys(rows[0] ?? {});
  const cellText = (cell: string) =>
    quoteAll || /["\r\n]/.test(cell) || cell.includes(separator) || cell !== cell.trim()
      ? `"${cell.replaceAll('"', '""')}"`
      : cell;
  const lines = [columns, ...rows.map((row) => columns.map((column) => row[column] ?? ""))].map((cells) => {
    const length = ragged ? cells.findLastIndex((cell) => cell !== "") + 1 : cells.length;
    const kept = cells.slice(0, Math.max(1, length));
    return kept.map(cellText).join(separator) + lineEnd;
  });
  return encoded(first + lines.join("") + last, saving.encoding);
}

function encoded(text: string, encoding: Saving["encoding"] = "utf-8"): Uint8Array {
  if (encoding === "utf-8") return Buffer.from(text, "utf8");
  if (encoding === "latin-1") return Buffer.from(text, "latin1");
  return Buffer.from(`\uFEFF${text}`, encoding === "utf-16le" ? "utf16le" : "utf8");
}
