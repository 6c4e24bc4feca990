import * as fc from "fast-check";
import { expect, it } from "vitest";
import { placeOrder } from "./place-order.js";

const CELLS = 2 ** 24;
const placeOfCell = (x: number, y: number) => ({
  lat: ((y + 0.5) / CELLS) * 180 - 90,
  lon: ((x + 0.5) / CELLS) * 360 - 180,
});

it("goes from cell to cell without a jump: the next and the one before are neighbours", () => {
  const cell = fc.integer({ min: 1, max: CELLS - 2 });
  fc.assert(
    fc.property(cell, cell, (x, y) => {
      const here = placeOrder(placeOfCell(x, y));
      const around = [
        [x - 1, y],
        [x + 1, y],
        [x, y - 1],
        [x, y + 1],
      ].map(([x = 0, y = 0]) => placeOrder(placeOfCell(x, y)));
      expect(around).toContain(here + 1);
      expect(around).toContain(here - 1);
    }),
  );
});

it("begins and ends in corners of the map, and takes its edges in", () => {
  expect(placeOrder({ lat: -90, lon: -180 })).toBe(0);
  expect(placeOrder({ lat: -90, lon: 180 })).toBe(CELLS ** 2 - 1);
  for (const edge of [placeOrder({ lat: 90, lon: 180 }), placeOrder({ lat: 90, lon: -180 })])
    expect(edge).toBeGreaterThan(0);
});
