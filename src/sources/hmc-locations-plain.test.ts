import { readdirSync } from "node:fs";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { asIs } from "./dialect.js";
import { hmcLocations, readLongWay } from "./hmc-locations.js";
import { readPlainHmcLocation } from "./hmc-locations-plain.js";
import { type Tile, locationsOf, tileFixture } from "./hmc-locations.test-support.js";
import { tileOf } from "./hmc-locations-tile.js";
import { isRecord } from "./json-value.js";

/** Of how many locations the short way gave a record; each such record is what the long way gives. */
function readShort(tile: Tile): number {
  let short = 0;
  for (const [index, value] of locationsOf(tile).entries()) {
    if (!isRecord(value)) continue;
    const before = JSON.stringify(value);
    const plain = readPlainHmcLocation(value, asIs, tileOf(tile));
    expect(JSON.stringify(value)).toBe(before);
    if (plain === undefined) continue;
    short++;
    expect(plain).toEqual(readLongWay(value, value, asIs, "tagging", { value: tile, index }));
  }
  return short;
}

const FIXTURES = new URL("../../fixtures/hmc-locations/tiles/", import.meta.url);
const TILES = readdirSync(FIXTURES).map((name) => tileFixture(`tiles/${name}`));
const EVSE = { uid: "e1", location: { latitude: 52.5, longitude: 13.4 }, connectors: [{ id: "1" }] };
const LOCATION = {
  id: "1",
  geometry: { latitude: 52.5, longitude: 13.4 },
  operatorIndex: 0,
  evsesIndex: [0],
};
const POOLS = { evse: [EVSE, EVSE], businessDetails: [{ name: "Beispielstrom" }, { name: "Zweitstrom" }] };

const withLocation = (more: object): Tile => ({ chargingLocation: [{ ...LOCATION, ...more }], ...POOLS });
const withEvse = (more: object): Tile => ({
  chargingLocation: [LOCATION],
  ...POOLS,
  evse: [{ ...EVSE, ...more }],
});
const withConnector = (more: object): Tile => withEvse({ connectors: [{ id: "1", ...more }] });

/** A little of everything that the short way reads. */
const RICH: Tile = {
  chargingLocation: [
    {
      ...LOCATION,
      supportedVehicles: ["CAR", "TRUCK"],
      suboperatorIndex: 1,
      owner: { name: "Eigner" },
      eMobilityServiceProvidersIndex: [1, 0],
      restrictions: ["CUSTOMERS_ONLY", "PRIVATE"],
      address: { countryCode: "DEU", city: "Göttingen" },
      openingHours: {
        open24x7: false,
        regularSchedule: [
          { days: ["SUNDAY", "MONDAY"], periods: [{ from: "13:00:00" }, { to: "12:30" }] },
          { days: ["SATURDAY"], periods: [{ from: "9:00:00", to: "00:00:00" }] },
        ],
      },
      truckRestrictions: { hazardousGoodsRestricted: true },
      vehicleLimitations: { height: 3.5, weight: 7500 },
      reservationRequired: true,
      evsesIndex: [1],
    },
  ],
  evse: [
    EVSE,
    {
      ...EVSE,
      status: "OPERATIONAL",
      capabilities: ["UNLOCK", "RFID_READER"],
      paymentSupports: ["RFID_READER", "AUTH_BY_CAR_PLUG_AND_CHARGE"],
      parking: {
        conditions: ["DISABLED", "customers"],
        vehicleTypes: ["VAN"],
        vehicleLimitations: { width: 0, length: 1200 },
        noClearanceHeight: true,
        evsePosition: "LEFT",
        parkingDirection: "PULL_THROUGH",
      },
      connectors: [
        { id: "1", standard: "CHADEMO", maxPower: 50000 },
        { id: "2", termsAndConditionsUrl: "u" },
      ],
    },
  ],
  businessDetails: [
    { name: "Beispielstrom", eMobilityIds: ["DE-BSP", "DE*BSP"], logo: { url: "u", thumbnailUrl: "t" } },
    { name: "Zweitstrom", eMobilityIds: ["DE-ZWS", "AT-ZWS"] },
  ],
};

