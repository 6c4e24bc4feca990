// @ts-check
/**
 * The synthetic world: true charging stations, before any feed format touches them. `stationAt(seed, index)` depends
 * on nothing but its arguments. One writer for each dialect turns a Station into a record.
 */
import { COUNTRIES } from "./countries.mjs";
import { Random } from "./random.mjs";

/** @import { Country } from "./countries.mjs" */

/**
 * @typedef {object} Connector
 * @property {string} standard OCPI ConnectorType
 * @property {"SOCKET" | "CABLE"} format
 * @property {"AC_1_PHASE" | "AC_3_PHASE" | "DC"} powerType
 * @property {number} volts
 * @property {number} amperes
 * @property {number | undefined} watts
 *
 * @typedef {object} Evse
 * @property {string} uid
 * @property {string} evseId
 * @property {string} status OCPI Status
 * @property {string} label printed on the machine
 * @property {string} floor
 * @property {number} latitude
 * @property {number} longitude
 * @property {boolean} reservable
 * @property {boolean} cards takes payment cards, contactless included
 * @property {boolean} rfid
 * @property {string} imageUrl
 * @property {string} updated
 * @property {readonly Connector[]} connectors
 *
 * @typedef {object} Opening
 * @property {boolean} always
 * @property {readonly { weekday: number, begin: string, end: string }[]} periods weekday 1 = Monday
 *
 * @typedef {object} Station
 * @property {number} index
 * @property {Country} country
 * @property {string} operator
 * @property {string} partyId
 * @property {string} operatorUuid
 * @property {string} website
 * @property {string} id
 * @property {string} name
 * @property {string} street
 * @property {string} houseNumber
 * @property {string} city
 * @property {string} postalCode
 * @property {number} latitude
 * @property {number} longitude
 * @property {string} parkingType OCPI ParkingType
 * @property {string} phone
 * @property {boolean} customersOnly
 * @property {readonly string[]} facilities OCPI Facility
 * @property {Opening} opening
 * @property {boolean} green
 * @property {number} windShare percent
 * @property {string} supplier
 * @property {readonly string[]} tariffs
 * @property {string} updated
 * @property {boolean} asciiOnly the feed escapes everything beyond ASCII as \uXXXX
 * @property {readonly Evse[]} evses
 */

/**
 * @param {string} standard
 * @param {"SOCKET" | "CABLE"} format
 * @param {"AC_1_PHASE" | "AC_3_PHASE" | "DC"} powerType
 * @param {number} volts
 * @param {number} amperes
 * @param {number} [watts]
 * @returns {Connector}
 */
const plug = (standard, format, powerType, volts, amperes, watts) => ({
  standard,
  format,
  powerType,
  volts,
  amperes,
  watts,
});

