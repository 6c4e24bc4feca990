/** How rows of every CSV file are written. */
import { stringify } from "csv-stringify/sync";
import { formatDegrees } from "../ocpi/coordinates.js";
import { legalText } from "../osm/xml-text.js";

/** What a cell can hold in the common spreadsheets; beyond it they spill into the next row. */
const CELL_LIMIT = 32_767;

/** Cells that stand in a file as they are: nothing to quote, to guard or to leave out. Nearly all do. */
// oxlint-disable-next-line no-control-regex -- the characters that need a look
const PLAIN = /^(?![-=+@＝＋－＠])[^",\u0000-\u001f\ud800-\udfff\ufffe\uffff]*$/;

/** Stands between cells that csv-stringify writes; `legalText` leaves none in them. */
const BETWEEN = "\0";

/**
 * Rows as RFC 4180 has them: CRLF after each, quoted where needed, UTF-8 without a byte order mark. A cell that a
 * spreadsheet would take for a formula is guarded by an apostrophe unless it is a plain number. Control characters
 * other than tabs and line breaks are left out. A cell beyond a spreadsheet's limit says only how long it was.
 *
 * csv-stringify takes a microsecond a cell, 12 s for a large diff, so it gets only the cells that need it, all of
 * them at once.
 */
export function csvText(rows: readonly (readonly string[])[]): string {
  const odd: string[] = [];
  for (const row of rows) for (const cell of row) if (!isPlain(cell)) odd.push(shortened(legalText(cell)));
  const written = writtenCells(odd);
  let next = 0;
  let text = "";
  for (const row of rows) {
    let separator = "";
    for (const cell of row) {
      text += separator;
      text += isPlain(cell) ? cell : written[next++];
      separator = ",";
    }
    text += "\r\n";
  }
  return text;
}

/** Each as it stands in the file; without what no text may hold, some are plain after all. */
function writtenCells(cells: readonly string[]): string[] {
  const quoted = cells.filter((cell) => !isPlain(cell));
  if (quoted.length === 0) return [...cells];
  const written = stringify(
    quoted.map((cell) => [cell]),
    { record_delimiter: BETWEEN, quote_record_delimiter: true, escape_formulas: true },
  ).split(BETWEEN);
  let next = 0;
  return cells.map((cell) => (isPlain(cell) ? cell : (written[next++] ?? "")));
}

function isPlain(cell: string): boolean {
  if (cell.length > CELL_LIMIT) return false;
  return PLAIN.test(cell) || (cell.startsWith("-") && isNumber(cell));
}

/** csv-stringify would guard every text that begins with `-`. */
function isNumber(text: string): boolean {
  const number = Number(text);
  return Number.isFinite(number) && formatDegrees(number) === text;
}

function shortened(text: string): string {
  return text.length > CELL_LIMIT ? `(${text.length} characters, more than a cell can hold)` : text;
}
