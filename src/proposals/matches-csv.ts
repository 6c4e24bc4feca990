/** matches.csv: what was made of each Location, whether anything changes or not (D6). */
import { csvText } from "./csv-text.js";
import { metresText, scoreText } from "./reason-words.js";

/** In the order of rule D6. */
export const MATCH_COLUMNS = [
  "country_code",
  "party_id",
  "location_id",
  "verdict",
  "method",
  "osm",
  "score",
  "distance_m",
  "runner_up",
  "runner_up_score",
  "reason",
] as const;

/** One Location. */
export interface MatchRow {
  readonly country_code: string;
  readonly party_id: string;
  readonly location_id: string;
  readonly verdict: "matched" | "review" | "new" | "closed" | "skipped";
  /** Name of the evidence that decided; empty where nothing did. */
  readonly method: string;
  /** `n123;w45`; empty where there is none. */
  readonly osm: string;
  /** 0 to 1. */
  readonly score?: number | undefined;
  readonly distance_m?: number | undefined;
  readonly runner_up: string;
  readonly runner_up_score?: number | undefined;
  /** In words. */
  readonly reason: string;
}

/** As in changes.csv. */
const ROWS_AT_ONCE = 200;

/** The file in pieces, its rows in the order given; cells as `csvText` writes them. */
export function* matchesCsv(rows: Iterable<MatchRow>): Generator<string> {
  yield csvText([MATCH_COLUMNS]);
  let batch: string[][] = [];
  for (const row of rows) {
    batch.push(MATCH_COLUMNS.map((column) => cellText(column, row)));
    if (batch.length < ROWS_AT_ONCE) continue;
    yield csvText(batch);
    batch = [];
  }
  if (batch.length > 0) yield csvText(batch);
}

function cellText(column: (typeof MATCH_COLUMNS)[number], row: MatchRow): string {
  const value = row[column];
  if (value === undefined) return "";
  if (typeof value === "string") return value;
  return column === "distance_m" ? metresText(value) : scoreText(value);
}
