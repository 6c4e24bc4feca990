/**
 * The words of HERE Map Content's `electric-vehicle-charging-stations` layer as data. Its schema is not public: the
 * keys are those seen in real tiles, the words of its enumerations are guesses that a first tile settles here.
 */
import { ENUM_VALUES } from "../ocpi/enums.js";
import { foldedKey } from "./proto-json.js";
import { protoEnum } from "./proto-json-enum.js";

/** Lists of a tile whose elements tell by `placeIndex` which places they are about, and are read. */
export const ATTRIBUTE_LISTS = [
  "portAttribute",
  "electricChargeAttribute",
  "operatingTime",
  "payment",
  "placeAccessAttribute",
  "contactInformation",
  "externalIdentifier",
] as const;
export type AttributeList = (typeof ATTRIBUTE_LISTS)[number];

/** Other spellings of keys, beside those that differ in case and underscores only. */
const OTHER_NAMES: Readonly<Record<string, readonly string[]>> = {
  place: ["places"],
  location: ["locations"],
  address: ["addresses"],
  portAttribute: ["portAttributes"],
  electricChargeAttribute: ["electricChargeAttributes"],
  operatingTime: ["operatingTimes"],
  payment: ["payments"],
  placeAccessAttribute: ["placeAccessAttributes"],
  identifier: ["id", "placeId", "locationId"],
  latitude: ["lat"],
  longitude: ["lng", "lon"],
  displayPosition: ["position"],
  placeIndex: ["placeIndexes", "placeIndices"],
  connectorTypeId: ["connectorTypeIdentifier"],
  connectorType: ["connectorTypeName"],
  numberOfPorts: ["portCount", "numberOfConnectors"],
  totalNumberOfPorts: ["totalPortCount", "totalNumberOfConnectors"],
  startTimeOfDay: ["startTime"],
  endTimeOfDay: ["endTime"],
};

/** Folded spellings of each field with other names, its own first. */
export const SPELLINGS: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries(OTHER_NAMES).map(([name, others]) => [name, [name, ...others].map(foldedKey)]),
);

/** Categories of HERE's places that charge: cars, trucks, two-wheelers. 700-7600-0325 swaps batteries. */
export const CHARGING_CATEGORIES: readonly string[] = ["700-7600-0322", "700-7600-0323", "700-7600-0324"];

type Words = ReadonlyMap<string, string>;

function words(rows: Readonly<Record<string, string>>): Words {
  return new Map(Object.entries(rows).map(([word, meaning]) => [foldedKey(word), meaning]));
}

/** `nameType` → the member of a Location it names. All others name the place. */
export const NAME_TYPES = words({ OPERATOR: "operator", CPO: "operator", BRAND: "brand" });
export const NAME_TYPE = protoEnum("NAME TYPE PLACE", NAME_TYPES.keys());

/** `paymentType` → Capability (T5.4). Brands of cards say nothing of how they are read. */
export const PAYMENT_WORDS = words({
  CREDIT_CARD: "CREDIT_CARD_PAYABLE",
  CREDIT_CARDS: "CREDIT_CARD_PAYABLE",
  CREDIT: "CREDIT_CARD_PAYABLE",
  DEBIT_CARD: "DEBIT_CARD_PAYABLE",
  DEBIT_CARDS: "DEBIT_CARD_PAYABLE",
  DEBIT: "DEBIT_CARD_PAYABLE",
  CONTACTLESS: "CONTACTLESS_CARD_SUPPORT",
  CONTACTLESS_CARD: "CONTACTLESS_CARD_SUPPORT",
  CONTACTLESS_CARD_SUPPORT: "CONTACTLESS_CARD_SUPPORT",
  CHIP_CARD: "CHIP_CARD_SUPPORT",
  RFID: "RFID_READER",
  RFID_READER: "RFID_READER",
  RFID_CARD: "RFID_READER",
  PED_TERMINAL: "PED_TERMINAL",
  CREDIT_CARD_PAYABLE: "CREDIT_CARD_PAYABLE",
  DEBIT_CARD_PAYABLE: "DEBIT_CARD_PAYABLE",
});
export const PAYMENT = protoEnum("PAYMENT TYPE METHOD PLACE", PAYMENT_WORDS.keys());

