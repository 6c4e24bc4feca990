/** Which station of OSM is which Location of the feed: rule D2. */
import type { TaggedLocation } from "../tagging/tagged-location.js";
import { matchByDecision } from "./by-decision.js";
import { matchByIds } from "./by-ids.js";
import { matchByPlace } from "./by-place.js";
import { isIdMatch } from "./comparison.js";
import type { LocationMatch } from "./match.js";
import type { MatchMemory } from "./match-memory.js";
import { isInUse } from "./near-enough.js";
import { restsOnNearbyPoints } from "./nearby-points.js";
import { Problem } from "./problem.js";
import { Standing, isNearIdMatch } from "./standing.js";
import type { Station } from "./station.js";
import { verdictOf } from "./verdicts.js";

/**
 * The verdict on each Location, parallel to `locations` (keys and elements each once). Decided for all at once, ids
 * first, then what mappers accepted before, then place and likeness; the order of the lists decides nothing.
 *
 * Locations whose EVSEs are all REMOVED (T1.3) are matched last, with what the others leave: where a Location comes
 * back under a new id, the station is the new one's. For them `new` means that OSM has nothing to close.
 */
export function matchLocations(
  locations: readonly TaggedLocation[],
  stations: readonly Station[],
  memory: MatchMemory,
): readonly LocationMatch[] {
  const problem = new Problem(locations, stations, memory);
  const standing = new Standing(problem);
  const all = problem.locations.map((_, location) => location);
  const verdicts: LocationMatch[] = locations.map(() => ({ verdict: "new" }));
  for (const isRemoved of [false, true]) {
    const turn = all.filter((location) => standing.isRemoved(location) === isRemoved);
    if (turn.length === 0) continue;
    matchByIds(standing, turn);
    for (const location of turn) learnCode(standing, location);
    matchByDecision(standing, turn);
    for (const location of turn) doubtIds(standing, location);
    matchByPlace(standing, turn);
    for (const location of turn) leaveToMappers(standing, location);
    for (const location of turn) {
      const given = problem.locations[location]?.given;
      if (given !== undefined) verdicts[given] = verdictOf(standing, location);
    }
  }
  return verdicts;
}

/** A Location and a station that ids make one show which operator goes by the feed's codes. */
function learnCode(standing: Standing, location: number): void {
  const station = standing.holdingOf(location)?.best.station;
  const { problem } = standing;
  const operator = problem.stations[station ?? -1]?.evidence.operator;
  const codes = problem.locations[location]?.evidence.ownCodes;
  if (operator !== undefined && codes !== undefined) problem.codes.learn(codes, operator);
}

/** An id that only stands far away is a reason for a look, whatever stands near (D2.2); so is one that came free again. */
function doubtIds(standing: Standing, location: number): void {
  if (standing.holdingOf(location) !== undefined || standing.doubts.has(location)) return;
  const named = (standing.candidates[location] ?? []).filter(
    ({ station, comparison }) => isIdMatch(comparison) && standing.isFree(station),
  );
  if (named.length === 0) return;
  standing.doubts.set(
    location,
    named.some(({ comparison }) => isNearIdMatch(comparison)) ? "ambiguous" : "far-id",
  );
}

/**
 * Takes back what is never decided unseen: far ids, what is not in use, charge points without a station. What a mapper
 * accepted has been seen (D5), also where ids found it before the decision did.
 */
function leaveToMappers(standing: Standing, location: number): void {
  const holding = standing.holdingOf(location);
  if (holding === undefined || standing.problem.isAccepted(location, holding.best.station)) return;
  const doubt = standing.doubts.get(location);
  if (doubt !== undefined) {
    standing.withdraw(location, doubt);
    return;
  }
  const station = standing.problem.stations[holding.best.station];
  if (station === undefined) return;
  const { form } = station.value;
  if (!isInUse(form)) standing.withdraw(location, "lifecycle");
  else if (form.kind === "charge_point") standing.withdraw(location, "charge-points-only");
  else if (restsOnNearbyPoints(standing.problem, location, holding.best)) {
    standing.withdrawOne(location, "charge-points-only");
  }
}
