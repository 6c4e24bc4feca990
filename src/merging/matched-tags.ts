/** The tags of a Location that has its stations: merged, and told apart by what a mapper is asked (D3, D6). */
import { METRES } from "../matching/scores.js";
import type { Station } from "../matching/station.js";
import type { TaggedLocation } from "../tagging/tagged-location.js";
import { type WithheldReason, withheldTag } from "../tagging/withheld.js";
import type { SiteCaution } from "./cautions.js";
import { isOutOfUse, lifecycleKey } from "./closures.js";
import type { MergedTag } from "./merged-tag.js";
import { type SiteMerge, type TagDecision, mergeTags } from "./merge-tags.js";
import { OsmValues } from "./osm-values.js";
import type { Change } from "./proposal.js";
import { isSurveyed } from "./survey-dates.js";
import { earliestUpdate, sharedTags } from "./shared-tags.js";
import type { Site } from "./sites.js";
import { compareTexts } from "./text-order.js";

/** A site and everything that is known of it. */
export interface MatchedSite {
  readonly site: Site;
  /** The Location, and those that share its station; in any order. */
  readonly locations: readonly TaggedLocation[];
  readonly memory: SiteMerge["memory"];
  /** ISO alpha-2. */
  readonly country: string | undefined;
  readonly decided: (key: string, ours: string | undefined) => TagDecision;
  /** Whether a Location of the feed has the id. */
  readonly isInFeed: (id: string) => boolean;
}

export interface MatchedTags {
  /** Every tag looked at, with its outcome, sorted by key. */
  readonly tags: readonly MergedTag[];
  /** The station gets the id that the Location has now (D4). */
  readonly relinked: boolean;
}

/** The tags of a site merged. */
export function matchedTags(matched: MatchedSite): MatchedTags {
  const { site, locations, memory, country, decided, isInFeed } = matched;
  const osm = new OsmValues(site.stations);
  const { version } = site.main.object;
  const lastUpdated = earliestUpdate(locations);
  const cautions = cautionsOf(site, locations);
  const withheld = withheldKeys(locations, memory);
  const isPoint = site.main.form.kind === "charge_point";
  // A charge point is not made a station as well (T6).
  const ours = sharedTags(locations).filter(({ key }) => !(isPoint && key === "amenity"));
  const merged = mergeTags({ ours, withheld, osm, memory, version, lastUpdated, country, cautions, decided });
  const tags = [...merged, ...opened(site.main, merged, decided)].sort((a, b) => compareTexts(a.key, b.key));
  const ref = tags.find(({ key }) => key === REF);
  if (ref?.old === undefined) return { tags, relinked: false };
  if (ref.outcome === "propose" && ref.new !== undefined)
    return { tags: tags.map(asReissued), relinked: true };
  const mayBeReissued =
    cautions.size === 0 &&
    !isSurveyed(REF, osm.ownTags(), lastUpdated) &&
    ref.memory.pending?.version === version &&
    ref.outcome === "review" &&
    ref.reason === "differs" &&
    !ref.old.split(";").some((id) => isInFeed(id.trim()));
  if (!mayBeReissued || !agreesBut(ref, tags)) return { tags, relinked: false };
  const settled: MergedTag = { ...ref, outcome: "propose" };
  return { tags: tags.map((tag) => asReissued(tag === ref ? settled : tag)), relinked: true };
}

/** With `amenity` set on what is out of use, the tag that says so goes; it is asked as long as `amenity` is. */
function opened(
  main: Station,
  tags: readonly MergedTag[],
  decided: MatchedSite["decided"],
): readonly MergedTag[] {
  const key = lifecycleKey(main);
  const amenity = tags.find((tag) => tag.key === "amenity");
  const old = main.object.tags.find((tag) => tag.key === key)?.value;
  if (key === undefined || old !== CHARGING || amenity?.outcome !== "review") return [];
  const decision = decided(key, undefined);
  if (decision === "reject") return [];
  const reason = decision === "defer" ? "deferred" : amenity.reason;
  const memory = { base: undefined, pending: undefined };
  const row = { class: "A", outcome: "review", base: undefined, new: undefined, rule: "D4", memory } as const;
  return [{ ...row, key, reason, old }];
}

const CHARGING = "charging_station";

/** Tags that say who a station is: what a re-link changes (D4). */
const IDENTITY: ReadonlySet<string> = new Set(["ref:ocpi:location:id", "ref:EU:EVSE"]);

function asReissued(tag: MergedTag): MergedTag {
  return tag.outcome === "propose" && IDENTITY.has(tag.key) ? { ...tag, reason: "re-issued" } : tag;
}

/**
 * D4 without a state: the station bears an id that is nobody's in the feed any more, and says the same in all else
 * that is compared. Then the new id may be written as a re-link.
 */
function agreesBut(ref: MergedTag, tags: readonly MergedTag[]): boolean {
  return tags.every((tag) => tag === ref || tag.class !== "A" || AGREES.has(tag.reason));
}

const REF = "ref:ocpi:location:id";
const AGREES: ReadonlySet<string> = new Set(["already-there", "socket-variant"]);

/** Found by an id, so it may be far; what a mapper or the place decided is near or settled. */
const BY_ID: ReadonlySet<string> = new Set(["ref", "evse", "state"]);

function cautionsOf(site: Site, locations: readonly TaggedLocation[]): ReadonlySet<SiteCaution> {
  const cautions = new Set<SiteCaution>();
  if (isOutOfUse(site.main)) cautions.add("lifecycle");
  if (BY_ID.has(site.method) && site.distance > METRES.id) cautions.add("far-id");
  if (locations.some(isOutsideCountry)) cautions.add("outside-country");
  if (locations.length > 1) cautions.add("shared");
  // Charge points without a station are a site in several objects as well.
  if (site.stations.length > 1 || site.main.form.kind === "charge_point") cautions.add("cluster");
  return cautions;
}

/** T1.6. */
export function isOutsideCountry({ notes }: TaggedLocation): boolean {
  return notes.some(({ code }) => code === "outside-country");
}

/**
 * Keys of values that cannot be written (T2.4, T7): the feed has them, so they were not dropped. An operator that cannot
 * be read takes along what an earlier run knew of the company by its name.
 */
function withheldKeys(
  locations: readonly TaggedLocation[],
  memory: SiteMerge["memory"],
): SiteMerge["withheld"] {
  const keys = new Map<string, WithheldReason>();
  for (const { notes } of locations) {
    for (const note of notes) {
      const tag = withheldTag(note);
      if (tag === undefined) continue;
      keys.set(tag.key, tag.reason);
      if (tag.key !== "operator" || tag.reason !== "damaged") continue;
      for (const key of OF_THE_OPERATOR) if (memory.get(key) !== undefined) keys.set(key, tag.reason);
    }
  }
  return keys;
}

/** What the operator's name alone tells (T5.5). */
const OF_THE_OPERATOR = ["operator:wikidata", "brand", "brand:wikidata"] as const;

/** What a mapper is asked about each tag that something comes of. */
export function byChange(tags: readonly MergedTag[]): ReadonlyMap<Change, readonly MergedTag[]> {
  const changes = new Map<Change, MergedTag[]>();
  for (const tag of tags) {
    if (tag.outcome === "nothing") continue;
    const change = tag.reason === "re-issued" ? "relink" : CHANGE_OF[tag.outcome];
    const known = changes.get(change);
    if (known === undefined) changes.set(change, [tag]);
    else known.push(tag);
  }
  return changes;
}

const CHANGE_OF = { propose: "modify", review: "review", conflict: "conflict" } as const;
