/** EVSE ids that a station has only from charge points counted to it for standing near (D1.3). */
import type { TaggedLocation } from "../tagging/tagged-location.js";
import { isInside } from "./distance.js";
import { haveInCommon, identifiersIn } from "./identifiers.js";
import type { Party } from "./problem.js";
import { METRES } from "./scores.js";
import type { Station } from "./station.js";
import { isGood, misfit } from "./sums.js";

/**
 * Whether the ids that a Location and a station share stand on charge points outside the station only, and nothing
 * else says that those are the station's: the Location is not at the station, nor are its numbers the station's.
 */
export function areBorrowed(
  location: Party<TaggedLocation>,
  station: Party<Station>,
  distance: number,
): boolean {
  const { object, form, chargePoints } = station.value;
  if (form.kind !== "station" || chargePoints.length === 0) return false;
  const own = identifiersIn(object.tags);
  const { refs, globalRefs, evseIds } = location.evidence;
  const hasOwn =
    haveInCommon(refs, own.refs) ||
    haveInCommon(globalRefs, own.globalRefs) ||
    haveInCommon(evseIds, own.evseIds);
  if (hasOwn) return false;
  const inside = chargePoints.filter((point) => isInside(point, object));
  if (inside.some(({ tags }) => haveInCommon(evseIds, identifiersIn(tags).evseIds))) return false;
  const isAnothers = own.refs.length > 0 || own.evseIds.length > 0;
  const sums = misfit([location.evidence], [station.evidence]);
  return isAnothers || (distance > METRES.bare && (sums === undefined || !isGood(sums)));
}
