import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { HOSTILE_TEXTS } from "../osm/xml.test-support.js";
import type { Proposal } from "../merging/proposal.js";
import { changesGeojson } from "./changes-geojson.js";
import { LICENSED, UNLICENSED } from "./emitted.test-support.js";
import { anyProposals } from "./proposal-arbitrary.test-support.js";
import { CREATE, MODIFY, NODE, REVIEW, fileText, proposalWith } from "./proposal.test-support.js";

const collection = (proposals: readonly Proposal[], about = LICENSED) =>
  JSON.parse(fileText(changesGeojson, proposals, about));

describe("changes.geojson", () => {
  it("is a FeatureCollection, empty when there is nothing to propose", () => {
    expect(collection([])).toEqual({
      type: "FeatureCollection",
      generator: "ocpi2osm 0.1.0",
      licence: LICENSED.licence,
      features: [],
    });
    expect(collection([], UNLICENSED).compare_only).toBe("compare only: survey before you map");
  });

  it("has a Feature a proposal, with properties that a table shows", () => {
    expect(collection([MODIFY]).features).toEqual([
      {
        type: "Feature",
        id: "modify/LT*IGN*42",
        geometry: { type: "Point", coordinates: [25.27, 54.6871555] },
        properties: {
          proposal: "modify/LT*IGN*42",
          change: "modify",
          tags:
            "capacity: 2 → 4 (the feed's value changed since the last import, OSM still has the earlier one; " +
            "number of EVSEs that are neither removed nor planned)\n" +
            "socket:type2: (none) → 4 (OSM has no value; number of vehicles that can use this socket at once)",
          osm: "node/123",
          osm_version: 4,
          osm_url: "https://www.openstreetmap.org/node/123",
          match: "ref",
          score: 0.99,
          distance_m: 8.1,
          country: "LT",
          operator: "Ignitis ON",
          location: "LT*IGN*42",
          last_updated: "2026-01-01T00:00:00Z",
          notes:
            "A Type 2 connector does not say whether it is a socket or a cable; socket assumed: IEC_62196_T2",
        },
      },
    ]);
  });

  it("stands where OSM has the object, else where the feed has the station", () => {
    const places = collection([
      { ...MODIFY, target: { ...NODE, lat: 1, lon: 2 } },
      CREATE,
      REVIEW,
    ]).features.map((feature: { geometry: { coordinates: unknown } }) => feature.geometry.coordinates);
    expect(places).toEqual([
      [2, 1],
      [-25.25, 54.5],
      [-25.25, 54.5],
    ]);
  });

  it("has flat properties only, one Feature for each proposal, whatever they are", () => {
    fc.assert(
      fc.property(anyProposals, (proposals) => {
        const { features } = collection(proposals);
        expect(features.map((feature: { id: string }) => feature.id)).toEqual(proposals.map(({ id }) => id));
        for (const { properties } of features)
          for (const value of Object.values(properties)) expect(["string", "number"]).toContain(typeof value);
      }),
      { numRuns: 50 },
    );
  });

  it.each(HOSTILE_TEXTS)("keeps %j text", (text) => {
    const [feature] = collection([proposalWith(text)], UNLICENSED).features;
    expect(feature.properties).toMatchObject({ operator: text, location: text });
    expect(feature.properties.reason).toMatch(/^compare only/);
  });
});
