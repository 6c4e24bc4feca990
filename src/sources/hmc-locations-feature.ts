/** A location as the public tools make GeoJSON of it: a Feature with the resolved location as its `properties`. */
import { isRecord } from "./json-value.js";
import { knownKey } from "./hmc-locations-field-table.js";
import { CHARGING_LOCATION } from "./hmc-locations-fields.js";

export interface FeatureLocation {
  readonly record: unknown;
  /** Its place in the value. */
  readonly at: string;
  /** The position is the Feature's own, and not in `at`. */
  readonly geometryAbove: boolean;
}

/**
 * The location of a Feature, any other value as it is. Where the location itself has no position the Feature's geometry
 * is it, and the values of the location are then members of a copy.
 */
export function featureOf(value: unknown): FeatureLocation {
  if (!isRecord(value) || value["type"] !== "Feature") return { record: value, at: "", geometryAbove: false };
  const { properties, geometry } = value;
  if (!isRecord(properties)) return { record: value, at: "", geometryAbove: false };
  const at = "/properties";
  if (!isRecord(geometry) || hasPosition(properties)) return { record: properties, at, geometryAbove: false };
  return { record: { ...properties, geometry }, at, geometryAbove: true };
}

function hasPosition(properties: Readonly<Record<string, unknown>>): boolean {
  return Object.keys(properties).some(
    (key) => properties[key] != null && knownKey(CHARGING_LOCATION, key)?.field.name === "location",
  );
}