/** What one EVSE may offer, by region. @type {Record<Country["plugs"], readonly [Connector[], ...Connector[][]]>} */
const OUTFITS = {
  europe: [
    [plug("IEC_62196_T2", "SOCKET", "AC_3_PHASE", 230, 32, 22_000)],
    [plug("IEC_62196_T2", "SOCKET", "AC_3_PHASE", 230, 32)],
    [plug("IEC_62196_T2", "SOCKET", "AC_3_PHASE", 400, 16)],
    [plug("IEC_62196_T2", "CABLE", "AC_3_PHASE", 230, 16, 11_000)],
    [
      plug("IEC_62196_T2", "SOCKET", "AC_3_PHASE", 230, 32, 22_080),
      plug("DOMESTIC_F", "SOCKET", "AC_1_PHASE", 230, 16, 3680),
    ],
    [
      plug("IEC_62196_T2_COMBO", "CABLE", "DC", 500, 125, 50_000),
      plug("CHADEMO", "CABLE", "DC", 500, 125, 50_000),
    ],
    [
      plug("IEC_62196_T2_COMBO", "CABLE", "DC", 920, 400, 150_000),
      plug("IEC_62196_T2", "CABLE", "AC_3_PHASE", 400, 63, 43_000),
    ],
    [
      plug("IEC_62196_T2_COMBO", "CABLE", "DC", 1000, 500, 300_000),
      plug("IEC_62196_T2_COMBO", "CABLE", "DC", 1000, 500, 300_000),
    ],
    [plug("IEC_62196_T2_COMBO", "CABLE", "DC", 1000, 600, 400_000)],
  ],
  america: [
    [plug("IEC_62196_T1", "CABLE", "AC_1_PHASE", 240, 30, 7200)],
    [
      plug("IEC_62196_T1_COMBO", "CABLE", "DC", 1000, 350, 350_000),
      plug("SAE_J3400", "CABLE", "DC", 1000, 350, 350_000),
    ],
    [plug("SAE_J3400", "CABLE", "DC", 500, 500, 250_000)],
    [
      plug("IEC_62196_T1_COMBO", "CABLE", "DC", 500, 125, 62_500),
      plug("CHADEMO", "CABLE", "DC", 500, 125, 62_500),
    ],
    [plug("NEMA_14_50", "SOCKET", "AC_1_PHASE", 240, 40, 9600)],
  ],
  japan: [
    [plug("CHADEMO", "CABLE", "DC", 450, 125, 50_000)],
    [plug("CHADEMO", "CABLE", "DC", 450, 250, 90_000), plug("CHADEMO", "CABLE", "DC", 450, 250, 90_000)],
    [plug("IEC_62196_T1", "CABLE", "AC_1_PHASE", 200, 30, 6000)],
  ],
  china: [
    [plug("GBT_AC", "CABLE", "AC_1_PHASE", 220, 32, 7000)],
    [plug("GBT_DC", "CABLE", "DC", 750, 250, 120_000), plug("GBT_DC", "CABLE", "DC", 750, 250, 120_000)],
    [plug("GBT_DC", "CABLE", "DC", 1000, 250, 180_000)],
  ],
};

/** @type {readonly [string, ...string[]]} */
const STATUSES = ["AVAILABLE", "AVAILABLE", "AVAILABLE", "CHARGING", "OUTOFORDER", "INOPERATIVE", "UNKNOWN"];
/** @type {readonly [string, ...string[]]} */
const PARKING_TYPES = ["ON_STREET", "PARKING_LOT", "PARKING_LOT", "PARKING_GARAGE", "ALONG_MOTORWAY"];
/** @type {readonly [string[], ...string[][]]} */
const FACILITIES = [
  ["PARKING_LOT"],
  ["SUPERMARKET", "PARKING_LOT"],
  ["RESTAURANT", "WIFI", "TOILETS"],
  ["HOTEL", "RESTAURANT"],
  [],
];
const METRES_PER_DEGREE = 111_320;
const ROUNDED = 1e6;

/**
 * @typedef {object} Place where a station stands and whose it is, when that is not left to chance
 * @property {Country} country
 * @property {readonly [name: string, partyId: string]} operator
 * @property {number} latitude
 * @property {number} longitude
 */

/**
 * @param {number} seed
 * @param {number} index
 * @param {Place} [place]
 * @returns {Station}
 */
export function stationAt(seed, index, place) {
  const random = new Random(seed, index);
  const anywhere = random.pick(COUNTRIES);
  const country = place?.country ?? anywhere;
  const anybody = random.pick(country.operators);
  const [operator, partyId] = place?.operator ?? anybody;
  const [south, west, north, east] = country.box;
  const somewhere = { latitude: random.between(south, north), longitude: random.between(west, east) };
  const latitude = rounded(place?.latitude ?? somewhere.latitude);
  const longitude = rounded(place?.longitude ?? somewhere.longitude);
  const number = String(index).padStart(7, "0");
  const city = random.pick(country.cities);
  const slug = partyId.toLowerCase();
  /** @type {Station} */
  const station = {
    index,
    country,
    operator,
    partyId,
    operatorUuid: operatorUuid(country.code, partyId),
    website: `https://${slug}.example`,
    id: `${country.code}${partyId}${number}`,
    name: stationName(random, country, city, index),
    street: random.pick(country.streets),
    houseNumber: `${random.whole(1, 240)}${random.chance(0.1) ? "a" : ""}`,
    city,
    postalCode: country.postal.replace(/[9A]/g, (place) =>
      place === "9" ? String(random.whole(0, 9)) : String.fromCodePoint(random.whole(65, 90)),
    ),
    latitude,
    longitude,
    parkingType: random.pick(PARKING_TYPES),
    phone: `${country.dialling}${random.whole(10_000_000, 99_999_999)}`,
    customersOnly: random.chance(0.08),
    facilities: random.pick(FACILITIES),
    opening: openingOf(random),
    green: random.chance(0.7),
    windShare: random.whole(2, 9) * 10,
    supplier: `${operator} Energy`,
    tariffs: [`TARIFF-${random.whole(1, 90)}`, `${slug.toUpperCase()}-AD-HOC`],
    updated: moment(random),
    asciiOnly: random.chance(0.1),
    evses: [],
  };
  return { ...station, evses: evsesOf(random, station, number) };
}

