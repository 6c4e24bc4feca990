/** The comparison is fair only when the other tools' methods do what their descriptions say. */
import { describe, expect, test } from "vitest";
import { moved } from "../synthetic/metres.mjs";
import { nearest } from "./nearest.mjs";
import { refThenNearest } from "./ref-then-nearest.mjs";
import { weighted } from "./weighted.mjs";

const HERE = { lat: 52, lon: 10 };
const tagsOf = (tags: Record<string, string>) =>
  Object.entries(tags).map(([key, value]) => ({ key, value, rule: "" }));

/** A Location so many metres east of HERE. */
const location = (east: number, tags: Record<string, string> = {}) => ({
  key: String(east),
  id: "1",
  ...moved(HERE, east, 0),
  tags: tagsOf(tags),
  evseIds: [],
  notes: [],
  chargePoints: [],
  removed: false,
  source: { file: "", record: 0 },
});
const station = (
  id: number,
  east: number,
  tags: Record<string, string> = {},
  type: "node" | "way" = "node",
) => ({
  type,
  id,
  ...moved(HERE, east, 0),
  tags: tagsOf({ amenity: "charging_station", ...tags }),
  nodes: [],
  members: [],
  outlines: [],
});
const taken = (verdicts: readonly { readonly osm: readonly string[] }[]) =>
  verdicts.map(({ osm }) => osm.join());

describe("nearest", () => {
  test("first come first served, within 100 m, stations in use only", () => {
    const stations = [station(1, 20), station(2, 90)];
    expect(taken(nearest([location(0), location(19)], stations))).toEqual(["n1", "n2"]);
    expect(taken(nearest([location(19), location(0)], stations))).toEqual(["n1", "n2"]);
    expect(taken(nearest([location(195)], stations))).toEqual([""]);
    expect(taken(nearest([location(0)], [station(1, 0, { amenity: "parking" })]))).toEqual([""]);
  });
});

describe("ref, then nearest", () => {
  const REF = "ref:ocpi:location:id";

  test("the reference goes before distance, whatever the distance", () => {
    const stations = [station(1, 5), station(2, 5000, { [REF]: "x" })];
    expect(taken(refThenNearest([location(0, { [REF]: "x" })], stations))).toEqual(["n2"]);
  });

  test("of the rest the shortest link goes first", () => {
    const stations = [station(1, 20), station(2, 90)];
    expect(taken(refThenNearest([location(0), location(19)], stations))).toEqual(["n2", "n1"]);
    expect(taken(refThenNearest([location(0)], [station(1, 101)]))).toEqual([""]);
  });
});

describe("weighted score", () => {
  const known = { operator: "A", "socket:type2": "2", "socket:type2:output": "22 kW" };

  test("operator and connectors outweigh distance", () => {
    const stations = [station(1, 5, { operator: "B" }), station(2, 60, known)];
    expect(taken(weighted([location(0, known)], stations))).toEqual(["n2"]);
  });

  test("0.5 is enough: an unnamed station without sockets only when it is near", () => {
    expect(taken(weighted([location(0, known)], [station(1, 20)]))).toEqual(["n1"]);
    expect(taken(weighted([location(0, known)], [station(1, 30)]))).toEqual([""]);
  });

  test("power beyond a factor of two is another connector; areas are not seen", () => {
    const strong = { ...known, "socket:type2:output": "50 kW" };
    expect(taken(weighted([location(0, known)], [station(1, 110, known)]))).toEqual(["n1"]);
    expect(taken(weighted([location(0, known)], [station(1, 110, strong)]))).toEqual([""]);
    expect(taken(weighted([location(0, known)], [station(1, 0, known, "way")]))).toEqual([""]);
  });
});
