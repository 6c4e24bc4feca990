import { assert, constantFrom, jsonValue, property, record as recordOf } from "fast-check";
import { describe, expect, it } from "vitest";
import { locationSchema } from "../ocpi/location.js";
import { DEFAULT_TAGGING, tagLocation } from "../tagging/tag-location.js";
import { asIs } from "./dialect.js";
import { hereV2 } from "./here-v2.js";
import {
  aGroup,
  aStation,
  fixtureJson,
  fixtureStations,
  readStation,
  tagged,
} from "../commands/here-v2.test-support.js";
import { valueAt } from "./json-value.js";

const [berlin] = fixtureStations();
const pool = fixtureJson("here-v2/pools.json").pools.pool[0];
const item = fixtureJson("here-v2/search.json").items[0];
const oneStation = fixtureJson("here-v2/one-station.json").evStations.evStation;
const RECORDS = [...fixtureStations(), pool, item, oneStation, fixtureJson("here-v2/evses-bulk.json")];

describe("a v2 station", () => {
  it("becomes a Location with all that v2 has", () => {
    expect(readStation(berlin).location).toMatchObject({
      name: "Luisenstraße",
      country: "DEU",
      coordinates: { latitude: "52.5199013", longitude: "13.3800898" },
      operator: { name: "Musterstrom" },
      suboperator: { name: "Musterstrom Mobil" },
      address: "Luisenstraße 31",
      city: "Berlin",
      postal_code: "10117",
      state: "Berlin",
      related_locations: [{ latitude: "52.5198", longitude: "13.38" }],
      time_zone: "Europe/Berlin",
      help_phone: "+49301234567",
      last_updated: "2026-10-01T04:39:27.737Z",
    });
  });

  it("has the tags of T1 to T5", () => {
    expect(tagged(berlin).tags).toEqual({
      access: "yes",
      amenity: "charging_station",
      "authentication:nfc": "yes",
      opening_hours: "24/7",
      operator: "Musterstrom",
      "payment:credit_cards": "yes",
      "socket:chademo": "1",
      "socket:chademo:output": "50 kW",
      "socket:type2": "2",
      "socket:type2:output": "22 kW",
      "socket:type2_combo": "1",
      "socket:type2_combo:output": "50 kW",
    });
  });

  it("reads an element for a list of one, and text for numbers and flags", () => {
    expect(tagged(oneStation)).toEqual({
      tags: expect.objectContaining({
        "socket:type2": "2",
        "socket:type2:output": "22 kW",
        opening_hours: "24/7",
      }),
      notes: ["capacity-unknown: "],
    });
    expect(readStation(oneStation).location.coordinates).toEqual({
      latitude: "47.3769",
      longitude: "8.5417",
    });
    const lists = aStation([[aGroup([34], ["2"])]], { position: [{ lat: "52.5", lng: 13.4 }] });
    expect(tagged(lists).tags).toMatchObject({ "socket:type2_combo": "2" });
  });

  it("has no operator where its groups have several, and the brand where they have none", () => {
    const suppliers = (...names: readonly (string | undefined)[]) =>
      tagged(
        aStation(
          names.map((supplierName) => aGroup(34, 1, { supplierName })),
          { brand: "Beispielmarke" },
        ),
      ).tags["operator"];
    expect(suppliers("Beispiel", "BEISPIEL", undefined)).toBe("Beispiel");
    expect(suppliers("Beispiel", "Anders")).toBeUndefined();
    expect(suppliers(undefined)).toBe("Beispielmarke");
  });

  it("is garbled nowhere when parsed as records are, from bytes read as Latin-1", () => {
    const latin1 = JSON.parse(Buffer.from(JSON.stringify(berlin), "utf8").toString("latin1"));
    const decode = (text: string) => Buffer.from(text, "latin1").toString("utf8");
    expect(hereV2.read(latin1, decode, "whole")).toEqual(hereV2.read(berlin, asIs, "whole"));
  });

  it("read for tagging is tagged as the whole", () => {
    for (const value of RECORDS) {
      const tagsAt = (depth: "whole" | "tagging") => {
        const record = hereV2.read(value, asIs, depth);
        return "unreadable" in record ? record : tagLocation(record, DEFAULT_TAGGING);
      };
      expect(tagsAt("tagging")).toEqual(tagsAt("whole"));
    }
  });
});

describe("T2.1: ids", () => {
  it("a station has its own, a search item that of its place; none is an OCPI id", () => {
    const { location, ocpiLocationId, notes } = readStation(berlin);
    expect(location.id).toBe(berlin.id);
    expect(ocpiLocationId).toBeUndefined();
    expect(tagged(berlin).tags["ref:ocpi:location:id"]).toBeUndefined();
    expect(notes).toContainEqual({ code: "here-supplier", pointer: "/id", detail: "example, id 1001" });
    expect(readStation({ ...berlin, id: 12 }).location.id).toBe("12");
    expect(readStation({ ...berlin, poolId: "7", id: undefined }).location.id).toBe("7");
    expect(readStation(item).location.id).toBe("528u173z-00112233445566778899aabbccddeeff");
  });
});

describe("EVSE answers", () => {
  it.each([
    ["one", fixtureJson("here-v2/evses-bulk.json").evses.evse[0], "1 EVSEs: e1"],
    ["all of an answer", fixtureJson("here-v2/evses-bulk.json"), "2 EVSEs: e1, e2"],
  ])("%s: rejected, as they have no position, and the note says what to fetch", (_what, value, detail) => {
    const record = readStation(value);
    expect(tagLocation(record, DEFAULT_TAGGING)).toMatchObject({ reason: "bad-coordinates" });
    expect(record.notes).toContainEqual({ code: "position-not-given", pointer: "/coordinates", detail });
  });
});

