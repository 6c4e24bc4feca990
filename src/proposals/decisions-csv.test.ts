import { describe, expect, it } from "vitest";
import type { Decision } from "../merging/decisions.js";
import type { Proposal } from "../merging/proposal.js";
import { changesCsv } from "./changes-csv.js";
import { decisionsOfCsv } from "./decisions-csv.js";
import { CREATE, MODIFY, REVIEW, fileText } from "./proposal.test-support.js";
import { type Saving, type SheetRow, savedSheet, sheetRows } from "./sheet.test-support.js";

/** Decisions of a sheet, without who made them. */
async function decisionsOf(rows: readonly SheetRow[], saving?: Saving): Promise<readonly Decision[]> {
  const made = await decisionsOfCsv(savedSheet(rows, saving), "review.csv", "review.csv");
  return made.map(({ who: _who, ...decision }) => decision);
}

/** The rows of changes.csv with what `fill` writes into each. */
function filled(proposals: readonly Proposal[], fill: (row: SheetRow) => SheetRow | string): SheetRow[] {
  return sheetRows(fileText(changesCsv, proposals)).map((row) => {
    const made = fill(row);
    return Object.assign({}, row, typeof made === "string" ? { decision: made } : made);
  });
}

const CLOSE: Proposal = {
  ...MODIFY,
  id: "close/LT*IGN*9",
  change: "close",
  reason: "gone-from-feed",
  tags: [
    { ...MODIFY.tags[0]!, key: "amenity", new: undefined },
    { ...MODIFY.tags[0]!, key: "disused:amenity", new: "charging_station" },
  ],
};
const STATION: Proposal = {
  ...CREATE,
  tags: [tag("amenity", "charging_station"), tag("capacity", "2"), tag("ref:EU:EVSE", "LT*IGN*E1")],
};

function tag(key: string, value: string): Proposal["tags"][number] {
  return { ...MODIFY.tags[0]!, key, old: undefined, base: undefined, new: value };
}

describe("decisions in changes.csv", () => {
  it("of every row alike are one about the whole, with the values seen", async () => {
    expect(await decisionsOf(filled([MODIFY, STATION, CLOSE, REVIEW], () => "accept"))).toEqual([
      {
        proposal: "close/LT*IGN*9",
        decision: "accept",
        values: { amenity: null, "disused:amenity": "charging_station" },
      },
      {
        proposal: "create/LT*IGN*7",
        decision: "accept",
        values: { amenity: "charging_station", capacity: "2", "ref:EU:EVSE": "LT*IGN*E1" },
      },
      { proposal: "create/LT*IGN*7/cp1", decision: "accept", values: { man_made: "charge_point" } },
      { proposal: "modify/LT*IGN*42", decision: "accept", values: { capacity: "4", "socket:type2": "4" } },
      { proposal: "review/LT*IGN*8", decision: "accept", values: { amenity: "charging_station" } },
    ]);
  });

  it("of a match without tags are about the match", async () => {
    expect(await decisionsOf(filled([{ ...REVIEW, tags: [] }], () => "n"))).toEqual([
      { proposal: "review/LT*IGN*8", decision: "reject" },
    ]);
  });

  it("that differ are each about their tag, and rows left blank say nothing", async () => {
    const rows = filled([MODIFY], ({ key }) =>
      key === "capacity" ? { decision: "r", note: "counted 2" } : "",
    );
    expect(await decisionsOf(rows)).toEqual([
      { proposal: "modify/LT*IGN*42", key: "capacity", decision: "reject", value: "4", note: "counted 2" },
    ]);
    expect(await decisionsOf(filled([MODIFY, STATION], () => ""))).toEqual([]);
  });

  it("of a new station are accepted with the tags accepted beside its amenity", async () => {
    const rows = filled([STATION], ({ key, proposal }) =>
      proposal?.endsWith("/cp1") === true || key === "ref:EU:EVSE" ? "" : key === "capacity" ? "no" : "yes",
    );
    expect(await decisionsOf(rows)).toEqual([
      { proposal: "create/LT*IGN*7", decision: "accept", values: { amenity: "charging_station" } },
      { proposal: "create/LT*IGN*7", key: "capacity", decision: "reject", value: "2" },
      { proposal: "create/LT*IGN*7/cp1", decision: "defer" },
    ]);
    const refused = filled([STATION], ({ key }) => (key === "amenity" ? "no" : ""));
    expect(await decisionsOf(refused)).toEqual([
      {
        proposal: "create/LT*IGN*7",
        decision: "reject",
        values: { amenity: "charging_station", capacity: "2", "ref:EU:EVSE": "LT*IGN*E1" },
      },
    ]);
  });

  it.each(["accept", "ACCEPTED", " a ", "Yes", "y", "OK", "ok!", "Ａ"])(
    "reads %j as accept",
    async (word) => {
      const [decision] = await decisionsOf(filled([MODIFY], () => word));
      expect(decision?.decision).toBe("accept");
    },
  );

  it("names file, line, column and what is allowed where a word is none", async () => {
    const rows = filled([MODIFY], ({ key }) => (key === "capacity" ? "" : "perhaps"));
    await expect(decisionsOf(rows)).rejects.toMatchObject({
      message: 'review.csv, line 3: column decision: "perhaps" is no decision',
      advice: expect.stringMatching(/accept .*reject .*defer .*or nothing/),
    });
  });

  it("refuses a closure of which half is accepted, and rows of one tag that disagree", async () => {
    const half = filled([CLOSE], ({ key }) => (key === "amenity" ? "yes" : "no"));
    await expect(decisionsOf(half)).rejects.toThrow(/line 3: column decision: close\/LT\*IGN\*9 is decided/);
    const twice = [...filled([MODIFY], () => "yes"), ...filled([MODIFY], () => "no")];
    await expect(decisionsOf(twice)).rejects.toThrow(/line 4: .*line 2 says accept/);
  });

  it("name the reviewer's file, or whom and when the sheet names", async () => {
    const bytes = savedSheet(filled([MODIFY], () => "yes"));
    expect(await decisionsOfCsv(bytes, "folder/anna.csv", "anna.csv")).toMatchObject([{ who: "anna.csv" }]);
    const named = filled([MODIFY], () => ({ decision: "yes", who: "anna", when: "2026-01-02T03:04:05Z" }));
    expect(await decisionsOf(named)).toMatchObject([{ when: "2026-01-02T03:04:05Z" }]);
  });

  it("do not depend on the order of rows or columns, nor on how the sheet was saved", async () => {
    const rows = filled([MODIFY, STATION, CLOSE], ({ key }) => (key === "socket:type2" ? "later" : "yes"));
    const expected = await decisionsOf(rows);
    const columns = Object.keys(rows[0]!).reverse();
    expect(
      await decisionsOf(rows.toReversed(), { columns, separator: ";", encoding: "utf-8 with mark" }),
    ).toEqual(expected);
    const few = ["decision", "key", "proposal", "new_value", "osm_id"];
    expect(await decisionsOf(rows, { columns: few, separator: "\t", encoding: "utf-16le" })).toEqual(
      expected,
    );
  });
});

