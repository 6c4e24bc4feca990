/** Which Locations the OSM extracts can say anything about (D1): outside their area nothing is known, so nothing is proposed. */
import type { Bounds } from "../../osm/bounds.js";
import type { RefusedLine } from "../../proposals/location-form.js";
import type { TaggedLocation } from "../../tagging/tagged-location.js";
import type { OsmInput } from "./osm-side.js";

export interface CoveredLocations {
  readonly covered: readonly TaggedLocation[];
  readonly outside: readonly RefusedLine[];
}

/** Tells them apart. An extract that does not state its area is taken to cover everything. */
export function coveredBy(
  extracts: readonly OsmInput[],
  locations: readonly TaggedLocation[],
): CoveredLocations {
  const areas = extracts.map(({ facts }) => facts.bounds);
  if (areas.includes(undefined)) return { covered: locations, outside: [] };
  const covered: TaggedLocation[] = [];
  const outside: RefusedLine[] = [];
  for (const location of locations) {
    if (areas.some((area) => area !== undefined && contains(area, location))) covered.push(location);
    else {
      const { key, country_code, party_id, id } = location;
      outside.push({ refused: { key, country_code, party_id, id }, reason: "outside-extract" });
    }
  }
  return { covered, outside };
}

/** Areas that cross the antimeridian have their west edge east of their east edge. */
function contains({ minLat, minLon, maxLat, maxLon }: Bounds, { lat, lon }: TaggedLocation): boolean {
  if (lat < minLat || lat > maxLat) return false;
  return minLon <= maxLon ? lon >= minLon && lon <= maxLon : lon >= minLon || lon <= maxLon;
}
