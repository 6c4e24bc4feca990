/** Where a place is. */
import type { GeoLocation } from "../ocpi/location.js";
import { type Part, type PartReader, elementsOf, memberOf } from "./hmc-stations-part.js";
import type { PlaceParts } from "./hmc-stations-tile.js";

/** `displayPosition`, else `geometry.point`, else the point of a GeoJSON Feature. Range is T1.2's business. */
export function positionOf({ location, feature }: PlaceParts, reader: PartReader): GeoLocation | undefined {
  const at = "/coordinates";
  const geometry = reader.part(location, "geometry", at);
  const point = reader.part(location, "displayPosition", at) ?? reader.part(geometry, "point", at);
  if (point !== undefined) {
    const latitude = reader.text(point, "latitude", `${at}/latitude`);
    const longitude = reader.text(point, "longitude", `${at}/longitude`);
    reader.comesFrom(at, point);
    reader.comesFrom(`${at}/latitude`, latitude);
    reader.comesFrom(`${at}/longitude`, longitude);
    return { latitude: latitude?.value, longitude: longitude?.value };
  }
  const coordinates = memberOf(reader.part(feature, "geometry", at) ?? NOTHING, "coordinates");
  if (coordinates === undefined) return undefined;
  const [east, north] = elementsOf(coordinates);
  const longitude = east && reader.textIn(east, at);
  const latitude = north && reader.textIn(north, at);
  reader.comesFrom(at, coordinates);
  reader.comesFrom(`${at}/latitude`, latitude);
  reader.comesFrom(`${at}/longitude`, longitude);
  return { latitude: latitude?.value, longitude: longitude?.value };
}
const NOTHING: Part = { value: {}, pointer: "" };
