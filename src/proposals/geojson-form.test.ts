import { describe, expect, it } from "vitest";
import { HOSTILE_TEXTS } from "../osm/xml.test-support.js";
import { EMITTED, LICENSED, UNLICENSED, documentOf, emittedWith } from "./emitted.test-support.js";
import { geojsonForm, geojsonlForm } from "./geojson-form.js";

const STATION = {
  type: "Feature",
  id: "node/-4",
  geometry: { type: "Point", coordinates: [-25.27, 54.6871555] },
  properties: { amenity: "charging_station", "socket:type2": "1" },
  notes: [{ code: "format-missing", detail: "IEC_62196_T2" }],
};
const CHARGE_POINT = {
  type: "Feature",
  id: "node/-5",
  geometry: { type: "Point", coordinates: [-25.2701, 54.6873] },
  properties: { man_made: "charge_point" },
};

describe("--format geojson", () => {
  it("is one FeatureCollection of stations and charge points", async () => {
    expect(JSON.parse(await documentOf(geojsonForm, LICENSED, [EMITTED, EMITTED]))).toEqual({
      type: "FeatureCollection",
      generator: "ocpi2osm 0.1.0",
      licence: LICENSED.licence,
      features: [STATION, CHARGE_POINT, STATION, CHARGE_POINT],
    });
  });

  it("is valid with nothing in it, and marked when the source has no licence (D9)", async () => {
    expect(JSON.parse(await documentOf(geojsonForm, UNLICENSED, []))).toEqual({
      type: "FeatureCollection",
      generator: "ocpi2osm 0.1.0",
      compare_only: "compare only: survey before you map",
      features: [],
    });
  });

  it.each([...HOSTILE_TEXTS, "\ud800"])("gives %j back unchanged", async (text) => {
    const { features } = JSON.parse(await documentOf(geojsonForm, LICENSED, [emittedWith(text)]));
    expect(features[0].properties.z).toBe(text);
    expect(features[0].notes[0].detail).toBe(text);
  });
});

describe("--format geojsonl", () => {
  it("is one Feature a line", async () => {
    const lines = (await documentOf(geojsonlForm, LICENSED, [EMITTED])).split("\n");
    expect(lines.map((line) => line && JSON.parse(line))).toEqual([STATION, CHARGE_POINT, ""]);
  });

  it("marks each line when the source has no licence, because nothing else stands around them", async () => {
    const [first, second] = (await documentOf(geojsonlForm, UNLICENSED, [EMITTED])).split("\n");
    for (const line of [first, second]) {
      expect(JSON.parse(line ?? "")).toMatchObject({ compare_only: "compare only: survey before you map" });
    }
  });
});
