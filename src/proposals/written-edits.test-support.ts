/** Readers that get the edits back out of each file, by readers of their own, as comparable texts. */
import { EDITS, type Proposal } from "../merging/proposal.js";
import { formatDegrees } from "../ocpi/coordinates.js";
import { type ReadElement, readXml } from "../osm/xml.test-support.js";
import { legalText } from "../osm/xml-text.js";
import { readCsv } from "./csv.test-support.js";
import { parseProposalLine } from "./proposal-line.js";

/** `node 123 v4 capacity=4` · `node 123 v4 capacity gone` · `new -1 54.5,-25.25 amenity=charging_station`, sorted. */
export type WrittenEdits = readonly string[];

/** From proposals.ndjson. */
export function editsInNdjson(text: string): WrittenEdits {
  let next = -1;
  const edits: string[] = [];
  for (const proposal of parsedLines(text)) {
    const { change, target, location, tags, chargePoints } = proposal;
    if (!EDITS.has(change) || proposal.withheld !== undefined) continue;
    if (target !== undefined) {
      const what = `${target.type} ${target.id} v${target.version}`;
      for (const { key, new: value } of tags) edits.push(tagText(what, key, value));
      continue;
    }
    const station = `new ${next--} ${formatDegrees(location.lat)},${formatDegrees(location.lon)}`;
    for (const { key, new: value } of tags) edits.push(tagText(station, key, value));
    for (const { lat, lon, tags } of chargePoints) {
      const point = `new ${next--} ${lat},${lon}`;
      for (const { key, value } of tags) edits.push(tagText(point, key, value));
    }
  }
  return edits.sort();
}

/** From changes.osm or changes.osc: what differs from the elements as OSM has them, which the NDJSON tells. */
export function editsInXml(document: string, ndjson: string): WrittenEdits {
  const before = new Map<string, ReadonlyMap<string, string>>();
  for (const { target } of parsedLines(ndjson)) {
    if (target === undefined) continue;
    const tags = target.tags.map(({ key, value }) => [key, legalText(value)] as const);
    before.set(`${target.type} ${target.id}`, new Map(tags));
  }
  const edits: string[] = [];
  for (const { element, tags } of elementsWithTags(document)) {
    const { id, version, lat, lon } = element.attributes;
    const old = before.get(`${element.name} ${id}`);
    // Nodes that only draw a way.
    if (old === undefined && version !== undefined) continue;
    const what = old === undefined ? `new ${id} ${lat},${lon}` : `${element.name} ${id} v${version}`;
    for (const [key, value] of tags) if (old?.get(key) !== value) edits.push(tagText(what, key, value));
    for (const key of old?.keys() ?? []) if (!tags.has(key)) edits.push(tagText(what, key, undefined));
  }
  return edits.sort();
}

/** From changes.csv, where the guard of would-be formulas is taken off again. */
export function editsInCsv(text: string): WrittenEdits {
  const [header = [], ...records] = readCsv(text);
  const edits: string[] = [];
  for (const record of records) {
    const cell = (column: string) =>
      record[header.indexOf(column)]?.replace(/^'(?=[=+\-@\t\r＝＋－＠])/, "") ?? "";
    const isNew = cell("change") === "create";
    if (!["create", "modify", "relink"].includes(cell("change")) || cell("key") === "") continue;
    if (!isNew && cell("osm_version") === "") continue;
    const what = isNew
      ? `new ${cell("osm_id")} ${cell("lat")},${cell("lon")}`
      : `${cell("osm_type")} ${cell("osm_id")} v${cell("osm_version")}`;
    edits.push(tagText(what, cell("key"), cell("new_value") || undefined));
  }
  return edits.sort();
}

/** Nodes, ways and relations of an OSM document in order, each with its tags. */
export function elementsWithTags(
  document: string,
): Array<{ readonly element: ReadElement; readonly tags: ReadonlyMap<string, string> }> {
  const elements: Array<{ element: ReadElement; tags: Map<string, string> }> = [];
  let inElement = false;
  for (const element of readXml(document)) {
    const { name, attributes } = element;
    if (["node", "way", "relation", "changeset"].includes(name)) {
      inElement = name !== "changeset";
      if (inElement) elements.push({ element, tags: new Map() });
    } else if (name === "tag" && inElement) {
      elements.at(-1)?.tags.set(attributes["k"] ?? "", attributes["v"] ?? "");
    }
  }
  return elements;
}

function parsedLines(text: string): Proposal[] {
  const lines = text.split("\n").filter((line) => line !== "");
  return lines.map((line, index) => parseProposalLine(line, "proposals.ndjson", index + 1));
}

function tagText(what: string, key: string, value: string | undefined): string {
  return value === undefined ? `${what} ${key} gone` : `${what} ${key}=${value}`;
}
