import * as fc from "fast-check";
import { expect, test } from "vitest";
import { metresApart } from "./distance.js";
import { PlaceIndex } from "./place-index.js";

const nearby = fc.record({
  lat: fc.double({ min: -0.01, max: 0.01, noNaN: true }),
  lon: fc.double({ min: -0.01, max: 0.01, noNaN: true }),
});
const middles = fc.constantFrom(
  { lat: 54.7, lon: 25.3 },
  { lat: 0, lon: 180 },
  { lat: -17, lon: -179.998 },
  { lat: 78.2, lon: 15.6 },
  { lat: 89.995, lon: 10 },
);

function wrapped(lon: number): number {
  return lon > 180 ? lon - 360 : lon < -180 ? lon + 360 : lon;
}

test("finds everything that comparing with every place finds, wherever on earth", () => {
  fc.assert(
    fc.property(
      middles,
      fc.array(nearby, { maxLength: 30 }),
      nearby,
      fc.integer({ min: 1, max: 500 }),
      fc.array(fc.integer({ min: 0, max: 3000 }), { minLength: 30, maxLength: 30 }),
      (middle, offsets, asked, metres, reaches) => {
        const placed = ({ lat, lon }: { lat: number; lon: number }): { lat: number; lon: number } => ({
          lat: Math.min(90, middle.lat + lat),
          lon: wrapped(middle.lon + lon),
        });
        const places = offsets.map(placed);
        const point = placed(asked);
        const found = new Set(new PlaceIndex(places, reaches).around(point, metres));
        const expected = places.flatMap((place, i) =>
          metresApart(place, point) <= metres + (reaches[i] ?? 0) ? [i] : [],
        );
        for (const place of expected) expect(found).toContain(place);
      },
    ),
  );
});

test.each([
  {
    what: "near the pole, where a hundredth of a degree of longitude is 10 cm",
    place: { lat: 89.995, lon: 10 },
    point: { lat: 89.995, lon: 9.99 },
  },
  {
    what: "around the pole, half the world of longitude away",
    place: { lat: 89.9999, lon: -10 },
    point: { lat: 89.9999, lon: 170 },
  },
  { what: "around the south pole", place: { lat: -89.9999, lon: 179 }, point: { lat: -89.9999, lon: 1 } },
])("finds a place $what", ({ place, point }) => {
  expect(new PlaceIndex([place]).around(point, metresApart(place, point) + 0.001)).toEqual([0]);
});

test("an index of nothing finds nothing", () => {
  expect(new PlaceIndex([]).around({ lat: 1, lon: 1 }, 100)).toEqual([]);
});
