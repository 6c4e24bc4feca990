// @ts-check
/** Writes fixtures/hmc-locations/ and fixtures/hmc-stations/: small tiles of the synthetic world, whole and damaged. */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { hmcLocationsGeoJson, hmcLocationsTile } from "./synthetic/hmc-locations-writer.mjs";
import { hmcStationsGeoJson, hmcStationsTile } from "./synthetic/hmc-stations-writer.mjs";
import { OTHER_HABITS, STANDARD_HABITS } from "./synthetic/proto-json.mjs";
import { stationsByTile } from "./synthetic/tiled-world.mjs";

/** @import { Station } from "./synthetic/world.mjs" */

/** One of its four Locations stands on the border of two tiles. */
const WORLD = { locations: 4, seed: 20, tiles: 1 };
const EVSES = 2;
const NO_SUCH_INDEX = 99;

/** The tiles, with few EVSEs to keep them readable. @returns {Array<{ tile: number, stations: Station[] }>} */
function tiles() {
  return Array.from(stationsByTile(WORLD), ({ tile, stations }) => ({
    tile,
    stations: stations.map((station) =>
      Object.assign({}, station, { evses: station.evses.slice(0, EVSES), asciiOnly: false }),
    ),
  }));
}

/**
 * The fixtures by name, from the folder `fixtures/`.
 * @returns {Map<string, string>}
 */
export function hmcFixtures() {
  /** @type {Map<string, object>} */
  const files = new Map();
  const all = tiles();
  const { tile, stations } = all.reduce((most, each) =>
    each.stations.length > most.stations.length ? each : most,
  );
  for (const each of all) {
    const end = `${each.tile}_v7321.json`;
    files.set(
      `hmc-locations/tiles/electric-vehicle-charging-locations_${end}`,
      hmcLocationsTile(each.tile, each.stations, STANDARD_HABITS),
    );
    files.set(
      `hmc-stations/tiles/electric-vehicle-charging-stations_${end}`,
      hmcStationsTile(each.tile, each.stations, STANDARD_HABITS),
    );
  }
  const otherPrinter = { ...OTHER_HABITS, zeroIndex: STANDARD_HABITS.zeroIndex, keys: STANDARD_HABITS.keys };
  const renamed = { ...STANDARD_HABITS, keys: OTHER_HABITS.keys };
  for (const [layer, tileOf, geoJsonOf] of LAYERS) {
    files.set(`${layer}/other-printer.json`, tileOf(tile, stations, otherPrinter));
    files.set(`${layer}/unknown-keys.json`, tileOf(tile, stations, renamed));
    files.set(`${layer}/tile.json.geojson`, geoJsonOf(tile, stations, STANDARD_HABITS));
  }
  const whole = () => hmcLocationsTile(tile, stations, STANDARD_HABITS);
  files.set(
    "hmc-locations/index-zero-left-out.json",
    hmcLocationsTile(tile, stations, { ...STANDARD_HABITS, zeroIndex: OTHER_HABITS.zeroIndex }),
  );
  files.set("hmc-locations/missing-pool.json", { ...whole(), businessDetails: undefined });
  files.set("hmc-locations/dangling-index.json", withDanglingIndexes(whole()));
  return new Map(Array.from(files, ([name, value]) => [name, `${JSON.stringify(value, null, 2)}\n`]));
}

/** @type {ReadonlyArray<readonly [string, typeof hmcLocationsTile, typeof hmcLocationsGeoJson]>} */
const LAYERS = [
  ["hmc-locations", hmcLocationsTile, hmcLocationsGeoJson],
  ["hmc-stations", hmcStationsTile, hmcStationsGeoJson],
];

/** The first Location's operator and the second's last EVSE are none. @param {object} tile */
function withDanglingIndexes(tile) {
  const { chargingLocation } =
    /** @type {{ chargingLocation: Array<{ operatorIndex: number, evsesIndex: number[] }> }} */ (tile);
  const [first, second] = chargingLocation;
  if (first !== undefined) first.operatorIndex = NO_SUCH_INDEX;
  if (second !== undefined) second.evsesIndex = [...second.evsesIndex.slice(0, -1), NO_SUCH_INDEX];
  return tile;
}

if (process.argv[1] === import.meta.filename) {
  const folder = fileURLToPath(new URL("../fixtures/", import.meta.url));
  for (const [name, text] of hmcFixtures()) {
    mkdirSync(dirname(folder + name), { recursive: true });
    writeFileSync(folder + name, text);
  }
}
