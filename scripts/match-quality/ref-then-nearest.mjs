// @ts-check
/**
 * As general conflation tools do: the object with the same reference, wherever it stands; of the rest the pairs within
 * 100 m, shortest first, each object once.
 */
import { nearbyIn } from "./nearby.mjs";
import { isStationInUse, matchedWith, valueOf } from "./verdicts.mjs";

/** @import { OsmObject } from "../../src/osm/osm-object.js" */

const REF = "ref:ocpi:location:id";
const FARTHEST_METRES = 100;

/** @type {import("./verdicts.mjs").Method} */
export function refThenNearest(locations, objects) {
  const stations = objects.filter(isStationInUse);
  const byRef = new Map(stations.map((object) => [valueOf(object.tags, REF), object]));
  byRef.delete(undefined);
  /** @type {Map<number, OsmObject>} */
  const found = new Map();
  const taken = new Set();
  for (const [place, { tags }] of locations.entries()) {
    const object = byRef.get(valueOf(tags, REF));
    if (object === undefined || taken.has(object)) continue;
    taken.add(object);
    found.set(place, object);
  }
  const nearby = nearbyIn(stations.filter((object) => !taken.has(object)));
  const links = locations
    .flatMap((location, place) =>
      found.has(place)
        ? []
        : nearby(location, FARTHEST_METRES).map(({ object, distance }) => ({ object, distance, place })),
    )
    .sort((a, b) => a.distance - b.distance);
  for (const { object, place } of links) {
    if (found.has(place) || taken.has(object)) continue;
    taken.add(object);
    found.set(place, object);
  }
  return locations.map((_, place) => matchedWith(found.get(place)));
}
