import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { LocationMatch } from "../matching/match.js";
import type { TaggedLocation } from "../tagging/tagged-location.js";
import type { Comparison } from "./comparison.js";
import type { Decision } from "./decisions.js";
import {
  NEW,
  TAGS,
  type Tags,
  VILNIUS,
  aStation,
  aTagged,
  decided,
  entry,
  location,
  matchedWith,
  propose,
  told,
  verdictOf,
} from "./merging.test-support.js";

describe("a tag that a mapper removed", () => {
  it("stays removed when the feed loses it for a night and has it again (D3)", () => {
    const { capacity: _, ...without } = TAGS;
    const night = (tags: Tags, state: Comparison["nextState"]) =>
      propose({
        locations: [aTagged(tags)],
        matches: [matchedWith([0])],
        stations: [aStation(without, { version: 2 })],
        state,
      });
    const imported = propose({
      locations: [location],
      matches: [matchedWith([0])],
      stations: [aStation(TAGS)],
    });
    const lost = night(without, imported.nextState);
    expect(lost.proposals).toEqual([]);
    expect(night(TAGS, lost.nextState).proposals).toEqual([]);
  });
});

describe("a Location that OSM does not have", () => {
  const feed = { locations: [location], matches: [NEW] };

  it("is proposed as new, night after night, until it is there", () => {
    const first = propose(feed);
    expect(told(first)).toEqual([
      "create/LT*ABC*LOC1: amenity capacity operator ref:ocpi:location:id socket:type2",
    ]);
    const second = propose({ ...feed, state: first.nextState });
    expect(second).toEqual({ ...first, disappeared: { ...first.disappeared, known: 1 } });
    const mapped = propose({
      locations: [location],
      matches: [matchedWith([0])],
      stations: [aStation(TAGS)],
      state: second.nextState,
    });
    expect(mapped.proposals).toEqual([]);
    expect(mapped.nextState[0]).toMatchObject({ osm: ["n1"] });
    expect(mapped.nextState[0]?.create).toBeUndefined();
  });

  it("is not proposed again after a mapper took it out of OSM", () => {
    const linked = propose({
      locations: [location],
      matches: [matchedWith([0])],
      stations: [aStation(TAGS)],
    });
    const gone = propose({ ...feed, state: linked.nextState });
    expect(gone.proposals).toEqual([]);
    expect(verdictOf(gone)).toBe("skipped deleted-by-mapper");
    expect(verdictOf(propose({ ...feed, state: gone.nextState }))).toBe("skipped deleted-by-mapper");
    // Somebody mapped it after all.
    const back = propose({
      ...feed,
      matches: [matchedWith([0])],
      stations: [aStation(TAGS)],
      state: gone.nextState,
    });
    expect(back.nextState[0]?.deleted).toBeUndefined();
  });

  it("stays refused when the feed loses it for long and brings it back (D5)", () => {
    const away = { locations: [], matches: [], options: { maxDisappear: { limit: 100, percent: true } } };
    let { nextState } = propose({ ...feed, state: [entry({ osm: ["n2"] })] });
    for (let night = 0; night < 5; night++) nextState = propose({ ...away, state: nextState }).nextState;
    const back = propose({ ...feed, state: nextState });
    expect(back.proposals).toEqual([]);
    expect(verdictOf(back)).toBe("skipped deleted-by-mapper");
  });

  it("is not asked about when all that stands near is another Location's", () => {
    const other = { ...location, key: "LT*ABC*LOC0", id: "LOC0" };
    const weak: LocationMatch = {
      verdict: "review",
      reason: "weak",
      candidates: [{ station: 0, score: 0.4, parts: [], distance: 5 }],
    };
    const run = (holder: string) =>
      propose({
        locations: [location, other],
        matches: [weak, NEW],
        stations: [aStation(TAGS)],
        state: [entry({ osm: ["n2"] }), { ...entry({ osm: ["n1"] }), key: holder }],
        options: { maxDisappear: { limit: 100, percent: true } },
      });
    const verdicts = (holder: string) => run(holder).verdicts.find(({ key }) => key === location.key);
    expect(verdicts(other.key)).toMatchObject({ verdict: "skipped", reason: "deleted-by-mapper" });
    expect(verdicts("LT*ABC*GONE")).toMatchObject({ verdict: "review", reason: "weak" });
  });

  it("is not proposed when the state says no more than that it was deleted", () => {
    expect(verdictOf(propose({ ...feed, state: [entry({ deleted: true })] }))).toBe(
      "skipped deleted-by-mapper",
    );
  });

  it("keeps what a later version wrote into its entry", () => {
    expect(propose({ ...feed, state: [entry({ later: 1 })] }).nextState[0]).toMatchObject({ later: 1 });
  });

  it("keeps its station when matching lost it, as long as the station is there and free", () => {
    const linked = propose({
      locations: [location],
      matches: [matchedWith([0])],
      stations: [aStation(TAGS)],
    });
    const lost = propose({ ...feed, stations: [aStation(TAGS)], state: linked.nextState });
    expect(lost.verdicts[0]).toMatchObject({ verdict: "matched", method: "state", osm: "n1" });
  });

  it("is remembered with tags whose text the feed has damaged since: they were not dropped (T7)", () => {
    const known = { ...TAGS, name: "München", operator: "Example", brand: "Example", "brand:wikidata": "Q1" };
    const stations = [aStation(known)];
    const matches = [matchedWith([0])];
    const whole = propose({ locations: [aTagged(known)], matches, stations });
    const { name: _, operator: __, brand: ___, "brand:wikidata": ____, ...left } = known;
    const night = (notes: TaggedLocation["notes"]) =>
      propose({ locations: [aTagged(left, { notes })], matches, stations, state: whole.nextState });
    const damaged = night([
      { code: "text-damaged", detail: "operator=Ex\ufffd" },
      { code: "text-damaged", detail: "name=M\ufffdnchen" },
    ]);
    expect(damaged.proposals).toEqual([]);
    expect(damaged.nextState).toEqual(whole.nextState);
    expect(night([]).nextState).not.toEqual(whole.nextState);
  });

  it("goes to review when its position is doubtful", () => {
    const doubtful = aTagged(TAGS, { notes: [{ code: "outside-country", detail: "stated LT" }] });
    const result = propose({ locations: [doubtful], matches: [NEW] });
    expect(result.proposals[0]).toMatchObject({ change: "review", reason: "outside-country" });
  });

  it("goes to review when it was accepted and is still not there", () => {
    const decisions = decided({ proposal: "create/LT*ABC*LOC1", decision: "accept" });
    expect(propose({ ...feed, decisions }).proposals[0]).toMatchObject({
      change: "review",
      reason: "accepted-but-absent",
    });
  });

  it("stays out when refused, until the feed says something else of it", () => {
    const refusal = {
      proposal: "create/LT*ABC*LOC1",
      decision: "reject",
      values: { capacity: "2" },
    } as const;
    expect(verdictOf(propose({ ...feed, decisions: decided(refusal) }))).toBe("skipped rejected");
    const changed = [aTagged({ ...TAGS, capacity: "4" })];
    expect(verdictOf(propose({ ...feed, locations: changed, decisions: decided(refusal) }))).toBe(
      "new new-station",
    );
  });

  it("tells what stands near and where, in the versions of now", () => {
    const lat = VILNIUS.lat + 0.0005;
    const stations = [
      aStation({}, { id: 5, lat, version: 7 }),
      aStation({}, { id: 6, lat: VILNIUS.lat + 0.002 }),
    ];
    expect(propose({ ...feed, stations }).proposals[0]?.nearby).toEqual([
      { osm: "n5", version: 7, lat, lon: VILNIUS.lon },
    ]);
  });
});