/**
 * @param {Random} random
 * @param {Station} station
 * @param {string} number
 * @returns {Evse[]}
 */
function evsesOf(random, station, number) {
  const outfits = OUTFITS[station.country.plugs];
  const main = random.pick(outfits);
  const scattered = random.chance(0.3);
  const cards = random.chance(0.4);
  const rfid = random.chance(0.8);
  /** @type {Evse[]} */
  const evses = [];
  const count = random.whole(2, 5);
  for (let place = 1; place <= count; place += 1) {
    const north = scattered ? random.between(-25, 25) / METRES_PER_DEGREE : 0;
    evses.push({
      uid: `${station.id}-${random.hex(8)}-${place}`,
      evseId: `${station.country.code}*${station.partyId}*E${number}*${place}`,
      status: random.pick(STATUSES),
      label: String(place).padStart(2, "0"),
      floor: station.parkingType === "PARKING_GARAGE" ? "-1" : "0",
      latitude: rounded(station.latitude + north),
      longitude: rounded(station.longitude + north),
      reservable: random.chance(0.2),
      cards,
      rfid,
      imageUrl: `${station.website}/images/${station.id}/${place}-${random.hex(16)}.jpg`,
      updated: moment(random),
      connectors: random.chance(0.8) ? main : random.pick(outfits),
    });
  }
  return evses;
}

/**
 * @param {Random} random
 * @returns {Opening}
 */
function openingOf(random) {
  if (random.chance(0.6)) return { always: true, periods: [] };
  const begin = `${String(random.whole(5, 9)).padStart(2, "0")}:00`;
  const end = `${random.whole(18, 22)}:30`;
  const days = random.pick([
    [1, 2, 3, 4, 5],
    [1, 2, 3, 4, 5, 6],
    [1, 2, 3, 4, 5, 6, 7],
  ]);
  const lunch = random.chance(0.2);
  return {
    always: false,
    periods: days.flatMap((weekday) => {
      if (weekday >= 6) return [{ weekday, begin: "09:00", end: "14:00" }];
      if (!lunch) return [{ weekday, begin, end }];
      return [
        { weekday, begin, end: "12:00" },
        { weekday, begin: "13:30", end },
      ];
    }),
  };
}

/**
 * @param {Random} random
 * @param {Country} country
 * @param {string} city
 * @param {number} index
 */
function stationName(random, country, city, index) {
  const place = random.pick(country.places);
  if (random.chance(0.03)) return `${city}\n${place} ${index}`;
  return `${city} ${place} ${index}${random.chance(0.03) ? " 🔌" : ""}`;
}

/** The same for every station of an operator. @param {string} code @param {string} partyId */
function operatorUuid(code, partyId) {
  const digits = [...`${code}${partyId}`].map((letter) => (letter.codePointAt(0) ?? 0).toString(16)).join("");
  return `${digits.slice(0, 8)}-cca5-4000-8000-${digits.padEnd(12, "0").slice(0, 12)}`;
}

/** @param {Random} random */
function moment(random) {
  const day = random.whole(0, 600);
  return new Date(Date.UTC(2025, 0, 1 + day, random.whole(0, 23), random.whole(0, 59), random.whole(0, 59)))
    .toISOString()
    .replace(".000", "");
}

/** @param {number} degrees */
function rounded(degrees) {
  return Math.round(degrees * ROUNDED) / ROUNDED;
}
