/** Which keys of a HERE v3 location are not HERE's. */
import type { UnusualKey } from "./dialect.js";
import { fieldNames } from "./field-names.js";
import { hereLocationSchema } from "./here-v3-wire.js";
import { unusualKeys } from "./unusual-keys.js";

/**
 * Keys that HERE documents and this reader passes over, by the object they stand in; among them `retrieved_at`, which
 * `fetch here` adds.
 */
const UNREAD_KEYS: Readonly<Record<string, readonly string[]>> = {
  "": ["nearbyPlaces", "hasMoreNearbyPlaces", "tariffs", "predictions", "retrieved_at"],
  "/address": ["district", "subdistrict", "block", "subblock", "county", "languageCode"],
  "/operator": ["partnerId"],
  "/suboperator": ["partnerId"],
  "/eMobilityServiceProviders/*": ["partnerId", "eMobilityIds", "website", "logo"],
  "/openingHours": ["exceptions"],
  "/evses/*": ["id", "reliability"],
  "/evses/*/parking/vehicleLimitations": ["permittedTrailers"],
  "/evses/*/connectors/*": ["tariffIndexes"],
  "/connectorGroups/*": [
    "connectorCount",
    "availableConnectorCount",
    "connectors",
    "tariffIndexes",
    "predictions",
    "reliability",
  ],
  "/vehicleLimitations": ["permittedTrailers"],
  "/truckRestrictions": [
    "truckAccess",
    "noClearanceHeight",
    "trailerParking",
    "overnightParking",
    "amenities",
  ],
};

const UNREAD = new Set(
  Object.entries(UNREAD_KEYS).flatMap(([place, keys]) => keys.map((key) => `${place}/${key}`)),
);

const NAMES = fieldNames(hereLocationSchema);

/** As `Dialect.unusualKeys`. HERE's keys are read in HERE's spelling only. */
export function hereV3UnusualKeys(value: unknown): UnusualKey[] {
  return unusualKeys(value, NAMES, () => undefined).filter(({ pointer }) => !UNREAD.has(pointer));
}
