/**
 * Places that come alone: a Feature of the GeoJSON that a public tool makes of the layer's tiles, its `properties`, or
 * a place without its tile.
 */
import { type Part, type PartReader, asPart, elementsOf, memberOf } from "./hmc-stations-part.js";
import type { PlaceParts } from "./hmc-stations-tile.js";
import { isRecord } from "./json-value.js";

/** What makes an object a place of a tile. */
const PLACE_SIGNS = ["identifier", "locationRef", "name"];
/** What makes an object one that was joined already. */
const JOINED_SIGNS = ["location", "portAttribute", "electricChargeAttribute"];

const GEOJSON_LOSES =
  "GeoJSON made from a tile keeps one portAttribute of each place, paired by position: convert the decoded tile itself";

/** Whether the parts were joined by the tool, which keeps one element of each list and pairs lists by position. */
export interface LonePlace extends PlaceParts {
  readonly joined: boolean;
}

/** The parts of a place that comes without a tile; `undefined` for what is no place. */
export function partsAlone(
  value: Readonly<Record<string, unknown>>,
  reader: PartReader,
): LonePlace | undefined {
  const whole: Part = { value, pointer: "" };
  const properties = isRecord(value["properties"]) ? value["properties"] : undefined;
  const resolved: Part = properties ? { value: properties, pointer: "/properties" } : whole;
  if (isTile(resolved)) return undefined;
  if (JOINED_SIGNS.some((sign) => holdsObjects(resolved, sign))) return joinedPlace(resolved, whole, reader);
  if (properties !== undefined || !PLACE_SIGNS.some((sign) => memberOf(whole, sign) !== undefined)) {
    return undefined;
  }
  reader.note("shared-part-missing", "/coordinates", "the place came without its tile");
  return {
    place: whole,
    location: undefined,
    address: undefined,
    feature: undefined,
    about: () => [],
    joined: false,
  };
}

/** A whole tile, whose lists are nobody's own. */
function isTile(part: Part): boolean {
  return ["place", "location"].some((list) => Array.isArray(memberOf(part, list)?.value));
}

function holdsObjects(part: Part, name: string): boolean {
  const member = memberOf(part, name);
  return member !== undefined && elementsOf(member).some(({ value }) => isRecord(value));
}

function joinedPlace(resolved: Part, whole: Part, reader: PartReader): LonePlace {
  reader.note("shared-part-missing", "/evses", GEOJSON_LOSES);
  const place = memberOf(resolved, "place");
  return {
    place: place && asPart(place),
    location: reader.part(resolved, "location", "/coordinates"),
    address: reader.part(resolved, "address", "/country"),
    feature: whole,
    about: (list) => reader.parts(resolved, list),
    joined: true,
  };
}
