/** What looks like a match and is not sure to be one: it goes to review (D2.4), neither decided nor created. */
import { describe, expect, test } from "vitest";
import { at, element, location, station, verdicts } from "./matching.test-support.js";

const IGNITIS = { operator: "Ignitis" };
const ELDRIVE = { operator: "Eldrive" };
const TYPE2 = { "socket:type2": "2", capacity: "2" };
const POINT = { man_made: "charge_point" };
/** Without a Location id, so that only what the test names counts. */
const NO_REF = { "ref:ocpi:location:id": "" };

function evses(...numbers: number[]): { "ref:EU:EVSE": string } {
  return { "ref:EU:EVSE": numbers.map((number) => `LT*IGN*E${number}`).join(";") };
}

describe("charge points that only stand near a station (D1.3)", () => {
  const feed = location("A", at(0), { ...NO_REF, ...IGNITIS, ...TYPE2, ...evses(1, 2) });

  test("their ids do not make a stranger's station the Location's", () => {
    const points = [1, 2].map((id) => element("node", id + 8, at(id), { ...POINT, ...evses(id) }));
    expect(verdicts([feed], [station(1, at(26), ELDRIVE, points)])).toEqual({
      A: "review charge-points-only n1",
    });
  });

  test("nor do their name and number make an unnamed one it; at the station they do", () => {
    const point = { ...POINT, ...IGNITIS, ...TYPE2 };
    const own = location("A", at(0), { ...NO_REF, ...IGNITIS, ...TYPE2 });
    expect(verdicts([own], [station(1, at(20), {}, [element("node", 9, at(2), point)])])).toEqual({
      A: "review charge-points-only n1",
    });
    expect(verdicts([own], [station(1, at(20), {}, [element("node", 9, at(18), point)])])).toEqual({
      A: "matched operator+sockets n1",
    });
  });

  test("a Location at the points, nearer to them than to the station that names nobody", () => {
    const point = element("node", 9, at(2), { ...POINT, ...IGNITIS, ...TYPE2 });
    const own = location("A", at(0), { ...NO_REF, ...IGNITIS, ...TYPE2 });
    expect(verdicts([own], [station(1, at(10), {}, [point])])).toEqual({ A: "review charge-points-only n1" });
  });

  test("a station whose own name and numbers are the Location's needs no points", () => {
    const point = element("node", 9, at(2), { ...POINT, ...evses(1, 2) });
    expect(verdicts([feed], [station(1, at(26), { ...IGNITIS, ...TYPE2 }, [point])])).toEqual({
      A: "matched evse n1",
    });
  });
});

describe("the bare place, when something speaks against it (D2.2)", () => {
  const three = { "socket:type2": "3", capacity: "3" };

  test.each([
    ["another capacity", { capacity: "1" }, { capacity: "3" }],
    ["half the capacity, sockets unknown", { capacity: "2" }, { capacity: "1" }],
    ["mostly other sockets", { "socket:type2": "1" }, { "socket:type2": "1", "socket:chademo": "4" }],
  ])("%s", (_, ours, theirs) => {
    expect(verdicts([location("A", at(0), { ...NO_REF, ...ours })], [station(1, at(5), theirs)])).toEqual({
      A: "review weak n1",
    });
  });

  test("a capacity that is nearly the same does not, where the sockets are alike", () => {
    const feed = location("A", at(0), { ...NO_REF, ...TYPE2 });
    expect(verdicts([feed], [station(1, at(5), three)])).toEqual({ A: "matched near n1" });
  });

  test("a second station at the place", () => {
    const feed = location("A", at(0), { ...NO_REF, ...IGNITIS, ...TYPE2 });
    const near = station(1, at(8), TYPE2);
    expect(verdicts([feed], [near, station(2, at(16), ELDRIVE)])).toEqual({ A: "matched near n1" });
    expect(verdicts([feed], [near, station(2, at(14), ELDRIVE)])).toEqual({ A: "review ambiguous n1;n2" });
  });

  test("a name in OSM that nothing connects with a feed that names nobody; once something does, it is no obstacle", () => {
    const feed = location("A", at(0), NO_REF);
    const near = station(1, at(5), IGNITIS);
    expect(verdicts([feed], [near])).toEqual({ A: "review weak n1" });
    const other = location("OTHER-ID", at(5000));
    const known = station(2, at(5000), { ...IGNITIS, "ref:ocpi:location:id": "OTHER-ID" });
    expect(verdicts([feed, other], [near, known])).toEqual({
      A: "matched near n1",
      "OTHER-ID": "matched ref n2",
    });
  });
});

