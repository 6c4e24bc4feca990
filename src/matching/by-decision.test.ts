import { describe, expect, test } from "vitest";
import { NO_MEMORY } from "./match-memory.js";
import { at, location, station, verdicts } from "./matching.test-support.js";

const IGNITIS = { operator: "Ignitis" };
const ELDRIVE = { operator: "Eldrive" };
/** Without a Location id, so that only place and likeness count. */
const NO_REF = { "ref:ocpi:location:id": "" };

function evses(...numbers: number[]): { "ref:EU:EVSE": string } {
  return { "ref:EU:EVSE": numbers.map((number) => `LT*IGN*E${number}`).join(";") };
}

describe("what mappers said before (D5)", () => {
  const memory = (kind: "accepted" | "refused", ...names: string[]): typeof NO_MEMORY => ({
    ...NO_MEMORY,
    [kind]: new Map([["LT*IGN*A", new Set(names)]]),
  });
  const feed = [location("A", at(0), { ...NO_REF, ...IGNITIS })];

  test("an accepted pair is matched, also far away and under another operator", () => {
    const stations = [station(1, at(900), ELDRIVE), station(2, at(30), IGNITIS)];
    expect(verdicts(feed, stations, memory("accepted", "n1"))).toEqual({ A: "matched decision n1" });
  });

  test.each([
    ["out of use", { "disused:amenity": "charging_station" }],
    ["a charge point without a station", { man_made: "charge_point" }],
  ])("an accepted pair is matched though it is %s, also where ids would have found it", (_, tags) => {
    const accepted = memory("accepted", "n1");
    expect(verdicts(feed, [station(1, at(2), { ...IGNITIS, ...tags })], accepted)).toEqual({
      A: "matched decision n1",
    });
    const byId = [location("A", at(0), { ...NO_REF, ...evses(1) })];
    const known = [station(1, at(2), { ...tags, ...evses(1) })];
    expect(verdicts(byId, known)).toMatchObject({ A: expect.stringMatching(/^review/) });
    expect(verdicts(byId, known, accepted)).toEqual({ A: "matched evse n1" });
  });

  test("of several that carry its ids the accepted one is it, whatever else speaks for another", () => {
    const own = [location("A", at(0), { ...NO_REF, ...evses(1, 2) })];
    const stations = [
      station(1, at(2), { "disused:amenity": "charging_station", ...evses(1, 2) }),
      station(2, at(40), { man_made: "charge_point", ...evses(1) }),
    ];
    expect(verdicts(own, stations)).toMatchObject({ A: expect.stringMatching(/^review/) });
    expect(verdicts(own, stations, memory("accepted", "n1"))).toEqual({ A: "matched evse n1" });
    expect(verdicts(own, stations, memory("accepted", "n2"))).toMatchObject({
      A: expect.stringMatching(/^matched evse n2/),
    });
  });

  test("an accepted station that another Location has by its ids is shared with it", () => {
    const other = location("B", at(1), evses(1));
    const known = [station(1, at(2), evses(1))];
    expect(verdicts([...feed, other], known, memory("accepted", "n1"))).toEqual({
      A: "matched decision n1 with B",
      B: "matched evse n1 with A",
    });
  });

  test("ids are stronger", () => {
    const locations = [location("A", at(0), evses(1))];
    const stations = [station(1, at(30)), station(2, at(60), evses(1))];
    expect(verdicts(locations, stations, memory("accepted", "n1"))).toEqual({ A: "matched evse n2" });
  });

  test("a refused pair is not matched, not even by ids, and still keeps a create away", () => {
    const stations = [station(1, at(2), { ...IGNITIS, "ref:ocpi:location:id": "A" })];
    const refused = memory("refused", "n1");
    expect(verdicts([location("A", at(0), IGNITIS)], stations, refused)).toEqual({
      A: "review rejected-pair n1",
    });
    expect(verdicts(feed, [...stations, station(2, at(20), IGNITIS)], refused)).toEqual({
      A: "matched operator n2",
    });
  });
});
