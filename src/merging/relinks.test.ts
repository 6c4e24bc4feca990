import { describe, expect, it } from "vitest";
import type { LocationMatch } from "../matching/match.js";
import {
  NEW,
  TAGS,
  VILNIUS,
  aStation,
  aTagged,
  anObject,
  carriedOut,
  matchedWith,
  propose,
  tagsOf,
  told,
} from "./merging.test-support.js";

describe("a Location under a new id (D4)", () => {
  const stations = [aStation({ ...TAGS, "ref:EU:EVSE": "LT*ABC*E1" })];
  const old = aTagged({ ...TAGS, "ref:EU:EVSE": "LT*ABC*E1" });
  const state = propose({ locations: [old], matches: [matchedWith([0])], stations }).nextState;
  const renamed = aTagged(
    { ...TAGS, "ref:ocpi:location:id": "NEW9", "ref:EU:EVSE": "LT*ABC*E9" },
    { id: "NEW9" },
  );

  it.each<[string, LocationMatch]>([
    ["that matching found on its station", matchedWith([0], { method: "operator+sockets" })],
    ["that matching found nothing for, as its EVSE ids are new, too", NEW],
  ])("%s is a re-link, and nothing vanished", (_, match) => {
    const input = { locations: [renamed], matches: [match], stations };
    const result = propose({ ...input, state });
    expect(told(result)).toEqual(["relink/LT*ABC*NEW9: ref:EU:EVSE ref:ocpi:location:id"]);
    expect(result.proposals[0]).toMatchObject({
      reason: "re-issued-id",
      tags: [{ base: "LT*ABC*E1" }, { base: "LOC1", old: "LOC1", new: "NEW9", reason: "re-issued" }],
    });
    expect(result.disappeared).toMatchObject({ count: 0, crossed: false });
    expect(result.nextState.map(({ key }) => key)).toEqual(["LT*ABC*NEW9"]);
    expect(propose({ ...input, state: result.nextState }).proposals).toEqual(result.proposals);
    const after = carriedOut(stations[0]?.object ?? anObject({}), result.proposals);
    const done = { ...input, matches: [matchedWith([0])], stations: [aStation(tagsOf(after))] };
    expect(propose({ ...done, state: result.nextState }).proposals).toEqual([]);
  });

  it("is one across the antimeridian, too", () => {
    const fiji = { lat: -17, lon: 179.9999 };
    const before = propose({
      locations: [aTagged(TAGS, fiji)],
      matches: [matchedWith([0])],
      stations: [aStation(TAGS, fiji)],
    });
    const moved = aTagged(
      { ...TAGS, "ref:ocpi:location:id": "NEW9" },
      { id: "NEW9", lat: -17, lon: -179.9999 },
    );
    const after = propose({
      locations: [moved],
      matches: [NEW],
      stations: [aStation(TAGS, fiji)],
      state: before.nextState,
    });
    expect(after.proposals.map(({ change }) => change)).toEqual(["relink"]);
  });

  it("of another operator, at another place or with other sockets it is not", () => {
    const others = [
      aTagged({ ...TAGS, operator: "Enefit" }, { id: "NEW9" }),
      aTagged(TAGS, { id: "NEW9", lat: VILNIUS.lat + 0.001 }),
      aTagged({ operator: "Ignitis", "socket:chademo": "1" }, { id: "NEW9" }),
    ];
    for (const other of others) {
      const options = { maxDisappear: { limit: 100, percent: true } };
      const result = propose({ locations: [other], matches: [NEW], stations, state, options });
      expect(result.proposals.map(({ change }) => change)).toEqual(["create"]);
      expect(result.disappeared.count).toBe(1);
    }
  });

  it("with two that it may be, a mapper is asked", () => {
    const twins = [renamed, { ...renamed, id: "NEW8", key: "LT*ABC*NEW8" }];
    const options = { maxDisappear: { limit: 100, percent: true } };
    const result = propose({ locations: twins, matches: [NEW, NEW], stations, state, options });
    expect(result.proposals.map(({ change, reason }) => `${change} ${reason}`)).toEqual([
      "review ambiguous",
      "review ambiguous",
    ]);
    expect(result.proposals[0]?.candidates).toMatchObject([{ osm: "n1" }]);
  });

  it("without a state is one when the old id is nobody's and all else agrees", () => {
    const agreeing = aTagged({ ...TAGS, "ref:ocpi:location:id": "NEW9" }, { id: "NEW9" });
    const input = { locations: [agreeing], matches: [matchedWith([0])], stations: [aStation(TAGS)] };
    const result = propose(input);
    expect(told(result)).toEqual(["relink/LT*ABC*NEW9: ref:ocpi:location:id"]);
    expect(told(propose({ ...input, state: result.nextState }))).toEqual(told(result));
    const known = aTagged({}, { id: "loc1", lat: 55 });
    const inFeed = propose({ ...input, locations: [agreeing, known], matches: [matchedWith([0]), NEW] });
    expect(told(inFeed)).toContain("review/LT*ABC*NEW9: ref:ocpi:location:id");
    const differing = propose({ ...input, stations: [aStation({ ...TAGS, capacity: "9" })] });
    expect(told(differing)).toEqual(["review/LT*ABC*NEW9: capacity ref:ocpi:location:id"]);
  });
});
