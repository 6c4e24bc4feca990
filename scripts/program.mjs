// @ts-check
/** The built program, as the scripts that measure it take it: from `dist/`, or from wherever it was built to. */
import { existsSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { resolve } from "node:path";

/** @import { Tagger } from "./synthetic/tagged-sites.mjs" */

export const DIST = new URL("../dist/", import.meta.url).pathname;

/**
 * What comparing takes.
 * @typedef {Pick<typeof import("../src/osm/read-osm.js"), "readOsm">
 *   & Pick<typeof import("../src/matching/stations-of.js"), "stationsOf">
 *   & Pick<typeof import("../src/matching/match-locations.js"), "matchLocations">} Comparer
 */

/**
 * @param {string} folder
 * @returns {Promise<Tagger>}
 * @throws {Error} when nothing was built there
 */
export async function loadTagger(folder) {
  const [index, form] = await Promise.all([
    load(folder, "index.js"),
    load(folder, "proposals/location-form.js"),
  ]);
  return { ...index, ...form };
}

/**
 * @param {string} folder
 * @returns {Promise<Comparer>}
 * @throws {Error} when nothing was built there
 */
export async function loadComparer(folder) {
  const [osm, stations, matches] = await Promise.all([
    load(folder, "osm/read-osm.js"),
    load(folder, "matching/stations-of.js"),
    load(folder, "matching/match-locations.js"),
  ]);
  return { ...osm, ...stations, ...matches };
}

/** @param {string} folder @param {string} file */
async function load(folder, file) {
  const path = resolve(folder, file);
  if (!existsSync(path)) throw new Error(`${path} is not there: run \`npm run build\` first`);
  return import(pathToFileURL(path).href);
}
