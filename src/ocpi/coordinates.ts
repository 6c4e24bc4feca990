/** Positions: rule T1.2, and the distance of rule T6. */
import type { GeoLocation } from "./location.js";

/** WGS84 degrees, as numbers and as the text OSM files carry (7 decimals at most, no trailing zeros). */
export interface Position {
  readonly lat: number;
  readonly lon: number;
  readonly latText: string;
  readonly lonText: string;
}

export type BadPosition = "bad-coordinates" | "null-island";

const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
/** Characters without width, as they come along with numbers copied from a map: nobody could see what is wrong. */
const INVISIBLE = /[\u200b-\u200f\u202a-\u202e\u2060\ufeff]/g;
const NULL_ISLAND_DEGREES = 0.01;
const METRES_PER_DEGREE = 111_195;

/**
 * The position a GeoLocation states, or why it states none (T1.2): absent, not a number or out of range is
 * `bad-coordinates`; both closer to zero than 0.01° is `null-island`.
 */
export function positionOf(geo: GeoLocation | undefined): Position | BadPosition {
  const lat = degrees(geo?.latitude, 90);
  const lon = degrees(geo?.longitude, 180);
  if (lat === undefined || lon === undefined) return "bad-coordinates";
  if (Math.abs(lat) < NULL_ISLAND_DEGREES && Math.abs(lon) < NULL_ISLAND_DEGREES) return "null-island";
  return { lat, lon, latText: formatDegrees(lat), lonText: formatDegrees(lon) };
}

function degrees(text: string | undefined, limit: number): number | undefined {
  if (text === undefined) return undefined;
  const digits = DECIMAL.test(text) ? text : text.replace(INVISIBLE, "");
  if (!DECIMAL.test(digits)) return undefined;
  const value = Number(digits);
  return Math.abs(value) <= limit ? value : undefined;
}

/** Degrees as OSM writes them: 7 decimals at most, no trailing zeros, never an exponent, never `-0`. */
export function formatDegrees(value: number): string {
  const text = value.toFixed(7);
  let end = text.length;
  while (text.charCodeAt(end - 1) === 0x30) end--;
  if (text.charCodeAt(end - 1) === 0x2e) end--;
  const trimmed = text.slice(0, end);
  return trimmed === "-0" ? "0" : trimmed;
}

/** Distance in metres, good to a fraction of a per cent over the few kilometres it is used for. */
export function metresBetween(a: Position, b: Position): number {
  const middle = ((a.lat + b.lat) / 2) * (Math.PI / 180);
  const north = (a.lat - b.lat) * METRES_PER_DEGREE;
  const eastDegrees = Math.abs(a.lon - b.lon);
  const east = Math.min(eastDegrees, 360 - eastDegrees) * METRES_PER_DEGREE * Math.cos(middle);
  return Math.hypot(north, east);
}
