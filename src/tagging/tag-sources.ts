/**
 * Where a tag comes from: JSON Pointers into the canonical Location. Worked out from the tag and the rules' own
 * tables when somebody asks, so that tagging itself carries no provenance.
 */
import { canonicalEvseId } from "../ocpi/evse-id.js";
import type { SourceRecord } from "../ocpi/source-record.js";
import { CAPABILITY_ROWS } from "./capability-tags.js";
import { VEHICLE_ROWS } from "./extended-tags.js";
import { socketOf } from "./socket-of-connector.js";
import type { PlacedEvse } from "./sockets.js";

/** Stands for the genuine OCPI id of a source whose `id` is not one; not a field of OCPI. */
export const OCPI_LOCATION_ID = "/ocpi_location_id";

/** Tags that come from one field of the Location. */
const FIELD_OF_TAG: ReadonlyMap<string, string> = new Map([
  ["amenity", ""],
  ["capacity", "/evses"],
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
  ["access", "parking_restrictions"],
  ["capacity:disabled", "parking_restrictions"],
  ["level", "floor_level"],
  ["ref", "physical_reference"],
  ["man_made", "coordinates"],
]);

/**
 * The places in the canonical Location that a tag on a point with these EVSEs was made from, in order. Empty for what
 * a source profile supplied.
 */
export function tagSources(
  record: SourceRecord,
  evses: readonly PlacedEvse[],
  country: string | undefined,
  key: string,
): string[] {
  const { location } = record;
  if (key === "ref:ocpi:location:id") {
    return [record.ocpiLocationId === location.id ? "/id" : OCPI_LOCATION_ID];
  }
  if (key === "ref:EU:EVSE") {
    return evses
      .filter(({ evse }) => canonicalEvseId(evse.evse_id ?? "") !== undefined)
      .map(({ index }) => `/evses/${index}/evse_id`);
  }
  if (key.startsWith("socket:")) return connectorSources(evses, country, key);
  const capability = CAPABILITY_ROWS.find((row) => row.key === key)?.capability;
  if (capability !== undefined) return evseSources(evses, "capabilities", capability);
  if (key === "reservation") {
    const reservable = evseSources(evses, "capabilities", "RESERVABLE");
    return reservable.length > 0 ? reservable : ["/parking_places"];
  }
  if (key === "covered") return [location.parking_type === undefined ? "/parking_places" : "/parking_type"];
  const evseField = EVSE_FIELD_OF_TAG.get(key);
  if (evseField !== undefined) {
    const places = evses.filter(({ evse }) => evse[evseField] !== undefined);
    return places.map(({ index }) => `/evses/${index}/${evseField}`);
  }
  const field = FIELD_OF_TAG.get(key);
  return field === undefined || (field === "/operator/name" && location.operator?.name === undefined)
    ? []
    : [field];
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

function connectorSources(
  evses: readonly PlacedEvse[],
  country: string | undefined,
  key: string,
): string[] {
  const pointers: string[] = [];
  for (const { evse, index } of evses) {
    for (let c = 0; c < evse.connectors.length; c++) {
      const connector = evse.connectors[c];
      const socket = connector === undefined ? undefined : socketOf(connector, country).socket;
      if (connector === undefined || socket === undefined) continue;
      const place = `/evses/${index}/connectors/${c}`;
      if (socket.countTag === key) pointers.push(`${place}/standard`);
      else if (socket.outputTag === key) {
        if ((connector.max_electric_power ?? 0) > 0) pointers.push(`${place}/max_electric_power`);
        else if (connector.max_voltage !== undefined && connector.max_amperage !== undefined) {
          pointers.push(`${place}/max_voltage`, `${place}/max_amperage`);
        }
      }
    }
  }
  return pointers;
}
