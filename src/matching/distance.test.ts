import { describe, expect, test } from "vitest";
import { isInside, metresApart, metresTo, reachOf } from "./distance.js";
import { area, at } from "./matching.test-support.js";

describe("distance", () => {
  test("metres north, east and across", () => {
    expect(metresApart(at(0), at(0, 100))).toBeCloseTo(100, 1);
    expect(metresApart(at(0), at(100))).toBeCloseTo(100, 1);
    expect(metresApart(at(0), at(30, 40))).toBeCloseTo(50, 1);
  });

  test("across the antimeridian", () => {
    expect(metresApart({ lat: -17, lon: 179.9999 }, { lat: -17, lon: -179.9999 })).toBeLessThan(25);
  });

  test("to an area: 0 inside, else to its edge, if that is nearer than its centre", () => {
    const { object } = area(1, 0, 0, 40);
    expect(metresTo(at(15, 15), object)).toBe(0);
    expect(metresTo(at(50), object)).toBeCloseTo(30, 1);
    expect(isInside(at(19, 0), object)).toBe(true);
    expect(isInside(at(21, 0), object)).toBe(false);
    expect(reachOf(object)).toBeCloseTo(Math.hypot(20, 20), 1);
  });

  test("an area with a bay: what lies in the bay is outside", () => {
    const corners = [
      at(0),
      at(90),
      at(90, 90),
      at(60, 90),
      at(60, 30),
      at(30, 30),
      at(30, 90),
      at(0, 90),
      at(0),
    ];
    const object = { ...at(45, 45), outlines: [corners] };
    expect(isInside(at(45, 60), object)).toBe(false);
    expect(isInside(at(15, 60), object)).toBe(true);
    expect(metresTo(at(45, 75), object)).toBeCloseTo(15, 1);
  });
});
