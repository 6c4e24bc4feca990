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

const valueOfLetter = new Map([...GEOHASH_LETTERS].map((letter, value) => [letter, value]));

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
  const position = positionOf(stated);
  const cell = centreOfGeohash(content.geohash);
  if (typeof position === "string" || cell === undefined || isNear(cell, position)) return notes;
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
  let south = -90;
  let north = 90;
  let west = -180;
  let east = 180;
  let eastWest = true;
  for (const letter of geohash) {
    const value = valueOfLetter.get(letter);
    if (value === undefined) return undefined;
    for (let bit = 16; bit >= 1; bit /= 2) {
      const upper = Math.floor(value / bit) % 2 === 1;
      if (eastWest) {
        const middle = (west + east) / 2;
        if (upper) west = middle;
        else east = middle;
      } else {
        const middle = (south + north) / 2;
        if (upper) south = middle;
        else north = middle;
      }
      eastWest = !eastWest;
    }
  }
  return { lat: (south + north) / 2, lon: (west + east) / 2 };
}
