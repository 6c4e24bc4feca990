/** The columns of proposals as CSV, and how rows are written (D6). */
import { stringify } from "csv-stringify/sync";
import { formatDegrees } from "../ocpi/coordinates.js";
import { legalText } from "../osm/xml-text.js";

/** In the order of rule D6, which spreadsheets and scripts rely on. */
export const CSV_COLUMNS = [
  "proposal",
  "change",
  "class",
  "osm_type",
  "osm_id",
  "osm_version",
  "country_code",
  "party_id",
  "location_id",
  "lat",
  "lon",
  "distance_m",
  "match",
  "key",
  "old_value",
  "base_value",
  "new_value",
  "rule",
  "reason",
  "source_file",
  "source_pointer",
  "source_value",
  "osm_url",
  "josm_url",
] as const;

/** One row, a tag of a proposal; columns left out are empty. */
export type CsvRow = Readonly<Partial<Record<(typeof CSV_COLUMNS)[number], string>>>;

/** What a cell can hold in the common spreadsheets; beyond it they spill into the next row. */
const CELL_LIMIT = 32_767;

/** The first line. */
export function csvHeader(): string {
  return lines([CSV_COLUMNS]);
}

/**
 * Rows as RFC 4180 has them: CRLF after each, quoted where needed, UTF-8 without a byte order mark. A cell that a
 * spreadsheet would take for a formula is guarded by an apostrophe unless it is a plain number. Control characters
 * other than tabs and line breaks are left out. A cell beyond a spreadsheet's limit says only how long it was.
 */
export function csvRows(rows: readonly CsvRow[]): string {
  return lines(rows.map((row) => CSV_COLUMNS.map((column) => cell(row[column] ?? ""))));
}

function lines(rows: readonly (readonly (string | number)[])[]): string {
  return stringify([...rows], {
    record_delimiter: "\r\n",
    quote_record_delimiter: true,
    escape_formulas: true,
    cast: { number: formatDegrees },
  });
}

/** csv-stringify guards every text that begins with `-`, but not a number. */
function cell(raw: string): string | number {
  const text = legalText(raw);
  if (text.length > CELL_LIMIT) return `(${text.length} characters, more than a cell can hold)`;
  if (!text.startsWith("-")) return text;
  const number = Number(text);
  return Number.isFinite(number) && formatDegrees(number) === text ? number : text;
}