describe("the short way", () => {
  it("is taken by all locations of tiles in the expected spelling", () => {
    for (const tile of TILES) expect(readShort(tile)).toBe(locationsOf(tile).length);
  });

  it.each([
    ["a location of few words", withLocation({})],
    ["a location of many words", RICH],
    ["keys that nobody knows", withConnector({ earthed: true })],
    ["keys that no tag is made of, whatever they hold", withLocation({ timeZone: 5, accessPoints: "x" })],
    ["words with the name of their type", withConnector({ standard: "CONNECTOR_STANDARD_CHADEMO" })],
    ["words that say nothing", withConnector({ powerType: "POWER_TYPE_UNSPECIFIED" })],
    [
      "parking and limits",
      withEvse({ parking: { vehicleTypes: ["VAN"], vehicleLimitations: { height: 3.5 } } }),
    ],
    ["drive-through places", withLocation({ isPullThrough: true, restrictions: ["CUSTOMERS_ONLY"] })],
    ["EVSEs of its own", withLocation({ evsesIndex: null, evses: [EVSE] })],
    ["v3's own keys", withLocation({ geometry: null, location: { lat: 52.5, lng: 13.4 } })],
  ])("is taken by %s", (_what, tile) => {
    expect(readShort(tile)).toBe(1);
  });

  it.each([
    ["a number as text", withConnector({ maxPower: "22000" })],
    ["a wrapper", withConnector({ maxPower: { value: 22000 } })],
    ["a wrapper of no object", withLocation({ truckRestrictions: { value: 1 } })],
    ["another name", withConnector({ power: 22000 })],
    ["another spelling", withEvse({ evse_id: "DE*ABC*E1" })],
    ["two spellings", withLocation({ identifier: "2" })],
    ["two positions", withLocation({ location: { latitude: 1, longitude: 2 } })],
    ["a position of GeoJSON", withLocation({ geometry: { type: "Point", coordinates: [13.4, 52.5] } })],
    ["a dangling index", withLocation({ evsesIndex: [0, 9] })],
    ["an index that is not whole", withLocation({ evsesIndex: [0.5] })],
    ["an index said twice", withLocation({ evsesIndex: [1, 0, 1] })],
    ["an operator's index that may have been left out", withLocation({ operatorIndex: null })],
    ["no EVSEs in the tile's only location", withLocation({ evsesIndex: [] })],
    ["a word for a list", withEvse({ capabilities: "RFID_READER" })],
    ["a word beyond ASCII", withConnector({ standard: "é" })],
    [
      "a day that is a number",
      withLocation({ openingHours: { regularSchedule: [{ days: ["1"], periods: [{}] }] } }),
    ],
    [
      "a time that is none",
      withLocation({ openingHours: { regularSchedule: [{ days: [], periods: [{ to: "8" }] }] } }),
    ],
    ["an index for what no tag is made of", withLocation({ ownerIndex: 9 })],
    ["a flag of one brand only", withLocation({ brandOnly: true })],
    ["such a flag of an EVSE", withEvse({ isBrandOnly: "true" })],
    ["restrictions of a connector", withConnector({ restrictions: ["BRAND_ONLY"] })],
    ["a restriction that is not understood", withLocation({ restrictions: ["PILOTS"] })],
    ["a condition that is not understood", withEvse({ parking: { conditions: ["PILOTS"] } })],
    ["an infinite number", withConnector({ maxPower: Infinity })],
  ])("is not taken by %s", (_what, tile) => {
    expect(readShort(tile)).toBe(0);
  });

  it("leaves nothing behind of a record that it declined", () => {
    const [bad, good] = [{ ...LOCATION, name: 5 }, LOCATION];
    const tile = { chargingLocation: [bad, good, bad, good], ...POOLS };
    expect(readShort(tile)).toBe(2);
  });

  const anyValue = fc.oneof(
    fc.constantFrom(null, 0, 1, 5, -1, 1.5, 2 ** 60, true, false, "", " ", "5", "08:30", "MONDAY", "0"),
    fc.constantFrom("UNSPECIFIED", "STATUS_AVAILABLE", "brandOnly", "DE-ABC", "CAR", "truck", "é"),
    fc.constantFrom(
      "pilots",
      "CUSTOMERS_ONLY",
      ["pilots"],
      ["pilots", "customersOnly"],
      ["OTHER"],
      ["DISABLED"],
    ),
    fc.constantFrom({}, [], [null], [0], [1, 0], ["CAR"], ["a", "TRUCK"], { value: 1 }, { text: "x" }, [{}], {
      lat: 1,
      lng: 2,
    }),
  );
  const anyKey = fc.constantFrom(
    ..."id identifier location geometry position lat latitude lng lon altitude coordinates name supportedVehicles".split(
      " ",
    ),
    ..."operator operatorIndex operator_index ownerIndex suboperator eMobilityServiceProviders restrictions".split(
      " ",
    ),
    ..."brandOnly is_brand_only restrictionReason address countryCode country parkingType openingHours open24x7 regularSchedule days".split(
      " ",
    ),
    ..."periods from to timeZone accessPointsIndex cpoLocationId isPullThrough reservationRequired evses".split(
      " ",
    ),
    ..."evsesIndex evseIndex truckRestrictions vehicleLimitations height uid evseId evse_id status modified".split(
      " ",
    ),
    ..."capabilities paymentSupports parking conditions vehicleTypes parkingDirection connectors standard".split(
      " ",
    ),
    ..."format type powerType maxVoltage maxPower power energyMix logo eMobilityIds website __proto__ other".split(
      " ",
    ),
  );

  it("reads damaged tiles as the long way does, or not at all", () => {
    let short = 0;
    const damage = fc.record({ at: fc.nat(), key: anyKey, value: anyValue, instead: fc.boolean() });
    fc.assert(
      fc.property(
        fc.constantFrom(...TILES, RICH, RICH),
        fc.array(damage, { maxLength: 3 }),
        (whole, damages) => {
          const tile: Tile = structuredClone(whole);
          for (const { at, key, value, instead } of damages) {
            const holders = objectsIn(tile, []);
            const holder = holders[at % holders.length];
            if (holder === undefined) continue;
            const keys = Object.keys(holder);
            const name = instead ? (keys[at % Math.max(keys.length, 1)] ?? key) : key;
            Object.defineProperty(holder, name, {
              value: structuredClone(value),
              enumerable: true,
              writable: true,
              configurable: true,
            });
          }
          short += readShort(tile);
        },
      ),
      { numRuns: 2000 },
    );
    expect(short).toBeGreaterThan(2000);
  });

  it("reads texts that are still to be decoded as the long way does", () => {
    const decode = (text: string): string =>
      /[\u0080-\u00ff]/.test(text) ? Buffer.from(text, "latin1").toString() : text;
    const value: unknown = JSON.parse(
      Buffer.from(JSON.stringify({ ...LOCATION, name: "Göttingen" })).toString("latin1"),
    );
    if (!isRecord(value)) throw new Error("no record");
    const document = { value: { chargingLocation: [value], ...POOLS }, index: 0 };
    const plain = readPlainHmcLocation(value, decode, tileOf(document.value));
    expect(plain?.location.name).toBe("Göttingen");
    expect(plain).toEqual(readLongWay(value, value, decode, "tagging", document));
  });
});

describe("unusual keys", () => {
  it("are told of records that the short way reads, too", () => {
    const tile = withConnector({ earthed: true });
    const value = locationsOf(tile)[0];
    expect(hmcLocations.unusualKeys(value, { value: tile, index: 0 })).toEqual([
      { pointer: "/evse/*/connectors/*/earthed", value: true, readAs: undefined },
    ]);
  });
});

/** Every object of a tile, the tile itself first. */
function objectsIn(value: unknown, found: Record<string, unknown>[]): Record<string, unknown>[] {
  if (isRecord(value)) found.push(value);
  if (typeof value === "object" && value !== null)
    for (const item of Object.values(value)) objectsIn(item, found);
  return found;
}
