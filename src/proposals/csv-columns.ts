/** The columns of proposals as CSV (D6). */
import { csvText } from "./csv-text.js";

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

/** Of changes.csv: at its end those that a reviewer fills in before handing it back (D5). */
export const CHANGES_COLUMNS = [...CSV_COLUMNS, "decision", "note"] as const;

/** One row, a tag of a proposal; columns left out are empty. */
export type CsvRow = Readonly<Partial<Record<(typeof CSV_COLUMNS)[number], string>>>;

/** Those of `CSV_COLUMNS`, or more. */
type Columns = readonly string[];

/** The first line. */
export function csvHeader(columns: Columns = CSV_COLUMNS): string {
  return csvText([columns]);
}

/** Rows as `csvText` writes them; columns beyond `CSV_COLUMNS` are empty. */
export function csvRows(rows: readonly CsvRow[], columns: Columns = CSV_COLUMNS): string {
  const empty = columns.slice(CSV_COLUMNS.length).map(() => "");
  return csvText(rows.map((row) => CSV_COLUMNS.map((column) => row[column] ?? "").concat(empty)));
}
