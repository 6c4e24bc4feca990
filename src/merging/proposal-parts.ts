/** The parts that all proposals are put together from. */
import { type OsmObject, type WayNode, elementName } from "../osm/osm-object.js";
import type { TaggedLocation } from "../tagging/tagged-location.js";
import type { MergedTag } from "./merged-tag.js";
import { NearbyObjects } from "./nearby-objects.js";
import {
  type Change,
  EDITS,
  type NearbyObject,
  type Proposal,
  type ProposalMatch,
  type TagProposal,
} from "./proposal.js";
import type { ProposalReason } from "./reasons.js";
import { type Site, type Sites, siteName } from "./sites.js";

/** What a proposal tells of its Location; the state has enough of one that is gone from the feed. */
export type ProposedLocation = Proposal["location"] & Partial<Pick<TaggedLocation, "notes" | "source">>;

export interface ProposalFacts {
  readonly change: Change;
  readonly reason: ProposalReason;
  readonly location: ProposedLocation;
  readonly tags: readonly TagProposal[];
  readonly site?: Site | undefined;
  readonly candidates?: readonly ProposalMatch[];
  readonly chargePoints?: TaggedLocation["chargePoints"];
}

/** Puts proposals together; knows what stations are called and which nodes ways have. */
export class ProposalMaker {
  readonly #sites: Sites;
  readonly #nearby: NearbyObjects;
  readonly #wayNodes: ReadonlyMap<number, WayNode>;

  /** `objects`: all charging objects of OSM. */
  constructor(
    sites: Sites,
    objects: readonly OsmObject[],
    wayNodes: ReadonlyMap<number, WayNode> = new Map(),
  ) {
    this.#sites = sites;
    this.#nearby = new NearbyObjects(objects);
    this.#wayNodes = wayNodes;
  }

  make({ change, reason, location, tags, site, candidates, chargePoints }: ProposalFacts): Proposal {
    const target = site?.main.object;
    const { notes = [], source } = location;
    const wayNodes = EDITS.has(change) && target?.type === "way" ? this.#nodesOf(target) : [];
    return {
      id: proposalId(change, location.key),
      change,
      reason,
      location: locationMember(location),
      ...(target && { target }),
      ...(wayNodes.length > 0 && { wayNodes }),
      ...(site && { match: matchMember(site) }),
      ...(site?.runnerUp && { runnerUp: this.#sites.scored(site.runnerUp) }),
      candidates: candidates ?? [],
      ...(target === undefined && { nearby: this.#nearby.around(location).map(nearbyMember) }),
      tags,
      chargePoints: chargePoints ?? [],
      ...(EDITS.has(change) && target && target.version === undefined && { withheld: "no-version" as const }),
      notes,
      ...(source && { source }),
    };
  }

  #nodesOf({ nodes }: OsmObject): WayNode[] {
    return [...new Set(nodes)].flatMap((id) => this.#wayNodes.get(id) ?? []).sort((a, b) => a.id - b.id);
  }
}

/** `modify/LT*IGN*42`: the same in every run, so that a decision about it can be kept. */
export function proposalId(change: Change, locationKey: string): string {
  return `${change}/${locationKey}`;
}

function locationMember(location: ProposedLocation): Proposal["location"] {
  const { key, country_code, party_id, id, lat, lon, country, operator, lastUpdated } = location;
  return { key, country_code, party_id, id, lat, lon, country, operator, lastUpdated };
}

function nearbyMember(object: OsmObject): NearbyObject {
  const { version, lat, lon } = object;
  return { osm: elementName(object), version, lat, lon };
}

function matchMember(site: Site): NonNullable<Proposal["match"]> {
  const { method, score, distance, parts } = site;
  return { osm: siteName(site), method, score, distance, parts };
}

/** A merged tag as it is shown; where its value comes from is filled in by who has the records. */
export function tagProposal(tag: MergedTag): TagProposal {
  const { key, class: tagClass, old, base, new: value, rule, reason } = tag;
  return { key, class: tagClass, old, base, new: value, rule, reason, sources: [] };
}

/** A candidate that only its element tells. */
export function namedCandidate(site: Site): ProposalMatch {
  const { object } = site.main;
  return {
    osm: elementName(object),
    score: site.score,
    distance: site.distance,
    parts: site.parts,
    lat: object.lat,
    lon: object.lon,
  };
}
