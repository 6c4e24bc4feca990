/** Any element as OSM XML, with all that OSM needs to take it back; `nodeXml` is the short way for new nodes. */
import type { OsmTag } from "./element.js";
import type { ElementHistory, ElementType, RelationMember } from "./osm-object.js";
import { escapeAttribute } from "./xml-text.js";

/** An element to write. A modify replaces what OSM has, so tags, nodes and members are always all of them. */
export interface WritableElement extends ElementHistory {
  readonly type: ElementType;
  /** Negative for one that OSM does not have yet. */
  readonly id: number;
  /** A node's position: degrees as decimal text, 7 decimals at most. */
  readonly lat?: string | undefined;
  readonly lon?: string | undefined;
  readonly tags: readonly OsmTag[];
  readonly nodes: readonly number[];
  readonly members: readonly RelationMember[];
}

/**
 * `<node>`, `<way>` or `<relation>`, indented for a document by `documentFrame`, attributes in osmium's order.
 * Well-formed for any text; whether OSM takes the content is `checkElement`'s business.
 */
export function elementXml(element: WritableElement, action?: "modify" | "delete"): string {
  const { type, nodes, members, tags } = element;
  let xml = `  <${type}`;
  for (const [name, value] of attributesOf(element, action)) {
    if (value !== undefined) xml += ` ${name}="${escapeAttribute(`${value}`)}"`;
  }
  if (nodes.length + members.length + tags.length === 0) return `${xml}/>\n`;
  xml += ">\n";
  for (const ref of nodes) xml += `    <nd ref="${ref}"/>\n`;
  for (const { type: of, ref, role } of members)
    xml += `    <member type="${of}" ref="${ref}" role="${escapeAttribute(role)}"/>\n`;
  for (const { key, value } of tags)
    xml += `    <tag k="${escapeAttribute(key)}" v="${escapeAttribute(value)}"/>\n`;
  return `${xml}  </${type}>\n`;
}

function attributesOf(
  { id, version, timestamp, uid, user, changeset, lat, lon }: WritableElement,
  action: string | undefined,
): ReadonlyArray<readonly [name: string, value: string | number | undefined]> {
  return [
    ["id", id],
    ["version", version],
    ["timestamp", timestamp],
    ["uid", uid],
    ["user", user],
    ["changeset", changeset],
    ["lat", lat],
    ["lon", lon],
    ["action", action],
  ];
}
