/** changes.osm: the edits as a layer for JOSM (D6). */
import { formatDegrees } from "../ocpi/coordinates.js";
import { documentFrame } from "../osm/document-frame.js";
import { nodeXml } from "../osm/node-xml.js";
import type { ElementType, LatLon, WayNode } from "../osm/osm-object.js";
import { elementXml } from "../osm/element-xml.js";
import {
  type ChangedElement,
  changedElements,
  changedTags,
  isLoadable,
  newNodes,
  unchangedWayNodes,
} from "./loadable-edits.js";
import type { ProposalForm } from "./proposal-form.js";
import { inBatches } from "./text-batches.js";

/**
 * New nodes first, as -1, -2, …; then changed elements with all of their tags, nodes and members, and the unchanged
 * nodes of changed ways, so that the ways can be drawn. Without a licence JOSM refuses to upload the file (D9); with
 * one it asks first. Mappers may download around, to see what is there; for their sake there is no `<bounds>` either,
 * which JOSM takes for an area that is downloaded whole.
 */
export const changesOsm: ProposalForm = {
  file: "changes.osm",
  needsLicence: false,
  *text(proposals, { about, newIds }) {
    const creates = proposals.filter((proposal) => proposal.change === "create" && isLoadable(proposal));
    const changed = changedElements(proposals);
    const wayNodes = unchangedWayNodes(changed);
    const { head, tail } = documentFrame({
      generator: about.generator,
      upload: about.licensed ? "false" : "never",
      download: "allowed",
      changeset: about.changeset,
      license: about.licence?.url ?? about.licence?.id,
      bounds: "none",
    });
    yield head;
    yield* inBatches(creates, (proposal) => newNodes(proposal, newIds).map(nodeXml).join(""));
    yield* inBatches(byId(ofType(changed, "node"), wayNodes), (element) =>
      "target" in element ? changedXml(element) : unchangedXml(element),
    );
    yield* inBatches(ofType(changed, "way"), changedXml);
    yield* inBatches(ofType(changed, "relation"), changedXml);
    yield tail;
  },
};

function ofType(changed: readonly ChangedElement[], type: ElementType): ChangedElement[] {
  return changed.filter(({ target }) => target.type === type);
}

function byId(
  changed: readonly ChangedElement[],
  wayNodes: readonly WayNode[],
): Array<ChangedElement | WayNode> {
  return [...changed, ...wayNodes].sort((a, b) => idOf(a) - idOf(b));
}

function idOf(element: ChangedElement | WayNode): number {
  return "target" in element ? element.target.id : element.id;
}

function changedXml(element: ChangedElement): string {
  const { target } = element;
  const own = target.type === "node" ? placeOf(target) : { lat: undefined, lon: undefined };
  return elementXml({ ...target, ...own, tags: changedTags(element) }, "modify");
}

function unchangedXml(node: WayNode): string {
  return elementXml({ ...node, ...placeOf(node), type: "node", nodes: [], members: [] });
}

function placeOf({ lat, lon }: LatLon): { readonly lat: string; readonly lon: string } {
  return { lat: formatDegrees(lat), lon: formatDegrees(lon) };
}
