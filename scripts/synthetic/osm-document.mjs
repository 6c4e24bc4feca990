// @ts-check
/** A synthetic OSM side as OSM XML, in pieces: nodes as they come, ways and relations after them. */
import { Random } from "./random.mjs";

/** @import { Element } from "./osm-elements.mjs" */
/** @import { Block } from "./osm-side.mjs" */

const HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<osm version="0.6" generator="ocpi2osm synthetic">\n';
const ESCAPES = new Map([
  ["&", "&amp;"],
  ["<", "&lt;"],
  [">", "&gt;"],
  ['"', "&quot;"],
  ["'", "&apos;"],
  ["\n", "&#10;"],
  ["\t", "&#9;"],
]);
const SEED_OF_HISTORY = 0x1f83d9ab;
const SECONDS_A_DAY = 86_400;

/**
 * @param {AsyncIterable<Pick<Block, "nodes" | "ways" | "relations">>} blocks
 * @returns {AsyncGenerator<string, void, void>}
 */
export async function* osmDocument(blocks) {
  let ways = "";
  let relations = "";
  yield HEAD;
  for await (const block of blocks) {
    yield block.nodes.map((node) => elementText(node)).join("");
    ways += block.ways.map((way) => elementText(way)).join("");
    relations += block.relations.map((relation) => elementText(relation)).join("");
  }
  yield `${ways}${relations}</osm>\n`;
}

/** @param {Element} element */
function elementText(element) {
  const { type, id, tags } = element;
  const where = type === "node" ? ` lat="${element.lat.toFixed(7)}" lon="${element.lon.toFixed(7)}"` : "";
  const parts = [
    ...(type === "way" ? element.nodes.map((node) => `    <nd ref="${node.id}"/>\n`) : []),
    ...(type === "relation"
      ? element.members.map((way) => `    <member type="way" ref="${way.id}" role="outer"/>\n`)
      : []),
    ...[...tags].sort(byKey).map(([key, value]) => `    <tag k="${escaped(key)}" v="${escaped(value)}"/>\n`),
  ];
  const start = `  <${type} id="${id}" ${historyOf(id)}${where}`;
  return parts.length === 0 ? `${start}/>\n` : `${start}>\n${parts.join("")}  </${type}>\n`;
}

/** Version, time and author of an element's last change. @param {number} id */
function historyOf(id) {
  const random = new Random(SEED_OF_HISTORY, id);
  const seconds = random.whole(0, 2000) * SECONDS_A_DAY + random.whole(0, SECONDS_A_DAY - 1);
  const time = new Date(Date.UTC(2020, 0, 1) + seconds * 1000).toISOString().replace(".000", "");
  const uid = random.whole(1, 5000);
  return (
    `version="${random.whole(1, 9)}" timestamp="${time}" changeset="${random.whole(80_000_000, 170_000_000)}" ` +
    `uid="${uid}" user="mapper ${uid}"`
  );
}

/** @param {readonly [string, string]} a @param {readonly [string, string]} b */
function byKey([a], [b]) {
  return a < b ? -1 : 1;
}

/** @param {string} text */
function escaped(text) {
  return text.replace(/[&<>"'\n\t]/g, (letter) => ESCAPES.get(letter) ?? letter);
}
