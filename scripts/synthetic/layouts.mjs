// @ts-check
/**
 * Where the stations of a feed stand to each other. `stationIn(layout, seed, index)` depends on nothing but its
 * arguments. Left to chance (`scattered`) stations are kilometres apart, which makes matching too easy.
 */
import { COUNTRIES } from "./countries.mjs";
import { moved, randomStep } from "./metres.mjs";
import { Random } from "./random.mjs";
import { stationAt } from "./world.mjs";

/** @import { Place, Station } from "./world.mjs" */

/**
 * @typedef {"alone" | "same-spot" | "near" | "same-operator" | "other-operator"} Relation how a station stands to the one before it
 *
 * @typedef {object} Layout
 * @property {Readonly<Record<Exclude<Relation, "alone">, number>>} shares the rest stand alone
 * @property {number} block stations that stand in one city; 1: no cities
 * @property {number} radius metres of a city
 *
 * @typedef {object} Placed
 * @property {Station} station
 * @property {Relation} relation
 */

/**
 * `town` has the neighbours counted in real OCPI feeds of several operators: 3 to 14 % of Locations have the very
 * coordinates of another one (8.6 % over all), in half of these cases with other plugs; 6 to 33 % have one of the same
 * operator within 50 m, 7 to 35 % within 100 m, 8 to 38 % within 200 m. `city` is meant to be hard: everybody has.
 * @type {Readonly<Record<"scattered" | "town" | "city", Layout>>}
 */
const LAYOUTS = {
  scattered: {
    shares: { "same-spot": 0, near: 0, "same-operator": 0, "other-operator": 0 },
    block: 1,
    radius: 0,
  },
  town: {
    shares: { "same-spot": 0.045, near: 0.05, "same-operator": 0.06, "other-operator": 0.06 },
    block: 1,
    radius: 0,
  },
  city: {
    shares: { "same-spot": 0.045, near: 0.05, "same-operator": 0.1, "other-operator": 0.1 },
    block: 40,
    radius: 350,
  },
};
/** @typedef {keyof typeof LAYOUTS} LayoutName */
export const LAYOUT_NAMES = Object.keys(LAYOUTS);

/** Metres from the station before. @type {Readonly<Record<Relation, readonly [least: number, most: number]>>} */
const DISTANCES = {
  alone: [0, 0],
  "same-spot": [0, 0],
  near: [4, 50],
  "same-operator": [50, 200],
  "other-operator": [5, 150],
};
/** How many EVSEs a Location has: the synthetic world never has one alone, real feeds mostly have one or two. */
const EVSE_COUNTS = /** @type {const} */ ([1, 1, 1, 2, 2, 2, 2, 3, 4, 5]);
/** One operator in so many numbers its Locations 1, 2, 3 …: ids that other operators use too. */
const PLAIN_NUMBERS_AT = 4;
/** One operator in so many has numbers of its own where EVSE ids belong: most EVSEs of real feeds do. */
const NO_EVSE_IDS_AT = 3;

/**
 * @param {LayoutName} name
 * @param {number} seed
 * @param {number} index
 * @returns {Placed}
 */
export function stationIn(name, seed, index) {
  const layout = LAYOUTS[name];
  const { relation, place } = placeOf(layout, seed, index);
  const station = stationAt(seed, index, place);
  const evses = station.evses.slice(0, new Random(seed ^ 0x2c1b3c6d, index).pick(EVSE_COUNTS));
  const id = idOf(layout, seed, station);
  if (!isOneIn(NO_EVSE_IDS_AT, station.partyId)) return { station: { ...station, evses, id }, relation };
  const numbered = evses.map((evse, at) => Object.assign(evse, { evseId: `CP-${station.index}-${at}` }));
  return { station: { ...station, evses: numbered, id }, relation };
}

/**
 * @param {Layout} layout
 * @param {number} seed
 * @param {number} index
 * @returns {{ relation: Relation, place: Place }}
 */
function placeOf(layout, seed, index) {
  const random = new Random(seed ^ 0x68e31da4, index);
  const relation =
    index % Math.max(layout.block, 1) === 0 && layout.block > 1 ? "alone" : relationOf(layout, random);
  if (relation === "alone" || index === 0)
    return { relation: "alone", place: ownPlace(layout, seed, index, random) };
  const { place: before } = placeOf(layout, seed, index - 1);
  const [east, north] = randomStep(random, ...DISTANCES[relation]);
  const { lat, lon } = moved({ lat: before.latitude, lon: before.longitude }, east, north);
  const others = before.country.operators.filter(([, partyId]) => partyId !== before.operator[1]);
  const [another = before.operator] = relation === "other-operator" ? others : [];
  return { relation, place: { country: before.country, operator: another, latitude: lat, longitude: lon } };
}

/** @param {Layout} layout @param {Random} random @returns {Relation} */
function relationOf({ shares }, random) {
  let left = random.next();
  for (const relation of /** @type {const} */ (["same-spot", "near", "same-operator", "other-operator"])) {
    left -= shares[relation];
    if (left < 0) return relation;
  }
  return "alone";
}

/** @param {Layout} layout @param {number} seed @param {number} index @param {Random} random @returns {Place} */
function ownPlace({ block, radius }, seed, index, random) {
  const centre = new Random(seed ^ 0x1b56c4e9, Math.floor(index / block));
  const country = centre.pick(COUNTRIES);
  const [south, west, north, east] = country.box;
  const middle = { lat: centre.between(south, north), lon: centre.between(west, east) };
  // The root makes a disc as dense at its rim as in its middle.
  const distance = radius * Math.sqrt(random.next());
  const { lat, lon } = moved(middle, ...randomStep(random, distance, distance));
  return { country, operator: random.pick(country.operators), latitude: lat, longitude: lon };
}

/** @param {Layout} layout @param {number} seed @param {Station} station */
function idOf(layout, seed, station) {
  if (!isOneIn(PLAIN_NUMBERS_AT, station.partyId)) return station.id;
  const twin = placeOf(layout, seed, station.index ^ 1).place;
  const sameParty = twin.country === station.country && twin.operator[1] === station.partyId;
  return sameParty ? station.id : String(Math.floor(station.index / 2) + 1);
}

/** The same for every station of an operator. @param {number} many @param {string} partyId */
function isOneIn(many, partyId) {
  const sum = [...partyId].reduce((total, letter) => total + (letter.codePointAt(0) ?? 0), 0);
  return sum % many === 0;
}