describe("whatever comes", () => {
  it("is read without throwing, and left as it was", () => {
    assert(property(jsonValue(), expectSound));
    const keys = [...Object.keys(berlin), "evses", "evStations", "extended", "brandOnly"];
    const members = recordOf(Object.fromEntries(keys.map((key) => [key, jsonValue()])), { requiredKeys: [] });
    assert(property(members, expectSound));
  });

  it("is read as far as it is right when one place of a good record goes wrong", () => {
    for (const value of RECORDS) {
      const places = placesOf(value).slice(1);
      assert(
        property(constantFrom(...places), jsonValue(), (path, junk) =>
          expectSound(replaced(value, path, junk)),
        ),
        { numRuns: 60 },
      );
    }
    const { tags, notes } = tagged({
      ...berlin,
      name: {},
      address: 7,
      brand: [1, 2],
      connectors: berlin.connectors,
    });
    expect(tags["socket:type2"]).toBe("2");
    expect(notes).toContain("bad-field: /name is {}");
  });

  it("is refused with a reason where it is no station", () => {
    expect(hereV2.read(7, asIs, "whole")).toEqual({
      unreadable: "not-an-object",
      detail: "a HERE v2 station is an object, this is 7",
    });
    expect(hereV2.read({ error: "x" }, asIs, "whole")).toMatchObject({ unreadable: "not-a-location" });
  });

  it("tells of the first twenty bad fields and counts the rest", () => {
    const { notes } = readStation(aStation(Array.from({ length: 500 }, () => "x")));
    expect(notes).toHaveLength(21);
    expect(notes[20]?.detail).toBe("and 480 more fields");
  });

  it("may be nested without end", () => {
    const deep = `${"[".repeat(50_000)}${"]".repeat(50_000)}`;
    expect(readStation(JSON.parse(`{"id":"x","connectors":${deep}}`)).location.evses).toEqual([]);
    const wrapped = `${'{"connector":'.repeat(50_000)}{}${"}".repeat(50_000)}`;
    expect(readStation(JSON.parse(`{"id":"x","connectors":${wrapped}}`)).location.id).toBe("x");
  });
});

describe("sourcePointer", () => {
  it.each([
    ["", ""],
    ["/id", "/id"],
    ["/coordinates/latitude", "/position/latitude"],
    ["/operator/name", "/connectors/connector/0/supplierName"],
    ["/opening_times/regular_hours/3/weekday", "/connectors/connector/0/connectorDetails/openingHours"],
    ["/evses", "/connectors"],
    ["/evses/1", "/connectors/connector/0"],
    ["/evses/2/connectors/0/standard", "/connectors/connector/1/connectorType/id"],
    ["/evses/3/connectors/0/max_electric_power", "/connectors/connector/2/maxPowerLevel"],
    ["/evses/0/capabilities/1", "/evStationDetails/paymentMethods"],
    ["/evses/0/parking_restrictions", "/evStationDetails/accessibilityType"],
    ["/publish", undefined],
    ["/evses/9", undefined],
    ["/evses/0/no", undefined],
  ])("%s → %s", (canonical, here) => expect(hereV2.sourcePointer(canonical, berlin)).toBe(here));

  it("leads to something for every value of a Location that was read", () => {
    for (const value of RECORDS) {
      const pointers = leaves(readStation(value).location, "");
      const lost = pointers.filter((pointer) => {
        const here = hereV2.sourcePointer(pointer, value);
        return here === undefined || valueAt(value, here) === undefined;
      });
      expect(lost).toEqual([]);
    }
  });

  it("leads to something or nowhere, whatever the record", () => {
    assert(
      property(constantFrom(...placesOf(berlin).slice(1)), jsonValue(), (path, junk) => {
        const value = replaced(berlin, path, junk);
        for (const pointer of leaves(readStation(value).location, "")) {
          const here = hereV2.sourcePointer(pointer, value);
          if (here !== undefined) expect(valueAt(value, here)).not.toBeUndefined();
        }
      }),
    );
  });
});

describe("unusualKeys", () => {
  it("are none in what v2 is known to answer", () => {
    for (const value of RECORDS) expect(hereV2.unusualKeys(value)).toEqual([]);
  });

  it("are told with their place and value", () => {
    const station = aStation([aGroup(34, 1, { plugColour: "red" })], { greenPower: true });
    expect(hereV2.unusualKeys(station)).toEqual([
      { pointer: "/connectors/connector/*/plugColour", value: "red", readAs: undefined },
      { pointer: "/greenPower", value: true, readAs: undefined },
    ]);
  });
});

function expectSound(value: unknown): void {
  const before = JSON.stringify(value);
  for (const depth of ["whole", "tagging"] as const) {
    const record = hereV2.read(value, asIs, depth);
    if ("unreadable" in record) expect(record.detail).not.toBe("");
    else expect(locationSchema.safeParse(record.location).error).toBeUndefined();
  }
  hereV2.sourcePointer("/evses/0/connectors/0/standard", value);
  hereV2.unusualKeys(value);
  expect(JSON.stringify(value)).toBe(before);
}

function placesOf(value: unknown, path: string[] = []): string[][] {
  if (typeof value !== "object" || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, child]) => placesOf(child, [...path, key]))];
}

function replaced(value: unknown, path: readonly string[], by: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined || typeof value !== "object" || value === null) return by;
  const copy = Array.isArray(value) ? [...value] : { ...value };
  Reflect.set(copy, key, replaced(Reflect.get(value, key), rest, by));
  return copy;
}

function leaves(value: unknown, pointer: string): string[] {
  if (typeof value !== "object" || value === null) return value === undefined ? [] : [pointer];
  return Object.entries(value).flatMap(([key, child]) => leaves(child, `${pointer}/${key}`));
}
