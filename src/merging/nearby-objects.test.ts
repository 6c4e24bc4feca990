import { expect, it } from "vitest";
import type { OsmObject } from "../osm/osm-object.js";
import { NearbyObjects } from "./nearby-objects.js";

function at(id: number, lat: number, lon: number): OsmObject {
  return { type: "node", id, lat, lon, tags: [], nodes: [], members: [], outlines: [] };
}

/** Degrees of latitude for metres. */
const north = (metres: number): number => metres / 111_195;

it("finds what stands within 100 m, in element order (D2.4)", () => {
  const nearby = new NearbyObjects([at(3, 50 + north(99), 8), at(1, 50 + north(101), 8), at(2, 50, 8)]);
  expect(nearby.around({ lat: 50, lon: 8 }).map(({ id }) => id)).toEqual([2, 3]);
});

it("counts an area whose edge is near, wherever its middle is", () => {
  const corner = (lat: number, lon: number) => ({ lat, lon });
  const area: OsmObject = {
    ...at(7, 50 + north(300), 8),
    type: "way",
    outlines: [
      [
        corner(50 + north(50), 7.99),
        corner(50 + north(50), 8.01),
        corner(50 + north(550), 8.01),
        corner(50 + north(550), 7.99),
        corner(50 + north(50), 7.99),
      ],
    ],
  };
  expect(new NearbyObjects([area]).around({ lat: 50, lon: 8 })).toEqual([area]);
  expect(new NearbyObjects([area]).around({ lat: 50 - north(60), lon: 8 })).toEqual([]);
});
