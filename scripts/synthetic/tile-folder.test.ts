import { describe, expect, test } from "vitest";
import { TILE_DEGREES, tileAt, tilesAround } from "./here-tile.mjs";
import { OTHER_HABITS, STANDARD_HABITS, parseHabits, protoJson } from "./proto-json.mjs";
import { LAYER_NAMES, TILE_FILES, tileFiles } from "./tile-folder.mjs";
import { stationOf } from "./tiled-world.mjs";

interface Tile {
  readonly partitionName: string;
  readonly chargingLocation: ReadonlyArray<{
    readonly id: string;
    readonly geometry: { readonly latitude: number; readonly longitude: number };
    readonly operatorIndex: number;
    readonly evsesIndex: readonly number[];
    readonly cpoLocationId: string;
  }>;
  readonly evse: ReadonlyArray<{ readonly evseId: string }>;
  readonly businessDetails: ReadonlyArray<{ readonly name: string }>;
}

const WORLD = { locations: 600, seed: 2, tiles: 4 };

function tiles(): Array<{ readonly name: string; readonly tile: Tile }> {
  const wanted = { dialect: "hmc-locations", world: WORLD, habits: STANDARD_HABITS, files: "sdk" };
  return Array.from(tileFiles(wanted), ({ name, text }) => ({ name, tile: JSON.parse(text) }));
}

describe("HERE tiles", () => {
  test("the ids are HERE's: the tile of level 12 in Berlin is 23618402", () => {
    expect(tileAt(52.5, 13.4)).toBe(23_618_402);
    expect(tileAt(-90, -180)).toBe(2 ** 24);
    expect(tileAt(89.99, 179.99)).toBeLessThan(2 ** 25);
  });

  test("a position on a border is in the tiles on both sides, one in the middle in its own only", () => {
    const [south, west] = [52.470703125, 13.359375];
    expect(tilesAround(south + TILE_DEGREES / 2, west + TILE_DEGREES / 2, 25)).toEqual([23_618_402]);
    expect(tilesAround(south + TILE_DEGREES / 2, west + 0.0001, 25)).toEqual([23_618_402, 23_618_359]);
    expect(tilesAround(south + 0.0001, west + 0.0001, 25)).toHaveLength(4);
  });
});

describe("a folder of tiles", () => {
  test("is the same each time, its files by tile id, named after it", () => {
    expect(tiles()).toEqual(tiles());
    const names = tiles().map(({ name }) => name);
    expect(names).toEqual([...names].sort());
    for (const { name, tile } of tiles())
      expect(name).toBe(`electric-vehicle-charging-locations_${tile.partitionName}_v7321.json`);
  });

  test("holds every station of the world in the tile it stands in, with its own EVSEs and operator", () => {
    const home = new Map(
      tiles().flatMap(({ tile }) =>
        tile.chargingLocation.map((location) => [location.cpoLocationId, { tile, location }] as const),
      ),
    );
    expect(home.size).toBe(WORLD.locations);
    for (let index = 0; index < WORLD.locations; index += 1) {
      const station = stationOf(WORLD, index);
      const found = home.get(station.id);
      const evses = found?.location.evsesIndex.map((at) => found.tile.evse[at]?.evseId);
      expect(evses).toEqual(station.evses.map(({ evseId }) => evseId));
      expect(found?.tile.businessDetails[found.location.operatorIndex]?.name).toBe(station.operator);
    }
  });

  test("repeats a Location within 25 m of a border in the tile beyond, and no other", () => {
    const seen = new Map<string, Set<string>>();
    for (const { tile } of tiles()) {
      for (const { id } of tile.chargingLocation)
        seen.set(id, (seen.get(id) ?? new Set()).add(tile.partitionName));
    }
    const repeated = [...seen.values()].filter(({ size }) => size > 1);
    expect(repeated.length).toBeGreaterThan(0);
    const all = tiles().flatMap(({ tile }) => tile.chargingLocation);
    for (const { id, geometry } of all) {
      const own = tilesAround(geometry.latitude, geometry.longitude, 25).map(String);
      expect([...(seen.get(id) ?? [])].sort()).toEqual(own.sort());
    }
  });

  test.each(LAYER_NAMES.flatMap((dialect) => TILE_FILES.map((files) => [dialect, files] as const)))(
    "%s as %s files: one a tile, all of its stations in it",
    (dialect, files) => {
      const wanted = { dialect, world: { locations: 40, seed: 1, tiles: 2 }, habits: STANDARD_HABITS, files };
      const counted = Array.from(tileFiles(wanted), ({ text, locations }) => {
        const value = JSON.parse(text);
        return [(value.features ?? value.chargingLocation ?? value.place).length, locations];
      });
      expect(counted.length).toBeGreaterThan(1);
      for (const [found, told] of counted) expect(found).toBe(told);
    },
  );
});

describe("habits of protobuf printers", () => {
  const message = {
    partitionName: "7",
    operatorIndex: 0,
    evsesIndex: [0, 1],
    isPullThrough: false,
    connectors: [{ powerType: "DC", maxPower: 50_000, floorLevel: "" }],
  };

  test("as the standard has them: camelCase, bare enums, nothing at its default but an index of a wrapper type", () => {
    expect(protoJson(message, STANDARD_HABITS)).toEqual({
      partitionName: "7",
      operatorIndex: 0,
      evsesIndex: [0, 1],
      connectors: [{ powerType: "DC", maxPower: 50_000 }],
    });
  });

  test("all otherwise", () => {
    expect(protoJson(message, OTHER_HABITS)).toEqual({
      partition_name: "7",
      evses_index: [0, 1],
      is_pull_through: false,
      connectors: [{ power_type: "POWER_TYPE_DC", max_power: { value: "50000" }, floor_level: "" }],
    });
  });

  test("--habits takes each by name, and nothing else", () => {
    expect(parseHabits("names=snake,longs=text")).toEqual({
      ...STANDARD_HABITS,
      names: "snake",
      longs: "text",
    });
    expect(() => parseHabits("names=kebab")).toThrow(RangeError);
    expect(() => parseHabits("colour=red")).toThrow(RangeError);
  });
});
