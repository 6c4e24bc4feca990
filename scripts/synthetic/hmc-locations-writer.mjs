// @ts-check
/**
 * Stations of a tile as a decoded partition of HERE Map Content's `electric-vehicle-charging-locations`. Certain are the
 * pools, the keys ending in `Index` and `geometry`; the other keys are those of API v3, the same product.
 */
import { hereV3Location } from "./here-v3-writer.mjs";
import { protoJson } from "./proto-json.mjs";

/** @import { HereV3Location } from "./here-v3-writer.mjs" */
/** @import { Habits } from "./proto-json.mjs" */
/** @import { Station } from "./world.mjs" */

export const HMC_LOCATIONS_LAYER = "electric-vehicle-charging-locations";

/** @type {Readonly<Record<string, string>>} */
const DAYS = {
  mo: "MONDAY",
  tu: "TUESDAY",
  we: "WEDNESDAY",
  th: "THURSDAY",
  fr: "FRIDAY",
  sa: "SATURDAY",
  su: "SUNDAY",
};

/**
 * @param {number} tile
 * @param {readonly Station[]} stations
 * @param {Habits} habits
 * @returns {object}
 */
export function hmcLocationsTile(tile, stations, habits) {
  const pools = new Pools(habits);
  const chargingLocation = stations.map((station) => pools.location(hereV3Location(station)));
  const message = { partitionName: String(tile), chargingLocation, ...pools.lists() };
  return /** @type {object} */ (protoJson(message, habits));
}

/**
 * The same as the public GeoJSON tool makes it: a Feature a location, its properties the location with what the pools
 * hold in place of the indexes.
 * @param {number} _tile the tool leaves the tile's name out
 * @param {readonly Station[]} stations
 * @param {Habits} habits the tool fails on pooled connectors, so they are inline
 * @returns {object}
 */
export function hmcLocationsGeoJson(_tile, stations, habits) {
  const features = stations.map((station) => {
    const pools = new Pools({ ...habits, connectors: "inline" });
    const { operatorIndex: _operator, evsesIndex: _evses, ...own } = pools.location(hereV3Location(station));
    const { businessDetails, evse } = pools.lists();
    return {
      type: "Feature",
      geometry: { coordinates: [own.geometry.longitude, own.geometry.latitude], type: "Point" },
      properties: protoJson({ ...own, operator: businessDetails[0], evses: evse }, habits),
    };
  });
  return { type: "FeatureCollection", features };
}

/** What the locations of a tile share, each once. */
class Pools {
  #habits;
  /** @type {Map<string, { index: number, details: object }>} */
  #businesses = new Map();
  /** @type {object[]} */
  #evses = [];
  /** @type {object[]} */
  #connectors = [];

  /** @param {Habits} habits */
  constructor(habits) {
    this.#habits = habits;
  }

  /** The pools as they are now. */
  lists() {
    return {
      evse: this.#evses,
      businessDetails: [...this.#businesses.values()].map(({ details }) => details),
      ...(this.#habits.connectors === "pooled" ? { connector: this.#connectors } : {}),
    };
  }

  /** @param {HereV3Location} location */
  location(location) {
    const {
      location: position,
      operator,
      evses,
      connectorGroups: _groups,
      supportPhoneNumber,
      ...rest
    } = location;
    const strange = this.#habits.keys === "strange";
    return {
      ...rest,
      geometry: geometry(position),
      supportedVehicles: rest.supportedVehicles.map(upperSnake),
      accessPoints: rest.accessPoints.map(geometry),
      parkingType: upperSnake(rest.parkingType ?? ""),
      ...(rest.restrictions === undefined ? {} : { restrictions: rest.restrictions.map(upperSnake) }),
      openingHours: openingHours(rest.openingHours),
      energyMix: {
        ...rest.energyMix,
        energySources: rest.energyMix.energySources.map(({ source, percentage }) => ({
          source: upperSnake(source),
          percentage,
        })),
      },
      ...(strange
        ? { lineForHelp: supportPhoneNumber, gridConnection: { class: "LOW_VOLTAGE" }, surveyLevel: "DRIVEN" }
        : { supportPhoneNumber }),
      operatorIndex: this.#business(operator),
      evsesIndex: evses.map((evse) => this.#evses.push(this.#evse(evse)) - 1),
    };
  }

  /** @param {HereV3Location["operator"]} operator */
  #business(operator) {
    const known = this.#businesses.get(operator.partnerId);
    if (known !== undefined) return known.index;
    const index = this.#businesses.size;
    this.#businesses.set(operator.partnerId, { index, details: operator });
    return index;
  }

  /** A map has no live state. @param {HereV3Location["evses"][number]} evse */
  #evse({ status: _status, modified: _modified, location, uid, connectors, ...rest }) {
    const plugs = connectors.map((connector) => ({
      ...connector,
      format: upperSnake(connector.format),
      powerType: upperSnake(connector.powerType ?? ""),
    }));
    const strange = this.#habits.keys === "strange";
    return {
      ...rest,
      ...(strange ? { keyOnPlatform: uid, bayWidth: 250 } : { uid }),
      capabilities: rest.capabilities.map(upperSnake),
      paymentSupports: rest.paymentSupports.map(upperSnake),
      location: geometry(location),
      ...(this.#habits.connectors === "pooled"
        ? { connectorsIndex: plugs.map((plug) => this.#connectors.push(plug) - 1) }
        : { connectors: plugs }),
    };
  }
}

/** @param {{ lat: number, lng: number }} position */
function geometry({ lat, lng }) {
  return { latitude: lat, longitude: lng };
}

/** @param {HereV3Location["openingHours"]} hours */
function openingHours(hours) {
  if (hours.regularSchedule === undefined) return hours;
  return {
    ...hours,
    regularSchedule: hours.regularSchedule.map(({ days, periods }) => ({
      days: days.map((day) => DAYS[day]),
      periods,
    })),
  };
}

/** `ac3Phase` → `AC_3_PHASE`, `customersOnly` → `CUSTOMERS_ONLY`. @param {string} word */
function upperSnake(word) {
  return word.replace(/[A-Z]|\d+/g, "_$&").toUpperCase();
}
