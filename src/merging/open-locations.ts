/** Locations that have no station in OSM, or none for sure: created, put to review, or left out (D2.4, D5). */
import type { TaggedLocation } from "../tagging/tagged-location.js";
import type { Decision } from "./decisions.js";
import { sameMeaning } from "./meaning.js";
import { type ComparisonContext, type LocationCase, type Settled, keptEntry } from "./location-case.js";
import { isOutsideCountry } from "./matched-tags.js";
import { newStationTags } from "./new-station-tags.js";
import { nextEntry } from "./next-entry.js";
import type { ProposalMatch } from "./proposal.js";
import { namedCandidate, proposalId } from "./proposal-parts.js";
import type { ProposalReason } from "./reasons.js";
import { linkedNames } from "./relinks.js";
import type { StateEntry } from "./state-entry.js";
import { openVerdict } from "./verdicts.js";

/** A Location that matching found nothing sure for, nor does the state link anything that is still there. */
export function settleOpen(known: LocationCase, context: ComparisonContext): Settled {
  const { match, before, relink } = known;
  const { sites } = context;
  // A station that our own proposal closed, and that was cleared away since, may open again.
  const isDeleted = before?.deleted === true || (before?.osm !== undefined && before.closed === undefined);
  if (match.verdict === "review") {
    // What a mapper refused is no candidate any more: what is left to decide is whether the station is missing.
    const open = match.reason === "rejected-pair" ? [] : match.candidates;
    const candidates = open.map((scored) => sites.scored(scored));
    const isOthers = ({ osm }: ProposalMatch): boolean => isHeldByOthers(osm, known, context);
    // What stands near may be what a mapper made of it; not so if that is another Location's.
    if (!isDeleted || match.reason !== "weak" || !candidates.every(isOthers))
      return settleReview(known, context, match.reason, candidates);
  }
  if (isDeleted) {
    const verdict = openVerdict(known, sites, "skipped", "deleted-by-mapper");
    return { proposals: [], verdict, entry: keptEntry(known, { deleted: true, create: undefined }) };
  }
  if (relink?.kind === "unclear") {
    const candidates = relink.from.flatMap((entry) => candidateOf(known, context, entry) ?? []);
    return settleReview(known, context, "ambiguous", candidates);
  }
  return settleNew(known, context);
}

function isHeldByOthers(osm: string, { location }: LocationCase, { holders }: ComparisonContext): boolean {
  return osm.split(";").every((name) => (holders.get(name) ?? location.key) !== location.key);
}

function settleNew(known: LocationCase, context: ComparisonContext): Settled {
  const { location } = known;
  const { decisions, maker, tally, sites } = context;
  if (isOutsideCountry(location)) return settleReview(known, context, "outside-country", []);
  const decision = decisions.aboutProposal(proposalId("create", location.key));
  if (decision?.decision === "accept") return settleReview(known, context, "accepted-but-absent", []);
  if (decision !== undefined && isStillMeant(decision, location)) {
    if (decision.decision === "defer") return settleReview(known, context, "new-station", [], "deferred");
    const verdict = openVerdict(known, sites, "skipped", "rejected");
    return { proposals: [], verdict, entry: keptEntry(known, {}) };
  }
  const tags = newStationTags(location, "new-station");
  for (const tag of tags) tally.addTag(tag, "propose");
  const { chargePoints } = location;
  return {
    proposals: [maker.make({ change: "create", reason: "new-station", location, tags, chargePoints })],
    verdict: openVerdict(known, sites, "new", "new-station"),
    entry: nextEntry(location, known.before, {
      base: Object.fromEntries(location.tags.map(({ key, value }) => [key, value])),
      create: true,
    }),
  };
}

/** A proposal without a target, for a mapper to settle; its tags are what would be written. */
export function settleReview(
  known: LocationCase,
  context: ComparisonContext,
  reason: ProposalReason,
  candidates: readonly ProposalMatch[],
  deferred?: "deferred",
): Settled {
  const { location } = known;
  const { decisions, maker, tally, sites } = context;
  const entry = keptEntry(known, {});
  const decision = decisions.aboutProposal(proposalId("review", location.key));
  const holds = decision !== undefined && isStillMeant(decision, location);
  if (holds && decision.decision === "reject") {
    return { proposals: [], verdict: openVerdict(known, sites, "review", "rejected"), entry };
  }
  const later = deferred ?? (holds && decision.decision === "defer" ? "deferred" : undefined);
  const why = candidates.length > 0 ? "unsettled" : "new-station";
  const tags = newStationTags(location, later ?? (reason === "outside-country" ? reason : why));
  for (const tag of tags) tally.addTag(tag, "review");
  const proposal = maker.make({ change: "review", reason, location, tags, candidates });
  return { proposals: [proposal], verdict: openVerdict(known, sites, "review", reason), entry };
}

/** Whether the feed still says what was decided about; a decision without values is about whatever it says. */
function isStillMeant({ values }: Decision, { tags, country }: TaggedLocation): boolean {
  return Object.entries(values ?? {}).every(([key, value]) => {
    const ours = tags.find((tag) => tag.key === key)?.value;
    return sameMeaning(key, value ?? undefined, ours, country);
  });
}

function candidateOf(
  { location }: LocationCase,
  { sites }: ComparisonContext,
  entry: StateEntry,
): ProposalMatch | undefined {
  const site = sites.seen(linkedNames(entry, sites), location);
  return site === undefined ? undefined : namedCandidate(site);
}
