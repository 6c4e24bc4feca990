/** changes.osc: the edits as an osmChange document (D6), only with a licence (D9). */
import { formatDegrees } from "../ocpi/coordinates.js";
import { changeFrame } from "../osm/change-frame.js";
import { nodeXml } from "../osm/node-xml.js";
import { elementXml } from "../osm/element-xml.js";
import { type ChangedElement, changedElements, changedTags, isLoadable, newNodes } from "./loadable-edits.js";
import { LICENCE_NEEDED, type ProposalForm } from "./proposal-form.js";
import { inBatches } from "./text-batches.js";

/**
 * `<create>`, then `<modify>` with each element complete and in the version OSM has, which is what its API wants.
 * There is no changeset in it, so the API takes it only after somebody has opened one and looked.
 */
export const changesOsc: ProposalForm = {
  file: "changes.osc",
  needsLicence: true,
  *text(proposals, { about, newIds }) {
    if (!about.licensed) throw new Error(LICENCE_NEEDED);
    const { head, tail } = changeFrame(about.generator);
    const creates = proposals.filter((proposal) => proposal.change === "create" && isLoadable(proposal));
    const changed = changedElements(proposals);
    yield head;
    yield* block(
      "create",
      inBatches(creates, (one) => newNodes(one, newIds).map(nodeXml).join("")),
    );
    yield* block("modify", inBatches(changed, changedXml));
    yield tail;
  },
};

function* block(name: "create" | "modify", elements: Iterable<string>): Generator<string> {
  let begun = false;
  for (const element of elements) {
    if (!begun) yield ` <${name}>\n`;
    begun = true;
    yield element;
  }
  if (begun) yield ` </${name}>\n`;
}

/** Without who changed it last and when: the API ignores both. */
function changedXml(changed: ChangedElement): string {
  const { type, id, version, lat, lon, nodes, members } = changed.target;
  const position = type === "node" ? { lat: formatDegrees(lat), lon: formatDegrees(lon) } : {};
  return elementXml({ type, id, version, ...position, tags: changedTags(changed), nodes, members });
}
