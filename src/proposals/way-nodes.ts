/** Proposals for ways get the ways' nodes, so that an editor can draw them without asking OSM. */
import type { Proposal } from "../merging/proposal.js";
import type { OsmExtract } from "../osm/osm-object.js";
import { isLoadable } from "./loadable-edits.js";

/** The proposal with `wayNodes` if it is an edit of a way, as far as the extract has the nodes; else as it is. */
export function withWayNodes(proposal: Proposal, { wayNodes }: Pick<OsmExtract, "wayNodes">): Proposal {
  if (proposal.target?.type !== "way" || !isLoadable(proposal)) return proposal;
  const ids = [...new Set(proposal.target.nodes)].sort((a, b) => a - b);
  return { ...proposal, wayNodes: ids.map((id) => wayNodes.get(id)).filter((node) => node !== undefined) };
}
