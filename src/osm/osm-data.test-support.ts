/** Random OSM data, in the two forms that are easy to write: OSM XML and Overpass JSON. */
import * as fc from "fast-check";
import { formatDegrees } from "../ocpi/coordinates.js";
import { LIFECYCLES } from "./charging-form.js";
import { type WritableElement, elementXml } from "./element-xml.js";
import { type OsmTag } from "./element.js";
import { osmXml } from "./osm-files.test-support.js";
import { compareElements } from "./osm-object.js";
import { legalText } from "./xml-text.js";

const MOST_ID = 12;
const text = fc
  .string({ unit: "grapheme", minLength: 1, maxLength: 12 })
  .map((raw) => legalText(raw).normalize() || "x");
const chargingTag = fc.record({
  key: fc
    .tuple(fc.constantFrom(...LIFECYCLES), fc.boolean())
    .map(
      ([lifecycle, isStation]) =>
        `${lifecycle === "" ? "" : `${lifecycle}:`}${isStation ? "amenity" : "man_made"}`,
    ),
  value: fc.constantFrom(
    "charging_station",
    "charge_point",
    "parking;charging_station",
    "bench",
    "charge_points",
  ),
});
const tags: fc.Arbitrary<OsmTag[]> = fc
  .tuple(
    fc.array(chargingTag, { maxLength: 2 }),
    fc.array(fc.record({ key: text, value: text }), { maxLength: 3 }),
  )
  .map(([charging, others]) =>
    [...new Map([...others, ...charging].map((tag) => [tag.key, tag])).values()].sort((a, b) =>
      a.key < b.key ? -1 : 1,
    ),
  );
const id = fc.oneof(fc.integer({ min: 1, max: MOST_ID }), fc.constant(2 ** 40 + 1));
/** All or nothing, as in files. */
const history = fc.oneof(
  fc.constant({}),
  fc.record({
    version: fc.integer({ min: 1, max: 900 }),
    timestamp: fc
      .integer({ min: 1_100_000_000, max: 2_000_000_000 })
      .map((seconds) => new Date(seconds * 1000).toISOString().replace(".000Z", "Z")),
    changeset: fc.integer({ min: 1, max: 2 ** 31 - 1 }),
    uid: fc.integer({ min: 1, max: 2 ** 31 - 1 }),
    user: text,
  }),
);
const degrees = (most: number): fc.Arbitrary<string> =>
  fc.integer({ min: -most * 1e7, max: most * 1e7 }).map((units) => formatDegrees(units / 1e7));
const node: fc.Arbitrary<WritableElement> = fc
  .tuple(fc.record({ id, lat: degrees(90), lon: degrees(180), tags }), history)
  .map(([element, history]) =>
    Object.assign({ type: "node" as const, nodes: [], members: [] }, element, history),
  );
const way: fc.Arbitrary<WritableElement> = fc
  .tuple(
    fc.record({ id, tags, nodes: fc.array(id, { minLength: 1, maxLength: 5 }), isClosed: fc.boolean() }),
    history,
  )
  .map(([{ id, tags, nodes, isClosed }, history]) =>
    Object.assign({ type: "way" as const, id, tags, members: [] }, history, {
      nodes: isClosed ? nodes.concat(nodes.slice(0, 1)) : nodes,
    }),
  );
const member = fc.record({
  type: fc.constantFrom("node", "way", "relation"),
  ref: id,
  role: fc.constantFrom("", "outer", "inner", "röle"),
});
const relation: fc.Arbitrary<WritableElement> = fc
  .tuple(fc.record({ id, tags, members: fc.array(member, { minLength: 1, maxLength: 4 }) }), history)
  .map(([element, history]) => Object.assign({ type: "relation" as const, nodes: [] }, element, history));

function each(element: fc.Arbitrary<WritableElement>): fc.Arbitrary<WritableElement[]> {
  return fc.uniqueArray(element, { selector: ({ id }) => id, maxLength: MOST_ID });
}

/** Elements that refer to each other, sorted as in OSM files; some of what they refer to is missing. */
export const anyElements: fc.Arbitrary<WritableElement[]> = fc
  .tuple(each(node), each(way), each(relation))
  .map((lists) => lists.flat().sort(compareElements));

export function xmlOf(elements: readonly WritableElement[]): string {
  return osmXml(...elements.map((element) => elementXml(element)));
}

export function overpassOf(elements: readonly WritableElement[], more: object = {}): string {
  return JSON.stringify({
    version: 0.6,
    ...more,
    elements: elements.map(({ lat, lon, tags, nodes, members, ...element }) => ({
      ...element,
      ...(lat === undefined ? {} : { lat: Number(lat), lon: Number(lon) }),
      ...(tags.length === 0 ? {} : { tags: Object.fromEntries(tags.map(({ key, value }) => [key, value])) }),
      ...(element.type === "way" ? { nodes } : {}),
      ...(element.type === "relation" ? { members } : {}),
    })),
  });
}
