import { stringify } from "csv-stringify/sync";
import * as fc from "fast-check";
import { expect, it } from "vitest";
import { HOSTILE_TEXTS, anyText } from "../osm/xml.test-support.js";
import { legalText } from "../osm/xml-text.js";
import { csvText } from "./csv-text.js";

it("writes what csv-stringify writes when it is given all cells", () => {
  const cell = fc
    .oneof(
      anyText,
      fc.constantFrom(...HOSTILE_TEXTS, "", " ", ",", '"', "\r\n", "－1", "#", "-x"),
      fc.string(),
    )
    .filter((text) => !/^-\d/.test(legalText(text)));
  const rows = fc.array(fc.array(cell, { minLength: 2, maxLength: 3 }), { maxLength: 5 });
  fc.assert(
    fc.property(rows, (rows) => {
      const whole = stringify(
        rows.map((row) => row.map(legalText)),
        { record_delimiter: "\r\n", quote_record_delimiter: true, escape_formulas: true },
      );
      expect(csvText(rows)).toBe(whole);
    }),
    { numRuns: 500 },
  );
});

it.each([
  ["-5", "-5"],
  ["-0.0000001", "-0.0000001"],
  ["-5+1", "'-5+1"],
  ["-1e3", "'-1e3"],
  ["-\u0001 5", "'- 5"],
  ["\u0001-5", "-5"],
  ["\u0001=5", "'=5"],
])("leaves only plain numbers unguarded: %j becomes %j", (cell, written) => {
  expect(csvText([[cell]])).toBe(`${written}\r\n`);
});
