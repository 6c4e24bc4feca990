import { describe, expect, test } from "vitest";
import { NoteCollector } from "./note-collector.js";

describe("NoteCollector", () => {
  test("T2.2: a code is noted once a Location, with its first place and how many more there are", () => {
    const notes = new NoteCollector();
    notes.add("evse-id-invalid", "/evses/0/evse_id", "1");
    notes.add("bad-hours", "/opening_times", "weekday 0");
    notes.add("evse-id-invalid", "/evses/1/evse_id", "2");
    notes.add("evse-id-invalid", "/evses/2/evse_id", "3");
    expect(notes.notes()).toEqual([
      { code: "evse-id-invalid", pointer: "/evses/0/evse_id", detail: "1 (and 2 more)" },
      { code: "bad-hours", pointer: "/opening_times", detail: "weekday 0" },
    ]);
  });

  test("T7: each withheld tag is noted, its later places are counted", () => {
    const notes = new NoteCollector();
    notes.add("text-damaged", "/operator/name", "operator=M\ufffd");
    notes.add("text-damaged", "/name", "name=M\ufffd");
    notes.add("text-damaged", "/evses/0/physical_reference", "ref=\ufffd1");
    notes.add("text-damaged", "/evses/1/physical_reference", "ref=\ufffd2");
    expect(notes.notes().map(({ pointer, detail }) => [pointer, detail])).toEqual([
      ["/operator/name", "operator=M\ufffd"],
      ["/name", "name=M\ufffd"],
      ["/evses/0/physical_reference", "ref=\ufffd1 (and 1 more)"],
    ]);
  });

  test("without notes there are none", () => {
    expect(new NoteCollector().notes()).toEqual([]);
  });
});
