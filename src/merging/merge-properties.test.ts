/** D10: nothing is proposed that OSM already holds, no mapper's edit is ever proposed over, and order does not matter. */
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { OsmObject } from "../osm/osm-object.js";
import type { Comparison } from "./comparison.js";
import { sameMeaning } from "./meaning.js";
import {
  aComparison,
  aTagged,
  anObject,
  carriedOut,
  matchedWith,
  tagList,
  tagsOf,
  type Tags,
} from "./merging.test-support.js";
import { EDITS, type Proposal } from "./proposal.js";
import { proposeChanges } from "./propose-changes.js";
import type { StateEntry } from "./state-entry.js";
import { parseState, stateText } from "./state.js";

/** What feeds say, and what only mappers write. */
const VALUES: readonly (readonly [key: string, feed: readonly string[], mappers: readonly string[]])[] = [
  ["capacity", ["1", "2", "3", "4"], ["02", "yes", "7"]],
  ["socket:type2", ["1", "2", "3"], ["yes", "no", "9"]],
  ["socket:type2_cable", ["1", "2", "3"], ["yes", "no"]],
  ["socket:type2:output", ["22 kW", "22 kW;11 kW"], ["22", "11 kW;22kW", "43 kW"]],
  ["socket:type2_cable:output", ["22 kW", "11 kW"], ["43 kW"]],
  ["socket:tesla_supercharger", [], ["8"]],
  ["socket:nacs", ["8", "4"], []],
  [
    "ref:EU:EVSE",
    ["LT*ABC*E1", "LT*ABC*E1;LT*ABC*E2"],
    ["LT*ABC*P1", "LTABCE2,LTABCE1", "LT*ABC*P1;LT*ABC*E1"],
  ],
  ["ref:ocpi:location:id", ["LOC1"], ["OTHER", "loc1"]],
  ["opening_hours", ["24/7", "Mo-Fr 08:00-18:00"], ["Mo-Su 00:00-24:00", "Sa 10:00-12:00"]],
  ["operator", ["Ignitis", "Enefit"], ["UAB Ignitis", "Elinta"]],
  ["operator:wikidata", ["Q1"], ["Q2"]],
  ["payment:contactless", ["yes"], ["no"]],
];
const MAPPER_TAGS: readonly (readonly [string, readonly string[]])[] = [
  ["check_date", ["2024-07-01", "2020"]],
  ["check_date:socket", ["2024-07"]],
  ["not:operator", ["Ignitis"]],
  ["name", ["Depot"]],
];

const feedTags = fc.record(
  Object.fromEntries(
    VALUES.filter(([, feed]) => feed.length > 0).map(([key, feed]) => [key, fc.constantFrom(...feed)]),
  ),
  { requiredKeys: [] },
);
const osmTags = fc.record(
  Object.fromEntries([
    ...VALUES.map(([key, feed, mappers]) => [key, fc.constantFrom(...feed, ...mappers)] as const),
    ...MAPPER_TAGS.map(([key, values]) => [key, fc.constantFrom(...values)] as const),
  ]),
  { requiredKeys: [] },
);
/** A mapper's edit of one tag; `undefined` takes it away. */
const edit = fc
  .constantFrom(...VALUES)
  .chain(([key, feed, mappers]) =>
    fc.tuple(fc.constant(key), fc.constantFrom<string | undefined>(undefined, ...feed, ...mappers)),
  );

interface World {
  readonly object: OsmObject;
  readonly state: readonly StateEntry[];
}

function stated(tags: Readonly<Record<string, string | undefined>>): Tags {
  return Object.fromEntries(
    Object.entries(tags).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  );
}

/** One night: the state goes through its file, as it does in life. */
function run({ object, state }: World, ours: Readonly<Record<string, string | undefined>>): Comparison {
  const station = { object, form: { kind: "station", lifecycle: "" }, chargePoints: [] } as const;
  const result = proposeChanges(
    aComparison({
      locations: [aTagged(stated(ours), { lastUpdated: "2024-06-01T00:00:00Z" })],
      matches: [matchedWith([0])],
      stations: [station],
      state,
    }),
  );
  const text = stateText({ source: "test", entries: result.nextState });
  return { ...result, nextState: parseState(text, "state").entries };
}

function edits(proposals: readonly Proposal[]): readonly Proposal[] {
  return proposals.filter(({ change }) => EDITS.has(change));
}

