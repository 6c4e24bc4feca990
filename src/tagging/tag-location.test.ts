import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Location } from "../ocpi/location.js";
import type { SourceRecord } from "../ocpi/source-record.js";
import { aConnector, aRecord, anEvse } from "../ocpi/location.test-support.js";
import { ocpi } from "../sources/ocpi.js";
import { ocpiRecord } from "../sources/ocpi-records.test-support.js";
import {
  DEFAULT_TAGGING,
  type Station,
  type TaggingOptions,
  locationKey,
  tagLocation,
} from "./tag-location.js";
import type { Tag } from "./tagged-point.js";
import { tagRecord } from "./tags.test-support.js";

const EVERYTHING: TaggingOptions = { ...DEFAULT_TAGGING, extended: true, name: true, chargePoints: true };

function stationOf(record: SourceRecord, options = DEFAULT_TAGGING): Station {
  const made = tagLocation(record, options);
  if ("reason" in made) throw new Error(`refused: ${made.reason}`);
  return made;
}

const tagsOf = (fields: Partial<Location>, options = DEFAULT_TAGGING): Record<string, string> =>
  tagRecord(stationOf(aRecord(fields), options).station.tags);

const notesOf = (fields: Partial<Location>): string[] =>
  stationOf(aRecord(fields)).notes.map(({ code }) => code);

const at = (latitude: string, longitude: string): Partial<Location> => ({
  coordinates: { latitude, longitude },
});

describe("tagLocation", () => {
  test("a whole Location", () => {
    const made = stationOf(
      aRecord({
        name: "Town hall",
        operator: { name: "Nobody's Chargers" },
        opening_times: { twentyfourseven: true },
        evses: [
          anEvse({ evse_id: "LT*ABC*E2", capabilities: ["RFID_READER"] }),
          anEvse({ evse_id: "LT*ABC*E1", connectors: [aConnector({ format: "CABLE" })] }),
          anEvse({ evse_id: "LT*ABC*E3", status: "REMOVED" }),
        ],
      }),
    );
    expect(made.notes).toEqual([]);
    expect(made.country).toBe("LT");
    expect([made.station.lat, made.station.lon]).toEqual(["54.6872", "25.2797"]);
    expect(made.station.tags.map(({ key, value, rule }) => `${rule} ${key}=${value}`)).toEqual([
      "T5.3 access=yes",
      "T1 amenity=charging_station",
      "T5.4 authentication:nfc=yes",
      "T5.1 capacity=2",
      "T5.2 opening_hours=24/7",
      "T5.5 operator=Nobody's Chargers",
      "T2.3 ref:EU:EVSE=LT*ABC*E1;LT*ABC*E2",
      "T2.1 ref:ocpi:location:id=LOC1",
      "T3.1 socket:type2=1",
      "T3.4 socket:type2:output=22 kW",
      "T3.1 socket:type2_cable=1",
      "T3.4 socket:type2_cable:output=22 kW",
    ]);
  });

  test("T5.7: name and the tags of T5.6 are written only when asked for", () => {
    const fields = { name: " Town\thall ", parking_type: "PARKING_GARAGE" };
    expect(tagsOf(fields)).not.toHaveProperty("name");
    expect(tagsOf(fields)).not.toHaveProperty("covered");
    expect(tagsOf(fields, { ...DEFAULT_TAGGING, name: true })["name"]).toBe("Town hall");
    expect(tagsOf(fields, { ...DEFAULT_TAGGING, extended: true })["covered"]).toBe("yes");
    const escaped = tagsOf({ name: "Caf&eacute; &amp; Bar" }, { ...DEFAULT_TAGGING, name: true });
    expect(escaped).toMatchObject({ name: "Café & Bar" });
  });

  test("T6: charge_points are made only when asked for, and the station keeps its tags", () => {
    const fields = { evses: [anEvse({ coordinates: { latitude: "54.6873", longitude: "25.2797" } })] };
    expect(stationOf(aRecord(fields)).chargePoints).toEqual([]);
    const asked = stationOf(aRecord(fields), { ...DEFAULT_TAGGING, chargePoints: true });
    expect(asked.chargePoints).toHaveLength(1);
    expect(tagRecord(asked.station.tags)).toEqual(tagsOf(fields));
  });

  test("a refusal comes with its reason", () => {
    expect(tagLocation(aRecord({ publish: false }), DEFAULT_TAGGING)).toMatchObject({
      reason: "unpublished",
    });
  });

  test("T3.3: a Location without any known socket is still a station", () => {
    expect(tagsOf({ evses: [anEvse({ connectors: [] })] })).toEqual({
      access: "yes",
      amenity: "charging_station",
      capacity: "1",
      "ref:ocpi:location:id": "LOC1",
    });
  });

  test("T5.2: hours that cannot be understood are noted, with their place", () => {
    const opening_times = { regular_hours: [{ weekday: 0, period_begin: "08:00", period_end: "17:00" }] };
    expect(stationOf(aRecord({ opening_times })).notes).toEqual([
      { code: "bad-hours", pointer: "/opening_times/regular_hours/0/weekday", detail: "weekday 0" },
    ]);
    expect(tagsOf({ opening_times })).not.toHaveProperty("opening_hours");
    const monday = { weekday: 1, period_begin: "08:00", period_end: "17:00" };
    const record = ocpi.read(
      {
        id: "1",
        coordinates: { latitude: "54.6872", longitude: "25.2797" },
        evses: [{}],
        opening_times: { regular_hours: [monday, "Tu 08:00-17:00"] },
      },
      (text) => text,
      "tagging",
    );
    if ("unreadable" in record) throw new Error(record.unreadable);
    const { station, notes } = stationOf(record);
    expect(tagRecord(station.tags)).not.toHaveProperty("opening_hours");
    expect(notes.map(({ code, pointer }) => `${code} ${pointer}`)).toEqual([
      "bad-field /opening_times/regular_hours/1",
      "bad-hours /opening_times/regular_hours/1",
    ]);
  });

  test("notes of the reader come first and are kept", () => {
    const record: SourceRecord = {
      ...aRecord({ evses: [anEvse({ evse_id: "1" })] }),
      notes: [{ code: "bad-field", pointer: "/name", detail: "7" }],
    };
    expect(stationOf(record).notes.map(({ code }) => code)).toEqual(["bad-field", "evse-id-invalid"]);
  });
});

