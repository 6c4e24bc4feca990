/** One Location of the feed against OSM: what is proposed, its verdict, and what the state keeps of it (D2–D5). */
import type { TaggedLocation } from "../tagging/tagged-location.js";
import { isOutOfUse } from "./closures.js";
import { type ComparisonContext, type LocationCase, type Settled, keptEntry } from "./location-case.js";
import { byChange, matchedTags } from "./matched-tags.js";
import { TagMemories, nextEntry, rememberedTags } from "./next-entry.js";
import { settleOpen } from "./open-locations.js";
import { tagProposal } from "./proposal-parts.js";
import { linkedNames } from "./relinks.js";
import { settleRemoved } from "./removed-locations.js";
import { type Site, elementNames } from "./sites.js";
import { TagDecisions } from "./tag-decisions.js";
import { isMappedByOthers } from "./uploaded-create.js";
import { siteVerdict } from "./verdicts.js";

/**
 * Settles the Location at this place of the list. Stations that only the state links go to the first Location that is
 * settled: call in order of keys. Throws RangeError when there is no such Location or match.
 */
export function settleLocation(index: number, context: ComparisonContext): Settled {
  const { locations, matches, entries, relinks } = context;
  const location = locations[index];
  const match = matches[index];
  if (location === undefined || match === undefined) throw new RangeError(`no Location ${index}`);
  const relink = relinks.get(location.key);
  const before = entries.get(location.key) ?? (relink?.kind === "relink" ? relink.from : undefined);
  const known: LocationCase = { location, match, before, relink };
  const site = siteOf(known, context);
  if (location.removed) return settleRemoved(known, context, site);
  if (site === undefined) return settleOpen(known, context);
  const sharedWith = match.verdict === "matched" ? match.sharedWith : [];
  const sharing = sharedWith.flatMap((other) => locations[other] ?? []).filter(({ removed }) => !removed);
  if (sharing.some(({ key }) => key < location.key)) {
    // Its tags stand in the proposals of the first of the Locations that share the station.
    const verdict = siteVerdict(location, site, context.sites, "matched", "shared");
    return { proposals: [], verdict, entry: keptEntry(known, linked(site)) };
  }
  return settleMatched(known, context, site, [location, ...sharing]);
}

/** What matching found; else what an earlier run did, if it is there, nobody else's, and no mapper said it is not. */
function siteOf({ location, match, before }: LocationCase, context: ComparisonContext): Site | undefined {
  const { sites, decisions } = context;
  if (match.verdict === "matched") return sites.matched(match);
  if (match.verdict === "review" && match.reason === "rejected-pair") return undefined;
  const names = linkedNames(before, sites);
  const refused = decisions.refused.get(location.key);
  if (names.some((name) => refused?.has(name) === true)) return undefined;
  return sites.take(names, location);
}

function settleMatched(
  known: LocationCase,
  context: ComparisonContext,
  site: Site,
  sharing: readonly TaggedLocation[],
): Settled {
  const { location, before } = known;
  const { decisions, feed, maker, sites, tally } = context;
  if (isOutOfUse(site.main) && wasInUse(known)) {
    // A mapper closed what the feed has had there all along: a mapper's edit (D3).
    const verdict = siteVerdict(location, site, sites, "closed", "lifecycle");
    return { proposals: [], verdict, entry: keptEntry(known, linked(site)) };
  }
  const { country } = location;
  const decided = new TagDecisions(decisions, location.key, before, country);
  const { tags, relinked } = matchedTags({
    site,
    locations: sharing,
    memory: new TagMemories(isMappedByOthers(before, site.main.object.tags) ? undefined : before),
    country,
    decided: decided.of,
    isInFeed: (id) => feed.has(id),
  });
  for (const tag of tags) tally.addTag(tag, tag.outcome);
  const proposals = [...byChange(tags)].map(([change, tags]) => {
    const reason = change === "relink" ? "re-issued-id" : "tags-differ";
    return maker.make({ change, reason, location, tags: tags.map(tagProposal), site });
  });
  return {
    proposals,
    verdict: siteVerdict(location, site, sites, "matched", relinked ? "re-issued-id" : undefined),
    entry: nextEntry(location, before, {
      ...linked(site),
      ...rememberedTags(tags),
      refused: decided.refused,
    }),
  };
}

/** An earlier run had it on a station in use, rather than asked for that, and the feed never said otherwise since. */
function wasInUse({ before }: LocationCase): boolean {
  if (before?.base["amenity"] === undefined || before.pending?.["amenity"] !== undefined) return false;
  return before.closed === undefined && before.absent === undefined;
}

function linked(site: Site): {
  readonly osm: string[];
  readonly deleted: undefined;
  readonly create: undefined;
} {
  return { osm: [...elementNames(site)], deleted: undefined, create: undefined };
}
