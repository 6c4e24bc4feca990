/** What is said of each Location once it stands who has what: rules D2.4 and D2.5. */
import { compareElements } from "../osm/osm-object.js";
import { isIdMatch } from "./comparison.js";
import { metresApart } from "./distance.js";
import type { LocationMatch, ReviewReason } from "./match.js";
import { isInUse, isPlausible } from "./near-enough.js";
import { type Candidate, type Problem, byScore } from "./problem.js";
import { scoredOf } from "./score-parts.js";
import { METRES, MOST_CANDIDATES } from "./scores.js";
import type { Holding, Standing } from "./standing.js";

/** The verdict on one Location (its place in the problem's list). */
export function verdictOf(standing: Standing, location: number): LocationMatch {
  const holding = standing.holdingOf(location);
  return holding === undefined ? unmatched(standing, location) : matched(standing, location, holding);
}

function matched(standing: Standing, location: number, holding: Holding): LocationMatch {
  const { problem } = standing;
  const { best, method, cluster } = holding;
  const own = new Set([best, ...cluster].map(({ station }) => station));
  const runnerUp = standing.candidates[location]?.find(
    ({ station, comparison }) => !own.has(station) && !comparison.conflicts,
  );
  const sharedWith = standing
    .holdersOf(best.station)
    .filter((holder) => holder !== location)
    .map((holder) => problem.locations[holder]?.given ?? -1);
  return {
    verdict: "matched",
    method,
    stations: [...own].map((station) => problem.stations[station]?.given ?? -1),
    best: scoredOf(problem, location, best),
    ...(runnerUp !== undefined && { runnerUp: scoredOf(problem, location, runnerUp) }),
    sharedWith,
  };
}

/** What stands around a Location without a station. */
interface Surroundings {
  /** What may be it, best first. */
  readonly candidates: readonly Candidate[];
  /** What a mapper said is not it. */
  readonly refused: readonly Candidate[];
  readonly nearest: { readonly candidate: Candidate; readonly why: "taken" | "contradicts" } | undefined;
}

function unmatched(standing: Standing, location: number): LocationMatch {
  const { problem } = standing;
  const { candidates, refused, nearest } = surroundingsOf(standing, location);
  const review = (reason: ReviewReason, shown: readonly Candidate[]): LocationMatch => ({
    verdict: "review",
    reason,
    candidates: shown.slice(0, MOST_CANDIDATES).map((candidate) => scoredOf(problem, location, candidate)),
  });
  const doubt = standing.doubts.get(location);
  if (candidates.length > 0) {
    return review(
      doubt === undefined || doubt === "weak" ? reasonOf(problem, candidates) : doubt,
      candidates,
    );
  }
  if (refused.length > 0) return review("rejected-pair", refused);
  if (problem.around(location).isCrowd) return review("ambiguous", standing.candidates[location] ?? []);
  if (nearest === undefined) return { verdict: "new" };
  return {
    verdict: "new",
    nearest: { scored: scoredOf(problem, location, nearest.candidate), why: nearest.why },
  };
}

function reasonOf({ stations }: Problem, [best]: readonly Candidate[]): ReviewReason {
  const form = best && stations[best.station]?.value.form;
  if (form === undefined) return "weak";
  if (!isInUse(form)) return "lifecycle";
  return form.kind === "charge_point" ? "charge-points-only" : "weak";
}

