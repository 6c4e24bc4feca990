/** CSV files as spreadsheets save them: in whatever encoding, with whatever separator, told by their content. */
import { Readable, pipeline } from "node:stream";
import { CsvError, parse } from "csv-parse";
import { MemoryLineError } from "../merging/memory-lines.js";

/** A row below the header; cells by the header's names, in lower case. */
export interface CsvCells {
  /** Where the row begins, from 1. */
  readonly line: number;
  /** Whether the file writes decimal commas, as far as its separator tells. */
  readonly decimalComma: boolean;
  /** Whether the file has the column. */
  has(column: string): boolean;
  /** The cell; empty where the row is too short or the column is missing. */
  cell(column: string): string;
}

const SAVE_AGAIN =
  "Save the sheet again as CSV in UTF-8 (LibreOffice: character set Unicode (UTF-8); Excel: CSV UTF-8)";
const SEPARATORS = [",", ";", "\t", "|"] as const;
const PIECE_BYTES = 1 << 20;
const LINE_FEED = 0x0a;

/** Whether a file holds CSV rather than NDJSON: its name says so, or its first line names a column `proposal`. */
export function isCsv(bytes: Uint8Array, file: string): boolean {
  if (/\.(?:csv|tsv|txt)(?:\.gz)?$/i.test(file)) return true;
  const start = new TextDecoder(encodingOf(bytes)).decode(bytes.subarray(0, 4096)).trimStart();
  return !start.startsWith("{") && separatorOf(start) !== undefined;
}

/**
 * The rows below the header, blank ones left out; none of an empty file. UTF-8 or UTF-16, with or without a byte
 * order mark; separated by comma, semicolon, tab or bar; any line ends. Rows may be shorter or longer than the header.
 *
 * @throws {MemoryLineError} for another encoding, a header without the column `proposal`, a quote that is not closed.
 */
