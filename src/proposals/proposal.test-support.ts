/** Proposals to write in every form. */
import type { Proposal } from "../merging/proposal.js";
import { checkElement } from "../osm/limits.js";
import type { OsmObject, WayNode } from "../osm/osm-object.js";
import { LICENSED } from "./emitted.test-support.js";
import { newNodeIds } from "./loadable-edits.js";
import type { OutputAbout } from "./output-form.js";
import type { ProposalForm } from "./proposal-form.js";

/** A whole file. */
export function fileText(
  form: ProposalForm,
  proposals: readonly Proposal[],
  about: OutputAbout = LICENSED,
): string {
  return [...form.text(proposals, { about, newIds: newNodeIds(proposals) })].join("");
}

export const NODE: OsmObject = {
  type: "node",
  id: 123,
  version: 4,
  timestamp: "2025-01-02T03:04:05Z",
  changeset: 99,
  uid: 7,
  user: "a mapper",
  lat: 54.6871555,
  lon: 25.27,
  tags: [
    { key: "amenity", value: "charging_station" },
    { key: "capacity", value: "2" },
    { key: "note", value: "kept as it is" },
  ],
  nodes: [],
  members: [],
  outlines: [],
};

export const WAY_NODES: readonly WayNode[] = [31, 32, 33].map((id) => ({
  id,
  version: 1,
  lat: 54.7 + id / 10_000,
  lon: 25.3 + (id % 2) / 10_000,
  tags: [],
}));

export const WAY: OsmObject = {
  ...NODE,
  type: "way",
  id: 45,
  lat: 54.7032,
  lon: 25.30005,
  nodes: [31, 32, 33, 31],
};

export const RELATION: OsmObject = {
  ...NODE,
  type: "relation",
  id: 6,
  members: [
    { type: "way", ref: 45, role: "outer" },
    { type: "node", ref: 77, role: "" },
  ],
};

/** A modify of `NODE`: one tag changed, one added. */
export const MODIFY: Proposal = {
  id: "modify/LT*IGN*42",
  change: "modify",
  reason: "tags-differ",
  location: {
    key: "LT*IGN*42",
    country_code: "LT",
    party_id: "IGN",
    id: "42",
    lat: 54.6872,
    lon: 25.2701,
    country: "LT",
    operator: "Ignitis ON",
    lastUpdated: "2026-01-01T00:00:00Z",
  },
  target: NODE,
  match: {
    method: "ref",
    osm: "n123",
    score: 0.987_65,
    distance: 8.1234,
    parts: [{ name: "ref", value: 0.9, detail: "the same id" }],
  },
  candidates: [],
  tags: [
    {
      key: "capacity",
      class: "A",
      old: "2",
      base: "2",
      new: "4",
      rule: "T5.1",
      reason: "feed-changed",
      sources: [{ pointer: "/evses", value: [1, { a: null }] }],
    },
    {
      key: "socket:type2",
      class: "A",
      old: undefined,
      base: undefined,
      new: "4",
      rule: "T3.1",
      reason: "absent",
      sources: [],
    },
  ],
  chargePoints: [],
  notes: [{ code: "format-missing", detail: "IEC_62196_T2" }],
  source: { file: "feeds/example.json", record: 3 },
};

export const CREATE: Proposal = {
  ...MODIFY,
  id: "create/LT*IGN*7",
  change: "create",
  reason: "new-station",
  location: { ...MODIFY.location, key: "LT*IGN*7", id: "7", lat: 54.5, lon: -25.25 },
  target: undefined,
  match: undefined,
  tags: [
    {
      key: "amenity",
      class: "A",
      old: undefined,
      base: undefined,
      new: "charging_station",
      rule: "T1",
      reason: "new-station",
      sources: [{ pointer: "", value: null }],
    },
  ],
  chargePoints: [
    {
      lat: "54.5001",
      lon: "-25.2501",
      tags: [{ key: "man_made", value: "charge_point", rule: "T6" }],
    },
  ],
};

/** An unsettled match. */
export const REVIEW: Proposal = {
  ...CREATE,
  id: "review/LT*IGN*8",
  change: "review",
  reason: "ambiguous",
  location: { ...CREATE.location, key: "LT*IGN*8", id: "8" },
  candidates: [
    { osm: "n1;w2", score: 0.62, distance: 12.34, parts: [] },
    { osm: "r3", score: 0.6, distance: 20, parts: [] },
  ],
  chargePoints: [],
};

/** `MODIFY` with `text` in every place that a feed or a mapper can fill; its new tag only if OSM takes it. */
export function proposalWith(text: string): Proposal {
  const value = isTagText(text) ? text : "x";
  return {
    ...MODIFY,
    id: `modify/${text}`,
    location: { ...MODIFY.location, key: text, country_code: text, party_id: text, id: text, operator: text },
    target: { ...NODE, user: text, tags: [...NODE.tags, { key: "old", value: text }] },
    match: {
      method: "near",
      osm: "n123",
      score: 1,
      distance: 1,
      parts: [{ name: "ref", value: 1, detail: text }],
    },
    tags: [
      {
        key: "new",
        class: "C",
        old: text,
        base: text,
        new: value,
        rule: text,
        reason: "absent",
        sources: [{ pointer: `/${text}`, value: text }],
      },
    ],
    notes: [{ code: "bad-field", detail: text }],
    source: { file: text, record: 0 },
  };
}

/** Whether OSM takes it as a value. */
export function isTagText(text: string): boolean {
  return checkElement({ id: 1, lat: "1", lon: "1", tags: [{ key: "k", value: text }] }).length === 0;
}
