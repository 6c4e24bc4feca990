/** A value of the wrong type is read as absent, but nothing is claimed that only holds if it really was. */
import { describe, expect, it } from "vitest";
import { DEFAULT_TAGGING, tagLocation } from "../tagging/tag-location.js";
import { hereV3 } from "./here-v3.js";

const evse = {
  uid: "a",
  status: "available",
  connectors: [
    { id: "1", standard: "IEC_62196_T2", format: "cable", powerType: "ac3Phase", maxPower: 22_000 },
  ],
};
const evening = { days: ["sa"], periods: [{ from: "18:00:00", to: "22:00:00" }] };

function tagged(parts: Readonly<Record<string, unknown>>) {
  const value = { id: "1", location: { lat: 52.5, lng: 13.4 }, evses: [evse], ...parts };
  const record = hereV3.read(value, (text) => text, "tagging");
  if ("unreadable" in record) throw new Error(record.detail);
  const result = tagLocation(record, DEFAULT_TAGGING);
  if ("reason" in result) throw new Error(result.reason);
  return {
    tags: new Map(result.station.tags.map(({ key, value }) => [key, value])),
    notes: result.notes.map(({ code, detail }) => `${code} ${detail}`),
  };
}

function hours(...schedules: unknown[]) {
  const { tags, notes } = tagged({ openingHours: { regularSchedule: schedules } });
  return { tag: tags.get("opening_hours"), notes };
}

describe("opening hours of which a part cannot be read (T5.2)", () => {
  it.each<[string, unknown]>([
    ["a schedule", "sa 8-12"],
    ["null for a schedule", null],
    ["days in an object", { ...evening, days: { mo: true } }],
    ["a day in a list", { ...evening, days: [["mo"], "tu"] }],
    ["null for a day", { ...evening, days: [null, "tu"] }],
    ["no days", { periods: evening.periods }],
    ["an empty list of days", { days: [], periods: evening.periods }],
    ["days in one text", { ...evening, days: "mo,tu,we" }],
    ["a range of days", { ...evening, days: ["mo-fr"] }],
    ["a word for several days", { ...evening, days: ["weekend"] }],
    ["periods in a text", { days: ["mo"], periods: "08:00-12:00" }],
    ["null for a period", { days: ["mo"], periods: [null] }],
    ["a period in a text", { days: ["mo"], periods: ["08:00-12:00"] }],
    ["a begin that is an object", { days: ["mo"], periods: [{ from: { h: 8 }, to: "12:00:00" }] }],
    ["an end that is a flag", { days: ["mo"], periods: [{ from: "08:00:00", to: true }] }],
    ["times under other names", { days: ["mo"], periods: [{ start: "08:00:00", end: "12:00:00" }] }],
    ["an end under another name", { days: ["mo"], periods: [{ from: "08:00:00", until: "12:00:00" }] }],
    ["periods under another name", { days: ["mo"], hours: [{ from: "08:00:00", to: "12:00:00" }] }],
  ])("%s: no tag, and a note says why", (_what, schedule) => {
    const { tag, notes } = hours(evening, schedule);
    expect(tag).toBeUndefined();
    expect(notes.filter((note) => note.startsWith("bad-hours"))).toHaveLength(1);
  });

  it.each(["mo", "MO", "Mon", "monday", " Monday "])("%j is a day", (day) => {
    expect(hours({ ...evening, days: [day] }).tag).toBe("Mo 18:00-22:00");
  });

  it("begin and end that are not there are those of the day; a day without periods is closed", () => {
    expect(hours(evening, { days: ["mo"], periods: [{}] }, { days: ["tu"], periods: [] }).tag).toBe(
      "Mo 00:00-24:00; Sa 18:00-22:00",
    );
  });

  it("the note tells what stands there", () => {
    const period = { from: "08:00:00", to: { hour: 12 } };
    expect(hours({ days: ["mo"], periods: [period] }).notes).toEqual([
      "bad-field /openingHours/regularSchedule/0/periods/0/to is an object",
      'bad-hours 08:00 to {"hour":12}',
    ]);
  });
});

describe("restrictions that cannot be read (T5.3)", () => {
  it.each<[string, Readonly<Record<string, unknown>>]>([
    ["in an object", { restrictions: { reason: "customersOnly" } }],
    ["in a list in the list", { restrictions: [["customersOnly"]] }],
    ["a flag", { restrictions: true }],
    ["a flag that says neither yes nor no", { brandOnly: "sometimes" }],
    ["a flag in an object", { brandOnly: { value: true } }],
    ["of an EVSE", { evses: [{ ...evse, restrictions: [{ reason: "customers" }] }] }],
    ["conditions in an object", { evses: [{ ...evse, parking: { conditions: { 0: "customers" } } }] }],
    ["parking in a list", { evses: [{ ...evse, parking: [{ conditions: ["customers"] }] }] }],
  ])("%s: nobody says who may charge, and a note tells", (_what, parts) => {
    const { tags, notes } = tagged(parts);
    expect(tags.get("access")).toBeUndefined();
    expect(notes.some((note) => note.startsWith("access-restricted"))).toBe(true);
  });

  it.each([{ restrictions: {} }, { restrictions: [] }, { restrictions: " " }, { brandOnly: "no" }])(
    "%j says nothing: open to all",
    (parts) => expect(tagged(parts).tags.get("access")).toBe("yes"),
  );

  it.each([{ brandOnly: "YES" }, { brandOnly: 1 }, { isBrandOnly: "true" }])(
    "%j is one brand only",
    (parts) => expect(tagged(parts).tags.get("access")).toBe("customers"),
  );
});

describe("an answer without some of its EVSEs", () => {
  const groups = (...standards: string[]) => standards.map((standard) => ({ standard, maxPower: 22_000 }));

  it("gives no capacity where a group has no connector", () => {
    const { tags, notes } = tagged({ connectorGroups: groups("IEC_62196_T2", "DOMESTIC_F") });
    expect(tags.get("capacity")).toBeUndefined();
    expect(tags.get("socket:type2_cable")).toBe("1");
    expect(notes).toEqual(["evses-pruned group DOMESTIC_F 22000 W has no connector", "capacity-unknown "]);
  });

  it("gives capacity where all groups have one", () => {
    expect(tagged({ connectorGroups: groups("IEC_62196_T2") }).tags.get("capacity")).toBe("1");
  });
});
