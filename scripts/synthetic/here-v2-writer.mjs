// @ts-check
/** A Station as HERE's older EV Charge Points API v2 has it: groups of like connectors, kilowatts, days as sums. */
import { V2_CONNECTOR_TYPES } from "./connector-type-ids.mjs";
import { contentId } from "./here-v3-writer.mjs";

/** @import { Connector, Evse, Station } from "./world.mjs" */
/** @import { Random } from "./random.mjs" */

/** Of weekday 1 = Monday … 7 = Sunday. */
const DAY_BITS = [2, 4, 8, 16, 32, 64, 1];
const PHASES = { AC_1_PHASE: 1, AC_3_PHASE: 3, DC: undefined };
const WATTS_PER_KILOWATT = 1000;

/**
 * @param {Station} station
 * @param {{ namesEvses?: boolean }} [options] whether each connector's status names the EVSE it belongs to, as some answers do
 */
export function hereV2Station(station, { namesEvses = false } = {}) {
  const { country } = station;
  const groups = connectorGroups(station.evses);
  return {
    id: `${country.numeric}-${String(station.index).padStart(8, "0")}`,
    poolId: contentId(station),
    lastUpdateTimestamp: station.updated,
    timeZone: country.timeZone,
    name: station.name,
    position: { latitude: station.latitude, longitude: station.longitude },
    entrancePosition: { latitude: station.latitude, longitude: station.longitude },
    address: {
      street: station.street,
      streetNumber: station.houseNumber,
      city: station.city,
      postalCode: station.postalCode,
      country: country.alpha3,
    },
    contacts: { phone: [{ value: station.phone }], website: [{ value: station.website }] },
    totalNumberOfConnectors: groups.reduce((total, { evses }) => total + evses.length, 0),
    connectors: { connector: groups.map((group) => connectorGroup(station, group, namesEvses)) },
    evStationDetails: {
      privateAccess: false,
      restrictedAccess: station.customersOnly,
      accessibilityType: station.customersOnly ? "RESTRICTED" : "PUBLIC",
      paymentMethods: paymentMethods(station),
    },
  };
}

/** @typedef {ReturnType<typeof hereV2Station>} HereV2Station */

/**
 * @typedef {object} Group
 * @property {Connector} connector one of them
 * @property {boolean} reservable
 * @property {Evse[]} evses for each of them the EVSE it belongs to
 */

/** Like connectors of all EVSEs. @param {readonly Evse[]} evses @returns {Group[]} */
function connectorGroups(evses) {
  /** @type {Map<string, Group>} */
  const groups = new Map();
  for (const evse of evses) {
    for (const connector of evse.connectors) {
      const key = JSON.stringify([connector, evse.reservable]);
      const group = groups.get(key) ?? { connector, reservable: evse.reservable, evses: [] };
      group.evses.push(evse);
      groups.set(key, group);
    }
  }
  return [...groups.values()];
}

/** @param {Station} station @param {Group} group @param {boolean} namesEvses */
function connectorGroup(station, { connector, reservable, evses }, namesEvses) {
  const { standard, format, powerType, volts, amperes, watts } = connector;
  const phases = PHASES[powerType];
  const type = V2_CONNECTOR_TYPES[standard];
  return {
    supplierName: station.operator,
    connectorType: { id: String(type?.id), name: type?.name },
    powerFeedType: powerFeedType(powerType),
    chargeCapacity:
      phases === undefined
        ? `${volts}VDC, max ${amperes}A`
        : `${volts}VAC, ${phases}-phase at max ${amperes}A`,
    ...(watts === undefined ? {} : { maxPowerLevel: watts / WATTS_PER_KILOWATT }),
    fixedCable: format === "CABLE",
    connectorDetails: { reservable, ...openingDetails(station) },
    chargingPoint: {
      voltsRange: `${volts}V ${phases === undefined ? "DC" : "AC"}`,
      ampsRange: `${amperes}A`,
      ...(phases === undefined ? {} : { phases: String(phases) }),
      numberOfConnectors: evses.length,
    },
    ...(namesEvses ? { connectorStatuses: { connectorStatus: evses.map(connectorStatus) } } : {}),
  };
}

/** @param {Evse} evse */
function connectorStatus({ uid, evseId, label }) {
  return { cpoEvseId: uid, cpoEvseEMI3Id: evseId, physicalReference: label, state: "AVAILABLE" };
}

/** @param {Connector["powerType"]} powerType */
function powerFeedType(powerType) {
  if (powerType === "DC") return { id: "3", name: "DC" };
  return powerType === "AC_3_PHASE" ? { id: "2", name: "AC, 3-phase" } : { id: "1", name: "AC, 1-phase" };
}

/** Periods that several days have are one entry, its `daymask` the sum of the days. @param {Station} station */
function openingDetails({ opening }) {
  if (opening.always) return { open24x7: true };
  /** @type {Map<string, { daymask: number, period: { from: string, to: string } }>} */
  const hours = new Map();
  for (const { weekday, begin, end } of opening.periods) {
    const key = `${begin} ${end}`;
    const entry = hours.get(key) ?? { daymask: 0, period: { from: `${begin}:00`, to: `${end}:00` } };
    entry.daymask += DAY_BITS[weekday - 1] ?? 0;
    hours.set(key, entry);
  }
  return {
    open24x7: false,
    openingHours: { regularOpeningHours: [...hours.values()], annualOpenings: [] },
  };
}

/** @param {Station} station */
function paymentMethods({ evses }) {
  const methods = [];
  if (evses.some(({ cards }) => cards))
    methods.push({ id: "1", name: "Credit card" }, { id: "2", name: "Debit card" });
  if (evses.some(({ rfid }) => rfid)) methods.push({ id: "3", name: "RFID card" });
  return { paymentMethod: methods };
}

/** Each entry makes one station awkward; `undefined` leaves the key out. @type {readonly ((station: HereV2Station, random: Random) => object)[]} */
export const HERE_V2_DEFECTS = [
  // an id without a public meaning
  (station) => withConnectors(station, { connectorType: { id: "57", name: undefined } }),
  // an id that may be one of two plugs
  (station) =>
    withConnectors(station, { connectorType: { id: "10", name: "Domestic plug/socket type E+F (CEE 7/7)" } }),
  // no number of connectors
  (station) => withConnectors(station, { chargingPoint: undefined }),
  // one connector in place of a list of one
  (station) => ({ ...station, connectors: { connector: station.connectors.connector[0] } }),
  // no position
  (station) => ({ ...station, position: undefined }),
  // numbers as text
  (station) =>
    Object.assign(withConnectors(station, { maxPowerLevel: "22.0" }), {
      position: {
        latitude: String(station.position.latitude),
        longitude: String(station.position.longitude),
      },
    }),
];

/** @param {HereV2Station} station @param {object} change */
function withConnectors(station, change) {
  const connector = station.connectors.connector.map((group) => Object.assign({}, group, change));
  return { ...station, connectors: { connector } };
}
