import { describe, expect, it } from "vitest";
import type { UnusualKey } from "./dialect.js";
import { hmcLocations } from "./hmc-locations.js";
import { locationsOf, tileFixture } from "./hmc-locations.test-support.js";

const told = (keys: readonly UnusualKey[]) =>
  keys.map(({ pointer, readAs }) => (readAs === undefined ? pointer : `${pointer} as ${readAs}`));

function keysOf(tile: Record<string, unknown>): UnusualKey[] {
  return locationsOf(tile).flatMap((value, index) => hmcLocations.unusualKeys(value, { value: tile, index }));
}

describe("keys of a tile", () => {
  it("in the expected spelling are no surprise", () => {
    for (const name of ["index-zero", "dangling-index", "missing-pool"]) {
      expect(told(keysOf(tileFixture(`defects/${name}.json`)))).toEqual([]);
    }
    expect(
      told(keysOf(tileFixture("tiles/electric-vehicle-charging-locations_23600695_v7321.json"))),
    ).toEqual([]);
  });

  it("that nobody reads are told with an example, those read as another field's with that", () => {
    const keys = keysOf(tileFixture("defects/renamed-keys.json"));
    expect(told(keys)).toEqual([
      "/chargingLocation/*/chargingLocationId as id",
      "/chargingLocation/*/displayName as name",
      "/chargingLocation/*/position as location",
      "/chargingLocation/*/position/lon as lng",
      "/chargingLocation/*/evses/*/identifier as uid",
      "/chargingLocation/*/evses/*/emi3Id as evseId",
      "/chargingLocation/*/evses/*/maintainer",
      "/chargingLocation/*/evses/*/connector/*/connectorType as standard",
      "/chargingLocation/*/evses/*/connector/*/connectorFormat as format",
      "/chargingLocation/*/evses/*/connector/*/currentType as powerType",
      "/chargingLocation/*/evses/*/connector/*/maxElectricPower as maxPower",
      "/chargingLocation/*/evses/*/connector/*/earthed",
      "/chargingLocation/*/heightAboveSea",
      "/businessDetails/*/companyName as name",
      "/qualityScore",
    ]);
    expect(keys.find(({ pointer }) => pointer.endsWith("/heightAboveSea"))?.value).toBe(34);
  });

  it("are in the document's own spelling, and wrappers of values are no objects with keys", () => {
    const keys = told(keysOf(tileFixture("defects/snake-case-prefixes-wrappers.json")));
    expect(keys).toContain("/charging_location/*/operator_index as operator");
    expect(keys).toContain("/charging_location/*/opening_hours/*/time_range/end_time_of_day as to");
    expect(keys).toContain("/connector/*/max_power as maxPower");
    expect(keys.filter((key) => !key.includes(" as "))).toEqual([]);
  });

  it("come with the first location of a tile, and none with the others", () => {
    const tile = { chargingLocation: [{ id: "1" }, { id: "2", colour: 1 }], evse: [{ paint: 1 }] };
    const [first, second] = locationsOf(tile);
    expect(told(hmcLocations.unusualKeys(first, { value: tile, index: 0 }))).toEqual([
      "/chargingLocation/*/colour",
      "/evse/*/paint",
    ]);
    expect(hmcLocations.unusualKeys(second, { value: tile, index: 1 })).toEqual([]);
  });

  it("of lists that a field may point into are those of the field's objects", () => {
    const tile = { chargingLocation: [{ addressIndex: 0 }], address: [{ city: "A", planet: "Earth" }] };
    expect(told(keysOf(tile))).toEqual(["/address/*/planet"]);
  });

  it("of a Feature are those of its properties", () => {
    const feature = { type: "Feature", geometry: {}, properties: { id: "1", colour: 1 }, crs: 1 };
    expect(told(hmcLocations.unusualKeys(feature))).toEqual(["/properties/colour", "/crs"]);
    expect(told(hmcLocations.unusualKeys({ id: "1", colour: 1 }))).toEqual(["/colour"]);
  });

  it("with names that mean something to JavaScript are keys as any other", () => {
    const tile: Record<string, unknown> = JSON.parse(
      '{"chargingLocation":[{"__proto__":{"id":"x"},"constructor":1,"id":"1"}],"__proto__":[{"a":1}]}',
    );
    expect(told(keysOf(tile))).toEqual([
      "/chargingLocation/*/__proto__",
      "/chargingLocation/*/constructor",
      "/__proto__",
    ]);
  });
});