describe("a value that a spreadsheet has touched", () => {
  const decided = async (key: string, value: string, cell: string, saving: Saving = {}): Promise<unknown> => {
    const proposal = {
      ...MODIFY,
      id: "modify/LT*IGN*0042",
      tags: [{ ...MODIFY.tags[0]!, key, new: value }],
    };
    const rows = filled([proposal], () => ({ decision: "yes", new_value: cell }));
    const [decision] = await decisionsOf(rows, saving);
    return decision?.values?.[key] ?? decision?.value;
  };

  it.each([
    ["a guard kept", "operator", "=1+1", "'=1+1", {}],
    ["a guard taken off", "operator", "=1+1", "=1+1", {}],
    ["a decimal comma", "maxheight", "2.5", "2,5", { separator: ";" }],
    ["zeros lost", "ref:ocpi:location:id", "0042", "42", {}],
  ] as const)("with %s is the same", async (_, key, value, cell, saving) => {
    expect(await decided(key, value, cell, saving)).toBe(value);
  });

  it.each([
    "24/07/2026",
    "07/24/26",
    "2026-07-24",
    "24.07.26",
    "24. Juli",
    "24-Jul",
    "Jul-24",
    "24 juil. 26",
  ])("made to %s in the hours is 24/7", async (cell) => {
    expect(await decided("opening_hours", "24/7", cell)).toBe("24/7");
  });

  it.each(["01/02/2026", "2026-02-01", "1.23457E+15", "1,2E+15", "###", "#NAME?", "Err:508"])(
    "made to %s stands for whatever the feed said",
    async (cell) => {
      expect(await decided("ref:EU:EVSE", "x", cell)).toBeUndefined();
    },
  );

  it.each([
    "24/7",
    "22 kW",
    "300 kW;150 kW",
    "10",
    "Mo-Fr 08:00-12:00",
    "LT*IGN*E1;LT*IGN*E2",
    "2-3",
    "DEMO-05",
  ])("like %s is not taken for a touched one", async (value) => {
    expect(await decided("opening_hours", value, value)).toBe(value);
  });

  it("that is gone altogether, column and all, leaves decisions about each tag", async () => {
    const rows = filled([MODIFY], () => "yes");
    expect(await decisionsOf(rows, { columns: ["proposal", "key", "osm_id", "decision"] })).toEqual([
      { proposal: "modify/LT*IGN*42", key: "capacity", decision: "accept" },
      { proposal: "modify/LT*IGN*42", key: "socket:type2", decision: "accept" },
    ]);
  });
});
