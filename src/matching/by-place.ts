/** Matches without ids: rules D2.2 and D2.3. */
import { type Edge, assign } from "./assignment.js";
import { gatherBySums } from "./clusters.js";
import { isInUse, isPlausible, spatialMethod } from "./near-enough.js";
import type { Candidate, Problem } from "./problem.js";
import { regrets } from "./regret.js";
import { AMBIGUITY_MARGIN, METRES, NAMELESS_MARGIN, PRIOR, SWAP_MARGIN } from "./scores.js";
import { shareBySums } from "./sharing.js";
import type { Standing } from "./standing.js";

const LEAST_WORTH = 0.01;
const NO_EDGES: readonly Edge[] = [];

/**
 * Matches those of `locations` that have no station with free ones near enough, so that all together fit best; then
 * adds what else belongs to a site (several stations, several Locations), for those matched by ids too; then takes back
 * what could about as well have been otherwise.
 */
export function matchByPlace(standing: Standing, locations: readonly number[]): void {
  const { problem } = standing;
  const rows: (readonly Edge[])[] = problem.locations.map(() => NO_EDGES);
  const eligible = new Map<number, readonly Candidate[]>();
  for (const location of locations) {
    // In doubt about ids, it is not decided by place.
    if (standing.holdingOf(location) !== undefined || standing.doubts.get(location) === "ambiguous") continue;
    const candidates = (standing.candidates[location] ?? []).filter(
      (candidate) =>
        isOpenTo(standing, location, candidate) && methodOf(standing, location, candidate) !== undefined,
    );
    if (candidates.length === 0) continue;
    eligible.set(location, candidates);
    rows[location] = candidates.map(({ station, comparison }) => ({
      column: station,
      worth: Math.max(LEAST_WORTH, comparison.score - PRIOR),
    }));
  }
  const columnOf = assign(rows, problem.stations.length);
  for (const [location, candidates] of eligible) {
    const best = candidates.find(({ station }) => station === columnOf[location]);
    const method = best && methodOf(standing, location, best);
    if (best !== undefined && method !== undefined) standing.give(location, best, method);
  }
  gatherBySums(standing, locations);
  shareBySums(standing, locations);

  const losses = regrets(
    { rows, columnOf },
    (location, station) => standing.holdersOf(station).includes(location),
    (location, other) => {
      const own = standing.holdingOf(location)?.best.station;
      return own !== undefined && standing.holdersOf(own).includes(other);
    },
  );
  const rivals = bestRivals(standing, locations);
  const doubtful: number[] = [];
  for (const [location, loss] of losses) {
    const best = standing.holdingOf(location)?.best;
    if (best === undefined) continue;
    const toRival = best.comparison.score - (rivals.get(best.station) ?? -Infinity);
    const isSafe = Math.min(loss, toRival) >= AMBIGUITY_MARGIN && !hasWeakerChoice(standing, location, best);
    if (!isSafe) doubtful.push(location);
  }
  doubtful.push(...unsureOfSwaps(standing, eligible));
  // All are judged by the same matching before any is taken back.
  for (const location of doubtful) standing.withdraw(location, "ambiguous");
}

function isOpenTo(standing: Standing, location: number, { station }: Candidate): boolean {
  return standing.isFree(station) && !standing.isClaimedByOthers(location, station);
}

function methodOf(
  standing: Standing,
  location: number,
  { station, comparison }: Candidate,
): ReturnType<typeof spatialMethod> {
  const method = spatialMethod(comparison, standing.isRemoved(location));
  return method === "near" && isNamedOtherwise(standing.problem, location, station) ? undefined : method;
}

/** Whether the station names an operator of which nothing tells that it goes by the codes of a feed that names none. */
function isNamedOtherwise(
  { locations, stations, codes }: Problem,
  location: number,
  station: number,
): boolean {
  const ours = locations[location]?.evidence;
  const theirs = stations[station]?.evidence;
  if (ours === undefined || theirs === undefined) return true;
  if (ours.operator.names.length > 0 || theirs.operator.names.length === 0) return false;
  return codes.compare(ours.ownCodes, theirs.operator) !== "agrees";
}

/**
 * Whether there is something plausible and free that is not near enough on its own, but about as likely; or much nearer
 * and only without a name.
 */
function hasWeakerChoice(standing: Standing, location: number, best: Candidate): boolean {
  return (standing.candidates[location] ?? []).some((candidate) => {
    const { station, comparison } = candidate;
    const form = standing.problem.stations[station]?.value.form;
    if (station === best.station || form === undefined || !isInUse(form)) return false;
    if (!isOpenTo(standing, location, candidate) || !isPlausible(comparison)) return false;
    // Where only the place speaks, it must not speak for two.
    const isBare = best.comparison.agreement !== "agrees";
    if (isBare && comparison.distance <= METRES.bare) return true;
    const isNearer = comparison.distance <= METRES.bare && best.comparison.distance > METRES.bare;
    const margin = isNearer && comparison.agreement === "unknown" ? NAMELESS_MARGIN : AMBIGUITY_MARGIN;
    return best.comparison.score - comparison.score < margin;
  });
}

/**
 * Locations that fit another's station better than both what they have and the other one does, and those others. The sum
 * of all may be greatest with two mediocre pairs in place of a good one and a Location that OSM lacks.
 */
function unsureOfSwaps(
  standing: Standing,
  eligible: ReadonlyMap<number, readonly Candidate[]>,
): readonly number[] {
  const unsure: number[] = [];
  for (const [location, candidates] of eligible) {
    const own = standing.holdingOf(location)?.best;
    if (own === undefined) continue;
    for (const { station, comparison } of candidates) {
      if (station === own.station) continue;
      for (const holder of standing.holdersOf(station)) {
        const held = standing.holdingOf(holder)?.best;
        if (holder === location || held?.station !== station) continue;
        const gain = comparison.score - own.comparison.score;
        const better = comparison.score - held.comparison.score;
        if (gain > 0 && better >= 0 && gain + better >= SWAP_MARGIN) unsure.push(location, holder);
      }
    }
  }
  return unsure;
}

/**
 * Of stations, the best score of a Location that has none and for which it is plausible: who is not near enough to be
 * matched may still be the one that it is.
 */
function bestRivals(standing: Standing, locations: readonly number[]): ReadonlyMap<number, number> {
  const best = new Map<number, number>();
  for (const location of locations) {
    if (standing.holdingOf(location) !== undefined) continue;
    for (const { station, comparison } of standing.candidates[location] ?? []) {
      if (comparison.conflicts || !isPlausible(comparison)) continue;
      best.set(station, Math.max(best.get(station) ?? -Infinity, comparison.score));
    }
  }
  return best;
}
