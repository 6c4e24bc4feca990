import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { dialectShownBy } from "./dialect-signs.js";

function fixture(path: string): unknown {
  return JSON.parse(readFileSync(new URL(`../../fixtures/${path}`, import.meta.url), "utf8"));
}

describe("records of HERE's map content are known", () => {
  it.each([
    ["a tile", "hmc-locations", fixture("hmc-locations/defects/index-zero.json")],
    [
      "a tile in snake_case",
      "hmc-locations",
      fixture("hmc-locations/defects/snake-case-prefixes-wrappers.json"),
    ],
    [
      "a location out of its tile",
      "hmc-locations",
      { id: "here:evcp:x:1", evsesIndex: [0], operatorIndex: 1 },
    ],
    ["a resolved location", "hmc-locations", { geometry: { latitude: 1, longitude: 2 }, evses: [] }],
    [
      "a Feature",
      "hmc-locations",
      { type: "Feature", geometry: null, properties: { evses: [], operator: {} } },
    ],
    ["an older tile", "hmc-stations", { partitionName: "1", place: [{}], location: [{}] }],
    [
      "an older tile of which only the ports are seen",
      "hmc-stations",
      { portAttribute: [{ placeIndex: [0] }] },
    ],
    ["an API location", "here-v3", { id: "here:evcp:x:1", location: { lat: 1, lng: 2 }, evses: [] }],
    ["an OCPI Location", "ocpi", { id: "1", coordinates: {}, evses: [] }],
  ])("%s: %s", (_what, dialect, record) => expect(dialectShownBy(record)).toBe(dialect));

  it("and other GeoJSON is not", () =>
    expect(dialectShownBy({ type: "Feature", geometry: { type: "Point" }, properties: { name: "x" } })).toBe(
      undefined,
    ));
});
