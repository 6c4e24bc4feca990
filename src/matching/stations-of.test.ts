import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type OsmObject, elementName } from "../osm/osm-object.js";
import { area, at, element } from "./matching.test-support.js";
import { stationsOf } from "./stations-of.js";

const STATION = { amenity: "charging_station" };
const POINT = { man_made: "charge_point" };

/** `n1: n2 n3`, one a station. */
function grouped(...objects: OsmObject[]): string[] {
  return stationsOf({ objects, wayNodes: new Map() }).map(
    ({ object, chargePoints }) => `${elementName(object)}: ${chargePoints.map(elementName).join(" ")}`,
  );
}

describe("stationsOf (D1.3)", () => {
  test("a charge point within 50 m belongs to the station, one farther away does not", () => {
    const station = element("node", 1, at(0), STATION);
    expect(grouped(station, element("node", 2, at(49), POINT))).toEqual(["n1: n2"]);
    expect(grouped(station, element("node", 2, at(51), POINT))).toEqual(["n1: ", "n2: "]);
  });

  test("not to a station of another operator, but to one that states none", () => {
    const point = element("node", 3, at(10), { ...POINT, operator: "Ignitis" });
    const other = element("node", 1, at(5), { ...STATION, operator: "Eldrive" });
    expect(grouped(other, point)).toEqual(["n1: ", "n3: "]);
    expect(grouped(other, element("node", 2, at(40), STATION), point)).toEqual(["n1: ", "n2: n3"]);
  });

  test("to the nearest; of equally near ones to the first element", () => {
    const point = element("node", 9, at(0), POINT);
    expect(grouped(element("node", 1, at(20), STATION), element("node", 2, at(-10), STATION), point)).toEqual(
      ["n1: ", "n2: n9"],
    );
    expect(grouped(element("node", 2, at(10), STATION), element("node", 1, at(10), STATION), point)).toEqual([
      "n1: n9",
      "n2: ",
    ]);
  });

  test("inside an area it belongs to that, whoever runs it and whatever is nearer outside", () => {
    const { object } = area(1, 0, 0, 200, { ...STATION, operator: "Eldrive" });
    const near = element("node", 1, at(92), STATION);
    const point = element("node", 2, at(90), { ...POINT, operator: "Ignitis" });
    expect(grouped(object, near, point)).toEqual(["n1: ", "w1: n2"]);
  });

  test("charge points without a station make one: the first, with those within 50 m of it", () => {
    const objects = [10, 0, 45, 80].map((east, i) => element("node", i + 1, at(east), POINT));
    expect(grouped(...objects)).toEqual(["n1: n2 n3", "n4: "]);
  });

  test("charge points of two operators are two stations", () => {
    const by = (id: number, operator: string): OsmObject =>
      element("node", id, at(id), operator === "" ? POINT : { ...POINT, operator });
    expect(grouped(by(1, ""), by(2, "Ignitis"), by(3, "Eldrive"), by(4, "Ignitis"))).toEqual([
      "n1: n2 n4",
      "n3: ",
    ]);
  });

  test("EVSE ids tell operators apart where names do not", () => {
    const point = element("node", 3, at(0), { ...POINT, "ref:EU:EVSE": "LT*IGN*E1" });
    const foreign = element("node", 1, at(20), { ...STATION, "ref:EU:EVSE": "LT*ELD*E7" });
    const own = element("node", 1, at(20), { ...STATION, "ref:EU:EVSE": "LT*IGN*P7;LT*IGN*E7" });
    expect(grouped(foreign, point)).toEqual(["n1: ", "n3: "]);
    expect(grouped(own, point)).toEqual(["n1: n3"]);
  });

  test("a name that elsewhere never goes by the code of its ids keeps a charge point apart; without such knowledge it does not", () => {
    const point = element("node", 3, at(0), { ...POINT, "ref:EU:EVSE": "LT*IGN*E1" });
    const named = element("node", 1, at(20), { ...STATION, operator: "Eldrive" });
    const known = element("node", 2, at(5000), {
      ...STATION,
      operator: "Ignitis",
      "ref:EU:EVSE": "LT*IGN*E5",
    });
    expect(grouped(named, point)).toEqual(["n1: n3"]);
    expect(grouped(named, known, point)).toEqual(["n1: ", "n2: ", "n3: "]);
  });

  test("what is in use and what is not stay apart", () => {
    const station = element("node", 1, at(0), STATION);
    const gone = element("node", 2, at(3), { "disused:man_made": "charge_point" });
    expect(grouped(station, gone)).toEqual(["n1: ", "n2: "]);
  });

  test("what has nothing to do with charging is left out", () => {
    expect(grouped(element("node", 1, at(0), { amenity: "parking" }))).toEqual([]);
  });

  test("the order of the extract does not matter", () => {
    const operator = fc.constantFrom("", "Ignitis", "Eldrive");
    const drawn = fc.record({ east: fc.nat(120), isPoint: fc.boolean(), operator });
    fc.assert(
      fc.property(fc.array(drawn, { maxLength: 12 }), fc.infiniteStream(fc.nat()), (all, random) => {
        const objects = all.map(({ east, isPoint, operator }, i) =>
          element("node", i + 1, at(east), {
            ...(isPoint ? POINT : STATION),
            ...(operator !== "" && { operator }),
          }),
        );
        const shuffled = objects
          .map((object) => ({ object, place: random.next().value ?? 0 }))
          .sort((a, b) => a.place - b.place)
          .map(({ object }) => object);
        expect(grouped(...shuffled)).toEqual(grouped(...objects));
      }),
    );
  });
});
