// @ts-check
/**
 * How OSM may differ from the feed: one row a perturbation. Of each axis but the last two a site gets one at most;
 * axes are applied from top to bottom, so that they compose. `share` is that of the mixture, meant to be like OSM where
 * nothing was ever imported: most stations have no id, two thirds no sockets.
 */
import { elsewhere, neighbourUnnamed, neighbourWithIds, neighbourWithoutIds } from "./neighbours.mjs";
import { randomStep } from "./metres.mjs";
import { capacityOf } from "./osm-draft.mjs";
import * as tags from "./tag-perturbations.mjs";

/** @import { Draft, Shape } from "./osm-draft.mjs" */
/** @import { Random } from "./random.mjs" */
/** @import { Change } from "./tag-perturbations.mjs" */

/**
 * @typedef {object} Perturbation
 * @property {string} name
 * @property {string} axis
 * @property {number} share in the mixture
 * @property {Change} change
 */

/** Without a station of their own, devices of several Locations are not one thing: which is whose, the ids say. @type {ReadonlySet<Shape>} */
const OF_ONE_LOCATION = new Set(["split", "charge-points-only"]);

/** @param {Shape} shape @param {number} leastCapacity @returns {Change} */
const shaped = (shape, leastCapacity) => (draft) => {
  if (capacityOf(draft.tags) < leastCapacity) return false;
  if (OF_ONE_LOCATION.has(shape) && draft.locations.length > 1) return false;
  draft.shape = shape;
  return true;
};

/** @param {number} least @param {number} most @returns {Change} */
const shifted = (least, most) => (draft, random) => {
  draft.shift = randomStep(random, least, most);
  return true;
};

/** @param {readonly [Draft["lifecycle"], ...Draft["lifecycle"][]]} forms @returns {Change} */
const livedAs = (forms) => (draft, random) => {
  draft.lifecycle = random.pick(forms);
  return true;
};

/** @param {string} axis @param {readonly (readonly [name: string, share: number, change: Change])[]} rows @returns {readonly Perturbation[]} */
const axis = (axis, rows) => rows.map(([name, share, change]) => ({ name, axis, share, change }));

/** Shapes first: how many charge points there are is read off the feed's capacity, before mappers change it. */
export const PERTURBATIONS = [
  ...axis("shape", [
    ["split", 0.05, shaped("split", 2)],
    ["with-charge-points", 0.04, shaped("with-charge-points", 2)],
    ["charge-points-only", 0.01, shaped("charge-points-only", 1)],
    ["area", 0.06, shaped("area", 1)],
    ["multipolygon", 0.005, shaped("multipolygon", 1)],
  ]),
  ...axis("detail", [
    ["no-sockets", 0.3, tags.noSockets],
    ["amenity-and-operator", 0.3, tags.amenityAndOperator],
    ["amenity-only", 0.08, tags.amenityOnly],
  ]),
  ...axis("ids", [
    ["no-ids", 0.6, tags.noIds],
    ["no-location-id", 0.14, tags.noLocationId],
    ["no-evse-ids", 0.04, tags.noEvseIds],
    ["pool-id", 0.03, tags.poolId],
    ["respelled-ids", 0.04, tags.respelledIds],
    ["some-ids", 0.03, tags.someIds],
    ["reissued-ids", 0, tags.reissuedIds],
  ]),
  ...axis("operator", [
    ["renamed", 0.05, tags.renamed],
    ["company-form", 0.1, tags.companyForm],
    ["brand-instead", 0.08, tags.brandInstead],
    ["network-instead", 0.05, tags.networkInstead],
    ["no-operator", 0.07, tags.noOperator],
  ]),
  ...axis("position", [
    ["shift-15", 0.45, shifted(0, 15)],
    ["shift-50", 0.25, shifted(15, 50)],
    ["shift-120", 0.06, shifted(50, 120)],
  ]),
  ...axis("lifecycle", [
    ["closed", 0.02, livedAs(["disused", "was", "removed", "abandoned"])],
    ["planned", 0.01, livedAs(["planned", "construction", "proposed"])],
  ]),
  ...axis("presence", [
    [
      "missing",
      0.12,
      (draft) => {
        draft.missing = true;
        return true;
      },
    ],
  ]),
  ...axis("edits", [
    ["other-capacity", 0.08, tags.otherCapacity],
    ["other-socket-count", 0.1, tags.otherSocketCount],
    ["restyled-output", 0.3, tags.restyledOutput],
    ["restyled-hours", 0.2, tags.restyledHours],
    ["extra-tags", 0.5, tags.extraTags],
    ["swapped-cable", 0.2, tags.swappedCable],
    ["old-socket-keys", 0.05, tags.oldSocketKeys],
    ["no-wikidata", 0.5, tags.noWikidata],
  ]),
  ...axis("neighbours", [
    ["neighbour-with-ids", 0.04, neighbourWithIds],
    ["neighbour-without-ids", 0.1, neighbourWithoutIds],
    ["neighbour-unnamed", 0.03, neighbourUnnamed],
    ["elsewhere", 0.05, elsewhere],
  ]),
];
/** Of these axes each row is a matter of its own. */
const INDEPENDENT = new Set(["edits", "neighbours"]);

/** Share by perturbation. @typedef {Readonly<Record<string, number>>} Mixture */

/** @type {Mixture} */
export const MIXTURE = Object.fromEntries(PERTURBATIONS.map(({ name, share }) => [name, share]));

/**
 * Applies a mixture to a draft. The same random series gives the same changes.
 * @param {Draft} draft
 * @param {Mixture} mixture
 * @param {Random} random
 * @returns {string[]} names of what changed anything
 */
export function perturb(draft, mixture, random) {
  const applied = [];
  let axis = "";
  let left = 0;
  for (const { name, axis: own, change } of PERTURBATIONS) {
    if (own !== axis || INDEPENDENT.has(own)) left = random.next();
    axis = own;
    const share = mixture[name] ?? 0;
    // Once a row of the axis was taken, `left` stays below zero for the rest of it.
    if (left >= 0 && left < share && change(draft, random)) applied.push(name);
    left -= share;
  }
  return applied;
}