describe("T1.6: outside-country", () => {
  test.each<[string, Partial<Location>, boolean]>([
    ["in the country stated", {}, false],
    ["in another", { country: "DEU" }, true],
    ["country goes before country_code", { country: "LTU", country_code: "IL" }, false],
    ["what is no country does not count as stated", { country: "Polska", country_code: "LT" }, false],
    ["latitude equal to longitude", { ...at("55.75", "55.75"), country: "RUS" }, true],
    ["equal as they are written", { ...at("55.7500000001", "55.75"), country: "RUS" }, true],
    ["in the sea", { ...at("0", "-1"), country: "RUS" }, true],
    ["a territory is in its country", { ...at("16.2", "-61.5"), country: "FRA" }, false],
    ["no country stated", { country: "", country_code: "" }, false],
  ])("%s", (_what, fields, noted) => {
    expect(notesOf(fields).includes("outside-country")).toBe(noted);
  });
});

describe("T3: the country of a socket", () => {
  const tesla = { evses: [anEvse({ connectors: [{ standard: "TESLA_S", power_type: "DC" }] })] };
  const nowhere = { country: "", country_code: "" };

  test("is the one stated, else the one on the map", () => {
    expect(tagsOf({ ...tesla, country: "USA" })).toHaveProperty("socket:nacs");
    expect(tagsOf(tesla)).toHaveProperty("socket:type2_combo");
    expect(tagsOf({ ...tesla, ...nowhere })).toHaveProperty("socket:type2_combo");
    expect(tagsOf({ ...tesla, ...nowhere, ...at("40.7", "-74.2") })).toHaveProperty("socket:nacs");
  });
});

describe("--country", () => {
  const only = (...countries: string[]): TaggingOptions => ({
    ...DEFAULT_TAGGING,
    countries: new Set(countries),
  });

  test("keeps Locations that state it, or lie in it where they state none", () => {
    expect(tagLocation(aRecord(), only("LT", "DE"))).toHaveProperty("station");
    expect(tagLocation(aRecord(), only("DE"))).toMatchObject({ reason: "other-country", detail: "LT" });
    const silent = aRecord({ country: "", country_code: "" });
    expect(tagLocation(silent, only("LT"))).toHaveProperty("station");
    const atSea = aRecord({ country: "", country_code: "", ...at("40", "-40") });
    expect(tagLocation(atSea, only("LT"))).toMatchObject({ reason: "other-country", detail: "no country" });
  });
});

describe("T1.4: locationKey", () => {
  test("country_code, party_id and id, folded for case", () => {
    const key = locationKey({ country_code: "LT", party_id: "ABC", id: "x1", evses: [] });
    expect(locationKey({ country_code: "lt", party_id: "abc", id: "X1", evses: [] })).toBe(key);
    expect(locationKey({ country_code: "LT", party_id: "ABC", id: "x2", evses: [] })).not.toBe(key);
    expect(locationKey({ country_code: "LT", id: "ABCx1", evses: [] })).not.toBe(key);
    expect(locationKey({ id: "x1", evses: [] })).toBe(locationKey({ country_code: "", id: "x1", evses: [] }));
  });
});

