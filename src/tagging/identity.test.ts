import { describe, expect, test } from "vitest";
import type { SourceRecord } from "../ocpi/source-record.js";
import { aLocation, aRecord, anEvse } from "../ocpi/location.test-support.js";
import { type LocationRef, evseIdTag, locationIdTag } from "./identity.js";
import { NoteCollector } from "./note-collector.js";
import { leftBy, placed } from "./tags.test-support.js";

const KEY = "ref:ocpi:location:id";

function ref(record: SourceRecord, locationRef: LocationRef = "genuine"): ReturnType<typeof leftBy> {
  return leftBy((tags, notes) => locationIdTag(record, locationRef, tags, notes));
}

function evseIds(...ids: Array<string | undefined>): ReturnType<typeof leftBy> {
  const evses = ids.map((id) => anEvse(id === undefined ? {} : { evse_id: id }));
  return leftBy((tags, notes) => evseIdTag(placed(...evses), tags, notes));
}

describe("T2.1: ref:ocpi:location:id", () => {
  test("is the Location's id, spelling kept, without blanks around and control characters", () => {
    expect(ref(aRecord({ id: "aBc-12" })).tags).toEqual({ [KEY]: "aBc-12" });
    expect(ref(aRecord({ id: " a\u0000b " })).tags).toEqual({ [KEY]: "ab" });
  });

  test("39 characters are an id, 40 are some other system's", () => {
    expect(ref(aRecord({ id: "x".repeat(39) }))).toEqual({ tags: { [KEY]: "x".repeat(39) }, notes: [] });
    expect(ref(aRecord({ id: "x".repeat(40) }))).toEqual({ tags: {}, notes: ["location-id-too-long"] });
    expect(ref(aRecord({ id: "😀".repeat(39) })).notes).toEqual([]);
  });

  test("a source's own id is never written unless the profile asks for it", () => {
    const here: SourceRecord = { location: aLocation({ id: "HERE1" }), ocpiLocationId: undefined, notes: [] };
    expect(ref(here).tags).toEqual({});
    expect(ref(here, "source").tags).toEqual({ [KEY]: "HERE1" });
    const cpo: SourceRecord = { ...here, ocpiLocationId: "CPO1" };
    expect(ref(cpo).tags).toEqual({ [KEY]: "CPO1" });
    expect(ref(cpo, "source").tags).toEqual({ [KEY]: "HERE1" });
  });

  test("a source's own id may be long, but not longer than OSM takes", () => {
    expect(ref(aRecord({ id: "x".repeat(200) }), "source").tags).toEqual({ [KEY]: "x".repeat(200) });
    expect(ref(aRecord({ id: "x".repeat(256) }), "source")).toEqual({ tags: {}, notes: ["value-too-long"] });
  });

  test("T7: an id of which a part is lost is withheld", () => {
    expect(ref(aRecord({ id: "LOC\ufffd1" }))).toEqual({ tags: {}, notes: ["text-damaged"] });
  });

  test("`none` writes nothing", () => {
    expect(ref(aRecord(), "none")).toEqual({ tags: {}, notes: [] });
  });

  test.each(["N/A", "null", "unknown", "-", "?"])("%j stands where there is no id: not written", (id) => {
    expect(ref(aRecord({ id }))).toEqual({ tags: {}, notes: [] });
    expect(ref(aRecord({ id }), "source").tags).toEqual({ [KEY]: id });
  });

  test("an id that is nothing once cleaned is not written", () => {
    expect(ref(aRecord({ id: "\u0000" }))).toEqual({ tags: {}, notes: [] });
  });
});

describe("T2.2 to T2.4: ref:EU:EVSE", () => {
  test("one id, in canonical form", () => {
    expect(evseIds("nlfase1")).toEqual({ tags: { "ref:EU:EVSE": "NL*FAS*E1" }, notes: [] });
  });

  test("T2.3: several ids, unique, in natural order, joined without blanks", () => {
    expect(evseIds("NL*FAS*E10", "NL*FAS*E2", "NLFASE10", undefined, "NL-FAS-E1").tags).toEqual({
      "ref:EU:EVSE": "NL*FAS*E1;NL*FAS*E2;NL*FAS*E10",
    });
  });

  test("T2.5: spellings of one id are one id, whichever comes first", () => {
    const one = evseIds("NL*FAS*E1*2", "NL*FAS*E12").tags;
    expect(one).toEqual({ "ref:EU:EVSE": "NL*FAS*E1*2" });
    expect(evseIds("NL*FAS*E12", "NL*FAS*E1*2").tags).toEqual(one);
  });

  test("T2.2: what is no EVSE id is noted once, with an example, and the others are written", () => {
    const notes = new NoteCollector();
    const evses = ["1", "NL*FAS*E1", "2"].map((evse_id) => anEvse({ evse_id }));
    evseIdTag(placed(...evses), [], notes);
    expect(notes.notes()).toEqual([
      { code: "evse-id-invalid", pointer: "/evses/0/evse_id", detail: "1 (and 1 more)" },
    ]);
    expect(evseIds("1", "NL*FAS*E1").tags).toEqual({ "ref:EU:EVSE": "NL*FAS*E1" });
  });

  test("an absent id is not an invalid one", () => {
    expect(evseIds(undefined, undefined)).toEqual({ tags: {}, notes: [] });
  });

  test("T2.4: 255 characters are written, 256 are withheld whole and noted with the whole list", () => {
    // 16 ids of 15 characters with 15 semicolons are 255.
    const ids = Array.from({ length: 16 }, (_, i) => `NL*FAS*E${1_000_000 + i}`);
    expect(evseIds(...ids)).toEqual({ tags: { "ref:EU:EVSE": ids.join(";") }, notes: [] });
    const longer = [...ids.slice(1), "NL*FAS*E10000000"];
    expect(longer.join(";")).toHaveLength(256);
    const notes = new NoteCollector();
    evseIdTag(placed(...longer.map((evse_id) => anEvse({ evse_id }))), [], notes);
    expect(notes.notes()).toEqual([
      { code: "value-too-long", pointer: "/evses", detail: `ref:EU:EVSE=${longer.join(";")}` },
    ]);
  });
});
