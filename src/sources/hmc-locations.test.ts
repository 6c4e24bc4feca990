import { readFileSync } from "node:fs";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DEFAULT_TAGGING, tagLocation } from "../tagging/tag-location.js";
import { asIs } from "./dialect.js";
import { hereV3 } from "./here-v3.js";
import { hmcLocations } from "./hmc-locations.js";
import { noteLines, readLocation, readTile, tileFixture } from "./hmc-locations.test-support.js";

const defect = (name: string) => readTile(tileFixture(`defects/${name}.json`));
const operators = (name: string) => defect(name).map(({ location }) => location.operator?.name);

describe("indexes into a tile's lists", () => {
  it("of 0 are indexes, as a number and as a wrapper that is there and empty", () => {
    const records = defect("index-zero");
    expect(records.map(({ location }) => location.operator?.name)).toEqual([
      "Beispielstrom AG",
      undefined,
      "Beispielstrom AG",
    ]);
    expect(records.map(({ location }) => location.evses.map(({ uid }) => uid))).toEqual([
      ["e-1"],
      ["e-2"],
      ["e-3"],
    ]);
    expect(records.flatMap(noteLines)).toEqual([]);
  });

  it("that are left out in a tile without any 0 are noted and not guessed", () => {
    expect(operators("index-zero-never-printed")).toEqual([undefined, "Zweitstrom GmbH"]);
    expect(defect("index-zero-never-printed").flatMap(noteLines)).toEqual([
      "shared-part-missing /operator | no operatorIndex, and no index in the tile is 0, though businessDetails has 2: a 0 may have been left out; no operator was guessed",
    ]);
  });

  it("to EVSEs that the tile's only location lacks are noted and not guessed", () => {
    const [record] = defect("evses-index-left-out");
    expect(record?.location.evses).toEqual([]);
    expect(noteLines(record!)).toEqual([
      "shared-part-missing /evses | no evsesIndex in the tile's only location, but evse has 1; none was guessed",
    ]);
  });

  it("into a list that is not there are noted, and the rest is kept", () => {
    const [record] = defect("missing-pool");
    expect(record?.location).toMatchObject({
      name: "Beispielplatz 1",
      operator: { name: "Beispielstrom AG" },
    });
    expect(noteLines(record!)).toEqual([
      "shared-part-missing /evses | evsesIndex 0: the tile has no list of that name",
      "shared-part-missing /evses | evsesIndex 1: the tile has no list of that name",
    ]);
  });

  it("that lead nowhere are noted one by one; an EVSE listed twice counts once", () => {
    const [record] = defect("dangling-index");
    expect(record?.location.evses.map(({ uid }) => uid)).toEqual(["e-1"]);
    expect(noteLines(record!)).toEqual([
      "shared-part-missing /operator | operatorIndex 7: businessDetails has 2",
      "shared-part-missing /suboperator | suboperatorIndex -1: businessDetails has 2",
      "shared-part-missing /owner | ownerIndex 0.5: businessDetails has 2",
      "shared-part-missing /evses | evsesIndex 9: evse has 1",
      'shared-part-missing /evses | evsesIndex "one": evse has 1',
      "shared-part-missing /evses | evsesIndex null: evse has 1",
    ]);
  });

  it("to EVSEs that lead nowhere leave open how many there are", () => {
    const station = { id: "1", geometry: { latitude: 52.5, longitude: 13.4 } };
    const pools = { evse: [{ uid: "e-1" }, { uid: "e-2" }] };
    const capacity = (evsesIndex: readonly number[]) => {
      const tagged = tagLocation(readLocation({ ...station, evsesIndex }, pools), DEFAULT_TAGGING);
      return "station" in tagged && tagged.station.tags.find(({ key }) => key === "capacity")?.value;
    };
    expect(capacity([0, 1])).toBe("2");
    expect(capacity([0, 2])).toBeUndefined();
  });

  it("a million times to one EVSE count once, and a million times to nothing make a bounded number of notes", () => {
    const evses = Array.from({ length: 1_000_000 }, () => 0);
    const wrong = evses.map((_zero, index) => index + 1);
    const { location, notes } = readLocation(
      { id: "1", evsesIndex: [...evses, ...wrong] },
      { evse: [{ uid: "a", connectors: [] }] },
    );
    expect(location.evses).toHaveLength(1);
    expect(notes).toHaveLength(21);
    expect(notes.at(-1)?.detail).toBe("and 999980 more");
  });

  it("lead by the rule: without Index it is the list's name, in singular or plural", () => {
    const { location, notes } = readLocation(
      {
        id: "1",
        addressIndex: 1,
        openingHoursIndex: [0],
        evsesIndexes: 0,
        accessPointIdx: [0],
        ownerIndex: 0,
      },
      {
        address: [{ city: "A" }, { city: "B" }],
        openingHours: [{ open24x7: true }],
        evse: [{ uid: "a", connectorIndex: [1, 0] }],
        connectors: [{ id: "x" }, { id: "y" }],
        accessPoints: [{ latitude: 1, longitude: 2 }],
        businessDetails: [{ name: "O" }],
      },
    );
    expect(notes.filter(({ pointer }) => pointer !== "/operator")).toEqual([]);
    expect(location).toMatchObject({
      city: "B",
      opening_times: { twentyfourseven: true },
      related_locations: [{ latitude: "1", longitude: "2" }],
      owner: { name: "O" },
    });
    expect(location.evses[0]?.connectors.map(({ id }) => id)).toEqual(["y", "x"]);
  });
});

