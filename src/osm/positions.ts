/** Positions exact to OSM's 7 decimals: whole units of 1e-7 degrees, divided once, so that nothing drifts. */
import type { LatLon } from "./osm-object.js";

const UNITS_PER_DEGREE = 1e7;
const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

/** The position at these degrees, rounded to 7 decimals; `undefined` off the globe. */
export function positionAt(lat: number, lon: number): LatLon | undefined {
  if (!(Math.abs(lat) <= 90 && Math.abs(lon) <= 180)) return undefined;
  return { lat: sevenDecimals(lat), lon: sevenDecimals(lon) };
}

/** Degrees as text; `undefined` for what is no decimal number. */
export function degreesFrom(text: string): number | undefined {
  return DECIMAL.test(text) ? Number(text) : undefined;
}

/** The centre of the box around these positions; `undefined` for none. */
export function centreOf(positions: Iterable<LatLon>): LatLon | undefined {
  let [south, north, west, east] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const { lat, lon } of positions) {
    if (lat < south) south = lat;
    if (lat > north) north = lat;
    if (lon < west) west = lon;
    if (lon > east) east = lon;
  }
  return south > north ? undefined : positionAt((south + north) / 2, (west + east) / 2);
}

/** The double nearest to the decimal number; never `-0`. Halves go away from zero, as osmium has it. */
function sevenDecimals(degrees: number): number {
  const units = Math.round(Math.abs(degrees) * UNITS_PER_DEGREE);
  return units === 0 ? 0 : (Math.sign(degrees) * units) / UNITS_PER_DEGREE;
}
