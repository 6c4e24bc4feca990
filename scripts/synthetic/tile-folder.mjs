// @ts-check
/** The synthetic world as a folder of tiles, named as the exporting tools name them. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { HMC_LOCATIONS_LAYER, hmcLocationsGeoJson, hmcLocationsTile } from "./hmc-locations-writer.mjs";
import { HMC_STATIONS_LAYER, hmcStationsGeoJson, hmcStationsTile } from "./hmc-stations-writer.mjs";
import { stationsByTile } from "./tiled-world.mjs";

/** @import { Habits } from "./proto-json.mjs" */
/** @import { World } from "./tiled-world.mjs" */
/** @import { Station } from "./world.mjs" */

/**
 * @typedef {object} Layer
 * @property {string} name
 * @property {(tile: number, stations: readonly Station[], habits: Habits) => object} tile
 * @property {(tile: number, stations: readonly Station[], habits: Habits) => object} geojson what the public tool makes
 */

/** @type {Readonly<Record<string, Layer>>} */
const LAYERS = {
  "hmc-locations": { name: HMC_LOCATIONS_LAYER, tile: hmcLocationsTile, geojson: hmcLocationsGeoJson },
  "hmc-stations": { name: HMC_STATIONS_LAYER, tile: hmcStationsTile, geojson: hmcStationsGeoJson },
};
export const LAYER_NAMES = Object.keys(LAYERS);

/** The end of a file's name, by the tool that wrote it. @type {Readonly<Record<string, string>>} */
const ENDINGS = { sdk: ".json", olpcli: "_olpcli.json", geojson: ".json.geojson" };
export const TILE_FILES = Object.keys(ENDINGS);

const CATALOG_VERSION = 7321;

/**
 * @typedef {object} WantedTiles
 * @property {string} dialect a name of `LAYER_NAMES`
 * @property {World} world
 * @property {Habits} habits
 * @property {string} files a name of `TILE_FILES`
 * @property {number} [indent] blanks a level, each value on a line of its own; none unless given
 */

/**
 * The tiles one by one, in the order of their ids.
 * @param {WantedTiles} wanted
 * @returns {Generator<{ name: string, text: string, locations: number }, void, void>}
 * @throws {RangeError} on an unknown layer or kind of file
 */
export function* tileFiles({ dialect, world, habits, files, indent }) {
  const layer = LAYERS[dialect];
  const ending = ENDINGS[files];
  if (layer === undefined) throw new RangeError(`"${dialect}" is not one of ${LAYER_NAMES.join(", ")}`);
  if (ending === undefined) throw new RangeError(`--files "${files}" is not one of ${TILE_FILES.join(", ")}`);
  const written = files === "geojson" ? layer.geojson : layer.tile;
  for (const { tile, stations } of stationsByTile(world)) {
    yield {
      name: `${layer.name}_${tile}_v${CATALOG_VERSION}${ending}`,
      text: `${JSON.stringify(written(tile, stations, habits), undefined, indent)}\n`,
      locations: stations.length,
    };
  }
}

/**
 * Writes the tiles into a folder, which is made.
 * @param {string} folder
 * @param {WantedTiles} wanted
 * @returns {{ tiles: number, locations: number, bytes: number }} a Location on a border counts in each of its tiles
 * @throws {RangeError} as `tileFiles`
 */
export function writeTiles(folder, wanted) {
  mkdirSync(folder, { recursive: true });
  const counts = { tiles: 0, locations: 0, bytes: 0 };
  for (const { name, text, locations } of tileFiles(wanted)) {
    writeFileSync(join(folder, name), text);
    counts.tiles += 1;
    counts.locations += locations;
    counts.bytes += Buffer.byteLength(text);
  }
  return counts;
}
