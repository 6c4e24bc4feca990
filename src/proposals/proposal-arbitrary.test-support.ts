/** Any proposals at all, as merging could make them, for property tests. */
import * as fc from "fast-check";
import { CHANGES, EDITS, type Proposal } from "../merging/proposal.js";
import { formatDegrees } from "../ocpi/coordinates.js";
import type { OsmObject } from "../osm/osm-object.js";
import { HOSTILE_TEXTS, anyText } from "../osm/xml.test-support.js";
import { legalText } from "../osm/xml-text.js";
import { WAY_NODES, isTagText } from "./proposal.test-support.js";

/** Not beginning with an apostrophe, which a CSV reader cannot tell from a guard. */
const tagText = fc
  .oneof(
    fc.constantFrom(...HOSTILE_TEXTS, "1", "24/7"),
    anyText,
    fc.string({ maxLength: 20, unit: "grapheme" }),
  )
  .filter((text) => isTagText(text) && !text.startsWith("'"));
const tagKey = fc.constantFrom(
  "amenity",
  "capacity",
  "operator",
  "ref:EU:EVSE",
  "__proto__",
  "constructor",
  "10",
  "9",
  "ä",
);
const degrees = fc.record({
  lat: fc.integer({ min: -900_000_000, max: 900_000_000 }).map((units) => units / 1e7),
  lon: fc.integer({ min: -1_800_000_000, max: 1_800_000_000 }).map((units) => units / 1e7),
});
const history = fc.record(
  { timestamp: fc.constant("2025-01-02T03:04:05Z"), changeset: fc.nat(), uid: fc.nat(), user: anyText },
  { requiredKeys: [] },
);
const osmTags = fc
  .uniqueArray(fc.record({ key: tagKey, value: anyText }), { selector: ({ key }) => key })
  .map((tags) => tags.sort((a, b) => (a.key < b.key ? -1 : 1)));
const matched = fc.record({
  osm: fc.constantFrom("n1", "n1;w2"),
  score: fc.double({ min: 0, max: 1, noNaN: true }),
  distance: fc.double({ min: 0, max: 1e6, noNaN: true }),
  lat: fc.constantFrom(50.5, undefined),
  lon: fc.constantFrom(7.25, undefined),
  parts: fc.array(
    fc.record({ name: fc.constantFrom("ref", "distance"), value: fc.constantFrom(0.5, 1), detail: anyText }),
    { maxLength: 2 },
  ),
});
const sourceValue = fc.oneof(anyText, fc.jsonValue().map(withoutMinusZero));

function withoutMinusZero(value: unknown): unknown {
  const copy: unknown = JSON.parse(JSON.stringify(value));
  return copy;
}

const draft = fc.record({
  change: fc.constantFrom(...CHANGES),
  type: fc.constantFrom("node", "way", "relation"),
  version: fc.option(fc.integer({ min: 1, max: 99 }), { nil: undefined }),
  place: degrees,
  history,
  osmTags,
  changes: fc.uniqueArray(
    fc.record({
      key: tagKey,
      value: fc.option(tagText, { nil: undefined }),
      base: fc.option(anyText, { nil: undefined }),
      sources: fc.array(fc.record({ pointer: anyText, value: sourceValue }), { maxLength: 2 }),
    }),
    { selector: ({ key }) => key, minLength: 1, maxLength: 5 },
  ),
  chargePoints: fc.array(fc.record({ place: degrees, value: tagText }), { maxLength: 2 }),
  text: anyText,
  candidates: fc.array(matched, { maxLength: 2 }),
  matched,
});

/** Lists of consistent proposals, as merging makes them: each of another Location, in the order of their keys. */
export const anyProposals: fc.Arbitrary<Proposal[]> = fc
  .array(draft, { maxLength: 8 })
  .map((drafts) => drafts.map(proposalOf));

type Draft = typeof draft extends fc.Arbitrary<infer Made> ? Made : never;

function proposalOf(made: Draft, index: number): Proposal {
  const { change, type, version, place, history, text } = made;
  const isNew = change === "create" || (change === "review" && made.candidates.length > 0);
  const target: OsmObject | undefined = isNew
    ? undefined
    : {
        type,
        id: 1000 + index,
        ...history,
        ...(version !== undefined && { version }),
        ...place,
        tags: made.osmTags,
        nodes: type === "way" ? [1, 2, 3, 1] : [],
        members: type === "relation" ? [{ type: "way", ref: 5, role: text }] : [],
        outlines: [],
      };
  const old = new Map(target?.tags.map(({ key, value }) => [key, value]));
  const tags = made.changes
    .map(({ key, value, base, sources }) => ({
      key,
      class: "A" as const,
      old: old.get(key),
      base,
      new: value,
      rule: "T5.1",
      reason: "differs" as const,
      sources,
    }))
    .filter((tag) => (tag.old === undefined ? undefined : legalText(tag.old)) !== tag.new)
    .filter((tag) => target !== undefined || tag.new !== undefined)
    .sort((a, b) => (a.key < b.key ? -1 : 1));
  return {
    id: `${change}/LT*IGN*${index}`,
    change,
    reason: "tags-differ",
    location: {
      key: `LT*IGN*${index}`,
      id: text,
      ...place,
      operator: text,
      country: index % 2 ? "LT" : "LV",
    },
    target,
    ...(target?.type === "way" && { wayNodes: WAY_NODES.slice(0, 1 + (index % 3)) }),
    ...(target && { match: { ...made.matched, method: "near" as const } }),
    candidates: isNew && change === "review" ? made.candidates : [],
    ...(isNew && { nearby: [{ osm: "n7", version: 2, lat: 1.5, lon: -2 }, { osm: "w8" }].slice(index % 3) }),
    tags,
    chargePoints:
      change === "create"
        ? made.chargePoints.map(({ place, value }) => ({
            lat: formatDegrees(place.lat),
            lon: formatDegrees(place.lon),
            tags: [{ key: "man_made", value, rule: "T6" }],
          }))
        : [],
    ...(target && EDITS.has(change) && version === undefined && { withheld: "no-version" as const }),
    notes: [{ code: "bad-hours", detail: text }],
    source: { file: text, record: index },
  };
}
