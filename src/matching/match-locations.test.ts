import { describe, expect, test } from "vitest";
import { matchLocations } from "./match-locations.js";
import { NO_MEMORY } from "./match-memory.js";
import { area, at, element, location, station, verdicts } from "./matching.test-support.js";

const IGNITIS = { operator: "Ignitis" };
const ELDRIVE = { operator: "Eldrive" };
const TYPE2 = { "socket:type2": "2", capacity: "2" };
const CCS = { "socket:type2_combo": "2", capacity: "2" };
/** Without a Location id, so that only place and likeness count. */
const NO_REF = { "ref:ocpi:location:id": "" };

function evses(...numbers: number[]): { "ref:EU:EVSE": string } {
  return { "ref:EU:EVSE": numbers.map((number) => `LT*IGN*E${number}`).join(";") };
}

describe("without ids (D2.2)", () => {
  test.each([
    [14, "matched near n1"],
    [16, "review weak n1"],
    [99, "review weak n1"],
    [101, "new"],
  ])("nothing known but the place, %d m: %s", (metres, verdict) => {
    expect(verdicts([location("A", at(0), IGNITIS)], [station(1, at(metres))])).toEqual({ A: verdict });
  });

  test.each([
    [16, "matched operator n1"],
    [49, "matched operator n1"],
    [51, "review weak n1"],
    [149, "review weak n1"],
    [152, "new"],
  ])("the operator agrees, %d m: %s", (metres, verdict) => {
    expect(verdicts([location("A", at(0), IGNITIS)], [station(1, at(metres), IGNITIS)])).toEqual({
      A: verdict,
    });
  });

  test.each([
    [51, "matched operator+sockets n1"],
    [149, "matched operator+sockets n1"],
    [152, "new"],
  ])("operator and sockets agree, %d m: %s", (metres, verdict) => {
    const tags = { ...IGNITIS, ...TYPE2 };
    expect(verdicts([location("A", at(0), tags)], [station(1, at(metres), tags)])).toEqual({ A: verdict });
  });

  test("sockets are alike in any spelling of a bucket, and when only counts differ", () => {
    const feed = location("A", at(0), { ...IGNITIS, "socket:type2_cable": "4" });
    expect(verdicts([feed], [station(1, at(100), { ...IGNITIS, "socket:type2": "1" })])).toEqual({
      A: "matched operator+sockets n1",
    });
  });

  test("sockets with nothing in common are never matched unseen, however near", () => {
    const feed = location("A", at(0), { ...IGNITIS, ...CCS });
    expect(verdicts([feed], [station(1, at(2), { ...IGNITIS, ...TYPE2 })])).toEqual({ A: "review weak n1" });
  });

  test("22 kW far away is not 150 kW", () => {
    const feed = location("A", at(0), { ...IGNITIS, ...CCS, "socket:type2_combo:output": "150 kW" });
    const slow = { ...IGNITIS, ...CCS, "socket:type2_combo:output": "22 kW" };
    expect(verdicts([feed], [station(1, at(90), slow)])).toEqual({ A: "review weak n1" });
  });

  test("another operator at the very place with the same sockets is a question, not a match, and no create", () => {
    const feed = location("A", at(0), { ...IGNITIS, ...TYPE2 });
    expect(verdicts([feed], [station(1, at(3), { ...ELDRIVE, ...TYPE2 })])).toEqual({ A: "review weak n1" });
  });

  test("an area is where its edge is", () => {
    const feed = location("A", at(0), IGNITIS);
    expect(verdicts([feed], [area(1, 60, 0, 100, IGNITIS)])).toEqual({ A: "matched operator w1" });
    expect(verdicts([feed], [area(1, 0, 0, 500, {})])).toEqual({ A: "matched near w1" });
  });

  test("a pool id of the operator's says who runs it (T2.5)", () => {
    const feed = location("A", at(0), { ...NO_REF, ...evses(1, 2) });
    expect(verdicts([feed], [station(1, at(40), { "ref:EU:EVSE": "LT*IGN*P77" })])).toEqual({
      A: "matched operator n1",
    });
  });
});

