/** Tiles of the map content for tests. */
import { readFileSync } from "node:fs";
import type { Depth } from "../ocpi/location.js";
import type { SourceRecord } from "../ocpi/source-record.js";
import { asIs } from "./dialect.js";
import { hmcLocations } from "./hmc-locations.js";

export type Tile = Record<string, unknown>;

/** A tile of `fixtures/hmc-locations`. */
export function tileFixture(path: string): Tile {
  const url = new URL(`../../fixtures/hmc-locations/${path}`, import.meta.url);
  const tile: Tile = JSON.parse(readFileSync(url, "utf8"));
  return tile;
}

/** The locations of a tile. */
export function locationsOf(tile: Tile): readonly unknown[] {
  const list = tile["chargingLocation"] ?? tile["charging_location"];
  return Array.isArray(list) ? list : [];
}

/** Reads all locations of a tile. */
export function readTile(tile: Tile, depth: Depth = "whole"): SourceRecord[] {
  return locationsOf(tile).map((value, index) => {
    const record = hmcLocations.read(value, asIs, depth, { value: tile, index });
    if ("unreadable" in record) throw new Error(`${record.unreadable}: ${record.detail}`);
    return record;
  });
}

/** Reads the one location of a tile that has this location, besides `pools`. */
export function readLocation(location: object, pools: object = {}): SourceRecord {
  const [record] = readTile({ chargingLocation: [location], ...pools });
  if (record === undefined) throw new Error("no location");
  return record;
}

/** A record's notes in a line each; the supplier, which every content id tells, aside. */
export function noteLines({ notes }: SourceRecord): string[] {
  return notes
    .filter(({ code }) => code !== "here-supplier")
    .map(({ code, pointer, detail }) => `${code} ${pointer} | ${detail}`);
}
