import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { asIs } from "./dialect.js";
import { hmcLocations } from "./hmc-locations.js";
import { type Tile, locationsOf, readTile, tileFixture } from "./hmc-locations.test-support.js";
import { stepsOf, valueAt } from "./json-value.js";
import { unwrapped } from "./proto-json.js";

/** All values of a canonical Location that are no containers, by pointer. */
function leaves(value: unknown, pointer = ""): (readonly [pointer: string, value: unknown])[] {
  if (typeof value !== "object" || value === null) return value === undefined ? [] : [[pointer, value]];
  return Object.entries(value).flatMap(([key, child]) => leaves(child, `${pointer}/${key}`));
}

/** What the reader makes itself. */
const MADE = /\/parking_id$|\/logo\/category$|^\/parking_places\/\d+\/id$/;
/** What is put together from several values, or from a list. */
const WORKED =
  /^\/(?:country_code|party_id|opening_times|energy_mix|address$|parking_places)|restrictions|capabilities|providers|facilities/;

function expectPointersToLead(tile: Tile): void {
  for (const [index, record] of readTile(tile).entries()) {
    const value = locationsOf(tile)[index];
    for (const [pointer, read] of leaves(record.location)) {
      if (MADE.test(pointer)) continue;
      const place = hmcLocations.sourcePointer(pointer, value, { value: tile, index });
      expect(place, pointer).toBeDefined();
      const there = unwrapped(valueAt(tile, place ?? ""));
      expect(there, `${pointer} → ${place}`).toBeDefined();
      if (WORKED.test(pointer) || typeof there === "object") continue;
      const folded = String(there).toUpperCase().trim();
      expect(folded.endsWith(String(read).toUpperCase()), `${pointer} → ${place}: ${folded}`).toBe(true);
    }
  }
}

describe("sourcePointer", () => {
  it.each([
    "tiles/electric-vehicle-charging-locations_23600695_v7321.json",
    "other-printer.json",
    "unknown-keys.json",
    "dangling-index.json",
    "defects/snake-case-prefixes-wrappers.json",
    "defects/renamed-keys.json",
    "defects/dangling-index.json",
  ])("leads from every value of a Location to where it was read: %s", (path) =>
    expectPointersToLead(tileFixture(path)),
  );

  it("leads into the tile's lists, by their own order and spelling", () => {
    const tile = tileFixture("defects/snake-case-prefixes-wrappers.json");
    const of = (pointer: string) =>
      hmcLocations.sourcePointer(pointer, locationsOf(tile)[0], { value: tile, index: 0 });
    expect(of("/evses/0/connectors/0/max_electric_power")).toBe("/connector/1/max_power");
    expect(of("/operator/name")).toBe("/business_details/1/name");
    expect(of("/operator")).toBe("/business_details/1");
    expect(of("/coordinates/latitude")).toBe("/charging_location/0/geometry/point/latitude");
    expect(of("/evses/0/parking_restrictions")).toBe("/charging_location/0/restriction_reasons");
    expect(of("/opening_times/regular_hours/0/weekday")).toBe("/charging_location/0/opening_hours");
    expect(of("/city")).toBeUndefined();
  });

  it("leads into the properties of a Feature", () => {
    const feature = {
      type: "Feature",
      properties: { id: "1", operator: { name: "O" }, evses: [{ uid: "a" }] },
    };
    expect(hmcLocations.sourcePointer("/operator/name", feature)).toBe("/properties/operator/name");
    expect(hmcLocations.sourcePointer("/evses/0/uid", feature)).toBe("/properties/evses/0/uid");
  });

  it("leads to something for whatever order and repeats the indexes come in", () => {
    const parts = 4;
    const index = fc.integer({ min: -1, max: parts });
    fc.assert(
      fc.property(
        fc.array(index, { maxLength: 8 }),
        fc.array(index, { maxLength: 4 }),
        index,
        (evses, plugs, who) => {
          const tile = {
            chargingLocation: [{ id: "0" }, { id: "1", operatorIndex: who, evsesIndex: evses }],
            evse: Array.from({ length: parts }, (_, at) => ({ uid: `e${at}`, connectorsIndex: plugs })),
            connector: Array.from({ length: parts }, (_, at) => ({ id: `c${at}`, maxPower: 1000 + at })),
            businessDetails: Array.from({ length: parts }, (_, at) => ({ name: `b${at}` })),
          };
          expectPointersToLead(tile);
          const [, record] = readTile(tile);
          const there = (list: readonly number[]) => [...new Set(list.filter((at) => at >= 0 && at < parts))];
          expect(record?.location.evses.map(({ uid }) => uid)).toEqual(there(evses).map((at) => `e${at}`));
          for (const evse of record?.location.evses ?? []) {
            expect(evse.connectors.map(({ id }) => id)).toEqual(there(plugs).map((at) => `c${at}`));
          }
        },
      ),
    );
  });

  it("has an answer for any pointer", () => {
    const tile = tileFixture("defects/dangling-index.json");
    const value = locationsOf(tile)[0];
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            fc.string(),
            fc.nat(3).map(String),
            fc.constantFrom("evses", "connectors", "parking_places", "operator"),
          ),
        ),
        (steps) => {
          const place = hmcLocations.sourcePointer(`/${steps.join("/")}`, value, { value: tile, index: 0 });
          if (place !== undefined)
            expect(stepsOf(place)[0]).toMatch(/^(?:chargingLocation|evse|businessDetails)$/);
        },
      ),
    );
    expect(hmcLocations.read(value, asIs, "whole", { value: tile, index: 0 })).toHaveProperty("location.id");
  });
});