describe("promises about any record", () => {
  const asIs = (text: string): string => text;

  function made(value: unknown, options: TaggingOptions): Station | undefined {
    const record = ocpi.read(value, asIs, "tagging");
    if ("unreadable" in record) return undefined;
    const station = tagLocation(record, options);
    return "reason" in station ? undefined : station;
  }

  /** T7. */
  function expectWithinLimits(tags: readonly Tag[]): void {
    for (const { key, value, rule } of tags) {
      for (const text of [key, value]) {
        expect(text).not.toBe("");
        expect([...text].length).toBeLessThanOrEqual(255);
        expect(text).toBe(text.trim().normalize("NFC"));
        // oxlint-disable-next-line no-control-regex -- these are the characters the rule is about
        expect(text).not.toMatch(/[\u0000-\u001f\u007f\u202a-\u202e\u2066-\u2069\ufffd-\uffff]/);
        expect(Buffer.from(text).toString()).toBe(text);
      }
      expect(rule).toMatch(/^T\d(\.\d)?$/);
    }
    const keys = tags.map(({ key }) => key);
    expect(keys).toEqual([...new Set(keys)].toSorted());
  }

  test("T7: tags are within OSM's limits, sorted, each key once, whatever the texts are", () => {
    let stations = 0;
    fc.assert(
      fc.property(ocpiRecord, fc.string({ unit: "binary" }), (record, operatorName) => {
        const station = made(record, { ...EVERYTHING, operatorName, locationRef: "source" });
        if (station === undefined) return;
        stations++;
        for (const { tags } of [station.station, ...station.chargePoints]) expectWithinLimits(tags);
      }),
      { numRuns: 1000 },
    );
    expect(stations).toBeGreaterThan(100);
  });

  test("T7: any string as any text of a Location", () => {
    const text = fc.oneof(
      fc.string({ unit: "binary", maxLength: 400 }),
      fc.string({
        unit: fc.constantFrom(
          "a",
          " ",
          "\n",
          "\u0000",
          "\ud83d",
          "\ude00",
          "\u0308",
          "&#10;",
          "&#xD800;",
          "&#xFFFD;",
          "\ufffd",
          "\u202e",
          "\u2069",
          "\u00a0",
        ),
        maxLength: 300,
      }),
    );
    fc.assert(
      fc.property(text, text, (one, other) => {
        const { station, chargePoints } = stationOf(
          aRecord({
            id: `x${one}`,
            name: one,
            country: other,
            parking_type: other,
            operator: { name: one },
            opening_times: { regular_hours: [{ weekday: 1, period_begin: one, period_end: other }] },
            evses: [
              anEvse({
                evse_id: one,
                physical_reference: other,
                floor_level: one,
                capabilities: [one],
                parking_restrictions: [other],
                coordinates: { latitude: "54.6873", longitude: "25.2797" },
                connectors: [{ standard: one, format: other, power_type: one }],
              }),
            ],
          }),
          { ...EVERYTHING, operatorName: other, locationRef: "source" },
        );
        for (const { tags } of [station, ...chargePoints]) expectWithinLimits(tags);
      }),
      { numRuns: 1000 },
    );
  });

  test("the order of EVSEs and of connectors never changes a tag", () => {
    const shuffled = <T>(items: readonly T[], keys: readonly number[]): T[] =>
      items
        .map((item, i) => ({ item, key: keys[i % keys.length] ?? 0 }))
        .toSorted((a, b) => a.key - b.key)
        .map(({ item }) => item);
    let stations = 0;
    fc.assert(
      fc.property(ocpiRecord, fc.array(fc.nat(), { minLength: 7, maxLength: 7 }), (value, keys) => {
        const record = ocpi.read(value, asIs, "tagging");
        if ("unreadable" in record) return;
        const evses = shuffled(record.location.evses, keys).map((evse) =>
          Object.assign({}, evse, { connectors: shuffled(evse.connectors, keys.toReversed()) }),
        );
        const other = { ...record, location: { ...record.location, evses } };
        const [one, two] = [tagLocation(record, EVERYTHING), tagLocation(other, EVERYTHING)];
        if ("reason" in one || "reason" in two) {
          expect(two).toMatchObject({ reason: "reason" in one ? one.reason : "none" });
          return;
        }
        stations++;
        expect(two.station.tags).toEqual(one.station.tags);
        const points = (made: Station): unknown =>
          made.chargePoints.map(({ lat, lon, tags }) => [lat, lon, tags]);
        expect(points(two)).toEqual(points(one));
        expect(two.notes.map(({ code }) => code).toSorted()).toEqual(
          one.notes.map(({ code }) => code).toSorted(),
        );
      }),
      { numRuns: 1000 },
    );
    expect(stations).toBeGreaterThan(100);
  });
});
