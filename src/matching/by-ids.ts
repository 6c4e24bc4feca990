/** Matches by ids, which nothing else can outvote: rules D2.1 and D2.3. */
import { type Edge, assign } from "./assignment.js";
import { evseValue } from "./comparison.js";
import { haveInCommon } from "./identifiers.js";
import { isInUse } from "./near-enough.js";
import { type Candidate, type Problem, byScore } from "./problem.js";
import { regrets } from "./regret.js";
import { AMBIGUITY_MARGIN, METRES } from "./scores.js";
import { type Standing, isNearIdMatch } from "./standing.js";

/** Of an id on what is in use and on what is not, the one in use is meant: more than any other evidence takes away. */
const OUT_OF_USE = 2;
/** Of an id on several, the one a mapper accepted is meant, in use or not. */
const ACCEPTED = 2 * OUT_OF_USE;
const LEAST_WORTH = 0.01;
const NO_EDGES: readonly Edge[] = [];

/**
 * Matches those of `locations` whose ids stand within 500 m on stations that are free: one to one where ids leave a
 * choice, several stations for one Location where its ids are spread, several Locations for one station that carries
 * the ids of each. Who could as well have had another one is in doubt.
 */
export function matchByIds(standing: Standing, locations: readonly number[]): void {
  const { problem } = standing;
  const named = new Map<number, readonly Candidate[]>();
  const rows: (readonly Edge[])[] = problem.locations.map(() => NO_EDGES);
  for (const location of locations) {
    const candidates = (standing.candidates[location] ?? []).filter(
      ({ station, comparison }) => isNearIdMatch(comparison) && standing.isFree(station),
    );
    if (candidates.length === 0) continue;
    named.set(location, candidates);
    rows[location] = candidates.map((candidate) => ({
      column: candidate.station,
      worth: worthOf(location, candidate, problem),
    }));
  }
  const columnOf = assign(rows, problem.stations.length);
  for (const [location, candidates] of named) {
    const best = candidates.find(({ station }) => station === columnOf[location]);
    if (best !== undefined) standing.give(location, best, best.comparison.hasRef ? "ref" : "evse");
  }
  for (const [location, candidates] of named) shareById(standing, location, candidates);
  for (const [location, candidates] of named) gatherById(standing, location, candidates);

  const losses = regrets(
    { rows, columnOf },
    (location, station) => standing.holdersOf(station).includes(location),
    (location, other) => haveOneStation(standing, location, other),
  );
  for (const [location, loss] of losses) {
    if (loss < AMBIGUITY_MARGIN) standing.withdraw(location, "ambiguous");
  }
}

function worthOf(location: number, { station, comparison }: Candidate, problem: Problem): number {
  const form = problem.stations[station]?.value.form;
  const worth =
    comparison.score +
    (form !== undefined && isInUse(form) ? OUT_OF_USE : 0) +
    (problem.isAccepted(location, station) ? ACCEPTED : 0);
  return Math.max(LEAST_WORTH, worth);
}

function haveOneStation(standing: Standing, location: number, other: number): boolean {
  const own = standing.holdingOf(location)?.best.station;
  return own !== undefined && standing.holdersOf(own).includes(other);
}

/** A Location without a station of its own shares the one that carries its ids beside those of others. */
function shareById(standing: Standing, location: number, candidates: readonly Candidate[]): void {
  if (standing.holdingOf(location) !== undefined) return;
  const shared = candidates.find(
    (candidate) =>
      standing.holdersOf(candidate.station).length > 0 &&
      standing
        .holdersOf(candidate.station)
        .every((holder) => standing.holdingOf(holder)?.best.station === candidate.station) &&
      hasIdsOfItsOwn(standing.problem, location, candidate, standing.holdersOf(candidate.station)),
  );
  if (shared !== undefined) standing.give(location, shared, shared.comparison.hasRef ? "ref" : "evse");
}

/** EVSE ids identify one Location, or Locations at one place; a Location id that others have too does not tell. */
function hasIdsOfItsOwn(
  { locations }: Problem,
  location: number,
  { comparison }: Candidate,
  holders: readonly number[],
): boolean {
  if (evseValue(comparison.sharedEvses, comparison.possibleEvses) > 0) return true;
  const refs = locations[location]?.evidence.refs ?? [];
  return !holders.some((holder) => haveInCommon(refs, locations[holder]?.evidence.refs ?? []));
}

/** Further stations that carry the Location's ids and are near its main one: one site, mapped as several (D2.3). */
function gatherById(standing: Standing, location: number, candidates: readonly Candidate[]): void {
  const main = standing.holdingOf(location)?.best;
  if (main === undefined || standing.holdersOf(main.station).length > 1) return;
  const form = standing.problem.stations[main.station]?.value.form;
  const more = candidates.filter(({ station, comparison }) => {
    if (
      !standing.isFree(station) ||
      standing.problem.stations[station]?.value.form.lifecycle !== form?.lifecycle
    ) {
      return false;
    }
    const limit = comparison.sharedEvses > 0 ? METRES.provenCluster : METRES.cluster;
    return standing.problem.metresBetweenStations(main.station, station) <= limit;
  });
  standing.addToCluster(location, more.toSorted(byScore));
}
