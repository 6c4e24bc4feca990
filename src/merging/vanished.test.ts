import { describe, expect, it } from "vitest";
import type { Comparison, ComparisonInput } from "./comparison.js";
import {
  NEW,
  TAGS,
  aStation,
  aTagged,
  anObject,
  carriedOut,
  decided,
  entry,
  location,
  matchedWith,
  propose,
  tagsOf,
} from "./merging.test-support.js";

describe("a Location that vanishes (D4)", () => {
  const stations = [aStation(TAGS)];
  const start = propose({ locations: [location], matches: [matchedWith([0])], stations }).nextState;
  const options = { maxDisappear: { limit: 100, percent: true } };

  function nights(count: number, fields: Partial<ComparisonInput> = {}): Comparison {
    let result = propose({ stations, options, ...fields, state: start });
    for (let night = 1; night < count; night++) {
      result = propose({ stations, options, ...fields, state: result.nextState });
    }
    return result;
  }

  it("is counted, and closed only when patience is at its end; then it waits unchanged", () => {
    expect(nights(2).proposals).toEqual([]);
    expect(nights(2).nextState[0]).toMatchObject({ absent: 2 });
    const third = nights(3);
    expect(third.proposals[0]).toMatchObject({
      id: "close/LT*ABC*LOC1",
      reason: "gone-from-feed",
      target: { id: 1 },
      tags: [
        { key: "amenity", old: "charging_station", new: undefined },
        { key: "disused:amenity", old: undefined, new: "charging_station" },
      ],
    });
    expect(nights(4).proposals).toEqual(third.proposals);
    expect(nights(4).nextState).toEqual(third.nextState);
  });

  it("is forgotten once OSM has it closed, or cleared away", () => {
    const third = nights(3);
    const closed = carriedOut(anObject(TAGS), third.proposals);
    expect(tagsOf(closed)).toMatchObject({ "disused:amenity": "charging_station", capacity: "2" });
    for (const left of [[aStation(tagsOf(closed))], []]) {
      expect(propose({ stations: left, options, state: third.nextState })).toMatchObject({
        proposals: [],
        nextState: [],
      });
    }
  });

  it("is not closed when its station stands for another Location by now, or a reviewer knows better", () => {
    const other = aTagged({ operator: "Enefit" }, { id: "OTHER", lat: 54.7 });
    const taken = nights(3, { locations: [other], matches: [matchedWith([0])] });
    expect(taken.proposals.filter(({ change }) => change === "close")).toEqual([]);
    const decisions = decided({ proposal: "close/LT*ABC*LOC1", decision: "reject" });
    expect(nights(3, { decisions }).proposals).toEqual([]);
  });

  it("has not vanished while the feed has it, even if it is not to be mapped, or came back", () => {
    const hidden = propose({ stations, state: start, refused: new Set([location.key]) });
    expect(hidden).toMatchObject({ disappeared: { count: 0 }, nextState: start });
    const back = propose({
      locations: [location],
      matches: [matchedWith([0])],
      stations,
      state: nights(2).nextState,
    });
    expect(back.nextState).toEqual(start);
  });

  it.each([
    [100, 4, { limit: 5, percent: true }, false],
    [100, 5, { limit: 5, percent: true }, true],
    [3, 1, { limit: 5, percent: true }, true],
    [3, 1, { limit: 1, percent: false }, false],
    [3, 2, { limit: 1, percent: false }, true],
    [3, 3, { limit: 100, percent: true }, false],
    [3, 0, { limit: 0, percent: true }, false],
  ])("of %i known %i vanish, limit %j: too many is %s", (known, gone, maxDisappear, crossed) => {
    const locations = Array.from({ length: known }, (_, index) =>
      aTagged({}, { id: `L${index}`, lat: index / 10 }),
    );
    const state = propose({ locations, matches: locations.map(() => NEW) }).nextState;
    const left = locations.slice(gone);
    const result = propose({
      locations: left,
      matches: left.map(() => NEW),
      state,
      options: { maxDisappear },
    });
    expect(result.disappeared).toMatchObject({ known, count: gone, crossed });
    if (crossed) expect(result).toMatchObject({ proposals: [], verdicts: [], nextState: state });
  });

  it("what was missing before is not counted again", () => {
    const state = [
      entry({ absent: 1 }),
      ...Array.from({ length: 30 }, (_, i) => entry({ key: `LT*ABC*X${i}`, id: `X${i}` })),
    ];
    const locations = state.slice(1).map(({ id }) => aTagged({}, { id }));
    const result = propose({ locations, matches: locations.map(() => NEW), state });
    expect(result.disappeared).toMatchObject({ known: 30, count: 0, crossed: false });
  });
});

describe("a Location whose EVSEs are all REMOVED (T1.3)", () => {
  const removed = aTagged({}, { removed: true, tags: [] });

  it.each([
    ["ref", "close"],
    ["near", "review"],
  ] as const)("matched by %s: %s, at once and again", (method, change) => {
    const input = {
      locations: [removed],
      matches: [matchedWith([0], { method })],
      stations: [aStation(TAGS)],
    };
    const first = propose(input);
    expect(first.proposals).toMatchObject([{ change, reason: "removed", target: { id: 1 } }]);
    expect(propose({ ...input, state: first.nextState }).proposals).toEqual(first.proposals);
  });

  it("is nothing to do where OSM has no station, or has it closed", () => {
    const closed = aStation({ "disused:amenity": "charging_station" });
    expect(propose({ locations: [removed], matches: [NEW] }).proposals).toEqual([]);
    const input = { locations: [removed], matches: [matchedWith([0])], stations: [closed] };
    expect(propose(input)).toMatchObject({ proposals: [], verdicts: [{ verdict: "closed" }] });
  });
});
