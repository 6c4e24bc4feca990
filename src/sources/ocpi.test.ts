import { Buffer } from "node:buffer";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Location, locationSchema } from "../ocpi/location.js";
import type { SourceRecord } from "../ocpi/source-record.js";
import { DEFAULT_TAGGING, tagLocation } from "../tagging/tag-location.js";
import { valueAt } from "./json-value.js";
import { ocpi } from "./ocpi.js";
import { anyJson, ocpiRecord } from "./ocpi-records.test-support.js";
import { parseRecord } from "./record-text.js";

const FEEDS = "../shared/feeds";
const asIs = (text: string): string => text;
const EVERYTHING = { ...DEFAULT_TAGGING, extended: true, name: true, chargePoints: true };

function read(value: unknown): SourceRecord {
  const record = ocpi.read(value, asIs, "whole");
  if ("unreadable" in record) throw new Error(`${record.unreadable}: ${record.detail}`);
  return record;
}

const locationOf = (value: unknown): Location => read(value).location;
const notesOf = (value: unknown): string[] =>
  read(value).notes.map(({ code, pointer, detail }) => `${code} ${pointer} ${detail}`);
const evseOf = (evse: unknown): unknown => locationOf({ id: "1", evses: [evse] }).evses[0];

describe("reading OCPI", () => {
  test("a 2.3.0 record comes out as it went in", () => {
    const location = {
      country_code: "LT",
      party_id: "ABC",
      id: "1",
      publish: true,
      coordinates: { latitude: "54.5", longitude: "25.5" },
      evses: [
        { uid: "a", status: "AVAILABLE", connectors: [{ id: "1", standard: "CHADEMO", max_voltage: 500 }] },
      ],
      parking_places: [{ id: "p", vehicle_types: ["BUS"], time_limit: 60 }],
      opening_times: { twentyfourseven: false, regular_hours: [{ weekday: 1, period_begin: "08:00" }] },
    };
    expect(read(location)).toEqual({ location, ocpiLocationId: "1", notes: [] });
  });

  test("a 2.1.1 record: no country_code, party or publish; type, voltage, amperage", () => {
    expect(
      locationOf({ id: "1", type: "ON_STREET", evses: [{ connectors: [{ voltage: 230, amperage: "32" }] }] }),
    ).toMatchObject({
      parking_type: "ON_STREET",
      evses: [{ connectors: [{ max_voltage: 230, max_amperage: 32 }] }],
    });
  });

  test.each<[string, unknown, unknown]>([
    ["text", 249, "249"],
    ["text", "  a ", "a"],
    ["text", "", undefined],
    ["text", " ", undefined],
    ["text", null, undefined],
    ["text", 1.5, "1.5"],
    ["text", 0, "0"],
    ["text", 9_007_199_254_740_991, "9007199254740991"],
  ])("T1.5: %s: an id of %j is %j", (_kind, id, value) => {
    const { location, notes } = read({ id });
    expect(location.id).toBe(value);
    expect(notes).toEqual([]);
  });

  test.each([9_007_199_254_740_992, 1e21, -1e300, Number.POSITIVE_INFINITY, true, {}, []])(
    "T1.5: an id of %j is none, and noted",
    (id) => {
      const { location, ocpiLocationId, notes } = read({ id });
      expect([location.id, ocpiLocationId]).toEqual([undefined, undefined]);
      expect(notes.map(({ code, pointer }) => [code, pointer])).toEqual([["bad-field", "/id"]]);
    },
  );

  test.each<[unknown, unknown]>([
    ["22000", 22_000],
    [" 7.4 ", 7.4],
    ["\u00a07\u00a0", 7],
    ["1e3", 1000],
    ["", undefined],
    [null, undefined],
  ])("a power of %j is %j", (max_electric_power, value) => {
    expect(notesOf({ evses: [{ connectors: [{ max_electric_power }] }] })).toEqual([]);
    expect(evseOf({ connectors: [{ max_electric_power }] })).toEqual({
      connectors: [value === undefined ? {} : { max_electric_power: value }],
    });
  });

  test.each(["22 kW", "22,5", "0x10", "Infinity", "NaN", true])(
    "a power of %j is noted, not read",
    (power) => {
      const evse = { connectors: [{ max_electric_power: power }] };
      expect(evseOf(evse)).toEqual({ connectors: [{}] });
      expect(notesOf({ evses: [evse] })).toEqual([
        `bad-field /evses/0/connectors/0/max_electric_power ${JSON.stringify(power)}`,
      ]);
    },
  );

  test.each<[unknown, unknown]>([
    [true, true],
    ["true", true],
    [" FALSE ", false],
    [0, false],
    ["1", true],
    ["No", false],
    ["n", false],
    ["yes", true],
    ["", undefined],
    [null, undefined],
  ])("T1.1: publish %j is %j", (publish, value) => expect(locationOf({ publish }).publish).toBe(value));

  test("enumerations are spelt in one way", () => {
    expect(
      evseOf({
        status: "available ",
        capabilities: ["rfidReader", "", null],
        connectors: [{ standard: "iec_62196_t2", format: "cable", power_type: "ac3Phase" }],
      }),
    ).toEqual({
      status: "AVAILABLE",
      capabilities: ["RFID_READER"],
      connectors: [{ standard: "IEC_62196_T2", format: "CABLE", power_type: "AC_3_PHASE" }],
    });
  });

  test("one EVSE or connector where a list belongs is a list of one", () => {
    expect(locationOf({ evses: { uid: "a", connectors: { id: "1" } } }).evses).toEqual([
      { uid: "a", connectors: [{ id: "1" }] },
    ]);
  });

  test("T1.7: a bad EVSE never costs the good ones", () => {
    const value = {
      evses: [null, "x", { uid: "a", connectors: "y" }, { uid: { deep: 1 } }, [], { uid: "b" }],
    };
    expect(locationOf(value).evses).toEqual([
      { uid: "a", connectors: [] },
      { connectors: [] },
      { uid: "b", connectors: [] },
    ]);
    expect(notesOf(value)).toHaveLength(5);
  });

  test("absent lists are empty where OCPI demands one", () => {
    expect(locationOf({}).evses).toEqual([]);
    expect(locationOf({ evses: null }).evses).toEqual([]);
    expect(evseOf({ connectors: null })).toEqual({ connectors: [] });
  });

  test("T2.1: HERE's id in OCPI's clothes is no OCPI id", () => {
    const tail = Buffer.from("here-ev:example:1").toString("base64url");
    expect(read({ id: `246udbvy497hq-${tail}` }).ocpiLocationId).toBeUndefined();
    expect(read({ id: "here:evcp:1" }).ocpiLocationId).toBeUndefined();
    expect(read({ id: "LOC1" }).ocpiLocationId).toBe("LOC1");
  });

  test.each([null, 7, "x", [], [{ id: "1" }]])("%j is not an object", (value) => {
    expect(ocpi.read(value, asIs, "whole")).toEqual({
      unreadable: "not-an-object",
      detail: JSON.stringify(value),
    });
  });

  test("texts are decoded, and so is what is quoted of a bad one", () => {
    const bytes = Buffer.from('{"name":"größer","evses":[{"connectors":[{"max_voltage":"drück"}]}]}');
    const { value, decode } = parseRecord(bytes, 0, bytes.length);
    const record = ocpi.read(value, decode, "whole");
    expect(record).toMatchObject({ location: { name: "größer" }, notes: [{ detail: '"drück"' }] });
  });
});

