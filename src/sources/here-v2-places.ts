/** From places in a canonical Location back to places in the v2 record it was read from. */
import type { SourceRecord } from "../ocpi/source-record.js";
import { ACCESS_PATHS, GROUP_ACCESS_PATHS, PAYMENT_PATHS } from "./here-v2-access.js";
import type { EvseOrigin } from "./here-v2-evses.js";
import type { HereNode } from "./here-v2-node.js";

/** A record read, with what is needed to find the source of a value again. */
export interface ReadStation extends SourceRecord {
  readonly root: HereNode;
  /** The station in the record that has the position, where the record itself has none. */
  readonly placed: HereNode;
  /** What states the opening hours. */
  readonly hoursFrom: HereNode | undefined;
  /** What names the operator. */
  readonly operatorFrom: HereNode | undefined;
  readonly origins: readonly EvseOrigin[];
}

type Paths = readonly string[];

/** Fields of the Location that are read from one place of the record, first choice first. */
export const LOCATION_PLACES = {
  name: ["name", "title"],
  address: ["address/street", "address/label"],
  city: ["address/city"],
  postal_code: ["address/postalCode"],
  state: ["address/region", "address/state"],
  country: ["address/country", "address/countryCode"],
  coordinates: ["position"],
  "coordinates/latitude": ["position/latitude", "position/lat"],
  "coordinates/longitude": ["position/longitude", "position/lng", "position/lon"],
  related_locations: ["entrancePosition"],
  "related_locations/0": ["entrancePosition"],
  "related_locations/0/latitude": ["entrancePosition/latitude", "entrancePosition/lat"],
  "related_locations/0/longitude": [
    "entrancePosition/longitude",
    "entrancePosition/lng",
    "entrancePosition/lon",
  ],
  suboperator: ["brand"],
  "suboperator/name": ["brand"],
  time_zone: ["timeZone"],
  help_phone: ["contacts/phone"],
  last_updated: ["lastUpdateTimestamp"],
} as const satisfies Record<string, Paths>;

const locationPlaces: ReadonlyMap<string, Paths> = new Map(Object.entries(LOCATION_PLACES));

/** Fields of an EVSE, in its element of `evses` or its `connectorStatus`. */
const EVSE_PLACES: ReadonlyMap<string, Paths> = new Map([
  ["uid", ["id", "cpoEvseId"]],
  ["evse_id", ["cpoEvseEMI3Id", "evseId", "cpoId", "cpoEvseId"]],
  ["status", ["state"]],
  ["physical_reference", ["physicalReference"]],
  ["last_updated", ["last_updated", "lastUpdated", "lastUpdateTimestamp"]],
]);

/** Fields of a connector, in its group or plug. */
const CONNECTOR_PLACES: ReadonlyMap<string, Paths> = new Map([
  ["id", ["id"]],
  ["standard", ["connectorType/id", "connectorTypeId", "typeId", "connectorType/name", "connectorTypeName"]],
  ["format", ["fixedCable"]],
  [
    "power_type",
    [
      "chargingPoint/phases",
      "chargingPoint/voltsRange",
      "chargeCapacity",
      "powerFeedType/name",
      "chargingPoint/chargeMode",
      "powerType",
    ],
  ],
  ["max_voltage", ["chargingPoint/voltsRange", "chargeCapacity"]],
  ["max_amperage", ["chargingPoint/ampsRange", "chargeCapacity"]],
  ["max_electric_power", ["maxPowerLevel"]],
]);

/** Where the connector groups and EVSEs stand. */
const EVSES_PATHS = [
  "evses",
  "connectors",
  "extended/evStation/connectors",
  "extended/evAvailability/stations",
  "evStations",
  "stations",
  "evStation",
  "station",
];

/** As `Dialect.sourcePointer`, for a record that was read. */
export function sourcePlace(pointer: string, read: ReadStation): string | undefined {
  const { root, placed } = read;
  const [, head = "", ...rest] = pointer.split("/");
  if (head === "") return pointer === "" ? root.pointer : undefined;
  if (head === "evses") return evsePlace(rest, read);
  if (head === "opening_times") return read.hoursFrom?.placeOf("openingHours", "open24x7");
  if (head === "operator") return read.operatorFrom?.placeOf("supplierName", "brand");
  if (pointer === "/id") return idPlace(read);
  const paths = locationPlaces.get(pointer.slice(1));
  return paths === undefined ? undefined : (root.placeOf(...paths) ?? placed.placeOf(...paths));
}

function idPlace({ root, origins, location: { id = "" } }: ReadStation): string | undefined {
  const isIt = (path: string): boolean => root.text(path)?.endsWith(id) ?? false;
  if (isIt("id")) return root.placeOf("id");
  return isIt("poolId") ? root.placeOf("poolId") : origins[0]?.own?.placeOf("id");
}

function evsePlace(
  [index, field, place, ...rest]: readonly string[],
  { root, origins }: ReadStation,
): string | undefined {
  if (index === undefined) return root.placeOf(...EVSES_PATHS);
  const origin = origins[Number(index)];
  if (origin === undefined) return undefined;
  const { station, own, connectors } = origin;
  if (field === undefined || field === "connectors") {
    if (place === undefined) return own?.pointer ?? connectors[0]?.[0]?.pointer;
    return connectorPlace(connectors[Number(place)] ?? [], rest[0]);
  }
  if (field === "parking_restrictions") {
    return firstPlace([root, station], ACCESS_PATHS) ?? firstPlace(connectors.flat(), GROUP_ACCESS_PATHS);
  }
  if (field === "capabilities") {
    return firstPlace([root, station], PAYMENT_PATHS) ?? firstPlace(connectors.flat(), RESERVABLE_PATHS);
  }
  const paths = EVSE_PLACES.get(field);
  return paths === undefined ? undefined : own?.placeOf(...paths);
}

const RESERVABLE_PATHS = ["connectorDetails/reservable"];

function connectorPlace(nodes: readonly HereNode[], field: string | undefined): string | undefined {
  if (field === undefined) return nodes[0]?.pointer;
  const paths = CONNECTOR_PLACES.get(field);
  return paths === undefined ? undefined : firstPlace(nodes, paths);
}

function firstPlace(nodes: readonly HereNode[], paths: Paths): string | undefined {
  for (const node of nodes) {
    const place = node.placeOf(...paths);
    if (place !== undefined) return place;
  }
  return undefined;
}
