/** Matches that a mapper accepted before (D2.1): after ids, before everything else. */
import { elementName } from "../osm/osm-object.js";
import type { Candidate } from "./problem.js";
import { byScore } from "./problem.js";
import type { Standing } from "./standing.js";

/**
 * Gives those of `locations` that have no station the free ones that were accepted for them; the best is the main one.
 * One that others have by their ids is shared with them (D2.3): who accepted it saw that. Who is gone shares nothing.
 */
export function matchByDecision(standing: Standing, locations: readonly number[]): void {
  const { problem } = standing;
  if (problem.memory.accepted.size === 0) return;
  const placeOf = new Map(problem.stations.map(({ value }, place) => [elementName(value.object), place]));
  for (const location of locations) {
    const key = problem.locations[location]?.value.key ?? "";
    const accepted = problem.memory.accepted.get(key);
    if (accepted === undefined || standing.holdingOf(location) !== undefined) continue;
    const candidates: Candidate[] = [];
    const taken: Candidate[] = [];
    for (const name of accepted) {
      const station = placeOf.get(name);
      if (station === undefined || problem.isRefused(location, station)) continue;
      const comparison = problem.compare(location, station);
      if (comparison === undefined) continue;
      if (standing.isFree(station)) candidates.push({ station, comparison });
      else if (!standing.isRemoved(location) && isMainOfAll(standing, station))
        taken.push({ station, comparison });
    }
    const [best, ...more] =
      candidates.length > 0 ? candidates.sort(byScore) : taken.sort(byScore).slice(0, 1);
    if (best === undefined) continue;
    standing.doubts.delete(location);
    standing.give(location, best, "decision");
    standing.addToCluster(location, more);
  }
}

/** Whether nobody has the station beside another one: only then can more of them share it. */
function isMainOfAll(standing: Standing, station: number): boolean {
  return standing.holdersOf(station).every((holder) => {
    const holding = standing.holdingOf(holder);
    return holding?.best.station === station && holding.cluster.length === 0;
  });
}
