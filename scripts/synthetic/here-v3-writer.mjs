// @ts-check
/** A Station as a HERE EV Charge Points v3 ChargingLocation, and the ways in which such answers surprise. */

/** @import { Connector, Evse, Station } from "./world.mjs" */
/** @import { Random } from "./random.mjs" */

/** @type {Record<string, string>} */
const POWER_TYPES = { AC_1_PHASE: "ac1Phase", AC_3_PHASE: "ac3Phase", DC: "dc" };
/** @type {Record<string, string>} */
const STATUSES = { OUTOFORDER: "outOfOrder" };
/** @type {Record<string, string>} */
const PARKING_TYPES = {
  ON_STREET: "onStreet",
  PARKING_LOT: "parkingLot",
  PARKING_GARAGE: "parkingGarage",
  ALONG_MOTORWAY: "alongMotorway",
};
const DAYS = ["mo", "tu", "we", "th", "fr", "sa", "su"];
const GEOHASH_LETTERS = "0123456789bcdefghjkmnpqrstuvwxyz";

/** @param {Station} station */
export function hereV3Location(station) {
  const { country } = station;
  return {
    id: `here:evcp:charginglocation:${contentId(station)}`,
    location: { lat: station.latitude, lng: station.longitude },
    supportedVehicles: ["car"],
    name: station.name,
    accessPoints: [{ lat: station.latitude, lng: station.longitude }],
    address: {
      label: `${station.street} ${station.houseNumber}, ${station.postalCode} ${station.city}`,
      street: station.street,
      houseNumber: station.houseNumber,
      city: station.city,
      countryCode: country.alpha3,
      postalCode: station.postalCode,
    },
    parkingType: PARKING_TYPES[station.parkingType],
    operator: {
      name: station.operator,
      partnerId: station.operatorUuid,
      website: station.website,
      eMobilityIds: [`${country.code}-${station.partyId}`],
    },
    ...(station.customersOnly ? { restrictions: ["customersOnly"] } : {}),
    timeZone: country.timeZone,
    openingHours: openingHours(station),
    energyMix: {
      isGreenEnergy: station.green,
      energySources: [
        { source: "wind", percentage: station.windShare },
        { source: station.green ? "solar" : "generalFossil", percentage: 100 - station.windShare },
      ],
      supplier: station.supplier,
    },
    supportPhoneNumber: station.phone,
    isPullThrough: station.parkingType === "ALONG_MOTORWAY",
    cpoLocationId: station.id,
    reservationRequired: false,
    evses: station.evses.map(hereEvse),
    connectorGroups: connectorGroups(station.evses),
  };
}

/** @typedef {ReturnType<typeof hereV3Location>} HereV3Location */

/** @param {Evse} evse */
function hereEvse(evse) {
  const paymentSupports = ["operatorApp", "mobilePayment"];
  if (evse.rfid) paymentSupports.push("rfidReader");
  if (evse.cards) paymentSupports.push("creditCard", "debitCard", "contactlessCard");
  return {
    id: `here:evcp:evse:${Buffer.from(evse.uid).toString("hex").padEnd(64, "0").slice(0, 64)}`,
    uid: evse.uid,
    evseId: evse.evseId,
    connectors: evse.connectors.map(hereConnector),
    status: STATUSES[evse.status] ?? evse.status.toLowerCase(),
    capabilities: evse.reservable ? ["remoteStartStop", "reservable"] : ["remoteStartStop"],
    physicalReference: evse.label,
    floorLevel: evse.floor,
    location: { lat: evse.latitude, lng: evse.longitude },
    paymentSupports,
    modified: evse.updated,
  };
}

/** @param {Connector} connector @param {number} place */
function hereConnector(connector, place) {
  return {
    id: String(place + 1),
    standard: connector.standard,
    format: connector.format.toLowerCase(),
    powerType: POWER_TYPES[connector.powerType],
    maxVoltage: connector.volts,
    maxCurrent: connector.amperes,
    ...(connector.watts === undefined ? {} : { maxPower: connector.watts }),
  };
}

