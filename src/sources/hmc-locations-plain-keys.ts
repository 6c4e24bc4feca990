/** Which keys an object may have that is read the short way (`PlainReader`). */
import { type FieldTable, knownKey } from "./hmc-locations-field-table.js";
import {
  ADDRESS,
  BUSINESS,
  CHARGING_LOCATION,
  CONNECTOR,
  EVSE,
  HOURS,
  LIMITATIONS,
  LOGO,
  PARKING,
  PERIOD,
  POSITION,
  SCHEDULE,
  TRUCKS,
} from "./hmc-locations-fields.js";
import { foldedKey } from "./proto-json.js";

/** The keys of one kind of object: whether each was found to be harmless, by its text. */
export interface PlainKeys {
  readonly table: FieldTable;
  readonly harmless: Map<string, boolean>;
}

/** A feed has a few dozen keys; a hostile one may have millions. */
const MEMO_LIMIT = 2048;

/** `read`: the keys that the short way reads by name. */
function plainKeys(table: FieldTable, read: string): PlainKeys {
  return { table, harmless: new Map(read.split(" ").map((key) => [key, true])) };
}

export const PLAIN_KEYS = {
  location: plainKeys(
    CHARGING_LOCATION,
    "id identifier location geometry name supportedVehicles operator operatorIndex suboperator suboperatorIndex owner " +
      "ownerIndex eMobilityServiceProviders eMobilityServiceProvidersIndex restrictions address parkingType openingHours " +
      "cpoLocationId isPullThrough reservationRequired evses evsesIndex truckRestrictions vehicleLimitations",
  ),
  evse: plainKeys(
    EVSE,
    "uid evseId status modified physicalReference floorLevel location geometry capabilities paymentSupports parking connectors",
  ),
  connector: plainKeys(
    CONNECTOR,
    "id standard format powerType maxVoltage maxCurrent maxPower termsAndConditionsUrl",
  ),
  position: plainKeys(POSITION, "lat latitude lng longitude"),
  business: plainKeys(BUSINESS, "name website eMobilityIds logo"),
  logo: plainKeys(LOGO, "url thumbnailUrl"),
  address: plainKeys(ADDRESS, "countryCode"),
  hours: plainKeys(HOURS, "open24x7 regularSchedule"),
  schedule: plainKeys(SCHEDULE, "days periods"),
  period: plainKeys(PERIOD, "from to"),
  parking: plainKeys(
    PARKING,
    "conditions vehicleTypes vehicleLimitations noClearanceHeight evsePosition parkingDirection reservationRequired",
  ),
  limitations: plainKeys(LIMITATIONS, "weight height width length"),
  trucks: plainKeys(TRUCKS, "hazardousGoodsRestricted"),
} as const;

/** Whether every key is one that is read by name, or one that does not count for the tags. */
export function allHarmless(
  object: Readonly<Record<string, unknown>>,
  { table, harmless }: PlainKeys,
): boolean {
  for (const key in object) {
    let known = harmless.get(key);
    if (known === undefined) {
      known = doesNotCount(table, key);
      if (harmless.size < MEMO_LIMIT) harmless.set(key, known);
    }
    if (!known) return false;
  }
  return true;
}

function doesNotCount(table: FieldTable, key: string): boolean {
  // An object that holds nothing else is a wrapper (`unwrapped`).
  if (foldedKey(key) === "value") return false;
  const known = knownKey(table, key);
  if (known === undefined || known.field.kind === "unread") return true;
  return known.field.wholeOnly && known.pool === undefined;
}
