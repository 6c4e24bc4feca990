/** Tags and history of PBF elements: indices into their block's text table. */
import type { PbfReader } from "pbf";
import { historyOf } from "./element-history.js";
import type { OsmTag } from "./element.js";
import type { ElementHistory } from "./osm-object.js";
import type { PbfBlock } from "./pbf-block.js";
import { type Span, eachField, varints } from "./pbf-message.js";
import { sortedTags } from "./read-element.js";

/** Tags of an element other than a dense node, from its lists of keys and values. */
export function tagsOf(block: PbfBlock, pbf: PbfReader, keys: Span, values: Span): OsmTag[] {
  const valueIndices = varints(pbf, values);
  const tags = new Map<string, string>();
  varints(pbf, keys).forEach((key, index) => {
    tags.set(block.text(key), block.text(valueIndices[index] ?? -1));
  });
  return sortedTags(tags);
}

/** An Info message: history, and whether it says that the element is deleted. */
export function infoOf(
  block: PbfBlock,
  pbf: PbfReader,
  info: Span,
): { history: ElementHistory; deleted: boolean } {
  const found = { version: 0, timestamp: 0, changeset: 0, uid: 0, user: 0, visible: true };
  pbf.pos = info.start;
  eachField(pbf, info.end, (field) => {
    if (field === 1) found.version = pbf.readVarint(true);
    else if (field === 2) found.timestamp = pbf.readVarint(true);
    else if (field === 3) found.changeset = pbf.readVarint(true);
    else if (field === 4) found.uid = pbf.readVarint(true);
    else if (field === 5) found.user = pbf.readVarint(true);
    else if (field === 6) found.visible = pbf.readBoolean();
  });
  const { timestamp, user, visible, ...numbers } = found;
  const history = historyOf({
    ...numbers,
    timestamp: block.timestamp(timestamp),
    user: user === 0 ? undefined : block.text(user),
  });
  return { history, deleted: !visible };
}