describe("other printers", () => {
  it("snake_case, prefixes, wrappers and texts for numbers are read as if they were v3's", () => {
    const [record] = defect("snake-case-prefixes-wrappers");
    expect(noteLines(record!)).toEqual([]);
    expect(record?.location).toMatchObject({
      id: "276u33dc1r4np-aGVyZS1ldjpleGFtcGxlc3VwcGxpZXI6NTAwMQ",
      name: "Beispielplatz 1",
      coordinates: { latitude: "52.5219", longitude: "13.4132" },
      parking_type: "ON_STREET",
      country_code: "DE",
      party_id: "BSP",
      operator: { name: "Beispielstrom AG" },
      opening_times: {
        regular_hours: [
          { weekday: 1, period_begin: "08:00", period_end: "18:30" },
          { weekday: 2, period_begin: "08:00", period_end: "18:30" },
        ],
      },
      evses: [
        {
          uid: "e-1",
          evse_id: "DE*BSP*E90001",
          parking_restrictions: ["BRAND_ONLY"],
          connectors: [
            {
              id: "1",
              standard: "SAE_J3400",
              format: "CABLE",
              power_type: "DC",
              max_voltage: 500,
              max_amperage: 500,
              max_electric_power: 250000,
            },
          ],
        },
      ],
    });
    expect(record?.location.evses[0]?.connectors).toHaveLength(1);
  });

  it("the same tile from two printers makes the same tags", () => {
    const tags = (path: string) =>
      readTile(tileFixture(path)).map((record) => {
        const tagged = tagLocation(record, DEFAULT_TAGGING);
        if ("reason" in tagged) throw new Error(tagged.reason);
        return tagged.station.tags;
      });
    const [tile] = [tags("tiles/electric-vehicle-charging-locations_23600695_v7321.json")];
    expect(tile.length).toBeGreaterThan(1);
    expect(tags("other-printer.json")).toEqual(tile);
  });

  it.each([
    [{ geometry: { latitude: 1.5, longitude: 2.5 } }],
    [{ location: { lat: 1.5, lng: 2.5 } }],
    [{ position: { latitude: "1.5", longitude: { value: 2.5 } } }],
    [{ geometry: { point: { latitude: 1.5, longitude: 2.5 } } }],
    [{ geometry: { type: "Point", coordinates: [2.5, 1.5] } }],
    [{ coordinates: { latitude: 1.5, longitude: 2.5 } }],
  ])("%j is a position", (location) => {
    expect(readLocation({ id: "1", ...location }).location.coordinates).toEqual({
      latitude: "1.5",
      longitude: "2.5",
    });
  });

  it("a value of the wrong type is read as absent, and its place in the tile is told", () => {
    const { location, notes } = readLocation(
      { id: "1", name: { a: 1, b: 2 }, evsesIndex: [1], operatorIndex: 0 },
      {
        evse: [{}, { uid: "a", connectors: [{ maxPower: "lots" }, 5] }],
        businessDetails: [{ name: "ok", website: [[]] }],
      },
    );
    expect(location.evses[0]?.uid).toBe("a");
    expect(notes.map(({ code, pointer, detail }) => `${code} ${pointer} | ${detail}`)).toEqual([
      "bad-field /name | /chargingLocation/0/name is an object",
      "bad-field /operator/website | /businessDetails/0/website is a list",
      'bad-field /evses/0/connectors/0/max_electric_power | /evse/1/connectors/0/maxPower is the text "lots"',
      "bad-field /evses/0/connectors | /evse/1/connectors/1 is the number 5",
    ]);
  });

  it("of several keys of one field the same one is read in any order; restrictions are all read", () => {
    const members = { id: "a", identifier: "b", chargingLocationId: "c", name: "x", display_name: "y" };
    const choices = Object.entries({
      ...members,
      restrictions: ["customersOnly"],
      restrictionReason: "BRAND_ONLY",
      operatorIndex: 0,
      operator: { name: "own" },
      evses: [{ uid: "1" }],
    });
    fc.assert(
      fc.property(fc.shuffledSubarray(choices, { minLength: choices.length }), (entries) => {
        const { location } = readLocation(Object.fromEntries(entries), {
          businessDetails: [{ name: "pool" }],
        });
        expect(location).toMatchObject({ id: "b", name: "x", operator: { name: "own" } });
        expect(new Set(location.evses[0]?.parking_restrictions)).toEqual(
          new Set(["CUSTOMERS", "BRAND_ONLY"]),
        );
      }),
    );
    expect(
      readLocation({ restrictions: ["customersOnly"], restrictionReason: "BRAND_ONLY", evses: [{}] }).location
        .evses[0]?.parking_restrictions,
    ).toEqual(["CUSTOMERS", "BRAND_ONLY"]);
  });

  it("an EVSE without live status is there (T1.3)", () => {
    const record = readLocation(
      { id: "1", geometry: { latitude: 52, longitude: 13 }, evsesIndex: [0] },
      { evse: [{ uid: "a" }] },
    );
    expect(record.location.evses[0]?.status).toBeUndefined();
    expect(tagLocation(record, DEFAULT_TAGGING)).toHaveProperty("station");
  });

  it("no id is left for T1.5 to reject", () => {
    const record = readLocation(
      { geometry: { latitude: 52, longitude: 13 }, evsesIndex: [0] },
      { evse: [{}] },
    );
    expect(tagLocation(record, DEFAULT_TAGGING)).toMatchObject({ reason: "no-id" });
  });
});

