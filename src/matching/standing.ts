/** How the matching stands: who has which station, and who is in doubt. */
import type { MatchMethod, ReviewReason } from "./match.js";
import { type Candidate, type Problem, byScore } from "./problem.js";
import { isIdMatch } from "./comparison.js";
import { METRES } from "./scores.js";

export interface Holding {
  /** The main station. */
  readonly best: Candidate;
  readonly method: MatchMethod;
  /** Further stations of the same site (D2.3). */
  cluster: readonly Candidate[];
}

const NOBODY: readonly number[] = [];
const NO_CLUSTER: readonly Candidate[] = [];

export class Standing {
  readonly problem: Problem;
  /** Of every Location the best few, best first. */
  readonly candidates: readonly (readonly Candidate[])[];
  private readonly holdings: (Holding | undefined)[];
  /** Of every station the Locations that have it, ascending: several share it (D2.3). */
  private readonly holders: (readonly number[])[];
  private readonly removed: readonly boolean[];
  private readonly claims = new Map<number, readonly number[]>();
  readonly doubts = new Map<number, ReviewReason>();

  constructor(problem: Problem) {
    this.problem = problem;
    this.holdings = problem.locations.map(() => undefined);
    this.holders = problem.stations.map(() => NOBODY);
    this.removed = problem.locations.map(({ value }) => value.removed);
    this.candidates = problem.locations.map((_, location) => problem.bestCandidates(location));
    for (const [location, candidates] of this.candidates.entries()) {
      if (this.isRemoved(location)) continue;
      for (const { station, comparison } of candidates) {
        if (!comparison.hasRef && !isNearIdMatch(comparison)) continue;
        this.claims.set(station, [...(this.claims.get(station) ?? []), location]);
      }
    }
  }

  isRemoved(location: number): boolean {
    return this.removed[location] === true;
  }

  /** The station carries ids of other Locations of the feed, and none of this one (D2.2). */
  isClaimedByOthers(location: number, station: number): boolean {
    const claims = this.claims.get(station);
    return claims !== undefined && !claims.includes(location);
  }

  /** Locations of the feed whose ids the station carries, ascending. */
  claimantsOf(station: number): readonly number[] {
    return this.claims.get(station) ?? NOBODY;
  }

  holdingOf(location: number): Holding | undefined {
    return this.holdings[location];
  }

  holdersOf(station: number): readonly number[] {
    return this.holders[station] ?? NOBODY;
  }

  isFree(station: number): boolean {
    return this.holdersOf(station).length === 0;
  }

  give(location: number, best: Candidate, method: MatchMethod): void {
    this.holdings[location] = { best, method, cluster: NO_CLUSTER };
    this.hold(location, best.station);
  }

  /** Adds stations to what a Location has, best first. */
  addToCluster(location: number, more: readonly Candidate[]): void {
    const holding = this.holdings[location];
    if (holding === undefined || more.length === 0) return;
    holding.cluster = [...holding.cluster, ...more].sort(byScore);
    for (const { station } of more) this.hold(location, station);
  }

  /** Takes a Location all that it has, for a reason; and those that share its station, who stand or fall with it. */
  withdraw(location: number, reason: ReviewReason): void {
    this.doubts.set(location, reason);
    const holding = this.holdings[location];
    if (holding === undefined) return;
    const sharing = this.holdersOf(holding.best.station);
    for (const { station } of [holding.best, ...holding.cluster]) this.holders[station] = NOBODY;
    for (const holder of sharing) {
      this.holdings[holder] = undefined;
      this.doubts.set(holder, reason);
    }
  }

  /** Takes a Location what it has and leaves it to those that share it. */
  withdrawOne(location: number, reason: ReviewReason): void {
    const holding = this.holdings[location];
    if (holding === undefined) return;
    const others = this.holdersOf(holding.best.station).filter((holder) => holder !== location);
    if (others.length === 0) {
      this.withdraw(location, reason);
      return;
    }
    this.holders[holding.best.station] = others;
    this.holdings[location] = undefined;
    this.doubts.set(location, reason);
  }

  private hold(location: number, station: number): void {
    const holders = this.holdersOf(station);
    this.holders[station] = holders.length === 0 ? [location] : [...holders, location].sort((a, b) => a - b);
  }
}

/** Matched by ids, and near enough to be trusted (D2.2). */
export function isNearIdMatch(comparison: Candidate["comparison"]): boolean {
  return isIdMatch(comparison) && comparison.distance <= METRES.id;
}