/** A word of `placeAccessAttribute` that lets everybody in. */
export const OPEN_TO_ALL = "";
/** A restriction without an OCPI word: T5.3 then says nothing of access. */
export const OTHER_RESTRICTION = "OTHER";
/**
 * Carried in OCPI's open enumeration where nothing is said of who may charge: unlike v3, which has no private sites,
 * the layer gives no reason to read that as `access=yes`. T5.3 says nothing where it does not know a restriction.
 */
export const UNKNOWN_RESTRICTION = "UNKNOWN";

/** Words of a `placeAccessAttribute` → ParkingRestriction (T5.3). A word not listed is `OTHER_RESTRICTION`. */
export const ACCESS_WORDS = words({
  PUBLIC: OPEN_TO_ALL,
  PUBLIC_ACCESS: OPEN_TO_ALL,
  UNRESTRICTED: OPEN_TO_ALL,
  OPEN: OPEN_TO_ALL,
  PRIVATE: "PRIVATE",
  PRIVATE_ACCESS: "PRIVATE",
  CUSTOMERS: "CUSTOMERS",
  CUSTOMERS_ONLY: "CUSTOMERS",
  BRAND_ONLY: "BRAND_ONLY",
  EMPLOYEES: "EMPLOYEES",
  EMPLOYEES_ONLY: "EMPLOYEES",
  TENANTS: "TENANTS",
  RESIDENTS: "TENANTS",
  TAXIS_ONLY: "TAXIS",
  CAR_SHARING_ONLY: "CAR_SHARING_ONLY",
});
export const ACCESS = protoEnum("PLACE ACCESS TYPE ACCESSIBILITY RESTRICTION", ACCESS_WORDS.keys());

const WEEK = [1, 2, 3, 4, 5, 6, 7];
const DAY_NAMES = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/** `dayOfWeek` → weekdays, 1 = Monday. Numbers are not read: nobody says which day is the first. */
export const DAY_WORDS: ReadonlyMap<string, readonly number[]> = new Map<string, readonly number[]>([
  ...DAY_NAMES.flatMap((name, index): [string, number[]][] => [
    [name, [index + 1]],
    [name.slice(0, 3), [index + 1]],
    [name.slice(0, 2), [index + 1]],
  ]),
  ["everyday", WEEK],
  ["daily", WEEK],
  ["alldays", WEEK],
  ["weekdays", WEEK.slice(0, 5)],
  ["weekend", WEEK.slice(5)],
  ["weekends", WEEK.slice(5)],
]);
export const DAY = protoEnum("DAY OF WEEK DAYS", DAY_WORDS.keys());

/** `contactInfo.type` → what is kept of it. */
export const PHONE_TYPES: readonly string[] = ["phone", "telephone", "tel"];

/**
 * `connectorType` in words → standard, where `connectorTypeId` does not tell. OCPI's own words and the names HERE
 * gives to its ids are known without.
 */
export const CONNECTOR_WORDS = words({
  MENNEKES: "IEC_62196_T2",
  TYPE_2: "IEC_62196_T2",
  IEC_62196_TYPE_2: "IEC_62196_T2",
  IEC_62196_2_TYPE_2: "IEC_62196_T2",
  TYPE_1: "IEC_62196_T1",
  SAE_J1772: "IEC_62196_T1",
  J1772: "IEC_62196_T1",
  IEC_62196_2_TYPE_1: "IEC_62196_T1",
  CCS2: "IEC_62196_T2_COMBO",
  COMBO_2: "IEC_62196_T2_COMBO",
  TYPE_2_COMBO: "IEC_62196_T2_COMBO",
  IEC_62196_3_TYPE_2_COMBO: "IEC_62196_T2_COMBO",
  CCS1: "IEC_62196_T1_COMBO",
  COMBO_1: "IEC_62196_T1_COMBO",
  TYPE_1_COMBO: "IEC_62196_T1_COMBO",
  IEC_62196_3_TYPE_1_COMBO: "IEC_62196_T1_COMBO",
  CHA_DE_MO: "CHADEMO",
  SCHUKO: "DOMESTIC_F",
  NACS: "SAE_J3400",
  GB_T_AC: "GBT_AC",
  GB_T_DC: "GBT_DC",
});

/** `connectorType` as an enumeration: its words, and those its type's name may be made of. */
export const CONNECTOR = protoEnum("HERE EV CONNECTOR PORT PLUG STANDARD TYPE", [
  ...ENUM_VALUES.ConnectorType,
  ...CONNECTOR_WORDS.keys(),
]);
