/** What a station has only from charge points that were counted to it for standing near (D1.3). */
import type { OsmObject } from "../osm/osm-object.js";
import { compare, isIdMatch } from "./comparison.js";
import { isInside, metresApart, metresTo } from "./distance.js";
import type { Evidence } from "./evidence.js";
import { spatialMethod } from "./near-enough.js";
import type { Candidate, Problem } from "./problem.js";
import { METRES } from "./scores.js";
import type { Station } from "./station.js";
import { isGood, misfit } from "./sums.js";

/**
 * Whether a match rests on charge points of which nothing but their standing near says that they are the station's:
 * by what the station and the points at it say alone, it would not be one.
 */
export function restsOnNearbyPoints(
  problem: Problem,
  location: number,
  { station, comparison }: Candidate,
): boolean {
  const party = problem.stations[station];
  const ours = problem.locations[location]?.evidence;
  if (party === undefined || ours === undefined || party.value.chargePoints.length === 0) return false;
  const [sure, nearby] = dividedPoints(party.value, party.evidence);
  if (nearby.length === 0) return false;
  const own = problem.evidenceOf({ ...party.value, chargePoints: sure });
  const alone = compare(ours, own, comparison.distance, problem.terms);
  if (isIdMatch(comparison)) {
    if (isIdMatch(alone)) return false;
    const isAnothers = own.refs.length > 0 || own.evseIds.length > 0 || alone.agreement === "differs";
    const sums = misfit([ours], [own]);
    return isAnothers || (comparison.distance > METRES.bare && (sums === undefined || !isGood(sums)));
  }
  if (spatialMethod(alone, false) === undefined) return true;
  const toPoint = Math.min(...nearby.map((point) => metresApart(ours.position, point)));
  return alone.agreement !== "agrees" && toPoint < comparison.distance;
}

/** Those inside the station or at it, and those that only stand near. At a station without a name is nearer. */
function dividedPoints(
  { object, form, chargePoints }: Station,
  { operator }: Evidence,
): readonly [sure: OsmObject[], nearby: OsmObject[]] {
  if (form.kind !== "station") return [[...chargePoints], []];
  const isNamed =
    operator.names.length > 0 && object.tags.some(({ value }) => operator.names.includes(value));
  const limit = isNamed ? METRES.bare : METRES.touching;
  const sure: OsmObject[] = [];
  const nearby: OsmObject[] = [];
  for (const point of chargePoints) {
    const isSure = isInside(point, object) || metresTo(point, object) <= limit;
    (isSure ? sure : nearby).push(point);
  }
  return [sure, nearby];
}
