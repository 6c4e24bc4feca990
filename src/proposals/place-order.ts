/** An order of places in which neighbours in the list are neighbours on the map: along a Hilbert curve. */
import type { LatLon } from "../osm/osm-object.js";

/** Halvings of the map: cells of about 2 m, and positions on the curve that a double holds exactly. */
const LEVELS = 24;

/** How far along the curve a place lies; places far apart on it may still be neighbours, but seldom. */
export function placeOrder({ lat, lon }: LatLon): number {
  const cells = 2 ** LEVELS;
  let x = cellOf((lon + 180) / 360, cells);
  let y = cellOf((lat + 90) / 180, cells);
  let distance = 0;
  for (let side = cells / 2; side >= 1; side /= 2) {
    const right = x >= side ? 1 : 0;
    const upper = y >= side ? 1 : 0;
    distance += side * side * ((3 * right) ^ upper);
    if (right === 1) x -= side;
    if (upper === 1) y -= side;
    // In the lower quarters the curve runs turned by a quarter, in the right one also mirrored.
    if (upper === 1) continue;
    if (right === 1) [x, y] = [side - 1 - x, side - 1 - y];
    [x, y] = [y, x];
  }
  return distance;
}

function cellOf(share: number, cells: number): number {
  return Math.min(cells - 1, Math.max(0, Math.floor(share * cells)));
}
