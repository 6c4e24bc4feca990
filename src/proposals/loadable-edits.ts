/** From proposals to the elements that files for editors hold: which proposals, which new nodes, which changed elements. */
import { formatDegrees } from "../ocpi/coordinates.js";
import { EDITS, type Proposal } from "../merging/proposal.js";
import type { OsmNode, OsmTag } from "../osm/element.js";
import { checkElement } from "../osm/limits.js";
import { type OsmObject, type WayNode, compareElements, elementName } from "../osm/osm-object.js";

/** Why an edit is in no file for editors, in words for a mapper. */
export const WITHHELD_MEANINGS = {
  "no-version":
    "not in the files for editors: the extract does not tell the object's version (an extract with metadata does)",
  "not-uploaded": "not in the files for editors: the object is not in OSM's database yet",
} as const;
export type Withheld = keyof typeof WITHHELD_MEANINGS;

/** Why a proposal that is an edit is in no file for editors (D1.2); `undefined` where it is in them, or is no edit. */
export function withheldOf({ change, withheld, target }: Proposal): Withheld | undefined {
  if (!EDITS.has(change)) return undefined;
  if (withheld !== undefined) return withheld;
  if (change === "create" || target === undefined) return undefined;
  if (target.id <= 0) return "not-uploaded";
  return (target.version ?? 0) > 0 ? undefined : "no-version";
}

/** Whether the files for editors hold the proposal. */
export function isLoadable(proposal: Proposal): boolean {
  return EDITS.has(proposal.change) && withheldOf(proposal) === undefined;
}

/** Proposal id → id of the station's new node. Its charge points have the ids below it. */
export type NewNodeIds = ReadonlyMap<string, number>;

/** -1, -2, … in the order of the proposals, charge points after their station. */
export function newNodeIds(proposals: readonly Proposal[]): NewNodeIds {
  const ids = new Map<string, number>();
  let next = -1;
  for (const proposal of proposals) {
    if (proposal.change !== "create" || !isLoadable(proposal)) continue;
    ids.set(proposal.id, next);
    next -= 1 + proposal.chargePoints.length;
  }
  return ids;
}

/**
 * The nodes of a create: the station, then its charge points. Throws Error when OSM would refuse one of them, or
 * `ids` were made of other proposals.
 */
export function newNodes(proposal: Proposal, ids: NewNodeIds): OsmNode[] {
  const id = ids.get(proposal.id);
  if (id === undefined) throw new Error(`${proposal.id} has no node id. ${OUR_BUG}`);
  const { lat, lon } = proposal.location;
  const station: OsmNode = {
    id,
    lat: formatDegrees(lat),
    lon: formatDegrees(lon),
    tags: withTags([], proposal.tags),
  };
  const chargePoints = proposal.chargePoints.map(({ lat, lon, tags }, index) => ({
    id: id - 1 - index,
    lat,
    lon,
    tags: tags.map(({ key, value }) => ({ key, value })),
  }));
  const nodes = [station, ...chargePoints];
  for (const node of nodes) refuseProblems(proposal.id, node);
  return nodes;
}

/** An element of OSM with all that is proposed for it. */
export interface ChangedElement {
  readonly target: OsmObject;
  /** At least one. */
  readonly proposals: readonly Proposal[];
}

/**
 * The elements that loadable proposals change, each once: nodes, ways, relations, each by id. Throws Error when two
 * proposals have the same element in different versions.
 */
export function changedElements(proposals: readonly Proposal[]): ChangedElement[] {
  const byName = new Map<string, { target: OsmObject; proposals: Proposal[] }>();
  for (const proposal of proposals) {
    if (proposal.change === "create" || !isLoadable(proposal)) continue;
    const { target } = proposal;
    if (target === undefined) throw new Error(`${proposal.id} changes no element. ${OUR_BUG}`);
    const known = byName.get(elementName(target));
    if (known === undefined) byName.set(elementName(target), { target, proposals: [proposal] });
    else if (known.target.version === target.version) known.proposals.push(proposal);
    else throw new Error(`${elementName(target)} is changed in two versions of it. ${OUR_BUG}`);
  }
  return [...byName.values()].sort((a, b) => compareElements(a.target, b.target));
}

/**
 * All tags of the element as they should become, sorted. Throws Error when a proposed tag would break OSM's limits
 * or two proposals disagree; what OSM itself holds is kept as it is, whatever it is.
 */
export function changedTags({ target, proposals }: ChangedElement): OsmTag[] {
  const proposed = new Map<string, string | undefined>();
  for (const { id, tags } of proposals) {
    for (const { key, new: value } of tags) {
      if (proposed.has(key) && proposed.get(key) !== value)
        throw new Error(
          `${id} and another proposal disagree on ${key} of ${elementName(target)}. ${OUR_BUG}`,
        );
      proposed.set(key, value);
    }
  }
  const tags = withTags(
    target.tags,
    [...proposed].map(([key, value]) => ({ key, new: value })),
  );
  const { id, lat, lon } = target;
  const written = tags.filter(({ key }) => proposed.has(key));
  const name = proposals[0]?.id ?? elementName(target);
  refuseProblems(name, { id, lat: formatDegrees(lat), lon: formatDegrees(lon), tags: written });
  return tags;
}

/**
 * The nodes of changed ways that are to be shown unchanged, by id. Nodes that are changed themselves are left out, and
 * so are those that JOSM would not read: without a version.
 */
export function unchangedWayNodes(changed: readonly ChangedElement[]): WayNode[] {
  const nodes = new Map<number, WayNode>();
  const changedNodes = new Set(changed.flatMap(({ target: { type, id } }) => (type === "node" ? [id] : [])));
  for (const { target, proposals } of changed) {
    if (target.type !== "way") continue;
    for (const node of proposals.flatMap(({ wayNodes }) => wayNodes ?? [])) {
      const { id, version = 0 } = node;
      if (id <= 0 || version <= 0 || changedNodes.has(id)) continue;
      if (version > (nodes.get(id)?.version ?? 0)) nodes.set(id, node);
    }
  }
  return [...nodes.values()].sort((a, b) => a.id - b.id);
}

const OUR_BUG = "This is a bug in ocpi2osm: do not use the output, please report it";

function withTags(
  tags: readonly OsmTag[],
  changes: readonly { readonly key: string; readonly new: string | undefined }[],
): OsmTag[] {
  const values = new Map(tags.map(({ key, value }) => [key, value]));
  for (const { key, new: value } of changes) {
    if (value === undefined) values.delete(key);
    else values.set(key, value);
  }
  return [...values].map(([key, value]) => ({ key, value })).sort((a, b) => (a.key < b.key ? -1 : 1));
}

function refuseProblems(proposal: string, element: OsmNode): void {
  const [problem] = checkElement(element);
  if (problem === undefined) return;
  const { key, problem: text } = problem;
  throw new Error(`${proposal}: ${key === undefined ? "" : `${key}: `}${text}. ${OUR_BUG}`);
}
