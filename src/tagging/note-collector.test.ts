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

  test("without notes there are none", () => {
    expect(new NoteCollector().notes()).toEqual([]);
  });
});
