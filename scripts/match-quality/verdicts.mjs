// @ts-check
/** What any method of matching says of a Location, in one shape, so that all are judged alike. */

/** @import { TaggedLocation } from "../../src/tagging/tagged-location.js" */
/** @import { OsmObject } from "../../src/osm/osm-object.js" */

/**
 * @typedef {object} Verdict
 * @property {"matched" | "review" | "new"} kind
 * @property {readonly string[]} osm names of the stations taken, or of the candidates, best first: `n123`
 * @property {unknown} [why] what the method itself says of it, for the list of confusions
 *
 * @typedef {(locations: readonly TaggedLocation[], objects: readonly OsmObject[]) => Verdict[]} Method
 * verdicts are parallel to `locations`
 */

/** @type {Verdict} */
export const NEW = { kind: "new", osm: [] };

/** @param {OsmObject | undefined} object @returns {Verdict} */
export function matchedWith(object) {
  return object === undefined ? NEW : { kind: "matched", osm: [nameOf(object)] };
}

/** `n123`. @param {{ readonly type: string, readonly id: number }} element */
export function nameOf({ type, id }) {
  return `${type.charAt(0)}${id}`;
}

/** @param {readonly { readonly key: string, readonly value: string }[]} tags @param {string} key */
export function valueOf(tags, key) {
  return tags.find((tag) => tag.key === key)?.value;
}

/** Stations in use, as a plain query for `amenity=charging_station` gives them. @param {OsmObject} object */
export function isStationInUse({ tags }) {
  return valueOf(tags, "amenity") === "charging_station";
}
