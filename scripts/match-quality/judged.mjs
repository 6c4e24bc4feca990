// @ts-check
/**
 * How good verdicts are against the truth.
 *
 * - A **pair** is a Location that OSM has: one or several elements truly are it. Several Locations may be one element.
 * - An **automatic match** is right when every station in it is one of these elements and they are in use. One foreign
 *   station makes it wrong; so does a station that OSM has as disused or planned, which somebody must look at; so does
 *   taking the other of two twins that the feed has at one spot, because its ids would go on the wrong device (these are
 *   counted apart as `swapped`, too).
 * - A pair is **found** when any of its elements is in the automatic match or among the candidates of a review. Charge
 *   points without a station are one candidate; those that went to a foreign station are not found with it.
 * - A **false create** is a Location called new although OSM has it, in use or not.
 * - **Settled** are the pairs with a right automatic match. Recall flatters a method that asks a person; settled does not.
 * - Recall, settled and false creates count pairs within 100 m, beyond which rule D2.4 lets a Location be created; pairs beyond
 *   are shown as `far`: the share of them that is found.
 */

/** @import { Truth } from "../synthetic/osm-side.mjs" */
/** @import { Verdict } from "./verdicts.mjs" */

export const FARTHEST_METRES = 100;
/** What D10 is gated by. */
const GATE = { precision: 0.995, recall: 0.97, falseCreates: 0.005 };

/** @typedef {"right" | "wrong" | "swapped" | "review" | "missed-in-review" | "false-create" | "far-create" | "new"} Outcome */

/**
 * @param {Truth} truth
 * @param {Verdict} verdict
 * @param {ReadonlyMap<string, Truth>} byKey truth of all Locations
 * @returns {{ outcome: Outcome, found: boolean }}
 */
export function judged(truth, verdict, byKey) {
  const own = new Set(truth.osm);
  const found = verdict.osm.some((name) => own.has(name));
  switch (verdict.kind) {
    case "matched":
      if (truth.lifecycle === "" && verdict.osm.every((name) => own.has(name)))
        return { outcome: "right", found };
      return { outcome: isSwapped(truth, verdict, byKey) ? "swapped" : "wrong", found };
    case "review":
      return { outcome: found || own.size === 0 ? "review" : "missed-in-review", found };
    case "new":
      if (own.size === 0) return { outcome: "new", found };
      return { outcome: isNear(truth) ? "false-create" : "far-create", found };
  }
}

/** @param {Truth} truth */
function isNear({ distance }) {
  return distance !== undefined && distance <= FARTHEST_METRES;
}

/** @param {Truth} truth @param {Verdict} verdict @param {ReadonlyMap<string, Truth>} byKey */
function isSwapped({ osm, lifecycle, sameSpot }, verdict, byKey) {
  if (lifecycle !== "") return false;
  const twins = new Set([...osm, ...sameSpot.flatMap((key) => byKey.get(key)?.osm ?? [])]);
  return verdict.osm.every((name) => twins.has(name));
}

/** Counts, and the shares made of them. */
export class Scores {
  locations = 0;
  automatic = 0;
  right = 0;
  swapped = 0;
  reviews = 0;
  nearPairs = 0;
  nearFound = 0;
  nearRight = 0;
  farPairs = 0;
  farFound = 0;
  falseCreates = 0;

  /** @param {Truth} truth @param {{ outcome: Outcome, found: boolean }} judgement @param {Verdict["kind"]} kind */
  add(truth, { outcome, found }, kind) {
    this.locations += 1;
    if (kind === "matched") this.automatic += 1;
    if (kind === "review") this.reviews += 1;
    if (outcome === "right") this.right += 1;
    if (outcome === "swapped") this.swapped += 1;
    if (outcome === "false-create") this.falseCreates += 1;
    if (truth.osm.length === 0) return;
    if (isNear(truth)) {
      this.nearPairs += 1;
      if (found) this.nearFound += 1;
      if (outcome === "right") this.nearRight += 1;
    } else {
      this.farPairs += 1;
      if (found) this.farFound += 1;
    }
  }

  /** Shares from 0 to 1; `undefined` where there is nothing to be a share of. */
  shares() {
    return {
      precision: share(this.right, this.automatic),
      recall: share(this.nearFound, this.nearPairs),
      settled: share(this.nearRight, this.nearPairs),
      reviewRate: share(this.reviews, this.locations),
      falseCreates: share(this.falseCreates, this.nearPairs),
      far: share(this.farFound, this.farPairs),
    };
  }

  /** What keeps it from passing; empty when it passes. */
  failures() {
    const { precision = 1, recall = 1, falseCreates = 0 } = this.shares();
    return [
      ...(precision < GATE.precision ? [`precision ${precision.toFixed(4)} < ${GATE.precision}`] : []),
      ...(recall < GATE.recall ? [`recall ${recall.toFixed(4)} < ${GATE.recall}`] : []),
      ...(falseCreates > GATE.falseCreates
        ? [`false creates ${falseCreates.toFixed(4)} > ${GATE.falseCreates}`]
        : []),
    ];
  }
}

/** @param {number} part @param {number} whole */
function share(part, whole) {
  return whole === 0 ? undefined : part / whole;
}
