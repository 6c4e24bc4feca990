import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { HOSTILE_TEXTS, anyText } from "../osm/xml.test-support.js";
import { legalText } from "../osm/xml-text.js";
import { CSV_COLUMNS, type CsvRow, csvHeader, csvRows } from "./csv-columns.js";
import { readCsv } from "./csv.test-support.js";

/** The only two things that happen to a cell: what cannot be text goes, and a would-be formula gets its apostrophe. */
function expectedCell(raw: string): string {
  const text = legalText(raw);
  const plainNumber = /^-?(0|[1-9]\d*)(\.\d{0,6}[1-9])?$/.test(text) && text !== "-0";
  return /^[=+\-@\t\r＝＋－＠]/.test(text) && !plainNumber ? `'${text}` : text;
}

describe("csvRows", () => {
  it("has the columns of rule D6 in their order", () => {
    expect(csvHeader()).toBe(
      "proposal,change,class,osm_type,osm_id,osm_version,country_code,party_id,location_id,lat,lon,distance_m," +
        "match,key,old_value,base_value,new_value,rule,reason,source_file,source_pointer,source_value,osm_url,josm_url\r\n",
    );
  });

  it("gives every cell back, whatever stands in it", () => {
    const cell = fc.oneof(anyText, fc.constantFrom(...HOSTILE_TEXTS, "-", "-5", "-1e3", "", ",", '"'));
    const row = fc.array(cell, { minLength: CSV_COLUMNS.length, maxLength: CSV_COLUMNS.length });
    fc.assert(
      fc.property(fc.array(row, { maxLength: 4 }), (table) => {
        const rows = table.map((cells): CsvRow =>
          Object.fromEntries(CSV_COLUMNS.map((column, index) => [column, cells[index] ?? ""])),
        );
        expect(readCsv(csvRows(rows))).toEqual(table.map((cells) => cells.map(expectedCell)));
      }),
    );
  });

  it("leaves numbers numbers and guards everything else a spreadsheet would calculate", () => {
    const cells = {
      lat: "-33.8688197",
      lon: "-0.0000001",
      osm_id: "-12",
      old_value: "-1+1",
      new_value: "=1",
      match: "+5",
    };
    const [record = []] = readCsv(csvRows([cells]));
    const read = Object.fromEntries(CSV_COLUMNS.map((column, index) => [column, record[index]]));
    expect(read).toMatchObject({
      lat: "-33.8688197",
      lon: "-0.0000001",
      osm_id: "-12",
      old_value: "'-1+1",
      new_value: "'=1",
      match: "'+5",
    });
  });

  it("does not cut a value that no cell can hold, but says how long it is", () => {
    const csv = csvRows([{ source_value: "x".repeat(32_768) }, { source_value: "y".repeat(32_767) }]);
    const at = CSV_COLUMNS.indexOf("source_value");
    expect(readCsv(csv).map((record) => record[at])).toEqual([
      "(32768 characters, more than a cell can hold)",
      "y".repeat(32_767),
    ]);
  });
});
