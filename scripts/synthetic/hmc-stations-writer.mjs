// @ts-check
/**
 * Stations of a tile as a decoded partition of HERE Map Content's older `electric-vehicle-charging-stations`: places and
 * locations joined by identifier, and lists of attributes that point at places by index. It has ports, not EVSEs.
 */
import { V2_CONNECTOR_TYPES } from "./connector-type-ids.mjs";
import { contentId } from "./here-v3-writer.mjs";
import { protoJson } from "./proto-json.mjs";

/** @import { Habits } from "./proto-json.mjs" */
/** @import { Station } from "./world.mjs" */

export const HMC_STATIONS_LAYER = "electric-vehicle-charging-stations";

const DAYS = ["MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY"];

/**
 * @param {number} tile
 * @param {readonly Station[]} stations
 * @param {Habits} habits
 * @returns {object}
 */
export function hmcStationsTile(tile, stations, habits) {
  const partitionName = String(tile);
  return /** @type {object} */ (
    protoJson({ partitionName, ...listsOf(partitionName, stations, habits) }, habits)
  );
}

/**
 * The same as the public GeoJSON tool makes it: a Feature a place, its properties one element of each list. Of several
 * elements that point at a place only the last is kept, so ports are lost.
 * @param {number} tile
 * @param {readonly Station[]} stations
 * @param {Habits} habits the tool knows camelCase only
 * @returns {object}
 */
export function hmcStationsGeoJson(tile, stations, habits) {
  const lists = listsOf(String(tile), stations, habits);
  /** @type {Array<Record<string, unknown>>} */
  const properties = stations.map(() => ({}));
  for (const [name, list] of Object.entries(lists)) {
    for (const [position, element] of list.entries()) {
      const { placeIndex, ...rest } = /** @type {{ placeIndex?: number[] }} */ (element);
      for (const index of placeIndex ?? [position]) {
        const feature = properties[index];
        if (feature !== undefined) feature[name] = protoJson(rest, { ...habits, names: "camel" });
      }
    }
  }
  const features = stations.map(({ latitude, longitude }, index) => ({
    type: "Feature",
    geometry: { type: "Point", coordinates: [longitude, latitude] },
    properties: properties[index],
  }));
  return { type: "FeatureCollection", features };
}

/**
 * The lists of a tile.
 * @param {string} partitionName
 * @param {readonly Station[]} stations
 * @param {Habits} habits
 */
function listsOf(partitionName, stations, habits) {
  const takingCards = indexesOf(stations, ({ evses }) => evses.some(({ cards }) => cards));
  return {
    place: stations.map((station) => place(station, partitionName)),
    location: stations.map(location),
    address: stations.map(({ country, postalCode }) => ({
      countryCode: { officialCountryCode: country.alpha3 },
      postalCode: [{ text: { value: postalCode } }],
    })),
    portAttribute: stations.flatMap(portAttributes),
    electricChargeAttribute: stations.map((station, index) => ({
      placeIndex: [index],
      totalNumberOfPorts: station.evses.length,
    })),
    operatingTime: stations.map((station, index) => ({
      placeIndex: [index],
      operatingTime: operatingTimes(station),
    })),
    payment: [
      { placeIndex: takingCards, paymentType: "CREDIT_CARD" },
      { placeIndex: takingCards, paymentType: "DEBIT_CARD" },
      {
        placeIndex: indexesOf(stations, ({ evses }) => evses.some(({ rfid }) => rfid)),
        paymentType: "RFID",
      },
    ].filter(({ placeIndex }) => placeIndex.length > 0),
    // Real tiles show nothing else in it.
    placeAccessAttribute: stations.map((_, index) => ({ placeIndex: [index] })),
    contactInformation: stations.map((station, index) => ({
      placeIndex: [index],
      contactInfo: [
        { type: "PHONE", value: station.phone, countryCode: station.country.alpha3 },
        { type: "WEBSITE", value: station.website },
      ],
    })),
    supplier: [{ identifier: "synthetic", name: [{ text: { value: "Synthetic Data Supplier" } }] }],
    externalIdentifier: stations.map((station, index) => ({
      placeIndex: [index],
      externalIdentifier: contentId(station),
      type: "EV_POOL",
    })),
    ...(habits.keys === "strange"
      ? {
          canopyAttribute: [{ placeIndex: [0], kind: "SOLAR" }],
          qualityScore: [{ placeIndex: [0], overallConfidence: "0.91", canopyConfidence: "0.5" }],
        }
      : { qualityScore: [{ placeIndex: stations.map((_, index) => index), overallConfidence: "0.91" }] }),
  };
}

/** @param {Station} station @param {string} partitionName */
function place(station, partitionName) {
  return {
    identifier: placeId(station),
    name: [
      {
        nameType: "OFFICIAL",
        text: { language: station.country.language, value: station.name },
        primary: true,
      },
    ],
    category: [{ identifier: "700-7600-0322", partitionName: "1" }],
    locationRef: { identifier: locationId(station), partitionName },
  };
}

/** @param {Station} station @param {number} index */
function location(station, index) {
  return {
    identifier: locationId(station),
    locationType: "POINT",
    displayPosition: { latitude: station.latitude, longitude: station.longitude },
    addressIndex: index,
  };
}

/** @param {Station} station */
function placeId({ index }) {
  return `here:cm:place:${String(100_000_000 + index)}`;
}

/** @param {Station} station */
function locationId({ index }) {
  return `here:cm:location:${String(200_000_000 + index)}`;
}

/**
 * A port serves one car: plugs of one kind on one EVSE are one port of that kind. Which ports are one EVSE is not said.
 * @param {Station} station
 * @param {number} index
 */
function portAttributes({ evses }, index) {
  /** @type {Map<string, { type: string, cable: boolean, ports: number }>} */
  const kinds = new Map();
  for (const { connectors } of evses) {
    const seen = new Set();
    for (const { standard, format } of connectors) {
      const key = `${standard} ${format}`;
      if (seen.has(key)) continue;
      seen.add(key);
      const kind = kinds.get(key) ?? { type: standard, cable: format === "CABLE", ports: 0 };
      kind.ports += 1;
      kinds.set(key, kind);
    }
  }
  return [...kinds.values()].map(({ type, cable, ports }) => ({
    placeIndex: [index],
    connectorType: V2_CONNECTOR_TYPES[type]?.name,
    connectorTypeId: String(V2_CONNECTOR_TYPES[type]?.id),
    numberOfPorts: ports,
    groundTruthPortCount: ports,
    fixedCable: cable,
  }));
}

/** Days with the same times are one entry for each of the times. @param {Station} station */
function operatingTimes({ opening }) {
  const periods = opening.always
    ? DAYS.map((_, day) => ({ weekday: day + 1, begin: "00:00", end: "24:00" }))
    : opening.periods;
  /** @type {Map<string, { daysOfWeek: { dayOfWeek: string[] }, timeRange: object }>} */
  const times = new Map();
  for (const { weekday, begin, end } of periods) {
    const timeRange = { startTimeOfDay: `${begin}:00`, endTimeOfDay: `${end}:00` };
    const time = times.get(`${begin} ${end}`) ?? { daysOfWeek: { dayOfWeek: [] }, timeRange };
    time.daysOfWeek.dayOfWeek.push(DAYS[weekday - 1] ?? "");
    times.set(`${begin} ${end}`, time);
  }
  return [...times.values()];
}

/** @param {readonly Station[]} stations @param {(station: Station) => boolean} holds */
function indexesOf(stations, holds) {
  return [...stations.keys()].filter((index) => stations[index] !== undefined && holds(stations[index]));
}
