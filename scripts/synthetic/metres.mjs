// @ts-check
/** Metres on the ground and degrees; near enough over the few hundred metres that synthetic sites span. */

const METRES_PER_DEGREE = 111_320;
/** OSM keeps seven decimals. */
const OSM_PRECISION = 1e7;

/**
 * @typedef {object} Position
 * @property {number} lat degrees
 * @property {number} lon degrees
 */

/**
 * @param {Position} from
 * @param {number} east metres
 * @param {number} north metres
 * @returns {Position} to seven decimals
 */
export function moved({ lat, lon }, east, north) {
  return {
    lat: rounded(lat + north / METRES_PER_DEGREE),
    lon: rounded(lon + east / metresPerDegreeEast(lat)),
  };
}

/**
 * Metres between two positions that are near each other.
 * @param {Position} a
 * @param {Position} b
 */
export function metresBetween(a, b) {
  const north = (b.lat - a.lat) * METRES_PER_DEGREE;
  const east = (b.lon - a.lon) * metresPerDegreeEast((a.lat + b.lat) / 2);
  return Math.hypot(north, east);
}

/**
 * A step in a random direction, as [east, north].
 * @param {import("./random.mjs").Random} random
 * @param {number} least metres
 * @param {number} most metres
 * @returns {[east: number, north: number]}
 */
export function randomStep(random, least, most) {
  const distance = random.between(least, most);
  const direction = random.between(0, 2 * Math.PI);
  return [distance * Math.cos(direction), distance * Math.sin(direction)];
}

/** @param {number} lat degrees */
function metresPerDegreeEast(lat) {
  return METRES_PER_DEGREE * Math.cos((lat * Math.PI) / 180);
}

/** @param {number} degrees */
function rounded(degrees) {
  return Math.round(degrees * OSM_PRECISION) / OSM_PRECISION;
}
