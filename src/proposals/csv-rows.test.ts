import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { changesCsv } from "./changes-csv.js";
import { csvRows, isCsv } from "./csv-rows.js";
import { anyProposals } from "./proposal-arbitrary.test-support.js";
import { MODIFY, fileText } from "./proposal.test-support.js";
import { type Saving, type SheetRow, savedSheet, sheetRows } from "./sheet.test-support.js";

async function readBack(bytes: Uint8Array, columns: readonly string[]): Promise<SheetRow[]> {
  const rows: SheetRow[] = [];
  for await (const row of csvRows(bytes, "review.csv"))
    rows.push(Object.fromEntries(columns.map((column) => [column, row.cell(column)])));
  return rows;
}

const SAVINGS: readonly Saving[] = [
  {},
  { quoteAll: true },
  { separator: ";", encoding: "utf-8 with mark" },
  { separator: "\t", encoding: "utf-16le" },
  { lineEnd: "\n", ragged: true },
  { separator: ";", first: "sep=;\r\n" },
  { last: ",,,,\r\n\r\n\r\n" },
];

describe("csvRows", () => {
  it("gives the cells of changes.csv back, as it was written and however a spreadsheet saved it", async () => {
    await fc.assert(
      fc.asyncProperty(anyProposals, fc.constantFrom(...SAVINGS), async (proposals, saving) => {
        const text = fileText(changesCsv, proposals);
        const rows = sheetRows(text);
        const columns = Object.keys(rows[0] ?? { proposal: "" });
        expect(await readBack(Buffer.from(text), columns)).toEqual(rows);
        if (rows.length === 0) return;
        const saved = savedSheet(rows, saving);
        // A line break in a cell is whatever the program makes of it.
        expect(await readBack(saved, columns)).toEqual(rows);
      }),
      { numRuns: 150 },
    );
  });

  it("finds columns by name, in any order and case, beside columns of the reviewer's own", async () => {
    const rows = [
      { Mine: "x", NOTE: "n", Decision: "accept", " Proposal ": "modify/A*B*1", Key: "capacity" },
    ];
    expect(await readBack(savedSheet(rows), ["proposal", "decision", "key", "note", "new_value"])).toEqual([
      { proposal: "modify/A*B*1", decision: "accept", key: "capacity", note: "n", new_value: "" },
    ]);
  });

  it("tells the line that a row begins on, also below cells of several lines", async () => {
    const rows = ["a", "two\nlines", "b\r\nc\nd", "e"].map((note) => ({ proposal: "p", note }));
    const lines: number[] = [];
    for await (const row of csvRows(savedSheet(rows), "review.csv")) lines.push(row.line);
    expect(lines).toEqual([2, 3, 5, 8]);
  });

  it.each([
    [
      "another encoding",
      savedSheet([{ proposal: "a", note: "Zürich" }], { encoding: "latin-1" }),
      2,
      /not UTF-8/,
    ],
    ["no column proposal", savedSheet([{ decision: "accept" }]), 1, /"proposal"/],
    ["a quote that is never closed", Buffer.from('proposal,note\r\na,b\r\nc,"d\r\n'), 4, /not CSV/],
  ])("refuses %s by its line", async (_, bytes, line, words) => {
    const read = readBack(bytes, []);
    await expect(read).rejects.toMatchObject({
      name: "MemoryLineError",
      line,
      message: expect.stringMatching(words),
    });
  });

  it("has no rows of an empty file", async () => {
    expect(await readBack(Buffer.from(""), [])).toEqual([]);
    expect(await readBack(Buffer.from("\uFEFF\r\n"), [])).toEqual([]);
  });
});

it("knows CSV by its name or its first line", () => {
  const csv = Buffer.from(fileText(changesCsv, [MODIFY]));
  const ndjson = Buffer.from('{"proposal":"a","decision":"accept"}\n');
  expect([isCsv(csv, "reviewed"), isCsv(ndjson, "reviewed"), isCsv(Buffer.from(""), "a.csv")]).toEqual([
    true,
    false,
    true,
  ]);
});
