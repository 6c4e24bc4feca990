/** proposals.ndjson: the complete machine form, one proposal a line, from which every other file is written (D6). */
import { z } from "zod";
import type { Proposal, ProposalMatch, TagProposal } from "../merging/proposal.js";
import type { OsmTag } from "../osm/element.js";
import type { OsmObject, WayNode } from "../osm/osm-object.js";
import { jsonLine } from "./json-line.js";
import type { ProposalForm } from "./proposal-form.js";
import { type ProposalLine, proposalSchema } from "./proposal-schema.js";
import { inBatches } from "./text-batches.js";

export const proposalsNdjson: ProposalForm = {
  file: "proposals.ndjson",
  needsLicence: false,
  *text(proposals) {
    yield* inBatches(proposals, proposalLine);
  },
};

/** The line of a proposal with its line break; the shape is `proposalSchema`. A target's outlines are left out. */
export function proposalLine(proposal: Proposal): string {
  const { location, target, match, runnerUp } = proposal;
  const line: ProposalLine = {
    proposal: proposal.id,
    change: proposal.change,
    reason: proposal.reason,
    withheld: proposal.withheld,
    location: {
      key: location.key,
      country_code: location.country_code,
      party_id: location.party_id,
      id: location.id,
      lat: location.lat,
      lon: location.lon,
      country: location.country,
      operator: location.operator,
      last_updated: location.lastUpdated,
    },
    target: target && targetMember(target),
    way_nodes: proposal.wayNodes?.map(wayNodeMember),
    match: match && { method: match.method, ...matchMember(match) },
    runner_up: runnerUp && matchMember(runnerUp),
    candidates: proposal.candidates.map(matchMember),
    nearby: proposal.nearby?.map(({ osm, version, lat, lon }) => ({ osm, version, lat, lon })),
    tags: proposal.tags.map(tagMember),
    charge_points: proposal.chargePoints.map(({ lat, lon, tags }) => ({
      lat,
      lon,
      tags: tags.map(({ key, value, rule }) => ({ key, value, rule })),
    })),
    notes: proposal.notes.map(({ code, detail }) => ({ code, detail })),
    source: proposal.source && { file: proposal.source.file, record: proposal.source.record },
  };
  return `${jsonLine(line)}\n`;
}

/** A line that is no proposal, told so that a person can act on it. */
export class ProposalLineError extends Error {
  override readonly name = "ProposalLineError";
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  readonly advice =
    "Is this the proposals.ndjson of ocpi2osm diff, unedited? If so, write it again with this version.";

  constructor(file: string, line: number, problem: string, options?: ErrorOptions) {
    super(`${file}, line ${line}: ${problem}`, options);
    this.file = file;
    this.line = line;
  }
}

let guard: typeof proposalSchema | undefined;

/**
 * A line of proposals.ndjson read back: what `proposalLine` was given, but for the outlines of its target, which are
 * empty. Members it does not know are ignored. `line`: 1-based. Throws ProposalLineError.
 */
export function parseProposalLine(text: string, file: string, line: number): Proposal {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new ProposalLineError(file, line, "not JSON", { cause: error });
  }
  guard ??= z.compile(proposalSchema, { strict: true });
  const { data, error } = guard.safeParse(json);
  if (data === undefined) throw new ProposalLineError(file, line, issueText(error));
  return proposalOf(data);
}

/** The first thing wrong, by its place in the line: `tags.0.reason: …`. */
function issueText(error: z.ZodError | undefined): string {
  const [issue] = error?.issues ?? [];
  if (issue === undefined) return "not a proposal";
  return issue.path.length === 0 ? issue.message : `${issue.path.join(".")}: ${issue.message}`;
}

function proposalOf(line: ProposalLine): Proposal {
  const { location, target, way_nodes, match, runner_up } = line;
  const { last_updated, ...place } = location;
  return {
    id: line.proposal,
    change: line.change,
    reason: line.reason,
    location: { ...place, ...(last_updated !== undefined && { lastUpdated: last_updated }) },
    ...(target && {
      target: {
        ...target,
        tags: tagList(target.tags),
        nodes: target.nodes ?? [],
        members: target.members ?? [],
        outlines: [],
      },
    }),
    ...(way_nodes && { wayNodes: way_nodes.map(wayNodeOf) }),
    ...(match && { match: { method: match.method, ...matchOf(match) } }),
    ...(runner_up && { runnerUp: matchOf(runner_up) }),
    candidates: line.candidates.map(matchOf),
    ...(line.nearby && { nearby: line.nearby }),
    tags: line.tags.map((tag) => ({
      ...tag,
      old: tag.old ?? undefined,
      base: tag.base ?? undefined,
      new: tag.new ?? undefined,
    })),
    chargePoints: line.charge_points,
    ...(line.withheld && { withheld: line.withheld }),
    notes: line.notes,
    ...(line.source && { source: line.source }),
  };
}

function targetMember(target: OsmObject): NonNullable<ProposalLine["target"]> {
  const { type, id, version, timestamp, changeset, uid, user, lat, lon, tags, nodes, members } = target;
  return {
    type,
    id,
    version,
    timestamp,
    changeset,
    uid,
    user,
    lat,
    lon,
    tags: keysAndValues(tags),
    nodes: nodes.length === 0 ? undefined : [...nodes],
    members: members.length === 0 ? undefined : members.map(({ type, ref, role }) => ({ type, ref, role })),
  };
}

function wayNodeMember(node: WayNode): NonNullable<ProposalLine["way_nodes"]>[number] {
  const { id, version, timestamp, changeset, uid, user, lat, lon, tags } = node;
  return { id, version, timestamp, changeset, uid, user, lat, lon, tags: keysAndValues(tags) };
}

function wayNodeOf(node: NonNullable<ProposalLine["way_nodes"]>[number]): WayNode {
  return { ...node, tags: tagList(node.tags) };
}

function tagMember({ key, class: tagClass, old, base, new: value, rule, reason, sources }: TagProposal) {
  return {
    key,
    class: tagClass,
    old: old ?? null,
    base: base ?? null,
    new: value ?? null,
    rule,
    reason,
    sources: sources.map(({ pointer, value }) => ({ pointer, value: value ?? null })),
  };
}

function matchMember({
  osm,
  score,
  distance,
  parts,
  lat,
  lon,
}: ProposalMatch): ProposalLine["candidates"][number] {
  return {
    osm,
    score,
    distance_m: distance,
    parts: parts.map(({ name, value, detail }) => ({ name, value, detail })),
    lat,
    lon,
  };
}

function matchOf({ distance_m, ...match }: ProposalLine["candidates"][number]): ProposalMatch {
  return { ...match, distance: distance_m };
}

function keysAndValues(tags: readonly OsmTag[]): Record<string, string> {
  return Object.fromEntries(tags.map(({ key, value }) => [key, value]));
}

/** Sorted again: JSON readers put keys that look like numbers first. */
function tagList(tags: Readonly<Record<string, string>>): OsmTag[] {
  return Object.entries(tags)
    .map(([key, value]) => ({ key, value }))
    .sort((a, b) => (a.key < b.key ? -1 : 1));
}
