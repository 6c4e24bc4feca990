import { describe, expect, test } from "vitest";
import { area, at, element, location, station, verdicts } from "./matching.test-support.js";

const IGNITIS = { operator: "Ignitis" };
const TYPE2 = { "socket:type2": "2", capacity: "2" };
const CCS = { "socket:type2_combo": "2", capacity: "2" };
/** Without a Location id, so that only what the test names counts. */
const NO_REF = { "ref:ocpi:location:id": "" };

function evses(...numbers: number[]): { "ref:EU:EVSE": string } {
  return { "ref:EU:EVSE": numbers.map((number) => `LT*IGN*E${number}`).join(";") };
}

describe("one Location, several stations (D2.3)", () => {
  const one = { ...IGNITIS, capacity: "1", "socket:type2": "1" };
  const four = { ...IGNITIS, capacity: "4", "socket:type2": "4" };

  test("four nodes of one make a Location of four", () => {
    const stations = [5, 10, 15, 20].map((east, i) => station(i + 1, at(east), one));
    expect(verdicts([location("A", at(0), four)], stations)).toEqual({
      A: "matched operator+sockets n1;n2;n3;n4",
    });
  });

  test("what would not fit is left alone", () => {
    const stations = [station(1, at(2), four), station(2, at(45), four)];
    expect(verdicts([location("A", at(0), four)], stations)).toEqual({ A: "matched operator+sockets n1" });
  });

  test("EVSE ids spread over stations prove it, up to 150 m", () => {
    const stations = [0, 60, 120, 200].map((east, i) => station(i + 1, at(east), evses(i + 1)));
    expect(verdicts([location("A", at(0), { ...NO_REF, ...evses(1, 2, 3, 4) })], stations)).toEqual({
      A: "matched evse n1;n2;n3",
    });
  });
});

describe("several Locations, one station (D2.3)", () => {
  test("that carries the EVSE ids of each", () => {
    const locations = [location("A", at(0), evses(1, 2)), location("B", at(60), evses(3))];
    expect(verdicts(locations, [station(1, at(30), evses(1, 2, 3))])).toEqual({
      A: "matched evse n1 with B",
      B: "matched evse n1 with A",
    });
  });

  test("whose area they lie in, and whose numbers are their sum", () => {
    const feed = { ...NO_REF, ...IGNITIS, ...TYPE2 };
    const locations = [location("A", at(-20), feed), location("B", at(20), feed)];
    const together = area(1, 0, 0, 60, { ...IGNITIS, capacity: "4", "socket:type2": "4" });
    expect(verdicts(locations, [together])).toEqual({
      A: "matched operator+sockets w1 with B",
      B: "matched operator+sockets w1 with A",
    });
  });

  test("an area that has room for only one is not shared, and two that could be it are a question", () => {
    const feed = { ...NO_REF, ...IGNITIS, ...TYPE2 };
    const locations = [location("A", at(-20), feed), location("B", at(20), feed)];
    const own = verdicts(locations, [area(1, 0, 0, 60, { ...IGNITIS, ...TYPE2 })]);
    expect(Object.values(own).join()).not.toMatch(/matched|new/);
  });

  test("nothing is created in a station that has room for more than the Locations it has", () => {
    const locations = [
      location("A", at(0), { ...IGNITIS, capacity: "2" }),
      location("B", at(10), { ...IGNITIS, capacity: "1" }),
    ];
    const stations = [station(1, at(0), { ...IGNITIS, capacity: "6", "ref:ocpi:location:id": "A" })];
    expect(verdicts(locations, stations)).toEqual({ A: "matched ref n1", B: "review weak n1" });
  });

  test("nor when the ids on it are the other Location's only", () => {
    const locations = [
      location("A", at(0), { ...NO_REF, ...IGNITIS, ...evses(1), capacity: "1" }),
      location("B", at(5), { ...NO_REF, ...IGNITIS, ...evses(2), capacity: "1" }),
    ];
    const stations = [station(1, at(0), { ...IGNITIS, ...evses(1), capacity: "2" })];
    expect(verdicts(locations, stations)).toEqual({ A: "matched evse n1", B: "review weak n1" });
  });

  test("charge points that only stand near another station do not make that station the Location's", () => {
    const point = element("node", 9, at(40), { man_made: "charge_point", ...evses(7) });
    const stations = [station(1, at(0), { ...IGNITIS, ...TYPE2, ...evses(1, 2) }, [point])];
    const locations = [
      location("A", at(0), { ...NO_REF, ...IGNITIS, ...TYPE2, ...evses(1, 2) }),
      location("B", at(42), { ...NO_REF, ...IGNITIS, ...CCS, ...evses(7) }),
    ];
    const found = verdicts(locations, stations);
    expect(found).toMatchObject({ A: "matched evse n1" });
    expect(found["B"]).toMatch(/^review charge-points-only n1/);
  });
});
