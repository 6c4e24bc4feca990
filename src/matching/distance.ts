/** Metres between places: points, and the areas stations are mapped as. */
import type { LatLon } from "../osm/osm-object.js";

const METRES_PER_DEGREE = 111_195;
const RADIANS_PER_DEGREE = Math.PI / 180;

/** What a distance is measured to: an OSM object. */
export interface Placed extends LatLon {
  readonly outlines: readonly (readonly LatLon[])[];
}

/** Metres, good to a fraction of a per cent over the few kilometres it is used for; across the antimeridian too. */
export function metresApart(a: LatLon, b: LatLon): number {
  return lengthOf(northOf(a, b), eastOf(a, b));
}

/** Metres to an object: 0 inside its outline, else to its centre or the nearest point of its outline. */
export function metresTo(from: LatLon, object: Placed): number {
  let nearest = metresApart(from, object);
  if (object.outlines.length === 0) return nearest;
  for (const ring of object.outlines) nearest = Math.min(nearest, metresToRing(from, ring));
  return nearest;
}

/** Whether a point lies inside any of the object's outlines. */
export function isInside(point: LatLon, { outlines }: Placed): boolean {
  return outlines.some((ring) => metresToRing(point, ring) === 0);
}

/** The farthest that any point of the object's outlines lies from its centre; 0 without outlines. */
export function reachOf(object: Placed): number {
  let reach = 0;
  for (const ring of object.outlines) {
    for (const corner of ring) reach = Math.max(reach, metresApart(object, corner));
  }
  return reach;
}

/** Even-odd rule for the inside; rings that are not closed are taken as closed. */
function metresToRing(from: LatLon, ring: readonly LatLon[]): number {
  let nearest = Infinity;
  let inside = false;
  let previous = ring.at(-1);
  for (const corner of ring) {
    if (previous !== undefined) {
      const x1 = eastOf(previous, from);
      const y1 = northOf(previous, from);
      const x2 = eastOf(corner, from);
      const y2 = northOf(corner, from);
      nearest = Math.min(nearest, metresToSegment(x1, y1, x2, y2));
      if (y1 > 0 !== y2 > 0 && x1 + ((x2 - x1) * y1) / (y1 - y2) > 0) inside = !inside;
    }
    previous = corner;
  }
  return inside ? 0 : nearest;
}

/** From the origin. */
function metresToSegment(x1: number, y1: number, x2: number, y2: number): number {
  const dx = x2 - x1;
  const dy = y2 - y1;
  const square = dx * dx + dy * dy;
  const along = square === 0 ? 0 : Math.min(1, Math.max(0, -(x1 * dx + y1 * dy) / square));
  return lengthOf(x1 + along * dx, y1 + along * dy);
}

/** `Math.hypot` guards against overflow and takes several times as long; nothing on earth is that far away. */
function lengthOf(x: number, y: number): number {
  return Math.sqrt(x * x + y * y);
}

function northOf(a: LatLon, b: LatLon): number {
  return (a.lat - b.lat) * METRES_PER_DEGREE;
}

function eastOf(a: LatLon, b: LatLon): number {
  let degrees = a.lon - b.lon;
  if (degrees > 180) degrees -= 360;
  else if (degrees < -180) degrees += 360;
  return degrees * METRES_PER_DEGREE * Math.cos(((a.lat + b.lat) / 2) * RADIANS_PER_DEGREE);
}

/** Degrees of longitude that `metres` are at this latitude, or 360 where they reach around the pole. */
export function lonDegrees(metres: number, lat: number): number {
  const cosine = Math.cos(Math.min(90, Math.abs(lat)) * RADIANS_PER_DEGREE);
  const degrees = latDegrees(metres) / cosine;
  return degrees < 180 ? degrees : 360;
}

/** Degrees of latitude that `metres` are. */
export function latDegrees(metres: number): number {
  return metres / METRES_PER_DEGREE;
}