describe("a match that is not sure", () => {
  it("is put to review with its candidates and what would be written", () => {
    const match: LocationMatch = {
      verdict: "review",
      reason: "ambiguous",
      candidates: [0, 1].map((station) => ({ station, score: 0.5, parts: [], distance: 20 })),
    };
    const stations = [aStation({}, { id: 1 }), aStation({}, { id: 2 })];
    const result = propose({ locations: [location], matches: [match], stations });
    expect(result.proposals[0]).toMatchObject({
      id: "review/LT*ABC*LOC1",
      reason: "ambiguous",
      candidates: [{ osm: "n1" }, { osm: "n2" }],
    });
    expect(result.proposals[0]?.target).toBeUndefined();
    expect(result.verdicts[0]).toMatchObject({ verdict: "review", osm: "n1", runnerUp: "n2" });
  });
});

describe("a matched station", () => {
  const matched = { locations: [location], matches: [matchedWith([0])] };

  it("gets one proposal for each thing a mapper is asked", () => {
    const state = [
      entry({ base: { capacity: "1", "socket:type2": "1", "ref:ocpi:location:id": "LOC1" }, osm: ["n1"] }),
    ];
    const theirs = {
      capacity: "1",
      "socket:type2": "3",
      "ref:ocpi:location:id": "LOC1",
      check_date: "2024-01-01",
    };
    const surveyed = propose({ ...matched, stations: [aStation(theirs)], state });
    expect(told(surveyed)).toEqual([
      "review/LT*ABC*LOC1: capacity operator",
      "conflict/LT*ABC*LOC1: socket:type2",
    ]);
  });

  it("without a version is told of, but not for editors", () => {
    const result = propose({ ...matched, stations: [aStation({}, { version: undefined })] });
    expect(result.proposals[0]).toMatchObject({ change: "modify", withheld: "no-version" });
    expect(result.counts.withheld).toBe(1);
  });

  it("a way comes with its nodes", () => {
    const wayNodes = new Map([9, 8].map((id) => [id, { id, ...VILNIUS, tags: [] }]));
    const stations = [aStation({}, { type: "way", id: 4, nodes: [9, 8, 9, 7] })];
    expect(propose({ ...matched, stations, wayNodes }).proposals[0]?.wayNodes?.map(({ id }) => id)).toEqual([
      8, 9,
    ]);
  });

  it("matched by id far away is for review", () => {
    const result = propose({
      ...matched,
      matches: [matchedWith([0], { distance: 700 })],
      stations: [aStation({})],
    });
    expect(result.proposals.map(({ change }) => change)).toEqual(["review"]);
  });

  it("that a mapper closed is left closed", () => {
    const linked = propose({ ...matched, stations: [aStation(TAGS)] });
    const closed = aStation({ ...TAGS, "disused:amenity": "charging_station" });
    const lifecycle: LocationMatch = {
      verdict: "review",
      reason: "lifecycle",
      candidates: [{ station: 0, score: 0.9, parts: [], distance: 0 }],
    };
    const result = propose({ ...matched, matches: [lifecycle], stations: [closed], state: linked.nextState });
    expect(result.proposals).toEqual([]);
    expect(verdictOf(result)).toBe("closed lifecycle");
  });

  it("that a mapper accepted though OSM has it as disused is asked tag by tag whether it is open again", () => {
    const disused = aStation({ operator: "Ignitis", "disused:amenity": "charging_station" });
    const matchedAnew = { ...matched, stations: [disused] };
    const result = propose(matchedAnew);
    expect(told(result)).toEqual([
      "review/LT*ABC*LOC1: amenity capacity disused:amenity ref:ocpi:location:id socket:type2",
    ]);
    expect(result.proposals[0]?.tags[2]).toMatchObject({
      old: "charging_station",
      new: undefined,
      reason: "lifecycle",
    });
    expect(told(propose({ ...matchedAnew, state: result.nextState }))).toEqual(told(result));
    const decisions = decided({
      proposal: "review/LT*ABC*LOC1",
      decision: "reject",
      values: Object.fromEntries(
        result.proposals.flatMap(({ tags }) => tags.map(({ key, new: value }) => [key, value ?? null])),
      ),
    });
    expect(propose({ ...matchedAnew, decisions, state: result.nextState }).proposals).toEqual([]);
  });

  it("and that is a charge point in OSM is not made a station", () => {
    const point = aStation({ operator: "Ignitis", man_made: "charge_point" });
    const result = propose({ ...matched, stations: [point] });
    expect(result.proposals.flatMap(({ tags }) => tags.map(({ key }) => key))).not.toContain("amenity");
  });

  it("whose only candidate was refused may still be missing: that is asked without the candidate", () => {
    const refused: LocationMatch = {
      verdict: "review",
      reason: "rejected-pair",
      candidates: [{ station: 0, score: 0.5, parts: [], distance: 3 }],
    };
    const result = propose({ ...matched, matches: [refused], stations: [aStation({})] });
    expect(result.proposals).toMatchObject([{ change: "review", reason: "rejected-pair", candidates: [] }]);
    expect(result.proposals[0]?.target).toBeUndefined();
    expect(result.verdicts[0]).toMatchObject({ verdict: "review", osm: "n1" });
  });

  it("counts every tag it looked at", () => {
    const result = propose({ ...matched, stations: [aStation({ ...TAGS, capacity: "4" })] });
    expect(result.counts.tags).toEqual([
      { class: "A", outcome: "nothing", reason: "already-there", count: 3 },
      { class: "A", outcome: "review", reason: "capacity-lowered", count: 1 },
      { class: "B", outcome: "nothing", reason: "already-there", count: 1 },
    ]);
  });
});

