/** Several Locations that OSM maps as one station, told by their sums: rule D2.3. */
import type { Evidence } from "./evidence.js";
import { isInUse } from "./near-enough.js";
import type { Candidate } from "./problem.js";
import { METRES } from "./scores.js";
import type { Standing } from "./standing.js";
import { isGood, misfit } from "./sums.js";

interface Applicant {
  readonly location: number;
  readonly candidate: Candidate;
}

/**
 * Lets those of `locations` that have no station share one they lie in, or within 15 m of, that has been given to
 * another of the same operator, when all of them together have as much as the station states, and it more than one has.
 */
export function shareBySums(standing: Standing, locations: readonly number[]): void {
  const applicants = new Map<number, Applicant[]>();
  for (const location of locations) {
    if (standing.holdingOf(location) !== undefined || standing.doubts.has(location)) continue;
    const candidate = (standing.candidates[location] ?? []).find((candidate) =>
      mayShare(standing, location, candidate),
    );
    if (candidate === undefined) continue;
    const others = applicants.get(candidate.station);
    if (others === undefined) applicants.set(candidate.station, [{ location, candidate }]);
    else others.push({ location, candidate });
  }
  for (const [station, all] of applicants) {
    const holders = standing.holdersOf(station);
    const alone = sumsOf(standing, station, holders);
    const together = sumsOf(standing, station, [...holders, ...all.map(({ location }) => location)]);
    if (alone === undefined || together === undefined) continue;
    if (together.apart >= alone.apart || !isGood(together)) continue;
    for (const { location, candidate } of all) {
      standing.give(location, candidate, candidate.comparison.isAlike ? "operator+sockets" : "operator");
    }
  }
}

function mayShare(standing: Standing, location: number, { station, comparison }: Candidate): boolean {
  const form = standing.problem.stations[station]?.value.form;
  if (form === undefined || !isInUse(form)) return false;
  if (comparison.distance > METRES.bare || comparison.agreement !== "agrees") return false;
  if (comparison.conflicts || comparison.excludes) return false;
  const holders = standing.holdersOf(station);
  return (
    holders.length > 0 &&
    standing.claimantsOf(station).every((claimant) => claimant === location || holders.includes(claimant)) &&
    holders.every((holder) => {
      const holding = standing.holdingOf(holder);
      return holding?.best.station === station && holding.cluster.length === 0;
    })
  );
}

function sumsOf(
  standing: Standing,
  station: number,
  locations: readonly number[],
): ReturnType<typeof misfit> {
  const { problem } = standing;
  const theirs = problem.stations[station]?.evidence;
  const ours: Evidence[] = [];
  for (const location of locations) {
    const evidence = problem.locations[location]?.evidence;
    if (evidence !== undefined) ours.push(evidence);
  }
  return theirs && misfit(ours, [theirs]);
}