describe("locations without their tile", () => {
  const features: unknown[] = JSON.parse(
    readFileSync(new URL("../../fixtures/hmc-locations/tile.json.geojson", import.meta.url), "utf8"),
  ).features;

  it("as GeoJSON say what they say in the tile", () => {
    const inTile = readTile(tileFixture("tiles/electric-vehicle-charging-locations_23600695_v7321.json"));
    const alone = features.map((feature) => hmcLocations.read(feature, asIs, "whole"));
    expect(alone.map((record) => ("location" in record ? record.location : record))).toEqual(
      inTile.map(({ location }) => location),
    );
  });

  it("whose indexes still hold the parts they were resolved to are read", () => {
    const value = { id: "1", operatorIndex: { name: "O" }, evsesIndex: [{ uid: "a" }, { uid: "b" }] };
    const record = hmcLocations.read(value, asIs, "whole");
    expect(record).toMatchObject({
      location: { operator: { name: "O" }, evses: [{ uid: "a" }, { uid: "b" }] },
      notes: [],
    });
  });

  it("say so where an index leads out of them", () => {
    const record = hmcLocations.read({ id: "1", operatorIndex: 3 }, asIs, "whole");
    if ("unreadable" in record) throw new Error(record.detail);
    expect(noteLines(record)).toEqual([
      "shared-part-missing /operator | operatorIndex 3: the record stands alone, without a tile",
    ]);
  });

  it("take the Feature's point where they have no position of their own", () => {
    const value = {
      type: "Feature",
      geometry: { type: "Point", coordinates: [13.4, 52.5] },
      properties: { id: "1", evses: [] },
    };
    expect(hmcLocations.read(value, asIs, "whole")).toMatchObject({
      location: { coordinates: { latitude: "52.5", longitude: "13.4" } },
    });
    expect(hmcLocations.sourcePointer("/coordinates/latitude", value)).toBe("/geometry/coordinates/1");
  });
});