describe("by ids (D2.1, D2.2)", () => {
  test.each([
    [499, "matched ref n1"],
    [510, "new"],
  ])("a Location id counts on its own up to 500 m: %d m, %s", (metres, verdict) => {
    const stations = [station(1, at(metres), { "ref:ocpi:location:id": "lt-00042" })];
    expect(verdicts([location("LT-00042", at(0))], stations)).toEqual({ "LT-00042": verdict });
  });

  test.each([
    [499, "matched ref n1"],
    [510, "review far-id n1"],
    [90_000, "review far-id n1"],
  ])(
    "with the operator's agreement it counts anywhere, and over 500 m it is a question: %d m, %s",
    (metres, verdict) => {
      const stations = [station(1, at(metres), { ...IGNITIS, "ref:ocpi:location:id": "42" })];
      expect(verdicts([location("42", at(0), IGNITIS)], stations)).toEqual({ 42: verdict });
    },
  );

  test.each([
    [99, "matched ref n1"],
    [110, "new"],
  ])("a short id on a station of somebody else counts to 100 m only: %d m, %s", (metres, verdict) => {
    const stations = [station(1, at(metres), { ...ELDRIVE, "ref:ocpi:location:id": "42" })];
    expect(verdicts([location("42", at(0), IGNITIS)], stations)).toEqual({ 42: verdict });
  });

  test.each([
    [400, "matched evse n1"],
    [600, "review far-id n1"],
  ])("EVSE ids count whoever runs it, over 500 m they are a question: %d m, %s", (metres, verdict) => {
    const stations = [station(1, at(metres), { ...ELDRIVE, "ref:EU:EVSE": "lt-ign-e1, LTIGNE9" })];
    expect(verdicts([location("A", at(0), { ...IGNITIS, ...evses(1, 2) })], stations)).toEqual({
      A: verdict,
    });
  });

  test("the ids of a station's charge points are its own", () => {
    const point = element("node", 2, at(30), { man_made: "charge_point", ...evses(1) });
    const feed = location("A", at(0), { ...NO_REF, ...evses(1), ...TYPE2 });
    expect(verdicts([feed], [station(1, at(25), TYPE2, [point])])).toEqual({ A: "matched evse n1" });
  });

  test("a plain ref:ocpi and a pool id that is the Location's id count as its id", () => {
    expect(verdicts([location("7", at(0))], [station(1, at(300), { "ref:ocpi": "LT*IGN*L7" })])).toEqual({
      7: "matched ref n1",
    });
    const pool = location("LT*IGN*P5", at(0));
    expect(verdicts([pool], [station(1, at(300), { "ref:EU:EVSE": "LT-IGN-P5" })])).toEqual({
      "LT*IGN*P5": "matched ref n1",
    });
  });

  test("one EVSE id on every Location identifies nothing", () => {
    const locations = [0, 2000, 4000].map((east, i) =>
      location(`${i}`, at(east), { ...NO_REF, ...evses(1) }),
    );
    expect(verdicts(locations, [station(1, at(300), evses(1))])).toEqual({ 0: "new", 1: "new", 2: "new" });
  });

  test("an EVSE id on stations far apart identifies none of them", () => {
    const stations = [station(1, at(200), evses(1)), station(2, at(5000), evses(1))];
    expect(verdicts([location("A", at(0), { ...NO_REF, ...evses(1) })], stations)).toEqual({ A: "new" });
  });

  test("of two stations with one id the nearer; none when they are about as near", () => {
    const ref = { "ref:ocpi:location:id": "LT-00042" };
    const feed = [location("LT-00042", at(0))];
    expect(verdicts(feed, [station(1, at(300), ref), station(2, at(20), ref)])).toEqual({
      "LT-00042": "matched ref n2",
    });
    expect(verdicts(feed, [station(1, at(90), ref), station(2, at(-85), ref)])).toEqual({
      "LT-00042": "review ambiguous n2;n1",
    });
  });

  test("likeness never outvotes ids: the twin next to a Location leaves it its own station", () => {
    const tags = { ...IGNITIS, ...TYPE2 };
    const locations = [
      location("A", at(0), { ...tags, ...evses(1) }),
      location("B", at(100), { ...tags, ...evses(2) }),
    ];
    const stations = [
      station(1, at(100), { ...tags, ...evses(1) }),
      station(2, at(0), { ...tags, ...evses(2) }),
    ];
    expect(verdicts(locations, stations)).toEqual({ A: "matched evse n1", B: "matched evse n2" });
  });
});