describe("hostile records", () => {
  const deep = (depth: number): unknown => JSON.parse(`${"[".repeat(depth)}${"]".repeat(depth)}`);
  const chain = (depth: number): unknown => JSON.parse(`${'{"evses":['.repeat(depth)}${"]}".repeat(depth)}`);
  const base = {
    id: "1",
    coordinates: { latitude: "54.6", longitude: "25.2" },
    evses: [{ evse_id: "LT*ABC*E1" }],
  };

  test.each([
    "name",
    "unheard_of",
    "images",
    "evses",
    "operator",
    "opening_times",
    "coordinates",
    "publish",
    "id",
  ])("nesting 100,000 deep under %s costs that field at most", (key) => {
    for (const value of [deep(100_000), chain(100_000)]) {
      for (const depth of ["tagging", "whole"] as const) {
        const record = ocpi.read({ ...base, [key]: value, city: "X" }, asIs, depth);
        expect(record).toHaveProperty("location");
        if (!("unreadable" in record)) tagLocation(record, EVERYTHING);
      }
    }
    expect(ocpi.read(deep(100_000), asIs, "tagging")).toMatchObject({ unreadable: "not-an-object" });
  });

  test("`__proto__` and `constructor` are keys like any other", () => {
    const value: unknown = JSON.parse(
      '{"__proto__":{"publish":false,"id":"evil"},"constructor":{"prototype":{}},"evses":[{"__proto__":{"status":"REMOVED"},"connectors":[{"__proto__":7,"standard":[]}]}]}',
    );
    const { location } = read(value);
    expect([location.id, location.publish, location.evses[0]?.status]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(Object.getPrototypeOf({})).not.toHaveProperty("publish");
  });

  test("strings of megabytes are read", () => {
    const huge = "é\u0000\ud83d".repeat(1_000_000);
    const record = read({
      id: huge,
      name: huge,
      operator: { name: huge },
      coordinates: { latitude: "54.6", longitude: "25.2" },
      evses: [
        {
          evse_id: huge,
          physical_reference: huge,
          parking_restrictions: [huge],
          connectors: [{ standard: huge, max_voltage: huge }],
        },
      ],
      opening_times: { regular_hours: [{ weekday: 1, period_begin: huge, period_end: huge }] },
    });
    const station = tagLocation(record, EVERYTHING);
    expect(station).toHaveProperty("station.tags.length", 2);
  });

  test("any JSON value is a record or a reason, and tagging it is a station or a reason", () => {
    fc.assert(
      fc.property(anyJson, (value) => {
        for (const depth of ["tagging", "whole"] as const) {
          const record = ocpi.read(value, asIs, depth);
          if ("unreadable" in record) {
            expect(typeof record.detail).toBe("string");
            continue;
          }
          const made = tagLocation(record, EVERYTHING);
          expect("reason" in made ? made.reason : made.station.tags.length).toBeTruthy();
        }
      }),
      { numRuns: 2000 },
    );
  });

  test("a valid record with one value replaced by any other is still a record", () => {
    const replaced = (value: unknown, path: readonly number[], by: unknown): unknown => {
      if (path.length === 0 || typeof value !== "object" || value === null) return by;
      const entries = Object.entries(value);
      const chosen = entries[(path[0] ?? 0) % Math.max(entries.length, 1)];
      if (chosen === undefined) return by;
      const item = replaced(chosen[1], path.slice(1), by);
      if (!Array.isArray(value)) return { ...value, [chosen[0]]: item };
      return value.map((old: unknown, i) => (`${i}` === chosen[0] ? item : old));
    };
    fc.assert(
      fc.property(
        ocpiRecord,
        fc.array(fc.nat(), { minLength: 1, maxLength: 6 }),
        fc.jsonValue(),
        (value, path, by) => {
          const record = ocpi.read(replaced(value, path, by), asIs, "whole");
          expect(record).toHaveProperty("location");
        },
      ),
      { numRuns: 1000 },
    );
  });

  test("what is read always fits the canonical schema", () => {
    fc.assert(
      fc.property(ocpiRecord, (value) => {
        expect(locationSchema.safeParse(locationOf(value)).error).toBeUndefined();
      }),
      { numRuns: 500 },
    );
  });
});

describe("depth", () => {
  const taggedAt = (value: unknown, depth: "tagging" | "whole"): unknown => {
    const record = ocpi.read(value, asIs, depth);
    if ("unreadable" in record) return record.unreadable;
    const made = tagLocation(record, EVERYTHING);
    if ("reason" in made) return made.reason;
    return [made.station.lat, made.station.lon, made.station.tags, made.chargePoints.map(({ tags }) => tags)];
  };

  test("reading only what tagging needs gives the same tags as reading everything", () => {
    fc.assert(
      fc.property(anyJson, (value) => {
        expect(taggedAt(value, "tagging")).toEqual(taggedAt(value, "whole"));
      }),
      { numRuns: 1500 },
    );
  });

  test("on real feeds too", () => {
    if (!existsSync(FEEDS)) return void process.stdout.write(`not compared: ${FEEDS} is not there\n`);
    const file = readdirSync(FEEDS).find((name) => name.includes("greems"));
    const feed: unknown = JSON.parse(readFileSync(`${FEEDS}/${file}`, "utf8"));
    const records = Array.isArray(feed) ? feed : valueAt(feed, "/data");
    if (!Array.isArray(records)) throw new Error(`${file} is no list`);
    expect(records.length).toBeGreaterThan(10);
    for (const record of records) expect(taggedAt(record, "tagging")).toEqual(taggedAt(record, "whole"));
  });
});

describe("objects where OCPI has lists", () => {
  const evses = [
    { evseId: "a", connectors: [{ standard: "CHADEMO", voltage: 400 }] },
    { evse_id: "b", connectors: [] },
  ];
  const expected = [
    { evse_id: "a", connectors: [{ standard: "CHADEMO", max_voltage: 400 }] },
    { evse_id: "b", connectors: [] },
  ];

  test.each<[string, unknown, string]>([
    ["under one key, as XML has them", { evse: evses }, "/evses/evse/0/evseId"],
    ["under numbers, as PHP writes gaps", { "3": evses[0], "7": evses[1] }, "/evses/3/evseId"],
    ["under their ids", { a: evses[0], b: evses[1] }, "/evses/a/evseId"],
  ])("the EVSEs stand %s", (_where, held, pointer) => {
    expect(locationOf({ id: "1", evses: held }).evses).toEqual(expected);
    expect(notesOf({ id: "1", evses: held })).toEqual([]);
    expect(ocpi.sourcePointer("/evses/0/evse_id", { evses: held })).toBe(pointer);
  });

  test("an empty object is an empty list: no EVSE that nobody has", () => {
    expect(locationOf({ id: "1", evses: {} }).evses).toEqual([]);
    expect(evseOf({ connectors: {} })).toEqual({ connectors: [] });
    expect(evseOf({ capabilities: {} })).toEqual({ capabilities: [], connectors: [] });
    expect(notesOf({ evses: [{ connectors: {}, capabilities: {} }] })).toEqual([]);
  });

  test("one EVSE by itself is a list of one", () => {
    expect(locationOf({ id: "1", evses: evses[0] }).evses).toEqual([expected[0]]);
    expect(ocpi.sourcePointer("/evses/0/evse_id", { evses: evses[0] })).toBe("/evses/evseId");
  });
});

describe("lists where OCPI has objects", () => {
  test("a list of one is that object", () => {
    const value = { operator: [{ Name: "ACME" }], coordinates: [{ lat: 54.5, lng: 25.5 }] };
    expect(locationOf(value)).toMatchObject({
      operator: { name: "ACME" },
      coordinates: { latitude: "54.5", longitude: "25.5" },
    });
    expect(ocpi.sourcePointer("/operator/name", value)).toBe("/operator/0/Name");
  });

  test("an empty one is PHP's empty object; of several nobody knows which", () => {
    expect(read({ opening_times: [], operator: "" })).toMatchObject({ location: { evses: [] }, notes: [] });
    expect(notesOf({ operator: [{ name: "A" }, { name: "B" }] })).toEqual([
      'bad-field /operator [{"name":"A"},{"name":"B"}]',
    ]);
  });
});

describe("sourcePointer", () => {
  const value = {
    Id: 7,
    type: "ON_STREET",
    coordinates: { lat: 1, lng: 2 },
    party_id: null,
    partyId: "A",
    evses: [
      null,
      { evseId: "x", connectors: { voltage: 230, "odd/~key": 1 } },
      "y",
      { capabilities: ["A", "B"] },
    ],
  };

  test.each([
    ["", ""],
    ["/id", "/Id"],
    ["/parking_type", "/type"],
    ["/coordinates/latitude", "/coordinates/lat"],
    ["/party_id", "/partyId"],
    ["/evses", "/evses"],
    ["/evses/0/evse_id", "/evses/1/evseId"],
    ["/evses/0/connectors/0/max_voltage", "/evses/1/connectors/voltage"],
    ["/evses/1/capabilities/1", "/evses/3/capabilities/1"],
    ["/evses/2/evse_id", undefined],
    ["/name", undefined],
    ["/evses/0/uid", undefined],
  ])("%s is at %s", (canonical, pointer) => expect(ocpi.sourcePointer(canonical, value)).toBe(pointer));

  test("never throws, wherever it is sent", () => {
    fc.assert(
      fc.property(
        anyJson,
        fc.array(fc.constantFrom("evses", "0", "id", "connectors", "~", "__proto__", "x")),
        (any, path) => {
          const pointer = ocpi.sourcePointer(path.map((step) => `/${step}`).join(""), any);
          expect(["string", "undefined"]).toContain(typeof pointer);
        },
      ),
    );
  });
});

test.each<unknown>([{ a: 1 }, true, [{}], ["CUSTOMERS", {}]])(
  "T5.3: restrictions that nobody can read (%j) are no leave to charge",
  (parking_restrictions) => {
    const connectors = [{ standard: "IEC_62196_T2" }];
    const record = read({
      id: "1",
      coordinates: { latitude: "54.7", longitude: "25.3" },
      evses: [{ uid: "1", status: "AVAILABLE", parking_restrictions, connectors }],
    });
    const made = tagLocation(record, DEFAULT_TAGGING);
    if ("reason" in made) throw new Error(made.reason);
    expect(made.station.tags.map(({ key }) => key)).not.toContain("access");
    expect(made.notes.map(({ code }) => code)).toContain("access-restricted");
  },
);