export async function* csvRows(bytes: Uint8Array, file: string): AsyncGenerator<CsvCells> {
  const { text: start, skipped } = startOf(bytes);
  if (start.trim() === "") return;
  const separator = separatorOf(start);
  if (separator === undefined) {
    const advice = "Hand back changes.csv with its header; columns may be moved, but keep their names";
    throw new MemoryLineError(
      { file, line: 1 + skipped, advice },
      'the first line names no column "proposal"',
    );
  }
  const parser = parse({
    delimiter: separator,
    relax_column_count: true,
    skip_empty_lines: true,
    info: true,
    relax_quotes: true,
  });
  // What fails comes out where the parser is read.
  pipeline(Readable.from(texts(bytes, file, skipped)), parser, () => undefined);
  let columns: ReadonlyMap<string, number> | undefined;
  let countedTwice = 0;
  try {
    for await (const read of parser) {
      const { record, lines } = asRecord(read);
      const breaks = breaksIn(record);
      const line = lines - breaks.counted - countedTwice + skipped;
      countedTwice += breaks.twice;
      if (columns === undefined) columns = columnsOf(record);
      else if (record.some((cell) => cell.trim() !== "")) yield cellsOf(record, columns, line, separator);
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = Number(error["lines"] ?? 1) + skipped;
    const place = { file, line, advice: "Open it in a spreadsheet and save it as CSV again" };
    throw new MemoryLineError(place, `not CSV: ${error.message}`, { cause: error });
  }
}

function cellsOf(
  record: readonly string[],
  columns: ReadonlyMap<string, number>,
  line: number,
  separator: string,
): CsvCells {
  return {
    line,
    decimalComma: separator !== ",",
    has: (column) => columns.has(column),
    cell: (column) => record[columns.get(column) ?? -1] ?? "",
  };
}

/** The first of two columns of one name counts. */
function columnsOf(header: readonly string[]): ReadonlyMap<string, number> {
  const columns = new Map<string, number>();
  for (const [index, name] of header.entries()) {
    const column = name.trim().toLowerCase();
    if (!columns.has(column)) columns.set(column, index);
  }
  return columns;
}

/** csv-parse tells on which line a record ends, and counts both characters of a line break within a cell. */
function breaksIn(record: readonly string[]): { readonly counted: number; readonly twice: number } {
  let counted = 0;
  let twice = 0;
  for (const cell of record) {
    counted += cell.match(/[\r\n]/g)?.length ?? 0;
    twice += cell.match(/\r\n/g)?.length ?? 0;
  }
  return { counted, twice };
}

function asRecord(read: unknown): { readonly record: readonly string[]; readonly lines: number } {
  if (typeof read !== "object" || read === null || !("record" in read) || !("info" in read))
    throw new TypeError("csv-parse gave no record");
  const { record, info } = read;
  const lines = typeof info === "object" && info !== null && "lines" in info ? Number(info.lines) : 1;
  return { record: Array.isArray(record) ? record.map(String) : [], lines };
}

/** What stands at the beginning, without a line `sep=;`, which Excel takes for itself. */
function startOf(bytes: Uint8Array): { readonly text: string; readonly skipped: number } {
  const text = new TextDecoder(encodingOf(bytes)).decode(bytes.subarray(0, 1 << 16));
  const hint = /^sep=.\r?\n/i.exec(text)?.[0];
  return { text: text.slice(hint?.length ?? 0), skipped: hint === undefined ? 0 : 1 };
}

function separatorOf(start: string): string | undefined {
  const header = /^[^\r\n]*/.exec(start.trimStart())?.[0] ?? "";
  const names = (separator: string): string[] =>
    header.split(separator).map((cell) =>
      cell
        .trim()
        .replace(/^"(.*)"$/, "$1")
        .trim()
        .toLowerCase(),
    );
  const fitting = SEPARATORS.filter((separator) => names(separator).includes("proposal"));
  return fitting.find((separator) => names(separator).includes("decision")) ?? fitting[0];
}

function encodingOf(bytes: Uint8Array): "utf-8" | "utf-16le" | "utf-16be" {
  const [first, second, third, fourth] = bytes;
  if ((first === 0xff && second === 0xfe) || (second === 0 && fourth === 0)) return "utf-16le";
  if ((first === 0xfe && second === 0xff) || (first === 0 && third === 0)) return "utf-16be";
  return "utf-8";
}

/** The text in pieces, from after the `sep=` line. */
function* texts(bytes: Uint8Array, file: string, skipped: number): Generator<string> {
  const decoder = new TextDecoder(encodingOf(bytes), { fatal: true });
  let toSkip = skipped > 0;
  let line = 1;
  for (let start = 0; start < bytes.length; start += PIECE_BYTES) {
    const piece = bytes.subarray(start, start + PIECE_BYTES);
    let text: string;
    try {
      text = decoder.decode(piece, { stream: start + PIECE_BYTES < bytes.length });
    } catch (error) {
      const place = { file, line: line + linesBeforeFault(piece), advice: SAVE_AGAIN };
      throw new MemoryLineError(place, "not UTF-8", { cause: error });
    }
    line += lineFeeds(piece);
    yield toSkip ? text.slice(text.indexOf("\n") + 1) : text;
    toSkip = false;
  }
}

function lineFeeds(bytes: Uint8Array): number {
  let count = 0;
  for (const byte of bytes) if (byte === LINE_FEED) count += 1;
  return count;
}

/** Lines that are whole UTF-8 before the first that is not. */
function linesBeforeFault(bytes: Uint8Array): number {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let count = 0;
  for (let start = 0; start < bytes.length; count += 1) {
    const found = bytes.indexOf(LINE_FEED, start);
    const end = found === -1 ? bytes.length : found;
    try {
      decoder.decode(bytes.subarray(start, end));
    } catch {
      return count;
    }
    start = end + 1;
  }
  return count;
}
