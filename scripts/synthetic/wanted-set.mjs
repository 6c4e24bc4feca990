// @ts-check
/** Which set of feed, OSM and truth is wanted, as the scripts that make one are asked for it on their command lines. */
import { DIST } from "../program.mjs";
import { wholeNumber } from "../whole-number.mjs";
import { LAYOUT_NAMES } from "./layouts.mjs";
import { MIXTURE } from "./perturbations.mjs";

/** @import { LayoutName } from "./layouts.mjs" */
/** @import { Mixture } from "./perturbations.mjs" */

/**
 * @typedef {object} WantedSet
 * @property {number} locations
 * @property {number} seed
 * @property {LayoutName} layout
 * @property {Mixture} mixture
 * @property {readonly string[]} feed real feeds in place of the synthetic one; none: synthetic
 */

/** For `parseArgs`: what `wantedSet` takes, and the folder of the program that tags the feed. */
export const SET_OPTIONS = /** @type {const} */ ({
  locations: { type: "string" },
  seed: { type: "string" },
  layout: { type: "string" },
  only: { type: "string" },
  feed: { type: "string" },
  program: { type: "string", default: DIST },
});

/**
 * @param {{ readonly [option in "locations" | "seed" | "layout" | "only" | "feed"]?: string | undefined }} values
 * @returns {WantedSet}
 * @throws {RangeError} on wrong arguments
 */
export function wantedSet({ locations = "10000", seed = "1", layout = "town", only, feed }) {
  if (!isLayout(layout))
    throw new RangeError(`--layout "${layout}" is not one of ${LAYOUT_NAMES.join(", ")}`);
  const mixture = only === undefined ? MIXTURE : onlyThese(only);
  return {
    locations: wholeNumber("locations", locations),
    seed: wholeNumber("seed", seed),
    layout,
    mixture,
    feed: feed === undefined ? [] : [feed],
  };
}

/**
 * @param {string} names separated by commas; `""`: none, OSM is an exact copy
 * @returns {Mixture}
 * @throws {RangeError} when one is unknown
 */
export function onlyThese(names) {
  const chosen = names.split(",").filter((name) => name !== "");
  for (const name of chosen) {
    if (!(name in MIXTURE))
      throw new RangeError(`"${name}" is not one of ${Object.keys(MIXTURE).join(", ")}`);
  }
  return Object.fromEntries(chosen.map((name) => [name, 1]));
}

/** @param {string} name @returns {name is LayoutName} */
const isLayout = (name) => LAYOUT_NAMES.includes(name);
