// @ts-check
/** Which objects stand near a position. */
import KDBush from "kdbush";
import { metresBetween } from "../synthetic/metres.mjs";

/** @import { OsmObject } from "../../src/osm/osm-object.js" */
/** @import { Position } from "../synthetic/metres.mjs" */

const METRES_PER_DEGREE = 111_000;

/**
 * @param {readonly OsmObject[]} objects
 * @returns {(from: Position, metres: number) => { object: OsmObject, distance: number }[]} nearest first
 */
export function nearbyIn(objects) {
  if (objects.length === 0) return () => [];
  const index = new KDBush(objects.length);
  for (const { lat, lon } of objects) index.add(lon, lat);
  index.finish();
  return ({ lat, lon }, metres) => {
    const north = metres / METRES_PER_DEGREE;
    const east = north / Math.cos((lat * Math.PI) / 180);
    return index
      .range(lon - east, lat - north, lon + east, lat + north)
      .flatMap((place) => {
        const object = objects[place];
        if (object === undefined) return [];
        const distance = metresBetween({ lat, lon }, object);
        return distance <= metres ? [{ object, distance }] : [];
      })
      .sort((a, b) => a.distance - b.distance);
  };
}
