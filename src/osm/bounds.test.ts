import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BOUNDS_PLACEHOLDER, boundsElement, boundsOffset } from "./bounds.js";
import { readXml } from "./xml.test-support.js";

const latitude = fc.double({ min: -90, max: 90, noNaN: true });
const longitude = fc.double({ min: -180, max: 180, noNaN: true });

describe("boundsElement", () => {
  it("fills its place exactly, whatever the degrees", () => {
    fc.assert(
      fc.property(latitude, longitude, latitude, longitude, (minLat, minLon, maxLat, maxLon) => {
        const element = boundsElement({ minLat, minLon, maxLat, maxLon });
        expect(Buffer.byteLength(element)).toBe(Buffer.byteLength(BOUNDS_PLACEHOLDER) - 1);
        const [bounds] = readXml(element);
        expect(Number(bounds?.attributes["minlat"])).toBeCloseTo(minLat, 6);
        expect(Number(bounds?.attributes["maxlon"])).toBeCloseTo(maxLon, 6);
      }),
    );
  });

  it("is not made of numbers that are no degrees", () => {
    expect(() => boundsElement({ minLat: -1e15, minLon: -1e15, maxLat: -1e15, maxLon: -1e15 })).toThrow(
      RangeError,
    );
  });
});

describe("boundsOffset", () => {
  it("counts bytes, not characters", () => {
    expect(boundsOffset(`<osm generator="电">\n${BOUNDS_PLACEHOLDER}`)).toBe(
      Buffer.byteLength(`<osm generator="电">\n`),
    );
  });

  it("says so when a head keeps no place", () => {
    expect(() => boundsOffset("<osm>\n")).toThrow("no place for <bounds>");
  });
});
