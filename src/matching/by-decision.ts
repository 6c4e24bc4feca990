/** Matches that a mapper accepted before (D2.1): after ids, before everything else. */
import { elementName } from "../osm/osm-object.js";
import type { Candidate } from "./problem.js";
import { byScore } from "./problem.js";
import type { Standing } from "./standing.js";

/** Gives those of `locations` that have no station the free ones that were accepted for them; the best is the main one. */
export function matchByDecision(standing: Standing, locations: readonly number[]): void {
  const { problem } = standing;
  if (problem.memory.accepted.size === 0) return;
  const placeOf = new Map(problem.stations.map(({ value }, place) => [elementName(value.object), place]));
  for (const location of locations) {
    const key = problem.locations[location]?.value.key ?? "";
    const accepted = problem.memory.accepted.get(key);
    if (accepted === undefined || standing.holdingOf(location) !== undefined) continue;
    const candidates: Candidate[] = [];
    for (const name of accepted) {
      const station = placeOf.get(name);
      if (station === undefined || !standing.isFree(station) || problem.isRefused(location, station))
        continue;
      const comparison = problem.compare(location, station);
      if (comparison !== undefined) candidates.push({ station, comparison });
    }
    const [best, ...more] = candidates.sort(byScore);
    if (best === undefined) continue;
    standing.doubts.delete(location);
    standing.give(location, best, "decision");
    standing.addToCluster(location, more);
  }
}
