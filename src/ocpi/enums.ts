/** OCPI 2.3.0's enumerations as data, and the one spelling every comparison uses (preamble of rule T1). */

/** The values of each enumeration, in OCPI's spelling, upper case. 2.3.0 leaves most of them open. */
export const ENUM_VALUES = {
  ConnectorType: [
    "CHADEMO",
    "CHAOJI",
    "DOMESTIC_A",
    "DOMESTIC_B",
    "DOMESTIC_C",
    "DOMESTIC_D",
    "DOMESTIC_E",
    "DOMESTIC_F",
    "DOMESTIC_G",
    "DOMESTIC_H",
    "DOMESTIC_I",
    "DOMESTIC_J",
    "DOMESTIC_K",
    "DOMESTIC_L",
    "DOMESTIC_M",
    "DOMESTIC_N",
    "DOMESTIC_O",
    "GBT_AC",
    "GBT_DC",
    "IEC_60309_2_SINGLE_16",
    "IEC_60309_2_THREE_16",
    "IEC_60309_2_THREE_32",
    "IEC_60309_2_THREE_64",
    "IEC_62196_T1",
    "IEC_62196_T1_COMBO",
    "IEC_62196_T2",
    "IEC_62196_T2_COMBO",
    "IEC_62196_T3A",
    "IEC_62196_T3C",
    "MCS",
    "NEMA_5_20",
    "NEMA_6_30",
    "NEMA_6_50",
    "NEMA_10_30",
    "NEMA_10_50",
    "NEMA_14_30",
    "NEMA_14_50",
    "PANTOGRAPH_BOTTOM_UP",
    "PANTOGRAPH_TOP_DOWN",
    "SAE_J3400",
    "TESLA_R",
    "TESLA_S",
  ],
  ConnectorFormat: ["SOCKET", "CABLE"],
  PowerType: ["AC_1_PHASE", "AC_2_PHASE", "AC_2_PHASE_SPLIT", "AC_3_PHASE", "DC"],
  Status: [
    "AVAILABLE",
    "BLOCKED",
    "CHARGING",
    "INOPERATIVE",
    "OUTOFORDER",
    "PLANNED",
    "REMOVED",
    "RESERVED",
    "UNKNOWN",
  ],
  Capability: [
    "CHARGING_PROFILE_CAPABLE",
    "CHARGING_PREFERENCES_CAPABLE",
    "CHIP_CARD_SUPPORT",
    "CONTACTLESS_CARD_SUPPORT",
    "CREDIT_CARD_PAYABLE",
    "DEBIT_CARD_PAYABLE",
    "PED_TERMINAL",
    "REMOTE_START_STOP_CAPABLE",
    "RESERVABLE",
    "RFID_READER",
    "START_SESSION_CONNECTOR_REQUIRED",
    "TOKEN_GROUP_CAPABLE",
    "UNLOCK_CAPABLE",
  ],
  ConnectorCapability: ["ISO_15118_2_PLUG_AND_CHARGE", "ISO_15118_20_PLUG_AND_CHARGE"],
  ParkingRestriction: [
    "CUSTOMERS",
    "DISABLED",
    "EMPLOYEES",
    "EV_ONLY",
    "MOTORCYCLES",
    "PLUGGED",
    "TAXIS",
    "TENANTS",
    /** Not OCPI's: HERE's restrictions without an OCPI word, carried in the open enumeration. */
    "BRAND_ONLY",
    "CAR_SHARING_ONLY",
    "PRIVATE",
    "OTHER",
  ],
  ParkingType: [
    "ALONG_MOTORWAY",
    "PARKING_GARAGE",
    "PARKING_LOT",
    "ON_DRIVEWAY",
    "ON_STREET",
    "UNDERGROUND_GARAGE",
  ],
  VehicleType: [
    "MOTORCYCLE",
    "PERSONAL_VEHICLE",
    "PERSONAL_VEHICLE_WITH_TRAILER",
    "VAN",
    "SEMI_TRACTOR",
    "RIGID",
    "TRUCK_WITH_TRAILER",
    "BUS",
    "DISABLED",
  ],
  ParkingDirection: ["PARALLEL", "PERPENDICULAR", "ANGLE"],
  EvsePosition: ["LEFT", "RIGHT", "CENTER"],
} as const;

/** Characters without width, which come along when a value is copied from a page or a document. */
const INVISIBLE = /[\u00ad\u200b-\u200f\u2060\ufeff]/g;

const bySquashed = new Map<string, string>();
for (const values of Object.values(ENUM_VALUES)) {
  for (const value of values) bySquashed.set(squash(value), value);
}

const memo = new Map<string, string>();
/** A feed holds a handful of spellings; a hostile one may hold millions, so the memo has a ceiling. */
const MEMO_LIMIT = 4096;
const MEMO_KEY_LIMIT = 64;

/**
 * One spelling for every enumeration value: `ac3Phase`, `ac_3_phase ` and `AC-3-PHASE` all become `AC_3_PHASE`,
 * `outOfOrder` becomes `OUTOFORDER`. A value OCPI does not know keeps its words: trimmed, upper case, blanks and
 * `-` as `_` (`Type 2 outlet` → `TYPE_2_OUTLET`).
 */
export function foldEnum(value: string): string {
  const known = memo.get(value);
  if (known !== undefined) return known;
  const folded =
    bySquashed.get(squash(value)) ??
    value
      .replace(INVISIBLE, "")
      .trim()
      .toUpperCase()
      .replace(/[\s-]+/g, "_");
  if (memo.size < MEMO_LIMIT && value.length <= MEMO_KEY_LIMIT) memo.set(value, folded);
  return folded;
}

function squash(value: string): string {
  return value
    .replace(INVISIBLE, "")
    .toUpperCase()
    .replace(/[\s_-]+/g, "");
}