describe("vetoes (D2.2)", () => {
  test("EVSE ids of one operator with none in common: no match, and nothing in the way of a create", () => {
    const feed = location("A", at(0), { ...NO_REF, ...IGNITIS, ...evses(1, 2) });
    expect(verdicts([feed], [station(1, at(10), { ...IGNITIS, ...evses(3) })])).toEqual({
      A: "new contradicts n1",
    });
  });

  test("EVSE ids of another operator contradict nothing", () => {
    const feed = location("A", at(0), { ...NO_REF, ...evses(1) });
    const other = station(1, at(10), { "ref:EU:EVSE": "LT*ELD*E1" });
    expect(verdicts([feed], [other])).toEqual({ A: "review weak n1" });
  });

  test("all ids renewed at the very place, everything else the same: a question, not a second station", () => {
    const tags = { ...IGNITIS, ...TYPE2 };
    const feed = location("A", at(0), { ...NO_REF, ...tags, ...evses(1, 2) });
    expect(verdicts([feed], [station(1, at(5), { ...tags, ...evses(8, 9) })])).toEqual({
      A: "review weak n1",
    });
  });

  test("a station with the id of another Location of the feed is that one's", () => {
    const stations = [station(1, at(0), { ...IGNITIS, "ref:ocpi:location:id": "B" })];
    const locations = [location("A", at(2), { ...NO_REF, ...IGNITIS }), location("B", at(400), IGNITIS)];
    expect(verdicts(locations, stations)).toMatchObject({ B: "matched ref n1" });
    expect(verdicts(locations, stations)["A"]).not.toMatch(/^matched/);
  });

  test("also while that one is only a question", () => {
    const tags = { ...IGNITIS, ...TYPE2 };
    const stations = [station(1, at(0), { ...tags, "ref:ocpi:location:id": "B" })];
    const locations = [location("A", at(2), { ...NO_REF, ...tags }), location("B", at(800), tags)];
    expect(verdicts(locations, stations)).toEqual({ A: "new contradicts n1", B: "review far-id n1" });
  });

  test("an id that no Location of the feed has any more is no obstacle (D4: re-issued ids)", () => {
    const stations = [station(1, at(5), { ...IGNITIS, "ref:ocpi:location:id": "OLD" })];
    expect(verdicts([location("NEW", at(0), IGNITIS)], stations)).toEqual({ NEW: "matched operator n1" });
  });
});

describe("all at once (D2.3)", () => {
  const tags = { ...IGNITIS, ...TYPE2 };

  test("who stands nearer gets it; who is left is new where all others are taken", () => {
    const locations = [
      location("A", at(70), { ...NO_REF, ...tags }),
      location("B", at(0), { ...NO_REF, ...tags }),
    ];
    expect(verdicts(locations, [station(1, at(1), tags)])).toEqual({
      A: "new taken n1",
      B: "matched operator+sockets n1",
    });
  });

  test("two about as near to one station: both to review, none created", () => {
    const locations = [
      location("A", at(20), { ...NO_REF, ...tags }),
      location("B", at(-22), { ...NO_REF, ...tags }),
    ];
    expect(verdicts(locations, [station(1, at(0), tags)])).toEqual({
      A: "review ambiguous n1",
      B: "review weak n1",
    });
  });

  test("two stations about as near: the candidates are shown", () => {
    const stations = [station(1, at(20), tags), station(2, at(-22), tags)];
    expect(verdicts([location("A", at(0), tags)], stations)).toEqual({ A: "review ambiguous n1;n2" });
  });

  test("neighbours of one operator each get their own", () => {
    const locations = [0, 80, 160].map((east, i) => location(`${i}`, at(east), { ...NO_REF, ...tags }));
    const stations = [3, 78, 165].map((east, i) => station(i + 1, at(east), tags));
    expect(verdicts(locations, stations)).toEqual({
      0: "matched operator+sockets n1",
      1: "matched operator+sockets n2",
      2: "matched operator+sockets n3",
    });
  });

  test("a Location too far for a match may still be who the station is", () => {
    const feed = { ...NO_REF, ...IGNITIS };
    const locations = [location("A", at(40), feed), location("B", at(-60), { ...feed, capacity: "2" })];
    expect(verdicts(locations, [station(1, at(0), { ...IGNITIS, capacity: "2" })])).toEqual({
      A: "review ambiguous n1",
      B: "review weak n1",
    });
  });

  test("at most five candidates", () => {
    const stations = Array.from({ length: 9 }, (_, i) => station(i + 1, at(20 + i)));
    const [match] = matchLocations([location("A", at(0))], stations, NO_MEMORY);
    expect(match).toMatchObject({ verdict: "review", candidates: { length: 5 } });
  });
});

