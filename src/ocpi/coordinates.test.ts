import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Position, formatDegrees, metresBetween, positionOf } from "./coordinates.js";

function at(latitude: string, longitude: string): Position {
  const position = positionOf({ latitude, longitude });
  if (typeof position === "string") throw new Error(`${latitude}, ${longitude}: ${position}`);
  return position;
}

describe("T1.2: positions", () => {
  test.each([
    ["54.6872", "25.2797", "54.6872", "25.2797"],
    ["+54.50", "-0.10", "54.5", "-0.1"],
    ["55", "37", "55", "37"],
    ["90", "180", "90", "180"],
    ["-90.0", "-180.0", "-90", "-180"],
    ["5.46e1", ".5", "54.6", "0.5"],
    ["1e-8", "-1", "0", "-1"],
    ["-0.00000001", "5", "0", "5"],
    ["54.68721234567", "25.99999999", "54.6872123", "26"],
    ["54.6872\u200b", "\u200e25.2797", "54.6872", "25.2797"],
    ["0.01", "0", "0.01", "0"],
    ["0", "-0.01", "0", "-0.01"],
  ])("%s, %s is written %s, %s", (latitude, longitude, lat, lon) => {
    expect(at(latitude, longitude)).toMatchObject({ latText: lat, lonText: lon });
  });

  test.each([
    [undefined, "25"],
    ["54", undefined],
    ["", ""],
    ["abc", "25"],
    ["\u200b", "25"],
    ["54 .6872", "25"],
    ["54,6872", "25,2797"],
    ["54.6872N", "25"],
    ["NaN", "25"],
    ["Infinity", "25"],
    ["0x10", "25"],
    ["1e999", "25"],
    ["90.0000001", "25"],
    ["-91", "25"],
    ["54", "180.5"],
    ["54", "-181"],
  ])("%j, %j is bad-coordinates", (latitude, longitude) => {
    const geo = {
      ...(latitude === undefined ? {} : { latitude }),
      ...(longitude === undefined ? {} : { longitude }),
    };
    expect(positionOf(geo)).toBe("bad-coordinates");
  });

  test("no coordinates are bad-coordinates", () => {
    expect(positionOf(undefined)).toBe("bad-coordinates");
  });

  test.each([
    ["0", "0"],
    ["-0", "0.0"],
    ["0.00999", "-0.00999"],
  ])("%s, %s is null-island", (latitude, longitude) => {
    expect(positionOf({ latitude, longitude })).toBe("null-island");
  });

  test("what is written has 7 decimals at most, no trailing zero, no exponent, and is the place meant", () => {
    fc.assert(
      fc.property(fc.double({ min: -180, max: 180, noNaN: true }), (degrees) => {
        const text = formatDegrees(degrees);
        expect(text).toMatch(/^-?(?:0|[1-9]\d{0,2})(?:\.\d{0,6}[1-9])?$/);
        expect(text).not.toBe("-0");
        expect(Math.abs(Number(text) - degrees)).toBeLessThanOrEqual(0.500001e-7);
      }),
    );
  });

  test("any text is a position or a reason", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (latitude, longitude) => {
        const position = positionOf({ latitude, longitude });
        if (typeof position === "string") expect(["bad-coordinates", "null-island"]).toContain(position);
        else expect(Math.abs(position.lat)).toBeLessThanOrEqual(90);
      }),
    );
  });
});

describe("T6: metres between positions", () => {
  test.each([
    ["a degree of latitude", at("54", "25"), at("55", "25"), 111_195],
    ["a degree of longitude at 60° north, half of that", at("60", "25"), at("60", "26"), 55_597],
    ["across the date line", at("0", "179.9995"), at("0", "-179.9995"), 111.195],
    ["the same place", at("54.1", "25.1"), at("54.1", "25.1"), 0],
  ])("%s", (_what, a, b, metres) => {
    expect(metresBetween(a, b)).toBeCloseTo(metres, -1);
    expect(metresBetween(b, a)).toBe(metresBetween(a, b));
  });

  test("2 metres are told apart from 3", () => {
    expect(metresBetween(at("54.6872", "25.2797"), at("54.687217", "25.2797"))).toBeLessThan(2);
    expect(metresBetween(at("54.6872", "25.2797"), at("54.687227", "25.2797"))).toBeCloseTo(3, 1);
  });
});
