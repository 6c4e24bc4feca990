/** Locations to test with: a plain public station, less or more what a test says. */
import type { Connector, Evse, Location } from "./location.js";
import type { SourceRecord } from "./source-record.js";

/** One Type 2 socket of 22 kW. */
export function aConnector(fields: Partial<Connector> = {}): Connector {
  return {
    standard: "IEC_62196_T2",
    format: "SOCKET",
    power_type: "AC_3_PHASE",
    max_electric_power: 22_000,
    ...fields,
  };
}

/** An EVSE in service with one connector. */
export function anEvse(fields: Partial<Evse> = {}): Evse {
  return { status: "AVAILABLE", connectors: [aConnector()], ...fields };
}

/** A published Location in Vilnius with one EVSE. */
export function aLocation(fields: Partial<Location> = {}): Location {
  return {
    country_code: "LT",
    party_id: "ABC",
    id: "LOC1",
    publish: true,
    country: "LTU",
    coordinates: { latitude: "54.6872", longitude: "25.2797" },
    evses: [anEvse()],
    ...fields,
  };
}

/** The Location as an OCPI source hands it on. */
export function aRecord(fields: Partial<Location> = {}): SourceRecord {
  const location = aLocation(fields);
  return { location, ocpiLocationId: location.id, notes: [] };
}
