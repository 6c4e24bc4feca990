import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { metresApart } from "../../matching/distance.js";
import type { ProposalLine } from "../../proposals/proposal-schema.js";
import { mapScene, metresOf, offsetFrom } from "./map-scene.js";
import { barMetres, reachOf, ringsWithin } from "./map-scale.js";
import { metresText, offsetText, placeText, sceneText } from "./map-words.js";

const lat = 54.7;
const lon = 25.3;
const review: ProposalLine = {
  proposal: "review/LT*ABC*1",
  change: "review",
  reason: "ambiguous",
  location: { key: "LT*ABC*1", id: "1", lat, lon },
  candidates: [],
  tags: [],
  charge_points: [],
  notes: [],
};
const matched = (osm: string, more: object = {}) => ({
  osm,
  score: 0.5,
  distance_m: 1,
  parts: [],
  ...more,
});
const target = { type: "way" as const, id: 45, lat, lon: lon + 0.001, tags: {} };
const north = (metres: number) => lat + metres / 111_195;

describe("places around a proposal", () => {
  it("are the target, the candidates by rank, the runner-up, what is near and what is to be added, each once", () => {
    const scene = mapScene(
      {
        ...review,
        target,
        candidates: [matched("n1", { lat, lon }), matched("n2", { lat, lon })],
        runner_up: matched("n3", { lat, lon }),
        nearby: [
          { osm: "n1", lat, lon },
          { osm: "n4", lat, lon },
          { osm: "w45", lat, lon },
        ],
        charge_points: [{ lat: "54.7", lon: "25.3", tags: [] }],
      },
      [
        { name: "review/LT*ABC*1", lat, lon },
        { name: "create/LT*ABC*2", lat, lon },
      ],
    );
    expect(scene.places.map(({ kind, name, rank }) => [kind, name, rank])).toEqual([
      ["target", "w45", 0],
      ["candidate", "n1", 1],
      ["candidate", "n2", 2],
      ["runner-up", "n3", 0],
      ["nearby", "n4", 0],
      ["charge-point", "", 0],
      ["neighbour", "create/LT*ABC*2", 0],
    ]);
    expect(scene.unplaced).toEqual([]);
  });

  it("name those whose position an older file does not tell", () => {
    expect(mapScene({ ...review, candidates: [matched("n1;w2")] })).toMatchObject({
      places: [],
      unplaced: ["n1;w2"],
    });
  });

  it("draw a way through its nodes in their order, as far as they are known", () => {
    const node = (id: number, metres: number) => ({ id, lat: north(metres), lon, tags: {} });
    const way_nodes = [node(1, 10), node(2, 20), node(3, 30)];
    const { outline } = mapScene({ ...review, target: { ...target, nodes: [3, 1, 9, 2, 3] }, way_nodes });
    expect(outline.map(({ north }) => Math.round(north))).toEqual([30, 10, 20, 30]);
  });
});

describe("metres", () => {
  it("agree with those of matching, near by and across the antimeridian", () => {
    const near = fc.record({
      lat: fc.double({ min: -70, max: 70, noNaN: true }),
      lon: fc.double({ min: -180, max: 180, noNaN: true }),
    });
    const step = fc.double({ min: -0.02, max: 0.02, noNaN: true });
    fc.assert(
      fc.property(near, step, step, (from, up, right) => {
        const moved = from.lon + right;
        const to = {
          lat: from.lat + up,
          lon: moved > 180 ? moved - 360 : moved < -180 ? moved + 360 : moved,
        };
        const expected = metresApart(from, to);
        expect(Math.abs(metresOf(offsetFrom(from, to)) - expected)).toBeLessThan(1 + expected / 100);
      }),
    );
  });

  it.each([
    [0.44, "0.4 m"],
    [9.96, "10 m"],
    [123.4, "123 m"],
    [1260, "1.3 km"],
  ])("%d are said as %s", (metres, text) => expect(metresText(metres)).toBe(text));

  it.each([
    [0, 10, "10 m north"],
    [10, 10, "14 m north-east"],
    [-10, 0, "10 m west"],
    [-10, 10, "14 m north-west"],
    [0, -10, "10 m south"],
    [0.01, 0, "at the same place"],
  ])("%d east and %d north is %s", (east, north, text) => expect(offsetText({ east, north })).toBe(text));
});

describe("in words", () => {
  it("a place says what it is, which element, and where", () => {
    const { places } = mapScene({ ...review, candidates: [matched("n1;w2", { lat: north(50), lon })] });
    expect(places.map(placeText)).toEqual(["candidate 1: node 1 and way 2, 50 m north"]);
  });

  it("the whole says everything that is drawn", () => {
    const scene = mapScene({ ...review, nearby: [{ osm: "n4", lat: north(20), lon }, { osm: "r5" }] }, [
      { name: "x", lat, lon },
    ]);
    expect(sceneText(scene)).toBe(
      "Around the feed's position: charging object near by: node 4, 20 m north. 1 other proposal near by. " +
        "Position not known: relation 5.",
    );
    expect(sceneText(mapScene(review))).toBe("Around the feed's position: nothing else.");
  });
});

describe("the scale", () => {
  it("shows all places but other proposals, and never less than a few metres", () => {
    const far = { name: "x", lat: north(900), lon };
    expect(reachOf(mapScene(review, [far]))).toBe(10);
    expect(reachOf(mapScene({ ...review, nearby: [{ osm: "n4", lat: north(80), lon }] }))).toBeCloseTo(100);
  });

  it("has rings at round distances, neither crowded nor beyond what is seen, and a bar that fits", () => {
    fc.assert(
      fc.property(fc.double({ min: 8, max: 2e7, noNaN: true }), (reach) => {
        const scale = 130 / reach;
        const rings = ringsWithin(reach, scale);
        expect(rings.length).toBeGreaterThan(0);
        expect(rings.length).toBeLessThan(5);
        for (const [index, metres] of rings.entries()) {
          expect(metres).toBeLessThanOrEqual(reach);
          expect((metres - (rings[index - 1] ?? 0)) * scale).toBeGreaterThanOrEqual(36);
        }
        expect(barMetres(scale) * scale).toBeLessThanOrEqual(110.001);
        expect(barMetres(scale) * scale).toBeGreaterThan(30);
      }),
    );
  });
});
