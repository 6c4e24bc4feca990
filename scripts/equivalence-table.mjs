// @ts-check
/**
 * What each dialect of HERE's says of a Location, next to OCPI: the same, nothing, or something else, and why. The
 * single source of docs/equivalence.md; equivalence.test.ts holds every row against several hundred Locations.
 */

/** @import { Station } from "./synthetic/world.mjs" */

/**
 * @typedef {"here-v3" | "here-v2" | "hmc-locations" | "hmc-stations"} HereDialect
 * @typedef {"twin-plugs" | "mixed-plugs" | "customers-only"} Case
 *
 * @typedef {object} Unlike
 * @property {"nothing" | "other"} says in place of what OCPI says
 * @property {Case} [only] the Locations it is so for; absent: all
 * @property {string} why
 *
 * @typedef {object} Row
 * @property {string} tag a `*` stands for any text
 * @property {Readonly<Partial<Record<HereDialect, Unlike>>>} unlike OCPI; a dialect not named says the same
 */

/** @type {Readonly<Record<HereDialect, string>>} */
export const HERE_DIALECTS = {
  "here-v3": "EV Charge Points API v3",
  "here-v2": "EV Charge Points API v2, stations",
  "hmc-locations": "HERE Map Content, electric-vehicle-charging-locations",
  "hmc-stations": "HERE Map Content, electric-vehicle-charging-stations",
};

/** What the synthetic world had to guess, so that a first real feed may show otherwise. @type {Readonly<Partial<Record<HereDialect, string>>>} */
export const GUESSED = {
  "here-v2": "the inside of `openingHours` and the names of payment methods",
  "hmc-locations":
    "all keys but those of the pools, `geometry` and the keys ending in `Index`: they are those of API v3. Keys that are not understood are counted and listed",
  "hmc-stations":
    "the words of `paymentType` and `dayOfWeek`, and that a port serves one car: plugs of one kind on one EVSE are one port",
};

/** @type {Readonly<Record<Case, { words: string, holds: (station: Station) => boolean }>>} */
export const CASES = {
  "twin-plugs": {
    words: "where an EVSE has two plugs of one kind",
    holds: ({ evses }) =>
      evses.some(({ connectors }) => {
        const kinds = connectors.map(({ standard, format }) => `${standard} ${format}`);
        return new Set(kinds).size < kinds.length;
      }),
  },
  "mixed-plugs": {
    words: "where there are plugs of several kinds",
    holds: ({ evses }) => {
      const plugs = evses.flatMap(({ connectors }) => connectors);
      return new Set(plugs.map(({ standard, format }) => `${standard} ${format}`)).size > 1;
    },
  },
  "customers-only": {
    words: "where only customers may charge",
    holds: ({ customersOnly }) => customersOnly,
  },
};

const NO_EVSES = "it counts connectors and has no EVSEs";
const NO_PORT_POWER = "a port has a type and a number, no power";
const DATA_SUPPLIER = "`supplier` is whose data it is, not who operates the station";
const NO_FIELD = "there is no field for it";

/** In the order of docs/mapping.md. The first row whose tag fits decides. @type {readonly Row[]} */
export const EQUIVALENCE = [
  { tag: "amenity", unlike: {} },
  {
    tag: "ref:ocpi:location:id",
    unlike: {
      "here-v2": {
        says: "nothing",
        why: "the operator's own id is not in it, and HERE's is never written (T2.1)",
      },
      "hmc-stations": {
        says: "nothing",
        why: "the operator's own id is not in it, and HERE's is never written (T2.1)",
      },
    },
  },
  {
    tag: "ref:EU:EVSE",
    unlike: {
      "here-v2": { says: "nothing", why: NO_EVSES },
      "hmc-stations": { says: "nothing", why: "it has ports, no EVSEs" },
    },
  },
  {
    tag: "capacity",
    unlike: {
      "here-v2": { says: "nothing", why: `${NO_EVSES}: two connectors may serve one car` },
      "hmc-stations": {
        says: "nothing",
        only: "mixed-plugs",
        why: "it has ports, no EVSEs: two ports of different kinds may serve one car",
      },
    },
  },
  {
    tag: "socket:*:output",
    unlike: { "hmc-stations": { says: "nothing", why: NO_PORT_POWER } },
  },
  {
    tag: "socket:*",
    unlike: {
      "here-v2": {
        says: "other",
        only: "twin-plugs",
        why: "it counts connectors, and does not say which share an EVSE (T3.1 counts EVSEs)",
      },
    },
  },
  { tag: "opening_hours", unlike: {} },
  {
    tag: "access",
    unlike: {
      "here-v2": {
        says: "nothing",
        only: "customers-only",
        why: "`RESTRICTED` does not say to whom",
      },
      "hmc-stations": { says: "nothing", why: "it does not say who may charge" },
    },
  },
  {
    tag: "payment:contactless",
    unlike: {
      "here-v2": { says: "nothing", why: NO_FIELD },
      "hmc-stations": { says: "nothing", why: NO_FIELD },
    },
  },
  { tag: "payment:debit_cards", unlike: {} },
  { tag: "payment:credit_cards", unlike: {} },
  { tag: "authentication:nfc", unlike: {} },
  { tag: "operator", unlike: { "hmc-stations": { says: "nothing", why: DATA_SUPPLIER } } },
  { tag: "operator:wikidata", unlike: { "hmc-stations": { says: "nothing", why: DATA_SUPPLIER } } },
  { tag: "brand", unlike: { "hmc-stations": { says: "nothing", why: DATA_SUPPLIER } } },
  { tag: "brand:wikidata", unlike: { "hmc-stations": { says: "nothing", why: DATA_SUPPLIER } } },
  { tag: "name", unlike: {} },
  {
    tag: "covered",
    unlike: {
      "here-v2": { says: "nothing", why: "it has no kind of parking" },
      "hmc-stations": { says: "nothing", why: "it has no kind of parking" },
    },
  },
  {
    tag: "reservation",
    unlike: { "hmc-stations": { says: "nothing", why: NO_FIELD } },
  },
  {
    tag: "level",
    unlike: {
      "here-v2": { says: "nothing", why: NO_FIELD },
      "hmc-stations": { says: "nothing", why: NO_FIELD },
    },
  },
  {
    tag: "man_made=charge_point",
    unlike: {
      "here-v2": { says: "nothing", why: "only stations have positions" },
      "hmc-stations": { says: "nothing", why: "only places have positions" },
    },
  },
];

/** Tags that `here-v2` says as OCPI does after all where each `connectorStatus` names the EVSE it belongs to. */
export const SAME_WITH_NAMED_EVSES = ["ref:EU:EVSE", "capacity", "socket:*"];

/** The row of a tag. @param {string} key @returns {Row | undefined} */
export function equivalenceOf(key) {
  return EQUIVALENCE.find(({ tag }) => {
    const [head = "", ...rest] = tag.split("*");
    if (rest.length === 0) return key === tag;
    return key.startsWith(head) && key.endsWith(rest.join("*"));
  });
}

/**
 * What a dialect is to say of a tag of a station.
 * @param {Row} row
 * @param {HereDialect} dialect
 * @param {Station} station
 * @returns {"same" | Unlike["says"]}
 */
export function expectedOf(row, dialect, station) {
  const unlike = row.unlike[dialect];
  if (unlike === undefined || (unlike.only !== undefined && !CASES[unlike.only].holds(station)))
    return "same";
  return unlike.says;
}
