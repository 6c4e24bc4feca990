// @ts-check
/**
 * The synthetic world in spatial order. Two walks over the world: the first only asks where each station stands (eight
 * bytes a station), the second makes the stations of one tile after the other, so that any number takes little memory.
 */
import { COUNTRIES } from "./countries.mjs";
import { TILE_DEGREES, tilesAround, tilesWithin } from "./here-tile.mjs";
import { Random } from "./random.mjs";
import { stationAt } from "./world.mjs";

/** @import { Place, Station } from "./world.mjs" */

/** HERE repeats what stands on a tile's border in the tile beyond it. */
const BORDER_METRES = 25;
/** Tile and index are sorted as one number; ids of level 12 take 25 bits, which leaves 28. */
const INDEXES = 2 ** 28;

/**
 * @typedef {object} World
 * @property {number} locations
 * @property {number} seed
 * @property {number} [tiles] so many tiles share the stations evenly; absent: they stand where chance puts them
 */

/**
 * A station of the world. @param {World} world @param {number} index
 * @returns {Station}
 * @throws {RangeError} when there are not as many tiles
 */
export function stationOf({ seed, tiles }, index) {
  return stationAt(seed, index, tiles === undefined ? undefined : placeInTile(seed, index, tiles));
}

/**
 * The stations by tile, in the order of tile ids. A station on a border comes with every tile it touches.
 * @param {World} world
 * @returns {Generator<{ tile: number, stations: Station[] }, void, void>}
 * @throws {RangeError} on more stations than can be sorted, or more tiles than there are
 */
export function* stationsByTile(world) {
  const { locations } = world;
  if (locations > INDEXES) throw new RangeError(`at most ${INDEXES} Locations can be put into tiles`);
  const order = tileOrder(world);
  /** @type {Station[]} */
  let stations = [];
  for (let at = 0; at < order.length; at += 1) {
    const tile = Math.floor((order[at] ?? 0) / INDEXES);
    stations.push(stationOf(world, (order[at] ?? 0) % INDEXES));
    if (at + 1 < order.length && Math.floor((order[at + 1] ?? 0) / INDEXES) === tile) continue;
    yield { tile, stations };
    stations = [];
  }
}

/** Each station once for every tile it is in, as tile × INDEXES + index. @param {World} world */
function tileOrder(world) {
  let order = new Float64Array(world.locations + 16);
  let filled = 0;
  for (let index = 0; index < world.locations; index += 1) {
    const { latitude, longitude } = stationOf(world, index);
    for (const tile of tilesAround(latitude, longitude, BORDER_METRES)) {
      if (filled === order.length) {
        const longer = new Float64Array(Math.ceil(filled * 1.25));
        longer.set(order);
        order = longer;
      }
      order[filled] = tile * INDEXES + index;
      filled += 1;
    }
  }
  return order.subarray(0, filled).sort();
}

/** Countries by turns, their tiles in order: station n stands in tile n modulo `tiles`. @param {number} seed @param {number} index @param {number} tiles @returns {Place} */
function placeInTile(seed, index, tiles) {
  const corner = cornersInTurn()[index % tiles];
  if (corner === undefined || tiles > cornersInTurn().length)
    throw new RangeError(`the synthetic world has ${cornersInTurn().length} tiles, not ${tiles}`);
  const random = new Random(seed ^ 0x3c6ef372, index);
  return {
    country: corner.country,
    operator: random.pick(corner.country.operators),
    latitude: corner.latitude + random.next() * TILE_DEGREES,
    longitude: corner.longitude + random.next() * TILE_DEGREES,
  };
}

/** @typedef {{ country: Place["country"], latitude: number, longitude: number }} Corner */

/** @type {readonly Corner[] | undefined} */
let corners;

/** The tiles wholly in a country: the first of each country, then the second of each … */
function cornersInTurn() {
  if (corners !== undefined) return corners;
  const lists = COUNTRIES.map((country) =>
    tilesWithin(country.box).map((corner) => Object.assign(corner, { country })),
  );
  const longest = Math.max(...lists.map(({ length }) => length));
  /** @type {Corner[]} */
  const turns = [];
  for (let turn = 0; turn < longest; turn += 1)
    for (const list of lists) {
      const corner = list[turn];
      if (corner !== undefined) turns.push(corner);
    }
  corners = turns;
  return corners;
}
