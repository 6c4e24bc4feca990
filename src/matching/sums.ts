/** Whether what Locations have and what stations have add up to the same (D2.3). */
import type { Evidence } from "./evidence.js";
import { SUM_TOLERANCE } from "./scores.js";
import { sumOfProfiles } from "./socket-profile.js";

/** How far two sums are apart, in vehicles and sockets, and of how many. */
export interface Misfit {
  readonly apart: number;
  readonly of: number;
}

/**
 * Holds the sums of both sides against each other, by capacity and by socket bucket, as far as both sides state them
 * throughout. `undefined` when nothing can be compared.
 */
export function misfit(locations: readonly Evidence[], stations: readonly Evidence[]): Misfit | undefined {
  let apart = 0;
  let of = 0;
  let isKnown = false;
  const capacities = [capacityOf(locations), capacityOf(stations)] as const;
  if (capacities[0] !== undefined && capacities[1] !== undefined) {
    apart += Math.abs(capacities[0] - capacities[1]);
    of += Math.max(capacities[0], capacities[1]);
    isKnown = true;
  }
  if (allHaveSockets(locations) && allHaveSockets(stations)) {
    const ours = sumOfProfiles(locations.map(({ sockets }) => sockets));
    const theirs = sumOfProfiles(stations.map(({ sockets }) => sockets));
    for (const bucket of new Set([...ours.keys(), ...theirs.keys()])) {
      const a = ours.has(bucket) ? ours.get(bucket) : 0;
      const b = theirs.has(bucket) ? theirs.get(bucket) : 0;
      if (a === undefined || b === undefined) continue;
      apart += Math.abs(a - b);
      of += Math.max(a, b);
      isKnown = true;
    }
  }
  return isKnown ? { apart, of } : undefined;
}

/** Near enough to be the same thing counted by two. */
export function isGood({ apart, of }: Misfit): boolean {
  return apart <= of * SUM_TOLERANCE;
}

function capacityOf(all: readonly Evidence[]): number | undefined {
  let sum = 0;
  for (const { capacity } of all) {
    if (capacity === undefined) return undefined;
    sum += capacity;
  }
  return sum;
}

function allHaveSockets(all: readonly Evidence[]): boolean {
  return all.every(({ sockets }) => sockets.size > 0);
}
