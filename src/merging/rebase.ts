/** Whether a proposal still holds against newer OSM: rule D8. */
import { chargingForm } from "../osm/charging-form.js";
import { type OsmObject, elementName } from "../osm/osm-object.js";
import { sameMeaning } from "./meaning.js";
import { EDITS, type NearbyObject, type Proposal, type TagProposal } from "./proposal.js";

export const REBASE_STATUSES = ["clean", "already-done", "conflicting"] as const;
export type RebaseStatus = (typeof REBASE_STATUSES)[number];

/** Why a proposal, or a tag of it, is what it is now. */
export const REBASE_REASONS = {
  unchanged: "OSM has the version the proposal was made from",
  "still-true": "OSM was edited since, but not in what is proposed",
  "already-there": "OSM says it by now",
  "changed-since": "a mapper changed it since",
  gone: "the object is no longer in OSM, or no charging object any more",
  "other-use": "a mapper took it out of use since, or back into use, or made another thing of it; look again",
  "older-extract": "the extract has an older version than the proposal was made from",
  "mapped-since": "a charging object was mapped or changed within 100 m since",
  "no-element": "concerns no single object; look again at what is there",
} as const;
export type RebaseReason = keyof typeof REBASE_REASONS;

export interface RebasedTag {
  readonly key: string;
  readonly status: RebaseStatus;
  /** OSM's value now. */
  readonly now: string | undefined;
}

export interface Rebased {
  readonly id: string;
  /** `conflicting` when any of its tags is, `clean` when any is and none conflicts, else `already-done`. */
  readonly status: RebaseStatus;
  readonly reason: RebaseReason;
  readonly tags: readonly RebasedTag[];
  readonly versionThen: number | undefined;
  readonly versionNow: number | undefined;
  /** What is still to do, made from OSM as it is now; absent when nothing is. */
  readonly clean: Proposal | undefined;
}

/** What the newer extract has. */
export interface NewerOsm {
  /** Charging objects by name (`n123`). */
  readonly byName: ReadonlyMap<string, OsmObject>;
  /** Charging objects within 100 m of a place in degrees. */
  around(place: { readonly lat: number; readonly lon: number }): readonly OsmObject[];
}

/**
 * Sorts a proposal, tag by tag: `clean` where OSM still holds what it held when the proposal was made, `already-done`
 * where it holds what was proposed, else `conflicting`. A create is clean while no charging object within 100 m is new
 * or in another version than then.
 */
export function rebaseProposal(proposal: Proposal, osm: NewerOsm): Rebased {
  if (proposal.target !== undefined) return rebaseTags(proposal, proposal.target, osm);
  if (proposal.change === "create") return rebaseCreate(proposal, osm);
  const known = new Map((proposal.nearby ?? []).map((object) => [object.osm, object]));
  const now = osm.around(proposal.location);
  const changed = now.length !== known.size || now.some((object) => !isKnown(object, known));
  return whole(proposal, changed ? "conflicting" : "clean", changed ? "no-element" : "unchanged");
}

function rebaseTags(proposal: Proposal, then: OsmObject, osm: NewerOsm): Rebased {
  const now = osm.byName.get(elementName(then));
  const versions = { versionThen: then.version, versionNow: now?.version };
  if (now === undefined) return { ...whole(proposal, "conflicting", "gone"), ...versions };
  if (now.version !== undefined && then.version !== undefined && now.version < then.version)
    return { ...whole(proposal, "conflicting", "older-extract"), ...versions };
  const values = new Map(now.tags.map(({ key, value }) => [key, value]));
  const tags = proposal.tags.map((tag) => ({
    tag,
    key: tag.key,
    now: values.get(tag.key),
    status: tagStatus(tag, values.get(tag.key), proposal.location.country),
  }));
  const has = (status: RebaseStatus): boolean => tags.some((tag) => tag.status === status);
  // What the proposal was to do to it may have been done; all else was said of a station that is another thing by now.
  if (has("clean") && !isSameForm(then, now))
    return { ...whole(proposal, "conflicting", "other-use"), ...versions };
  const left = tags
    .filter(({ status }) => status === "clean")
    .map(({ tag, now }) => Object.assign({}, tag, { old: now }));
  const status = has("conflicting")
    ? "conflicting"
    : has("clean") || tags.length === 0
      ? "clean"
      : "already-done";
  const untouched = now.version === then.version;
  return {
    id: proposal.id,
    status,
    reason:
      status === "conflicting"
        ? "changed-since"
        : status === "already-done"
          ? "already-there"
          : untouched
            ? "unchanged"
            : "still-true",
    tags: tags.map(({ key, now, status }) => ({ key, now, status })),
    ...versions,
    clean: left.length > 0 || tags.length === 0 ? remade(proposal, now, left) : undefined,
  };
}

function isSameForm(then: OsmObject, now: OsmObject): boolean {
  const [a, b] = [chargingForm(then.tags), chargingForm(now.tags)];
  return a?.kind === b?.kind && a?.lifecycle === b?.lifecycle;
}

/** The proposal from the object as it is now, whose version decides whether it can be an edit (D1.2). */
function remade(proposal: Proposal, target: OsmObject, tags: readonly TagProposal[]): Proposal {
  const { withheld: _withheld, ...rest } = proposal;
  const isWithheld = EDITS.has(proposal.change) && target.version === undefined;
  return { ...rest, target, tags, ...(isWithheld && { withheld: "no-version" as const }) };
}

/** What OSM held then is looked at first: a tag that another was to replace (socket variants) may hold both. */
function tagStatus(tag: TagProposal, now: string | undefined, country: string | undefined): RebaseStatus {
  if (sameMeaning(tag.key, now, tag.old, country)) return "clean";
  return sameMeaning(tag.key, now, tag.new, country) ? "already-done" : "conflicting";
}

function rebaseCreate(proposal: Proposal, osm: NewerOsm): Rebased {
  const known = new Map((proposal.nearby ?? []).map((object) => [object.osm, object]));
  const since = osm.around(proposal.location).filter((object) => !isKnown(object, known));
  if (since.length === 0) return whole(proposal, "clean", "unchanged");
  const ours = since.find((object) => saysAll(object, proposal));
  if (ours !== undefined) return whole(proposal, "already-done", "already-there");
  return whole(proposal, "conflicting", "mapped-since");
}

function isKnown(object: OsmObject, known: ReadonlyMap<string, NearbyObject>): boolean {
  const then = known.get(elementName(object));
  return then !== undefined && then.version === object.version;
}

/** Whether an object holds every class A tag of a create: it was uploaded, or mapped the same. */
function saysAll({ tags }: OsmObject, { tags: proposed, location }: Proposal): boolean {
  const values = new Map(tags.map(({ key, value }) => [key, value]));
  return proposed
    .filter((tag) => tag.class === "A")
    .every((tag) => sameMeaning(tag.key, values.get(tag.key), tag.new, location.country));
}

function whole(proposal: Proposal, status: RebaseStatus, reason: RebaseReason): Rebased {
  return {
    id: proposal.id,
    status,
    reason,
    tags: proposal.tags.map(({ key }) => ({ key, status, now: undefined })),
    versionThen: undefined,
    versionNow: undefined,
    clean: status === "clean" ? proposal : undefined,
  };
}
