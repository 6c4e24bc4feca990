import { describe, expect, it } from "vitest";
import type { OsmNode } from "./element.js";
import { checkElement } from "./limits.js";

const NODE: OsmNode = {
  id: -1,
  lat: "54.6871555",
  lon: "-179.9999999",
  tags: [
    { key: "amenity", value: "charging_station" },
    { key: "operator", value: "👍".repeat(255) },
  ],
};

function problems(change: Partial<OsmNode>): string[] {
  return checkElement({ ...NODE, ...change }).map(({ key, problem }) => `${key ?? "element"}: ${problem}`);
}

describe("checkElement", () => {
  it("finds nothing in what OSM takes: 255 characters are characters, not bytes or UTF-16 units", () => {
    expect(checkElement(NODE)).toEqual([]);
  });

  it.each([
    [{ id: 0 }, "element: id 0 is not an element id"],
    [{ lat: "95" }, "element: lat 95 is not a latitude"],
    [{ lat: "" }, "element: lat  is not a latitude"],
    [{ lat: "54.12345678" }, "element: lat 54.12345678 is not a latitude"],
    [{ lon: "1e-7" }, "element: lon 1e-7 is not a longitude"],
    [{ lon: "180.1" }, "element: lon 180.1 is not a longitude"],
    [{ tags: [{ key: "a", value: "" }] }, "a: the value is empty"],
    [{ tags: [{ key: "a", value: " b" }] }, "a: the value begins or ends with a blank"],
    [{ tags: [{ key: "a", value: "b\nc" }] }, "a: the value holds a control character or half a character"],
    [
      { tags: [{ key: "a", value: "b\ud800" }] },
      "a: the value holds a control character or half a character",
    ],
    [{ tags: [{ key: "a", value: "é".repeat(256) }] }, "a: the value has 256 characters, OSM takes 255"],
    [{ tags: [{ key: "", value: "x" }] }, ": the key is empty"],
    [
      {
        tags: [
          { key: "b", value: "x" },
          { key: "a", value: "x" },
        ],
      },
      "a: not sorted: after b",
    ],
    [
      {
        tags: [
          { key: "a", value: "x" },
          { key: "a", value: "y" },
        ],
      },
      "a: the key stands twice",
    ],
  ])("refuses %j", (change, expected) => {
    expect(problems(change)).toEqual([expected]);
  });
});

describe("checkElement for ways and relations", () => {
  const way = { type: "way", id: 5, tags: [], nodes: [1, 2], members: [] } as const;
  const member = { type: "node", ref: 1, role: "" } as const;
  const relation = { type: "relation", id: 5, tags: [], nodes: [], members: [member] } as const;

  it("finds nothing in what OSM takes, up to its limits", () => {
    expect(checkElement({ ...way, nodes: Array.from({ length: 2000 }, () => 1) })).toEqual([]);
    expect(checkElement({ ...relation, members: Array.from({ length: 32_000 }, () => member) })).toEqual([]);
  });

  it.each([
    [{ ...way, nodes: [] }, "a way without nodes"],
    [{ ...way, nodes: Array.from({ length: 2001 }, () => 1) }, "a way of 2001 nodes, OSM takes 2000"],
    [
      { ...relation, members: Array.from({ length: 32_001 }, () => member) },
      "a relation of 32001 members, OSM takes 32000",
    ],
    [
      { ...relation, members: [{ ...member, role: "a\tb" }] },
      'the role "a\\tb" holds a control character or half a character',
    ],
    [
      { ...relation, members: [{ ...member, role: "r".repeat(256) }] },
      `the role "${"r".repeat(256)}" has 256 characters, OSM takes 255`,
    ],
  ])("refuses what it does not take (%#)", (element, expected) => {
    expect(checkElement(element)).toEqual([{ problem: expected }]);
  });
});
