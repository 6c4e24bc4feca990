/**
 * `<bounds>` stands at the top of an OSM file but is known only at its end, so the top keeps a line of blanks for it
 * that is written over once the last record is out.
 */
import { formatDegrees } from "../ocpi/coordinates.js";

/** Degrees. */
export interface Bounds {
  readonly minLat: number;
  readonly minLon: number;
  readonly maxLat: number;
  readonly maxLon: number;
}

const WIDEST_LAT = "-90.0000000";
const WIDEST_LON = "-180.0000000";
const BOUNDS_WIDTH = element(WIDEST_LAT, WIDEST_LON, WIDEST_LAT, WIDEST_LON).length;

/** The line kept for the bounds, with its line break; whitespace to every reader if it is never filled. */
export const BOUNDS_PLACEHOLDER = `${" ".repeat(BOUNDS_WIDTH)}\n`;

/** `<bounds>` in exactly the width of the placeholder (without its line break). ASCII, so characters are bytes. */
export function boundsElement({ minLat, minLon, maxLat, maxLon }: Bounds): string {
  const text = element(
    formatDegrees(minLat),
    formatDegrees(minLon),
    formatDegrees(maxLat),
    formatDegrees(maxLon),
  ).padEnd(BOUNDS_WIDTH);
  if (text.length > BOUNDS_WIDTH) {
    throw new RangeError(`bounds are no degrees: ${minLat},${minLon},${maxLat},${maxLon}`);
  }
  return text;
}

/** Byte offset of the placeholder in a document head written as UTF-8. Throws if the head has none. */
export function boundsOffset(head: string): number {
  const lineBreak = head.indexOf(`\n${BOUNDS_PLACEHOLDER}`);
  if (lineBreak === -1) throw new Error("this document head keeps no place for <bounds>");
  return Buffer.byteLength(head.slice(0, lineBreak + 1));
}

function element(minLat: string, minLon: string, maxLat: string, maxLon: string): string {
  return `  <bounds minlat="${minLat}" minlon="${minLon}" maxlat="${maxLat}" maxlon="${maxLon}"/>`;
}
