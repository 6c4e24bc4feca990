/** Locations whose every EVSE is REMOVED (T1.3): the feed itself says that the station is gone. */
import { closureTags, isOutOfUse } from "./closures.js";
import { type ComparisonContext, type LocationCase, type Settled, keptEntry } from "./location-case.js";
import { settleReview } from "./open-locations.js";
import type { Change } from "./proposal.js";
import { proposalId } from "./proposal-parts.js";
import { type Site, elementNames } from "./sites.js";
import { openVerdict, siteVerdict } from "./verdicts.js";

/** Found by ids, a decision or an earlier run: sure enough to say that it is this station that is gone. */
const SURE_METHODS: ReadonlySet<string> = new Set(["ref", "evse", "decision", "state"]);

/** A closure, at once; a review where it is not sure which station is meant; nothing where OSM knows it already. */
export function settleRemoved(
  known: LocationCase,
  context: ComparisonContext,
  site: Site | undefined,
): Settled {
  const { location, match } = known;
  const { decisions, locations, maker, sites, tally } = context;
  if (site === undefined) {
    if (match.verdict === "review" && match.reason !== "lifecycle") {
      const candidates = match.candidates.map((scored) => sites.scored(scored));
      return settleReview(known, context, "removed", candidates);
    }
    return { proposals: [], verdict: openVerdict(known, sites, "closed", "removed"), entry: undefined };
  }
  const osm = [...elementNames(site)];
  if (isOutOfUse(site.main)) {
    const verdict = siteVerdict(location, site, sites, "closed", "removed");
    return { proposals: [], verdict, entry: keptEntry(known, { osm, closed: true }) };
  }
  const isShared =
    match.verdict === "matched" && match.sharedWith.some((other) => locations[other]?.removed === false);
  const change: Change = SURE_METHODS.has(site.method) && !isShared ? "close" : "review";
  const decision = decisions.aboutProposal(proposalId(change, location.key))?.decision;
  if (decision === "reject") {
    const verdict = siteVerdict(location, site, sites, "closed", "rejected");
    return { proposals: [], verdict, entry: keptEntry(known, { osm }) };
  }
  const tags = closureTags(site.main, decision === "defer" ? "deferred" : isShared ? "shared" : "closed");
  for (const tag of tags) tally.addTag(tag, "review");
  return {
    proposals: [maker.make({ change, reason: "removed", location, tags, site })],
    verdict: siteVerdict(location, site, sites, "closed", "removed"),
    entry: keptEntry(known, { osm, closed: true }),
  };
}
