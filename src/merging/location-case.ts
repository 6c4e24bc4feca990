/** A Location of the feed while it is settled, and what comes of it. */
import type { LocationMatch } from "../matching/match.js";
import type { TaggedLocation } from "../tagging/tagged-location.js";
import type { ComparisonInput, LocationVerdict } from "./comparison.js";
import type { FeedIds } from "./feed-ids.js";
import { type EntryFacts, nextEntry } from "./next-entry.js";
import type { Proposal } from "./proposal.js";
import type { ProposalMaker } from "./proposal-parts.js";
import type { Relink } from "./relinks.js";
import type { Sites } from "./sites.js";
import type { StateEntry } from "./state-entry.js";
import type { ComparisonTally } from "./tally.js";

/** A Location with all that is known of it. */
export interface LocationCase {
  readonly location: TaggedLocation;
  readonly match: LocationMatch;
  /** Its own entry, or that of the Location it was before (D4). */
  readonly before: StateEntry | undefined;
  readonly relink: Relink | undefined;
}

/** What the whole comparison knows. */
export interface ComparisonContext extends Pick<ComparisonInput, "locations" | "matches" | "decisions"> {
  readonly feed: FeedIds;
  /** The state by Location key. */
  readonly entries: ReadonlyMap<string, StateEntry>;
  /** Which Location of the feed an earlier run found an element for, by the element's name. */
  readonly holders: ReadonlyMap<string, string>;
  readonly sites: Sites;
  readonly relinks: ReadonlyMap<string, Relink>;
  readonly maker: ProposalMaker;
  readonly tally: ComparisonTally;
}

/** What came of one Location. */
export interface Settled {
  readonly proposals: readonly Proposal[];
  readonly verdict: LocationVerdict | undefined;
  /** `undefined`: nothing is left to remember. */
  readonly entry: StateEntry | undefined;
}

/** The entry as it was, but for these members and that the Location is not missing. */
export function keptEntry({ location, before }: LocationCase, facts: EntryFacts): StateEntry {
  return nextEntry(location, before, { ...before, absent: undefined, ...facts });
}
