/** One Location whose chargers OSM maps as several stations, told by their sums: rule D2.3. */
import type { Evidence } from "./evidence.js";
import { isInUse } from "./near-enough.js";
import { type Candidate, byScore } from "./problem.js";
import type { Standing } from "./standing.js";
import { isGood, misfit } from "./sums.js";

interface Wish {
  readonly location: number;
  readonly candidate: Candidate;
  /** From the main station. */
  readonly metres: number;
}

/**
 * Adds to each of `locations` that has a station to itself the free ones within 50 m of it, of the same operator,
 * nearest first, as long as the sums come nearer to what the Location has; all of them or none: if the sums do not
 * fit well in the end, the others are somebody else's.
 */
export function gatherBySums(standing: Standing, locations: readonly number[]): void {
  const wishes: Wish[] = [];
  for (const location of locations) wishes.push(...wishesOf(standing, location));
  // A station that two could use goes to the nearer one.
  const asked = new Set<number>();
  const granted = new Map<number, Candidate[]>();
  for (const { location, candidate } of wishes.sort(byNearness)) {
    if (asked.has(candidate.station)) continue;
    const already = granted.get(location) ?? [];
    if (!improves(standing, location, already, candidate)) continue;
    asked.add(candidate.station);
    granted.set(location, [...already, candidate]);
  }
  for (const [location, more] of granted) {
    const sum = misfitWith(standing, location, more);
    if (sum !== undefined && isGood(sum)) standing.addToCluster(location, more.sort(byScore));
  }
}

function wishesOf(standing: Standing, location: number): readonly Wish[] {
  const { problem } = standing;
  const holding = standing.holdingOf(location);
  if (holding === undefined || standing.holdersOf(holding.best.station).length > 1) return [];
  const before = misfitWith(standing, location, []);
  if (before === undefined || before.apart === 0) return [];
  const wishes: Wish[] = [];
  for (const candidate of problem.clusterCandidates(location, holding.best.station)) {
    const { station, comparison } = candidate;
    const form = problem.stations[station]?.value.form;
    if (form?.kind !== "station" || !isInUse(form) || !standing.isFree(station)) continue;
    if (comparison.agreement !== "agrees" || comparison.conflicts || comparison.excludes) continue;
    if (standing.isClaimedByOthers(location, station)) continue;
    wishes.push({
      location,
      candidate,
      metres: problem.metresBetweenStations(holding.best.station, station),
    });
  }
  return wishes;
}

function byNearness(a: Wish, b: Wish): number {
  return a.metres - b.metres || a.location - b.location || a.candidate.station - b.candidate.station;
}

function improves(
  standing: Standing,
  location: number,
  already: readonly Candidate[],
  more: Candidate,
): boolean {
  const before = misfitWith(standing, location, already);
  const after = misfitWith(standing, location, [...already, more]);
  return before !== undefined && after !== undefined && after.apart < before.apart;
}

function misfitWith(
  standing: Standing,
  location: number,
  more: readonly Candidate[],
): ReturnType<typeof misfit> {
  const { locations, stations } = standing.problem;
  const own = locations[location]?.evidence;
  const holding = standing.holdingOf(location);
  if (own === undefined || holding === undefined) return undefined;
  const parts: Evidence[] = [];
  for (const { station } of [holding.best, ...holding.cluster, ...more]) {
    const evidence = stations[station]?.evidence;
    if (evidence !== undefined) parts.push(evidence);
  }
  return misfit([own], parts);
}