describe("Locations that share an object (D2.3)", () => {
  const locations = ["LOC1", "LOC2"].map((id) => aTagged({ ...TAGS, "ref:ocpi:location:id": id }, { id }));
  const matches = [matchedWith([0], { sharedWith: [1] }), matchedWith([0], { sharedWith: [0] })];

  it("are compared with their sum", () => {
    const theirs = { ...TAGS, capacity: "4", "socket:type2": "4", "ref:ocpi:location:id": "LOC1;LOC2" };
    const result = propose({ locations, matches, stations: [aStation(theirs)] });
    expect(result.proposals).toEqual([]);
    expect(verdictOf(result)).toBe("matched, matched shared");
  });

  it("differences are one review", () => {
    const result = propose({ locations, matches, stations: [aStation({ operator: "Ignitis" })] });
    expect(told(result)).toEqual(["review/LT*ABC*LOC1: capacity ref:ocpi:location:id socket:type2"]);
    expect(result.proposals[0]?.tags[0]).toMatchObject({ new: "4", reason: "shared" });
  });
});

describe("decisions about tags (D5)", () => {
  const matched = {
    locations: [location],
    matches: [matchedWith([0])],
    stations: [aStation({ ...TAGS, capacity: "4" })],
  };
  const later = { ...matched, locations: [aTagged({ ...TAGS, capacity: "3" })] };

  it.each<[string, Decision]>([
    ["of the tag", { proposal: "review/LT*ABC*LOC1", key: "capacity", decision: "reject", value: "2" }],
    [
      "of the tag, without its value",
      { proposal: "review/LT*ABC*LOC1", key: "capacity", decision: "reject" },
    ],
    ["of the proposal", { proposal: "review/LT*ABC*LOC1", decision: "reject", values: { capacity: "2" } }],
    ["of the proposal, without values", { proposal: "review/LT*ABC*LOC1", decision: "reject" }],
  ])("a refusal %s holds until the feed's value changes", (_, decision) => {
    const decisions = decided(decision);
    const before = propose(matched);
    const refused = propose({ ...matched, decisions, state: before.nextState });
    expect(refused.proposals).toEqual([]);
    const still = propose({ ...matched, decisions, state: refused.nextState });
    expect(still.proposals).toEqual([]);
    const changed = propose({ ...later, decisions, state: still.nextState });
    expect(told(changed)).toEqual(["review/LT*ABC*LOC1: capacity"]);
    const unanswered = propose({ ...later, decisions, state: changed.nextState });
    expect(told(unanswered)).toEqual(told(changed));
    const back = propose({ ...matched, decisions, state: unanswered.nextState });
    expect(back.proposals).toEqual([]);
  });

  it("a tag put off is listed for review", () => {
    const decisions = decided({
      proposal: "modify/LT*ABC*LOC1",
      key: "capacity",
      decision: "defer",
      value: "2",
    });
    const result = propose({ ...matched, stations: [aStation({ ...TAGS, capacity: "4" })], decisions });
    expect(result.proposals[0]?.tags[0]).toMatchObject({ reason: "deferred" });
  });
});