describe("what is never decided unseen (D2.4)", () => {
  test.each(["disused", "planned", "construction", "was"])("%s: stations", (lifecycle) => {
    const stations = [station(1, at(2), { ...IGNITIS, [`${lifecycle}:amenity`]: "charging_station" })];
    expect(verdicts([location("A", at(0), IGNITIS)], stations)).toEqual({ A: "review lifecycle n1" });
  });

  test("an id on what is out of use is a question too; on what is in use beside it, it is not", () => {
    const ref = { "ref:ocpi:location:id": "A" };
    const gone = station(1, at(0), { ...ref, "disused:amenity": "charging_station" });
    expect(verdicts([location("A", at(0))], [gone])).toEqual({ A: "review lifecycle n1" });
    expect(verdicts([location("A", at(0))], [gone, station(2, at(40), ref)])).toEqual({
      A: "matched ref n2",
    });
  });

  test("charge points without a station", () => {
    const stations = [station(1, at(2), { ...IGNITIS, man_made: "charge_point" })];
    expect(verdicts([location("A", at(0), IGNITIS)], stations)).toEqual({
      A: "review charge-points-only n1",
    });
  });

  test("nothing within 100 m: new", () => {
    expect(verdicts([location("A", at(0))], [])).toEqual({ A: "new" });
  });
});

describe("Locations that are gone (T1.3)", () => {
  const gone = (id: string, east: number): ReturnType<typeof location> =>
    location(id, at(east), NO_REF, { removed: true, operator: "Ignitis" });

  test("are matched by their id, or near with the operator's agreement", () => {
    expect(
      verdicts([gone("A", 0)], [station(1, at(200), { ...IGNITIS, "ref:ocpi:location:id": "A" })]),
    ).toEqual({
      A: "matched ref n1",
    });
    expect(verdicts([gone("A", 0)], [station(1, at(30), IGNITIS)])).toEqual({ A: "matched operator n1" });
  });

  test("are nothing to whatever else stands there", () => {
    expect(verdicts([gone("A", 0)], [station(1, at(3)), station(2, at(9), ELDRIVE)])).toEqual({ A: "new" });
  });

  test("leave their station to the Location that took their place, although it still has their id", () => {
    const locations = [gone("OLD", 0), location("NEW", at(1), IGNITIS)];
    const stations = [station(1, at(0), { ...IGNITIS, "ref:ocpi:location:id": "OLD" })];
    expect(verdicts(locations, stations)).toMatchObject({ NEW: "matched operator n1" });
    expect(verdicts(locations, stations)["OLD"]).not.toMatch(/^matched/);
  });
});

describe("what is reported (D2.5)", () => {
  test("distance, the parts of the score in words, and the runner-up", () => {
    const feed = location("A", at(0), { ...IGNITIS, ...TYPE2, ...evses(1, 2) });
    const stations = [
      station(1, at(12), { operator: "Ignitis ON", ...TYPE2, ...evses(1), "ref:ocpi:location:id": "OLD" }),
      station(2, at(90), IGNITIS),
    ];
    const [match] = matchLocations([feed], stations, NO_MEMORY);
    if (match?.verdict !== "matched") throw new Error(`no match but ${match?.verdict}`);
    expect(match.best).toMatchObject({ station: 0, score: 1, distance: 12 });
    expect(match.best.parts.map(({ name, detail }) => `${name}: ${detail}`)).toEqual([
      "evse: ref:EU:EVSE: 1 of 1 shared",
      "distance: 12 m",
      "operator: Ignitis = Ignitis ON",
      "sockets: feed type2 2; OSM type2 2",
      "capacity: feed 2, OSM 2",
      "ref: ref:ocpi:location:id is OLD in OSM, A in the feed",
    ]);
    expect(match.runnerUp).toMatchObject({ station: 1, distance: 90 });
  });

  test("a score below 1 is the sum of its parts", () => {
    const [match] = matchLocations([location("A", at(0), IGNITIS)], [station(1, at(30), IGNITIS)], NO_MEMORY);
    if (match?.verdict !== "matched") throw new Error("no match");
    expect(match.best.score).toBeCloseTo(
      match.best.parts.reduce((sum, { value }) => sum + value, 0),
      3,
    );
  });
});
