import { describe, expect, it } from "vitest";
import { HOSTILE_TEXTS } from "../osm/xml.test-support.js";
import { readCsv } from "./csv.test-support.js";
import { type MatchRow, matchesCsv } from "./matches-csv.js";

const ROW: MatchRow = {
  country_code: "LT",
  party_id: "IGN",
  location_id: "42",
  verdict: "matched",
  method: "ref",
  osm: "n123;w45",
  score: 0.987_65,
  distance_m: 12.345,
  runner_up: "n9",
  runner_up_score: 0.5,
  reason: "the same id",
};

const rowsOf = (rows: readonly MatchRow[]) => readCsv([...matchesCsv(rows)].join(""));

describe("matches.csv", () => {
  it("has the columns of rule D6 and a row a Location", () => {
    const nothing = { ...ROW, verdict: "new" as const, method: "", osm: "", runner_up: "" };
    expect(
      rowsOf([ROW, { ...nothing, score: undefined, distance_m: undefined, runner_up_score: undefined }]),
    ).toEqual([
      [
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
      ],
      ["LT", "IGN", "42", "matched", "ref", "n123;w45", "0.99", "12.3", "n9", "0.5", "the same id"],
      ["LT", "IGN", "42", "new", "", "", "", "", "", "", "the same id"],
    ]);
  });

  it.each(HOSTILE_TEXTS)("keeps %j from being a formula", (text) => {
    const [, row = []] = rowsOf([{ ...ROW, country_code: text, location_id: text, reason: text }]);
    expect(row).toHaveLength(11);
    for (const cell of row) expect(cell).not.toMatch(/^[=+@\t\r]|^-(?!\d)/);
  });

  it("writes many rows in pieces, and all of them", () => {
    const rows = Array.from({ length: 4001 }, (_, index) => ({ ...ROW, location_id: `id${index}` }));
    expect([...matchesCsv(rows)].length).toBeGreaterThan(2);
    expect(
      rowsOf(rows)
        .slice(1)
        .map(([, , id]) => id),
    ).toEqual(rows.map(({ location_id }) => location_id));
  });
});