describe("the order of the input", () => {
  it("does not matter", () => {
    const sites = Array.from({ length: 8 }, (_, index) => ({
      location: aTagged(
        { capacity: String(index) },
        { id: `L${index % 5}${index}`, lat: 54 + (index % 3) / 100_000 },
      ),
      station: aStation({ capacity: "3" }, { id: index + 1, lat: 54 + index / 100 }),
      isMatched: index % 3 > 0,
    }));
    const state = sites.map(({ location: { key, id, lat, lon } }, index) =>
      entry({ key: `${key}x`, id, lat, lon, osm: [`n${index + 1}`] }),
    );
    const inOrder = (order: readonly number[], entries: readonly number[]): Comparison => {
      const shuffled = order.flatMap((index) => sites[index] ?? []);
      return propose({
        locations: shuffled.map(({ location }) => location),
        matches: shuffled.map(({ isMatched }, index) => (isMatched ? matchedWith([index]) : NEW)),
        stations: shuffled.map(({ station }) => station),
        state: entries.flatMap((index) => state[index] ?? []),
        options: { patience: 1, maxDisappear: { limit: 100, percent: true } },
      });
    };
    const all = sites.map((_, index) => index);
    const expected = inOrder(all, all);
    expect(expected.proposals.length).toBeGreaterThan(5);
    const shuffle = fc.shuffledSubarray(all, { minLength: all.length });
    fc.assert(
      fc.property(shuffle, shuffle, (order, entries) => {
        expect(inOrder(order, entries)).toEqual(expected);
      }),
      { numRuns: 50 },
    );
  });

  it("matches of another list are refused", () => {
    expect(() => propose({ locations: [location] })).toThrow(RangeError);
  });
});
