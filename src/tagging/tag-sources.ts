/**
 * Where a tag comes from: JSON Pointers into the canonical Location. Worked out from the tag and the rules' own
 * tables when somebody asks, so that tagging itself carries no provenance.
 */
import { canonicalEvseId } from "../ocpi/evse-id.js";
import type { TaggingLocation } from "../ocpi/location.js";
import { statedPower } from "../ocpi/power.js";
import { OCPI_LOCATION_ID, type TaggingRecord } from "../ocpi/source-record.js";
import { CAPABILITY_ROWS } from "./capability-tags.js";
import { GARAGES, VEHICLE_ROWS } from "./extended-tags.js";
import type { LocationRef } from "./identity.js";
import { statedOperator } from "./operator-tags.js";
import { outputKilowatts } from "./output.js";
import { socketOf } from "./socket-of-connector.js";
import type { PlacedEvse } from "./sockets.js";

/** Tags that come from one field of the Location. */
const FIELD_OF_TAG: ReadonlyMap<string, string> = new Map([
  ["amenity", ""],
  ["opening_hours", "/opening_times"],
  ["operator", "/operator/name"],
  ["operator:wikidata", "/operator/name"],
  ["brand", "/operator/name"],
  ["brand:wikidata", "/operator/name"],
  ["name", "/name"],
  ["maxstay", "/parking_places"],
  ["lit", "/parking_places"],
  ["maxheight", "/parking_places"],
  ...VEHICLE_ROWS.map(({ key }): [string, string] => [key, "/parking_places"]),
]);

/** Tags that come from one field of each EVSE that has it. */
const EVSE_FIELD_OF_TAG: ReadonlyMap<string, keyof PlacedEvse["evse"]> = new Map<
  string,
  keyof PlacedEvse["evse"]
>([
  ["capacity:disabled", "parking_restrictions"],
  ["level", "floor_level"],
  ["ref", "physical_reference"],
  ["man_made", "coordinates"],
]);

/**
 * The places in the canonical Location that a tag on a point with these EVSEs was made from, in order; `""` is the
 * record itself. Empty for what a source profile supplied. `locationRef` is the one it was tagged with (T2.1).
 */
export function tagSources(
  record: TaggingRecord,
  evses: readonly PlacedEvse[],
  country: string | undefined,
  key: string,
  locationRef: LocationRef = "genuine",
): string[] {
  const { location } = record;
  if (key === "ref:ocpi:location:id") {
    const ownId = locationRef === "source" || record.ocpiLocationId === location.id;
    return [ownId || record.ocpiLocationId === undefined ? "/id" : OCPI_LOCATION_ID];
  }
  if (key === "ref:EU:EVSE") {
    return evses
      .filter(({ evse }) => canonicalEvseId(evse.evse_id ?? "") !== undefined)
      .map(({ index }) => `/evses/${index}/evse_id`);
  }
  if (key === "capacity") return evses.map(({ index }) => `/evses/${index}`);
  if (key.startsWith("socket:")) return connectorSources(evses, country, key);
  const capability = CAPABILITY_ROWS.find((row) => row.key === key)?.capability;
  if (capability !== undefined) return evseSources(evses, "capabilities", capability);
  if (key === "reservation") {
    const reservable = evseSources(evses, "capabilities", "RESERVABLE");
    return reservable.length > 0 ? reservable : ["/parking_places"];
  }
  if (key === "covered") {
    return [GARAGES.includes(location.parking_type ?? "") ? "/parking_type" : "/parking_places"];
  }
  if (key === "access") return accessSources(location, evses);
  if (key === "motorcar" || key === "motorcycle") {
    const motorcycles = evseSources(evses, "parking_restrictions", "MOTORCYCLES");
    if (motorcycles.length === evses.length) return motorcycles;
  }
  const evseField = EVSE_FIELD_OF_TAG.get(key);
  if (evseField !== undefined) {
    const places = evses.filter(({ evse }) => evse[evseField] !== undefined);
    return places.map(({ index }) => `/evses/${index}/${evseField}`);
  }
  const field = FIELD_OF_TAG.get(key);
  return field === undefined || (field === "/operator/name" && statedOperator(location) === undefined)
    ? []
    : [field];
}

/** The restrictions, or, where there are none, what says that the Location is for everybody (T5.3). */
function accessSources(location: TaggingLocation, evses: readonly PlacedEvse[]): string[] {
  const restricted = evses.filter(({ evse }) => (evse.parking_restrictions?.length ?? 0) > 0);
  if (restricted.length > 0) return restricted.map(({ index }) => `/evses/${index}/parking_restrictions`);
  return [location.publish === undefined ? "" : "/publish"];
}

function evseSources(
  evses: readonly PlacedEvse[],
  field: "capabilities" | "parking_restrictions",
  value: string,
): string[] {
  return evses
    .filter(({ evse }) => evse[field]?.includes(value) === true)
    .map(({ index }) => `/evses/${index}/${field}`);
}

function connectorSources(evses: readonly PlacedEvse[], country: string | undefined, key: string): string[] {
  const pointers: string[] = [];
  for (const { evse, index } of evses) {
    for (let c = 0; c < evse.connectors.length; c++) {
      const connector = evse.connectors[c];
      const socket = connector === undefined ? undefined : socketOf(connector, country).socket;
      if (connector === undefined || socket === undefined) continue;
      const place = `/evses/${index}/connectors/${c}`;
      if (socket.countTag === key) pointers.push(`${place}/standard`);
      else if (socket.outputTag === key) {
        const power = statedPower(connector);
        if (power === undefined || outputKilowatts(power, socket, connector) === "implausible") continue;
        pointers.push(`${place}/${power.field}`);
        if (power.field === "max_voltage") pointers.push(`${place}/max_amperage`);
      }
    }
  }
  return pointers;
}
