import { expect, it } from "vitest";
import type { Bounds } from "../../osm/bounds.js";
import type { TaggedLocation } from "../../tagging/tagged-location.js";
import { coveredBy } from "./extract-area.js";
import type { OsmInput } from "./osm-side.js";

function extract(bounds?: Bounds): OsmInput {
  const objects = { node: 0, way: 0, relation: 0 };
  return {
    name: "region.osm.pbf",
    bytes: 0,
    sha256: "",
    facts: { format: "PBF", objects, withoutVersion: 0, unplaced: [], bounds },
  };
}

function at(id: string, lat: number, lon: number): TaggedLocation {
  return {
    key: `LT*IGN*${id}`,
    country_code: "LT",
    party_id: "IGN",
    id,
    lat,
    lon,
    tags: [],
    evseIds: [],
    notes: [],
    chargePoints: [],
    removed: false,
    source: { file: "feed.json", record: 0 },
  };
}

const VILNIUS: Bounds = { minLat: 54.6, minLon: 25.1, maxLat: 54.8, maxLon: 25.4 };
const KAUNAS: Bounds = { minLat: 54.8, minLon: 23.8, maxLat: 55, maxLon: 24.1 };
const LOCATIONS = [at("vilnius", 54.7, 25.3), at("kaunas", 54.9, 23.9), at("edge", 54.8, 25.4)];
const ids = (locations: readonly TaggedLocation[]) => locations.map(({ id }) => id);

it("leaves out what lies in none of the extracts' areas (D1)", () => {
  const { covered, outside } = coveredBy([extract(VILNIUS)], LOCATIONS);
  expect(ids(covered)).toEqual(["vilnius", "edge"]);
  expect(outside).toEqual([
    {
      refused: { key: "LT*IGN*kaunas", country_code: "LT", party_id: "IGN", id: "kaunas" },
      reason: "outside-extract",
    },
  ]);
  expect(coveredBy([extract(VILNIUS), extract(KAUNAS)], LOCATIONS).outside).toEqual([]);
});

it("takes an extract that states no area for one of everything", () => {
  expect(coveredBy([extract(), extract(KAUNAS)], LOCATIONS).outside).toEqual([]);
});

it("understands an area across the antimeridian", () => {
  const fiji: Bounds = { minLat: -20, minLon: 177, maxLat: -16, maxLon: -179 };
  const { covered } = coveredBy(
    [extract(fiji)],
    [at("east", -17, 178), at("west", -17, -179.5), at("no", -17, 0)],
  );
  expect(ids(covered)).toEqual(["east", "west"]);
});