function edited(object: OsmObject, key: string, value: string | undefined): OsmObject {
  const tags = tagsOf(object);
  if (value === undefined) delete tags[key];
  else tags[key] = value;
  return { ...object, tags: tagList(tags), version: (object.version ?? 0) + 1 };
}

const anyObject = osmTags.map((tags) => anObject({ amenity: "charging_station", ...stated(tags) }));

describe("idempotence", () => {
  it("OSM that holds what a run without a state would write gets no proposals, with or without one", () => {
    fc.assert(
      fc.property(anyObject, feedTags, (object, ours) => {
        const first = run({ object, state: [] }, ours);
        const after = carriedOut(object, first.proposals);
        expect(run({ object: after, state: first.nextState }, ours).proposals).toEqual([]);
        expect(run({ object: after, state: [] }, ours).proposals).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  it("once every proposal of a night is carried out the same feed gives none, night after night", () => {
    fc.assert(
      fc.property(anyObject, fc.array(feedTags, { minLength: 1, maxLength: 3 }), (object, feeds) => {
        let world: World = { object, state: [] };
        for (const ours of feeds) {
          const first = run(world, ours);
          const after = carriedOut(world.object, first.proposals);
          world = { object: after, state: first.nextState };
          expect(run(world, ours).proposals).toEqual([]);
        }
      }),
      { numRuns: 200 },
    );
  });

  it("once every edit is carried out no edit is proposed", () => {
    fc.assert(
      fc.property(anyObject, fc.array(feedTags, { minLength: 1, maxLength: 4 }), (object, feeds) => {
        let world: World = { object, state: [] };
        for (const ours of feeds) {
          const first = run(world, ours);
          world = { object: carriedOut(world.object, edits(first.proposals)), state: first.nextState };
          const second = run(world, ours);
          expect(edits(second.proposals)).toEqual([]);
        }
      }),
      { numRuns: 200 },
    );
  });

  it("what nobody applied comes again, word for word, and the state rests", () => {
    fc.assert(
      fc.property(anyObject, fc.array(feedTags, { minLength: 1, maxLength: 3 }), (object, feeds) => {
        let state: readonly StateEntry[] = [];
        for (const ours of feeds) {
          const first = run({ object, state }, ours);
          const second = run({ object, state: first.nextState }, ours);
          expect(second.proposals).toEqual(first.proposals);
          expect(second.nextState).toEqual(first.nextState);
          state = first.nextState;
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe("mappers' edits", () => {
  it("no value that a mapper changed since the base is ever proposed over", () => {
    const night = fc.record({ ours: feedTags, applied: fc.boolean(), edit });
    fc.assert(
      fc.property(
        anyObject,
        fc.array(night, { minLength: 1, maxLength: 4 }),
        feedTags,
        (object, nights, last) => {
          let world: World = { object, state: [] };
          const mapped = new Map<
            string,
            { readonly base: string | undefined; readonly value: string | undefined }
          >();
          const check = (proposals: readonly Proposal[]): void => {
            for (const tag of edits(proposals).flatMap(({ tags }) => tags)) {
              expect(mapped.has(tag.key), `${tag.key}: ${tag.old} → ${tag.new}`).toBe(false);
            }
          };
          for (const {
            ours,
            applied,
            edit: [key, value],
          } of nights) {
            const result = run(world, ours);
            check(result.proposals);
            const after = applied ? carriedOut(world.object, edits(result.proposals)) : world.object;
            const [entry] = result.nextState;
            const base = entry?.base[key] || undefined;
            const known = base !== undefined || entry?.pending?.[key] !== undefined;
            mapped.clear();
            if (known && !saysTheSame(key, value, base) && value !== tagsOf(after)[key])
              mapped.set(key, { base, value });
            world = { object: edited(after, key, value), state: result.nextState };
          }
          check(run(world, last).proposals);
        },
      ),
      { numRuns: 800 },
    );
  });
});

/** Of EVSE ids only those of EVSEs are the feed's. */
function saysTheSame(key: string, a: string | undefined, b: string | undefined): boolean {
  const own = (value: string | undefined): string | undefined =>
    key === "ref:EU:EVSE"
      ? value
          ?.split(/[;,]/)
          .filter((id) => !id.includes("P"))
          .join(";") || undefined
      : value;
  return sameMeaning(key, own(a), own(b));
}
