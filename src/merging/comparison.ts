/** What comparing a feed with OSM takes and gives (D2–D5). */
import type { LocationMatch, MatchMethod } from "../matching/match.js";
import type { Station } from "../matching/station.js";
import type { WayNode } from "../osm/osm-object.js";
import type { TagClass } from "../tagging/tag-class.js";
import type { TaggedLocation } from "../tagging/tagged-location.js";
import type { DecisionBook } from "./decisions.js";
import type { Outcome } from "./merge-table.js";
import type { Change, Proposal } from "./proposal.js";
import type { ProposalReason, TagReason } from "./reasons.js";
import type { StateEntry } from "./state-entry.js";

export interface ComparisonOptions {
  /** D4: runs a Location must be missing before its closure is proposed; 3 unless said otherwise. */
  readonly patience: number;
  /**
   * D4: so many Locations may vanish in one run. As a share (`percent`) fewer than `limit` percent of those the state
   * knows as present, and 100 switches the guard off; as a number at most `limit`.
   */
  readonly maxDisappear: { readonly limit: number; readonly percent: boolean };
}

export const DEFAULT_COMPARISON: ComparisonOptions = {
  patience: 3,
  maxDisappear: { limit: 5, percent: true },
};

export interface ComparisonInput {
  /** Each key once, in any order. */
  readonly locations: readonly TaggedLocation[];
  /** Parallel to `locations`. */
  readonly matches: readonly LocationMatch[];
  readonly stations: readonly Station[];
  /** Keys of Locations that are in the feed but not to be mapped: they have not vanished. */
  readonly refused?: ReadonlySet<string>;
  /** What earlier runs left; empty at the first. */
  readonly state: readonly StateEntry[];
  readonly decisions: DecisionBook;
  readonly options?: Partial<ComparisonOptions>;
  /** Nodes of ways among the stations, so that proposals can carry them. */
  readonly wayNodes?: ReadonlyMap<number, WayNode>;
}

export const VERDICTS = ["matched", "review", "new", "closed", "skipped"] as const;
export type Verdict = (typeof VERDICTS)[number];
export type VerdictReason = ProposalReason | "rejected" | "deferred" | "shared";

/** A row of matches.csv (D6): what became of a Location, changed or not. */
export interface LocationVerdict {
  readonly key: string;
  readonly country_code?: string | undefined;
  readonly party_id?: string | undefined;
  readonly id: string;
  readonly verdict: Verdict;
  readonly method?: MatchMethod | "state" | undefined;
  /** `n123;w45`. */
  readonly osm?: string | undefined;
  readonly score?: number | undefined;
  /** Metres. */
  readonly distance?: number | undefined;
  readonly runnerUp?: string | undefined;
  readonly runnerUpScore?: number | undefined;
  readonly reason?: VerdictReason | undefined;
}

/** How often a tag of a class came to an outcome for a reason. */
export interface TagCount {
  readonly class: TagClass;
  readonly outcome: Outcome;
  readonly reason: TagReason;
  readonly count: number;
}

export interface ComparisonCounts {
  readonly proposals: Readonly<Record<Change, number>>;
  readonly verdicts: Readonly<Record<Verdict, number>>;
  /** Every tag looked at, also where nothing came of it; sorted by class, outcome and reason. */
  readonly tags: readonly TagCount[];
  /** Edits that are not in the files for editors (D1.2). */
  readonly withheld: number;
}

/** D4. */
export interface Disappearance {
  /** Locations the state knew as present. */
  readonly known: number;
  /** Of these, missing for the first time now. */
  readonly count: number;
  /** `count` of `known`, 0 to 1; 0 when none was known. */
  readonly share: number;
  /** The limit was crossed: nothing may be published, and the state stays. */
  readonly crossed: boolean;
  /** Keys of those that vanished now, sorted. */
  readonly keys: readonly string[];
}

export interface Comparison {
  /** Sorted by Location key, then change. Empty when the limit of D4 was crossed. */
  readonly proposals: readonly Proposal[];
  /** Sorted by Location key. Empty when the limit of D4 was crossed. */
  readonly verdicts: readonly LocationVerdict[];
  /** Sorted by key; the state as it was when the limit of D4 was crossed. */
  readonly nextState: readonly StateEntry[];
  readonly counts: ComparisonCounts;
  readonly disappeared: Disappearance;
}