describe("a stated other operator under the same operator code", () => {
  const feed = location("A", at(0), { ...NO_REF, ...IGNITIS, ...TYPE2, ...evses(1) });

  test("is a question, at the very place too", () => {
    const renamed = { ...ELDRIVE, ...TYPE2, "ref:EU:EVSE": "LT*IGN*P1" };
    expect(verdicts([feed], [station(1, at(44), renamed)])).toEqual({ A: "review weak n1" });
    expect(verdicts([feed], [station(1, at(2), renamed)])).toEqual({ A: "review weak n1" });
  });

  test("does not outweigh a shared EVSE id", () => {
    expect(verdicts([feed], [station(1, at(44), { ...ELDRIVE, ...evses(1) })])).toEqual({
      A: "matched evse n1",
    });
  });
});

describe("ids that were issued anew (D4)", () => {
  const feed = (tags: Record<string, string>): ReturnType<typeof location> =>
    location("NEW", at(0), { ...IGNITIS, ...evses(1, 2), ...tags });
  const old = { ...IGNITIS, ...evses(8, 9), "ref:ocpi:location:id": "OLD" };

  test.each([
    ["the same capacity at the place", 14, { capacity: "2" }, "review weak n1"],
    ["nothing to compare at the very point", 4, {}, "review weak n1"],
    ["nothing to compare, a little off", 6, {}, "new contradicts n1"],
    ["the same capacity farther away", 16, { capacity: "2" }, "new contradicts n1"],
  ])("%s", (_, metres, tags, verdict) => {
    expect(verdicts([feed(tags)], [station(1, at(metres), { ...old, ...tags })])).toEqual({ NEW: verdict });
  });

  test("a station whose ids another Location of the feed has is that one's", () => {
    const other = location("OLD", at(2), { ...IGNITIS, ...evses(8, 9), capacity: "2" });
    const found = verdicts([feed({ capacity: "2" }), other], [station(1, at(2), { ...old, capacity: "2" })]);
    expect(found).toEqual({ NEW: "new taken n1", OLD: "matched ref n1" });
  });
});

describe("Locations beside each other, of which one has the station (D2.4)", () => {
  const two = (capacity: string): ReturnType<typeof location>[] => [
    location("A", at(0), { ...IGNITIS, capacity }),
    location("B", at(10), { ...IGNITIS, capacity }),
  ];
  const withIdOfA = { ...IGNITIS, "ref:ocpi:location:id": "A" };

  test("it may be both: it does not say how many it has, or has more than the one", () => {
    expect(verdicts(two("2"), [station(1, at(-45), withIdOfA)])).toEqual({
      A: "matched ref n1",
      B: "review weak n1",
    });
    expect(verdicts(two("2"), [station(1, at(-60), { ...withIdOfA, capacity: "4" })])).toEqual({
      A: "matched ref n1",
      B: "review weak n1",
    });
  });

  test("it is full", () => {
    expect(verdicts(two("2"), [station(1, at(-45), { ...withIdOfA, capacity: "2" })])).toEqual({
      A: "matched ref n1",
      B: "new taken n1",
    });
  });
});

test("nobody is sure where two mediocre pairs outweigh one good pair and a Location that OSM lacks (D2.3)", () => {
  const tags = { ...IGNITIS, capacity: "2" };
  const feed = (id: string, east: number): ReturnType<typeof location> =>
    location(id, at(east), { ...NO_REF, ...tags });
  const stations = [station(1, at(0), tags), station(2, at(-20), tags)];
  const found = verdicts([feed("A", 0), feed("B", 31)], stations);
  expect(found["A"]).toMatch(/^review ambiguous/);
  expect(found["B"]).toMatch(/^review ambiguous/);
  // Standing each at its own is no such case.
  expect(verdicts([feed("A", 0), feed("C", -60)], stations)).toEqual({
    A: "matched operator n1",
    C: "matched operator n2",
  });
});
