/** A Location that is gone from the feed: counted, and after some runs its closure is proposed (D4). */
import type { LocationVerdict, VerdictReason } from "./comparison.js";
import { closureTags, isOutOfUse } from "./closures.js";
import type { DecisionBook } from "./decisions.js";
import type { Settled } from "./location-case.js";
import { type ProposalMaker, type ProposedLocation, proposalId } from "./proposal-parts.js";
import { linkedNames } from "./relinks.js";
import type { Sites } from "./sites.js";
import type { StateEntry } from "./state-entry.js";
import type { ComparisonTally } from "./tally.js";
import { siteVerdict } from "./verdicts.js";

interface VanishedContext {
  readonly sites: Sites;
  readonly maker: ProposalMaker;
  readonly tally: ComparisonTally;
  readonly decisions: DecisionBook;
  /** Runs that a Location must be missing. */
  readonly patience: number;
}

/**
 * The entry with one more absence; once patience is at its end a closure for its station, as long as OSM has it in
 * use and no other Location stands for it. With nothing left to close the entry goes as well.
 */
export function settleVanished(entry: StateEntry, context: VanishedContext): Settled {
  const { sites, maker, tally, decisions, patience } = context;
  // Counted no further than it matters, so that a closure that waits changes nothing in the state.
  const absent = Math.min((entry.absent ?? 0) + 1, patience);
  const waiting: StateEntry = { ...entry, absent };
  if (absent < patience) return { proposals: [], verdict: undefined, entry: waiting };
  const location = goneLocation(entry);
  const site = sites.take(linkedNames(entry, sites), location);
  if (site === undefined && isRefused(entry)) {
    return { proposals: [], verdict: undefined, entry: { ...waiting, deleted: true } };
  }
  if (site === undefined || isOutOfUse(site.main)) {
    return { proposals: [], verdict: undefined, entry: undefined };
  }
  const decision = decisions.aboutProposal(proposalId("close", entry.key))?.decision;
  const verdict = (reason: VerdictReason): LocationVerdict =>
    siteVerdict(entry, site, sites, "closed", reason);
  if (decision === "reject") return { proposals: [], verdict: verdict("rejected"), entry: waiting };
  const tags = closureTags(site.main, decision === "defer" ? "deferred" : "closed");
  for (const tag of tags) tally.addTag(tag, "review");
  const proposal = maker.make({ change: "close", reason: "gone-from-feed", location, tags, site });
  return {
    proposals: [proposal],
    verdict: verdict("gone-from-feed"),
    entry: { ...waiting, closed: true },
  };
}

/** A mapper removed it from OSM (D5), which holds also when the feed brings it back; what we proposed to close is no refusal. */
function isRefused({ deleted, osm, closed }: StateEntry): boolean {
  return deleted === true || (osm !== undefined && closed === undefined);
}

function goneLocation(entry: StateEntry): ProposedLocation {
  const { key, country_code, party_id, id, lat, lon, operator } = entry;
  return { key, country_code, party_id, id, lat, lon, operator };
}