describe("what is no location", () => {
  it.each([[null], [undefined], [5], ["x"], [[]], [true]])("%j is not an object", (value) =>
    expect(hmcLocations.read(value, asIs, "whole")).toMatchObject({ unreadable: "not-an-object" }),
  );

  it("an object of other keys is told by them", () => {
    expect(hmcLocations.read({ foo: 1, bar: 2, partnerId: 3 }, asIs, "whole")).toEqual({
      unreadable: "not-a-location",
      detail: "no key of a charging location is there; keys: foo, bar, partnerId",
    });
  });

  it("any JSON has an answer, and so has any tile", () => {
    const keys = fc.constantFrom(
      "id",
      "evsesIndex",
      "operatorIndex",
      "evse",
      "businessDetails",
      "geometry",
      "openingHours",
      "name",
      "latitude",
      "connectors",
      "standard",
      "days",
      "from",
      "value",
      "text",
      "restrictions",
      "__proto__",
    );
    const { any } = fc.letrec((tie) => ({
      any: fc.oneof(
        { depthSize: "small" },
        fc.constantFrom(null, 0, 1, -1, 1.5, "0", "x", "OPEN_24_X_7", true, {}),
        fc.array(tie("any"), { maxLength: 3 }),
        fc.dictionary(keys, tie("any"), { maxKeys: 5 }),
      ),
    }));
    fc.assert(
      fc.property(
        any,
        fc.dictionary(keys, any),
        fc.constantFrom("whole", "tagging"),
        (value, rest, depth) => {
          const plain: unknown = JSON.parse(JSON.stringify(value));
          const tile = { ...rest, chargingLocation: [plain] };
          const record = hmcLocations.read(plain, asIs, depth, { value: tile, index: 0 });
          expect("unreadable" in record || Array.isArray(record.location.evses)).toBe(true);
          expect(hmcLocations.read(plain, asIs, depth)).toBeDefined();
          expect(hmcLocations.unusualKeys(plain, { value: tile, index: 0 })).toBeInstanceOf(Array);
          hmcLocations.sourcePointer("/evses/0/connectors/0/standard", plain, { value: tile, index: 0 });
        },
      ),
      { numRuns: 500 },
    );
  });

  it("nesting does not matter", () => {
    let deep: unknown = 1;
    for (let i = 0; i < 50_000; i++) deep = { value: [deep], geometry: deep, days: deep };
    const value = { id: "1", geometry: deep, openingHours: deep, evses: deep, name: deep };
    expect(hmcLocations.read(value, asIs, "whole")).toHaveProperty("location.id", "1");
    expect(hmcLocations.unusualKeys(value).length).toBeLessThan(50);
  });
});

it("a location in v3's own spelling reads as v3's reader reads it", () => {
  const v3: unknown = JSON.parse(
    readFileSync(new URL("../../fixtures/here-v3/bare-object.json", import.meta.url), "utf8"),
  );
  expect(hmcLocations.read(v3, asIs, "whole")).toEqual(hereV3.read(v3, asIs, "whole"));
});
