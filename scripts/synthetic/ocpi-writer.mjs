// @ts-check
/** A Station as an OCPI 2.2.1 Location, and the ways in which OCPI feeds are known to be wrong. */

/** @import { Connector, Evse, Station } from "./world.mjs" */
/** @import { Random } from "./random.mjs" */

/** @param {Station} station */
export function ocpiLocation(station) {
  return {
    country_code: station.country.code,
    party_id: station.partyId,
    id: station.id,
    publish: true,
    name: station.name,
    address: `${station.street} ${station.houseNumber}`,
    city: station.city,
    postal_code: station.postalCode,
    country: station.country.alpha3,
    coordinates: degreesText(station),
    related_locations: [],
    parking_type: station.parkingType,
    evses: station.evses.map((evse) => ocpiEvse(station, evse)),
    directions: [{ language: station.country.language, text: station.country.direction }],
    operator: {
      name: station.operator,
      website: station.website,
      logo: {
        url: `${station.website}/logo.svg`,
        category: "OPERATOR",
        type: "svg",
        width: 512,
        height: 512,
      },
    },
    facilities: station.facilities,
    time_zone: station.country.timeZone,
    opening_times: station.opening.always
      ? { twentyfourseven: true }
      : {
          twentyfourseven: false,
          regular_hours: station.opening.periods.map(({ weekday, begin, end }) => ({
            weekday,
            period_begin: begin,
            period_end: end,
          })),
          exceptional_openings: [],
          exceptional_closings: [],
        },
    charging_when_closed: station.opening.always,
    images: [
      {
        url: `${station.website}/images/${station.id}/site.jpg`,
        category: "LOCATION",
        type: "jpeg",
        width: 1600,
        height: 1200,
      },
    ],
    energy_mix: {
      is_green_energy: station.green,
      energy_sources: [
        { source: "WIND", percentage: station.windShare },
        { source: station.green ? "SOLAR" : "GENERAL_FOSSIL", percentage: 100 - station.windShare },
      ],
      supplier_name: station.supplier,
    },
    last_updated: station.updated,
  };
}

/** @typedef {ReturnType<typeof ocpiLocation>} OcpiLocation */

/** @param {Station} station @param {Evse} evse */
function ocpiEvse(station, evse) {
  const capabilities = ["REMOTE_START_STOP_CAPABLE", "UNLOCK_CAPABLE"];
  if (evse.rfid) capabilities.push("RFID_READER");
  if (evse.reservable) capabilities.push("RESERVABLE");
  if (evse.cards) capabilities.push("CREDIT_CARD_PAYABLE", "DEBIT_CARD_PAYABLE", "CONTACTLESS_CARD_SUPPORT");
  return {
    uid: evse.uid,
    evse_id: evse.evseId,
    status: evse.status,
    capabilities,
    connectors: evse.connectors.map((connector, place) => ocpiConnector(station, evse, connector, place)),
    floor_level: evse.floor,
    coordinates: degreesText(evse),
    physical_reference: evse.label,
    directions: [{ language: station.country.language, text: station.country.direction }],
    parking_restrictions: station.customersOnly ? ["EV_ONLY", "CUSTOMERS"] : ["EV_ONLY"],
    images: [{ url: evse.imageUrl, category: "CHARGER", type: "jpeg", width: 800, height: 600 }],
    last_updated: evse.updated,
  };
}

/** @param {Station} station @param {Evse} evse @param {Connector} connector @param {number} place */
function ocpiConnector(station, evse, connector, place) {
  return {
    id: String(place + 1),
    standard: connector.standard,
    format: connector.format,
    power_type: connector.powerType,
    max_voltage: connector.volts,
    max_amperage: connector.amperes,
    ...(connector.watts === undefined ? {} : { max_electric_power: connector.watts }),
    tariff_ids: station.tariffs,
    terms_and_conditions: `${station.website}/terms`,
    last_updated: evse.updated,
  };
}

/** @param {{ latitude: number, longitude: number }} position */
function degreesText({ latitude, longitude }) {
  return { latitude: latitude.toFixed(6), longitude: longitude.toFixed(6) };
}

/**
 * @param {OcpiLocation} location
 * @param {(evse: OcpiLocation["evses"][number], place: number) => object} change
 */
const withEvses = (location, change) => ({ ...location, evses: location.evses.map(change) });

/**
 * @param {OcpiLocation} location
 * @param {(connector: OcpiLocation["evses"][number]["connectors"][number]) => object} change
 */
const withConnectors = (location, change) =>
  withEvses(location, (evse) => ({ ...evse, connectors: evse.connectors.map(change) }));

/** Each entry damages one Location as real feeds do; `undefined` leaves the key out. @type {readonly ((location: OcpiLocation, random: Random) => object)[]} */
export const OCPI_DEFECTS = [
  // numeric ids
  (location) => ({ ...location, id: Number(location.id.slice(5)) + 1 }),
  // nulls where nothing is known
  (location) => ({
    ...withEvses(location, (evse) => ({ ...evse, floor_level: null, directions: null, images: null })),
    images: null,
    energy_mix: null,
    opening_times: null,
    parking_type: null,
  }),
  // kilowatts where watts belong
  (location) =>
    withConnectors(location, (connector) => ({
      ...connector,
      max_electric_power: Math.round((connector.max_electric_power ?? 11_000) / 1000),
    })),
  // a day that ends at 23:59
  (location) => ({
    ...location,
    opening_times: {
      twentyfourseven: false,
      regular_hours: [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({
        weekday,
        period_begin: "00:00",
        period_end: "23:59",
      })),
    },
  }),
  // internal numbers instead of EVSE ids
  (location) => withEvses(location, (evse, place) => ({ ...evse, evse_id: `CP-${location.id}-${place}` })),
  // one EVSE id on every EVSE
  (location) => withEvses(location, (evse) => ({ ...evse, evse_id: location.evses[0]?.evse_id })),
  // no position
  (location) => ({ ...location, coordinates: undefined }),
  // null island
  (location) => ({ ...location, coordinates: { latitude: "0.000000", longitude: "0.000000" } }),
  // latitude and longitude changed places
  (location) => ({
    ...location,
    coordinates: { latitude: location.coordinates.longitude, longitude: location.coordinates.latitude },
  }),
  // not for the public
  (location) => ({ ...location, publish: false }),
  // not built yet
  (location) => withEvses(location, (evse) => ({ ...evse, status: "PLANNED" })),
  // taken away
  (location) => withEvses(location, (evse) => ({ ...evse, status: "REMOVED" })),
  // one EVSE taken away
  (location) => withEvses(location, (evse, place) => (place === 0 ? { ...evse, status: "REMOVED" } : evse)),
  // no EVSE at all
  (location) => ({ ...location, evses: [] }),
  // enumerations in lower case, with trailing blanks
  (location) =>
    withConnectors(location, (connector) => ({
      ...connector,
      standard: `${connector.standard.toLowerCase()} `,
      power_type: connector.power_type.toLowerCase(),
    })),
  // format not stated
  (location) => withConnectors(location, (connector) => ({ ...connector, format: undefined })),
  // a standard of the operator's own
  (location) => withConnectors(location, (connector) => ({ ...connector, standard: "Type 2 outlet" })),
];