function surroundingsOf(standing: Standing, location: number): Surroundings {
  const { problem } = standing;
  const candidates: Candidate[] = [];
  const refused: Candidate[] = [];
  let nearest: Surroundings["nearest"];
  const seen = new Set<number>();
  const consider = (candidate: Candidate): void => {
    const { station, comparison } = candidate;
    if (seen.has(station)) return;
    seen.add(station);
    if (problem.isRefused(location, station)) {
      if (comparison.distance <= METRES.near && standing.isFree(station)) refused.push(candidate);
      return;
    }
    const why = exclusion(standing, location, candidate);
    if (why === undefined) {
      if (mayBeIt(standing, location, candidate)) candidates.push(candidate);
    } else if (nearest === undefined || comparison.distance < nearest.candidate.comparison.distance) {
      if (comparison.distance <= METRES.near) nearest = { candidate, why };
    }
  };
  for (const station of problem.around(location).found) {
    const comparison = problem.compare(location, station);
    if (comparison !== undefined) consider({ station, comparison });
  }
  for (const candidate of standing.candidates[location] ?? []) consider(candidate);
  return {
    candidates: candidates.sort(byScore),
    refused: refused.sort((a, b) => byElement(problem, a, b)),
    nearest,
  };
}

function byElement({ stations }: Problem, a: Candidate, b: Candidate): number {
  const one = stations[a.station]?.value.object;
  const other = stations[b.station]?.value.object;
  return one === undefined || other === undefined ? 0 : compareElements(one, other);
}

/** Why a station cannot be it (D2.4). */
function exclusion(
  standing: Standing,
  location: number,
  candidate: Candidate,
): "taken" | "contradicts" | undefined {
  const { station, comparison } = candidate;
  // An EVSE of its own stands there: whoever else has the station, nothing is to be created beside it.
  if (comparison.sharedEvses > 0 && !standing.isRemoved(location)) return undefined;
  if (!standing.isFree(station)) {
    return hasRoom(standing, location, candidate, standing.holdersOf(station)) ? undefined : "taken";
  }
  if (isIdMatch(comparison)) return undefined;
  const contradicts =
    standing.isClaimedByOthers(location, station) || (comparison.conflicts && !isPlausible(comparison));
  if (!contradicts || hasRoom(standing, location, candidate, standing.claimantsOf(station))) return undefined;
  return "contradicts";
}

function mayBeIt(standing: Standing, location: number, { comparison }: Candidate): boolean {
  if (isIdMatch(comparison)) return true;
  // Of a Location that is gone only its own station is of interest, not whatever stands around.
  if (standing.isRemoved(location)) return comparison.agreement === "agrees" && isPlausible(comparison);
  // Conflicting ids that exclude it have excluded it before; what is left has room.
  return comparison.conflicts || isPlausible(comparison);
}

/**
 * A station that others have, or whose ids it carries, may be this Location's too when it is nobody else's: when it
 * states more than the others have and is within 50 m; or when it does not say how many and this one lies in it; or,
 * in both cases, when this one is at the place of one of the others, of the same operator; or when this one lies at one of
 * its charge points, which may have been counted to it for no better reason than standing
 * near (D1.3). That the ids on it are the others' does not speak against that.
 */
function hasRoom(
  standing: Standing,
  location: number,
  { station, comparison }: Candidate,
  others: readonly number[],
): boolean {
  if (others.length === 0 || standing.isRemoved(location)) return false;
  if (comparison.agreement === "differs" || comparison.excludes) return false;
  const { locations, stations } = standing.problem;
  const party = stations[station];
  const place = locations[location]?.evidence.position;
  if (party === undefined || place === undefined) return false;
  const isAt = comparison.distance <= METRES.bare;
  const agrees = comparison.agreement === "agrees";
  if (!isAt && agrees && party.value.chargePoints.some((point) => metresApart(place, point) <= METRES.bare)) {
    return true;
  }
  // Who stands at the place of one that has it is as near to it as that one.
  const isBeside =
    comparison.distance <= METRES.near &&
    others.some((other) => standing.problem.areAtOnePlace(location, other));
  const stated = party.evidence.capacity;
  if (stated === undefined) return (isAt && agrees) || isBeside;
  let sum = 0;
  for (const other of others) sum += locations[other]?.evidence.capacity ?? 0;
  return sum < stated && (isAt || isBeside || (agrees && comparison.distance <= METRES.agreed));
}
