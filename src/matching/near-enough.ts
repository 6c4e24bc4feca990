/** When a pair without ids is near enough to be one: rule D2.2. */
import type { Lifecycle } from "../osm/charging-form.js";
import type { Comparison } from "./comparison.js";
import type { MatchMethod } from "./match.js";
import { METRES } from "./scores.js";

/**
 * The evidence by which a pair without ids may be matched, or `undefined`. A pair with conflicting EVSE ids, with
 * operators that differ or with no socket in common never is. `needsAgreement`: of a Location whose EVSEs are all
 * REMOVED nothing else is known, so the bare place is not enough.
 */
export function spatialMethod(comparison: Comparison, needsAgreement: boolean): MatchMethod | undefined {
  const { distance, agreement, isAlike, excludes, conflicts } = comparison;
  if (conflicts || excludes || agreement === "differs") return undefined;
  if (agreement === "agrees") {
    if (isAlike && distance <= METRES.alike) return "operator+sockets";
    return distance <= METRES.agreed ? "operator" : undefined;
  }
  const isBare = agreement === "unknown" && distance <= METRES.bare;
  return isBare && !needsAgreement && !isContradicted(comparison) ? "near" : undefined;
}

/** Whether numbers speak against a pair for which only the place speaks: other sockets, or another capacity as well. */
function isContradicted({ likeness, isAlike, capacity }: Comparison): boolean {
  if (likeness !== undefined && !isAlike) return true;
  return capacity === "far" || (capacity === "near" && likeness === undefined);
}

/**
 * Whether a pair is to be looked at before anything is created (D2.4): whatever stands within 100 m and does not
 * contradict by ids; beyond that, the same operator with sockets that may be the same.
 */
export function isPlausible(comparison: Comparison): boolean {
  const { distance, agreement, excludes, conflicts } = comparison;
  if (conflicts) return mayHaveNewIds(comparison);
  if (distance <= METRES.near) return true;
  return distance <= METRES.alike && agreement === "agrees" && !excludes;
}

/**
 * All ids of a station renewed at once look like this: the same operator, and the same numbers at the very place or none
 * to compare at the very point; under another name both numbers are the same.
 */
function mayHaveNewIds(comparison: Comparison): boolean {
  const { distance, agreement, excludes, capacity, isAlike } = comparison;
  if (distance > METRES.bare || excludes) return false;
  const isSame = capacity === "same" || isAlike;
  if (agreement === "agrees") {
    return isContradicted(comparison) ? capacity === "same" : isSame || distance <= METRES.touching;
  }
  return agreement === "disputed" && isAlike && capacity === "same";
}

/** Forms that no Location is matched with unseen (D1.1): what is planned or out of use. */
export function isInUse({ lifecycle }: { readonly lifecycle: Lifecycle }): boolean {
  return lifecycle === "";
}
