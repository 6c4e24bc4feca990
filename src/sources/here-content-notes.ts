/** What a HERE content id says of a Location, for reviewers: provenance is in notes, never in an OSM tag. */
import { type Position, formatDegrees, metresBetween, positionOf } from "../ocpi/coordinates.js";
import type { GeoLocation } from "../ocpi/location.js";
import type { Note } from "../ocpi/notes.js";
import { decodeContentId } from "./here-content-id.js";

const GEOHASH_LETTERS = "0123456789bcdefghjkmnpqrstuvwxyz";
/** A supplier's id may be anything; a note shows the beginning. */
const SHOWN = 80;
const FAR_METRES = 1000;
/** Two positions that differ by less, both ways, are less than 1 km apart anywhere. */
const NEAR_DEGREES = 0.006;

/** By character code; -1 for what is no letter of a geohash. */
const valueOfLetter = Array.from({ length: 128 }, (_, code) =>
  GEOHASH_LETTERS.indexOf(String.fromCharCode(code)),
);

/**
 * Notes on a HERE id (with or without `here:evcp:`): `here-supplier`, who HERE has the record from, and
 * `content-id-far` where the place that is part of the id is more than 1 km from the stated one. None where the id is
 * no content id.
 */
export function contentIdNotes(id: string | undefined, stated: GeoLocation | undefined): Note[] {
  const content = id === undefined ? undefined : decodeContentId(id);
  if (content === undefined) return [];
  const detail = `${content.supplier}, id ${content.supplierId}`;
  const notes: Note[] = [{ code: "here-supplier", pointer: "/id", detail: detail.slice(0, SHOWN) }];
  const cell = centreOfGeohash(content.geohash);
  if (cell === undefined || stated === undefined) return notes;
  // Most are near, wherever that is: no need to know then whether the position is one (T1.2).
  if (isNear(cell, { lat: Number(stated.latitude), lon: Number(stated.longitude) })) return notes;
  const position = positionOf(stated);
  if (typeof position === "string") return notes;
  const there: Position = { ...cell, latText: formatDegrees(cell.lat), lonText: formatDegrees(cell.lon) };
  const metres = metresBetween(there, position);
  if (metres > FAR_METRES) {
    const points = `id ${there.latText}, ${there.lonText}; stated ${position.latText}, ${position.lonText}`;
    notes.push({
      code: "content-id-far",
      pointer: "/coordinates",
      detail: `${Math.round(metres)} m: ${points}`,
    });
  }
  return notes;
}

interface Degrees {
  readonly lat: number;
  readonly lon: number;
}

function isNear(a: Degrees, b: Degrees): boolean {
  return Math.abs(a.lat - b.lat) < NEAR_DEGREES && Math.abs(a.lon - b.lon) < NEAR_DEGREES;
}

/** The middle of a geohash cell, in degrees; `undefined` for letters that geohashes do not have. */
export function centreOfGeohash(geohash: string): Degrees | undefined {
  // Whole numbers of the smallest step so far, and how many of them there are each way.
  let east = 0;
  let north = 0;
  let eastSteps = 1;
  let northSteps = 1;
  for (let at = 0; at < geohash.length; at++) {
    const value = valueOfLetter[geohash.charCodeAt(at)] ?? -1;
    if (value === -1) return undefined;
    // Five bits a letter, by turns east and north; the first of an even letter is east.
    const [threeBits, twoBits] = [oddBits(value), evenBits(value)];
    if (at % 2 === 0) {
      east = east * 8 + threeBits;
      eastSteps *= 8;
      north = north * 4 + twoBits;
      northSteps *= 4;
    } else {
      north = north * 8 + threeBits;
      northSteps *= 8;
      east = east * 4 + twoBits;
      eastSteps *= 4;
    }
  }
  return { lat: ((north + 0.5) / northSteps) * 180 - 90, lon: ((east + 0.5) / eastSteps) * 360 - 180 };
}

/** The first, third and fifth of five bits. */
function oddBits(five: number): number {
  return ((five >> 2) & 4) | ((five >> 1) & 2) | (five & 1);
}

/** The second and fourth of five bits. */
function evenBits(five: number): number {
  return ((five >> 2) & 2) | ((five >> 1) & 1);
}
