/** Proposals and tables for the tests of this room. */
import type { ProposalLine } from "../proposals/proposal-schema.js";
import type { Coded, CodedLists, ReviewIndex } from "../proposals/review-data.js";
import type { KeyValueStore } from "./kept-decisions.js";
import { tagMark } from "../proposals/tag-mark.js";

/** A modify of one Location with two tags, but for what is given. */
export function lineOf(members: Partial<ProposalLine> = {}): ProposalLine {
  return {
    proposal: "modify/LT*IGN*42",
    change: "modify",
    reason: "tags-differ",
    location: { key: "LT*IGN*42", id: "42", lat: 54.7, lon: 25.3, country: "LT", operator: "Ignitis" },
    target: { type: "node", id: 123, version: 4, lat: 54.7, lon: 25.3, tags: { capacity: "2" } },
    candidates: [],
    tags: [tagOf("capacity", "4", "2"), tagOf("opening_hours", "24/7")],
    charge_points: [],
    notes: [],
    ...members,
  };
}

/** A tag that the feed has as `value` (null: it is to go) and OSM as `old`. */
export function tagOf(
  key: string,
  value: string | null,
  old: string | null = null,
): ProposalLine["tags"][number] {
  return { key, class: "A", old, base: null, new: value, rule: "T5.1", reason: "absent", sources: [] };
}

/** A candidate of an unsettled match. */
export function candidateOf(osm: string): ProposalLine["candidates"][number] {
  return { osm, score: 0.4, distance_m: 20, parts: [] };
}

/** What a row of an index may be given; all else is the same in every row. */
export interface IndexRow {
  readonly id: string;
  readonly operator?: string;
  readonly country?: string;
  readonly place?: string;
  readonly classes?: string;
  readonly distance?: number | null;
  readonly notes?: readonly string[];
  readonly tags?: Readonly<Record<string, string>>;
  readonly osm?: string;
  readonly candidates?: number;
}

/** The index of these rows, as `proposals/review-index.ts` writes it. */
export function indexOf(rows: readonly IndexRow[]): ReviewIndex {
  const changeOf = ({ id }: IndexRow): string => id.slice(0, id.indexOf("/"));
  return {
    id: rows.map(({ id }) => id),
    change: coded(rows.map(changeOf)),
    reason: coded(rows.map(() => "tags-differ")),
    classes: coded(rows.map(({ classes = "A" }) => classes)),
    country: coded(rows.map(({ country = "LT" }) => country)),
    operator: coded(rows.map(({ operator = "" }) => operator)),
    location: rows.map(({ id }) => id.slice(id.lastIndexOf("*") + 1)),
    place: rows.map(({ place = "" }) => place),
    lat: rows.map(() => 54.7),
    lon: rows.map((_, row) => 25 + row / 10_000),
    distance: rows.map(({ distance = null }) => distance),
    osm: rows.map(({ osm = "n123" }) => osm),
    tags: codedLists(
      rows.map(({ tags = {} }) => Object.entries(tags).map(([key, value]) => tagMark(key, value))),
    ),
    notes: codedLists(rows.map(({ notes = [] }) => notes)),
    candidates: rows.map(({ candidates = 0 }) => candidates),
    withheld: coded(rows.map(() => "")),
  };
}

/** What `localStorage` does, in memory. `room`: entries it has place for. */
export function emptyStore(room = Infinity): KeyValueStore {
  const entries = new Map<string, string>();
  return {
    get length() {
      return entries.size;
    },
    key: (at) => [...entries.keys()][at] ?? null,
    getItem: (name) => entries.get(name) ?? null,
    setItem: (name, text) => {
      if (!entries.has(name) && entries.size >= room) throw new Error("QuotaExceededError");
      entries.set(name, text);
    },
    removeItem: (name) => void entries.delete(name),
  };
}

function coded(texts: readonly string[]): Coded {
  const words = [...new Set(texts)];
  return { words, at: texts.map((text) => words.indexOf(text)) };
}

function codedLists(lists: readonly (readonly string[])[]): CodedLists {
  const words = [...new Set(lists.flat())];
  return { words, at: lists.map((list) => list.map((text) => words.indexOf(text))) };
}
