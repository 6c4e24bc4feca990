// @ts-check
/** The plainest method: the nearest station within 100 m that nobody has taken yet, first come first served. */
import { nearbyIn } from "./nearby.mjs";
import { isStationInUse, matchedWith } from "./verdicts.mjs";

const FARTHEST_METRES = 100;

/** @type {import("./verdicts.mjs").Method} */
export function nearest(locations, objects) {
  const nearby = nearbyIn(objects.filter(isStationInUse));
  const taken = new Set();
  return locations.map((location) => {
    const found = nearby(location, FARTHEST_METRES).find(({ object }) => !taken.has(object));
    taken.add(found?.object);
    return matchedWith(found?.object);
  });
}
