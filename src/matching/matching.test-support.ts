/** What the tests of matching share: small worlds, laid out in metres around one place. */
import { chargingForm } from "../osm/charging-form.js";
import { type ElementType, type LatLon, type OsmObject, elementName } from "../osm/osm-object.js";
import type { TaggedLocation } from "../tagging/tagged-location.js";
import type { LocationMatch } from "./match.js";
import { matchLocations } from "./match-locations.js";
import { type MatchMemory, NO_MEMORY } from "./match-memory.js";
import type { Station } from "./station.js";

const VILNIUS: LatLon = { lat: 54.6872, lon: 25.2797 };
const METRES_PER_DEGREE = 111_195;

/** The place so many metres east and north of the middle. */
export function at(east: number, north = 0, middle = VILNIUS): LatLon {
  const lat = middle.lat + north / METRES_PER_DEGREE;
  const perDegree = METRES_PER_DEGREE * Math.cos((((middle.lat + lat) / 2) * Math.PI) / 180);
  return { lat, lon: middle.lon + east / perDegree };
}

type Tags = Readonly<Record<string, string>>;

export function tagList(tags: Tags): { key: string; value: string; rule: string }[] {
  return Object.keys(tags)
    .sort()
    .map((key) => ({ key, value: tags[key] ?? "", rule: "T3.1" }));
}

/** A Location of `LT*IGN` at a place. `ref:ocpi:location:id` is its id unless the tags say otherwise (`""`: none). */
export function location(
  id: string,
  { lat, lon }: LatLon,
  tags: Tags = {},
  more: Partial<TaggedLocation> = {},
): TaggedLocation {
  const all = { "ref:ocpi:location:id": id, ...tags };
  const stated = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== ""));
  return {
    key: `LT*IGN*${id}`.toUpperCase(),
    country_code: "LT",
    party_id: "IGN",
    id,
    lat,
    lon,
    tags: tagList(stated),
    evseIds: (tags["ref:EU:EVSE"] ?? "").split(";").filter((evse) => evse !== ""),
    notes: [],
    chargePoints: [],
    removed: false,
    source: { file: "feed.json", record: 0 },
    ...more,
  };
}

export function element(
  type: ElementType,
  id: number,
  { lat, lon }: LatLon,
  tags: Tags,
  outlines: OsmObject["outlines"] = [],
): OsmObject {
  return { type, id, lat, lon, tags: tagList(tags), nodes: [], members: [], outlines, version: 1 };
}

/** A station node; `amenity=charging_station` unless the tags are of another charging form. */
export function station(id: number, place: LatLon, tags: Tags = {}, chargePoints: OsmObject[] = []): Station {
  return stationOf(element("node", id, place, tags), chargePoints);
}

/** A station mapped as a square area, `size` metres wide. */
export function area(id: number, east: number, north: number, size: number, tags: Tags = {}): Station {
  const half = size / 2;
  const ring = [
    at(east - half, north - half),
    at(east + half, north - half),
    at(east + half, north + half),
    at(east - half, north + half),
    at(east - half, north - half),
  ];
  return stationOf(element("way", id, at(east, north), tags, [ring]), []);
}

function stationOf(object: OsmObject, chargePoints: OsmObject[]): Station {
  const form = chargingForm(object.tags);
  if (form !== undefined) return { object, form, chargePoints };
  const tags = [...object.tags, { key: "amenity", value: "charging_station" }];
  return { object: { ...object, tags }, form: { kind: "station", lifecycle: "" }, chargePoints };
}

/** `matched near n1`, `matched ref n1;n2 with B`, `review weak n1;n2`, `new`, `new taken n1`: by Location id. */
export function verdicts(
  locations: readonly TaggedLocation[],
  stations: readonly Station[],
  memory: MatchMemory = NO_MEMORY,
): Record<string, string> {
  const matches = matchLocations(locations, stations, memory);
  return Object.fromEntries(locations.map(({ id }, i) => [id, verdictText(matches[i], locations, stations)]));
}

function verdictText(
  match: LocationMatch | undefined,
  locations: readonly TaggedLocation[],
  stations: readonly Station[],
): string {
  const name = (place: number): string => {
    const object = stations[place]?.object;
    return object === undefined ? "?" : elementName(object);
  };
  if (match === undefined) return "none";
  if (match.verdict === "matched") {
    const others = match.sharedWith.map((place) => locations[place]?.id ?? "?").sort();
    const shared = others.length === 0 ? "" : ` with ${others.join(";")}`;
    return `matched ${match.method} ${match.stations.map(name).join(";")}${shared}`;
  }
  if (match.verdict === "review") {
    return `review ${match.reason} ${match.candidates.map((candidate) => name(candidate.station)).join(";")}`;
  }
  return match.nearest === undefined
    ? "new"
    : `new ${match.nearest.why} ${name(match.nearest.scored.station)}`;
}
