// @ts-check
/** What a mapper is imagined to have mapped for a site, before it becomes elements: perturbations work on this. */

/** @import { TaggedLocation } from "../../src/tagging/tagged-location.js" */
/** @import { Lifecycle } from "../../src/osm/charging-form.js" */

/**
 * @typedef {"node" | "area" | "multipolygon" | "split" | "with-charge-points" | "charge-points-only"} Shape
 *
 * @typedef {object} Draft
 * @property {readonly [TaggedLocation, ...TaggedLocation[]]} locations several: mapped as one
 * @property {Map<string, string>} tags of the station as a whole
 * @property {Shape} shape
 * @property {readonly [east: number, north: number]} shift metres from where the feed has it
 * @property {Lifecycle} lifecycle
 * @property {boolean} missing OSM does not have it
 * @property {Neighbour[]} neighbours
 *
 * @typedef {object} Neighbour a station that is in no feed
 * @property {readonly [east: number, north: number]} step metres from where the feed has the site
 * @property {Map<string, string>} tags
 */

/** OSM's longest value. */
const LONGEST_VALUE = 255;
const SUMMED = /^(?:capacity|socket:[^:]+)$/;
const JOINED = /^(?:ref:|socket:.*:output$)/;

/**
 * OSM as it would be, had it been written by the program: the tags of each Location, counts added up.
 * @param {readonly [TaggedLocation, ...TaggedLocation[]]} locations
 * @returns {Draft}
 */
export function draftOf(locations) {
  const tags = new Map();
  for (const location of locations) {
    for (const { key, value } of location.tags) {
      const known = tags.get(key);
      if (known === undefined) tags.set(key, value);
      else if (SUMMED.test(key)) tags.set(key, String(Number(known) + Number(value)));
      else if (JOINED.test(key)) tags.set(key, [...new Set(`${known};${value}`.split(";"))].join(";"));
    }
  }
  for (const [key, value] of tags) if ([...value].length > LONGEST_VALUE) tags.delete(key);
  return {
    locations,
    tags,
    shape: "node",
    shift: [0, 0],
    lifecycle: "",
    missing: false,
    neighbours: [],
  };
}

/** How many vehicles charge at once; one when nothing is said. @param {ReadonlyMap<string, string>} tags */
export function capacityOf(tags) {
  return Math.max(1, Number(tags.get("capacity") ?? 1));
}