/** Groups are (standard, maxPower); equal connectors of one EVSE count once, those without power are in no group. @param {readonly Evse[]} evses */
function connectorGroups(evses) {
  /** @type {Map<string, { standard: string, maxPower: number, connectorCount: number }>} */
  const groups = new Map();
  for (const evse of evses) {
    const seen = new Set();
    for (const { standard, watts } of evse.connectors) {
      const key = `${standard} ${watts}`;
      if (watts === undefined || seen.has(key)) continue;
      seen.add(key);
      const group = groups.get(key) ?? { standard, maxPower: watts, connectorCount: 0 };
      group.connectorCount += 1;
      groups.set(key, group);
    }
  }
  return [...groups.values()];
}

/** @param {Station} station */
function openingHours({ opening }) {
  if (opening.always) return { open24x7: true };
  /** @type {Map<string, { days: string[], periods: { from: string, to: string }[] }>} */
  const schedules = new Map();
  DAYS.forEach((day, place) => {
    const periods = opening.periods
      .filter(({ weekday }) => weekday === place + 1)
      .map(({ begin, end }) => ({ from: `${begin}:00`, to: `${end}:00` }));
    if (periods.length === 0) return;
    const key = JSON.stringify(periods);
    const schedule = schedules.get(key) ?? { days: [], periods };
    schedule.days.push(day);
    schedules.set(key, schedule);
  });
  return { open24x7: false, chargingWhenClosed: false, regularSchedule: [...schedules.values()] };
}

/** Numeric country, geohash, supplier and the supplier's id: the shape of HERE's content ids. @param {Station} station */
export function contentId({ country, latitude, longitude, index }) {
  const supplier = Buffer.from(`here-ev:synthetic:${index}`).toString("base64url");
  return `${country.numeric}${geohash(latitude, longitude)}-${supplier}`;
}

/** Ten letters. @param {number} latitude @param {number} longitude */
function geohash(latitude, longitude) {
  const ranges = [
    { value: longitude, low: -180, high: 180 },
    { value: latitude, low: -90, high: 90 },
  ];
  let text = "";
  for (let letter = 0; letter < 10; letter += 1) {
    let bits = 0;
    for (let bit = 0; bit < 5; bit += 1) {
      const range = ranges[(letter * 5 + bit) % 2];
      if (range === undefined) continue;
      const middle = (range.low + range.high) / 2;
      const upper = range.value >= middle;
      if (upper) range.low = middle;
      else range.high = middle;
      bits = bits * 2 + (upper ? 1 : 0);
    }
    text += GEOHASH_LETTERS.charAt(bits);
  }
  return text;
}

/**
 * @param {HereV3Location} location
 * @param {(evse: HereV3Location["evses"][number], place: number) => object} change
 */
const withEvses = (location, change) => ({ ...location, evses: location.evses.map(change) });

/** Each entry makes one ChargingLocation awkward; `undefined` leaves the key out. @type {readonly ((location: HereV3Location, random: Random) => object)[]} */
export const HERE_V3_DEFECTS = [
  // asked without fields=evses
  (location) => ({ ...location, evses: undefined, connectorGroups: undefined }),
  // pruned by connectorTypes=
  (location) => ({ ...location, evses: location.evses.slice(0, 1) }),
  // the map's spelling of a restriction
  (location) => ({ ...location, restrictions: ["BRAND_ONLY"] }),
  // hours to the end of the day
  (location) => ({
    ...location,
    openingHours: {
      regularSchedule: [
        { days: DAYS, periods: [{ from: "06:00:00", to: "00:00:00" }] },
        { days: ["su"], periods: [{}] },
      ],
    },
  }),
  // metres where centimetres belong
  (location) =>
    withEvses(location, (evse) => ({
      ...evse,
      parking: { conditions: ["disabled"], vehicleLimitations: { height: 2.5, width: 3, length: 12 } },
    })),
  // internal numbers instead of EVSE ids
  (location) => withEvses(location, (evse, place) => ({ ...evse, evseId: String(1000 + place) })),
  // no position
  (location) => ({ ...location, location: undefined }),
  // null island
  (location) => ({ ...location, location: { lat: 0, lng: 0 } }),
  // no id of the operator's own
  (location) => ({ ...location, cpoLocationId: undefined }),
  // nulls where nothing is known
  (location) => ({ ...location, name: null, openingHours: null, parkingType: null }),
];
