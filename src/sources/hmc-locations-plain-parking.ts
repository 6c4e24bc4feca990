/** Parking and vehicles the short way (`PlainReader`), handed to `readParking` where they say anything. */
import type { Note } from "../ocpi/notes.js";
import { PLAIN_KEYS } from "./hmc-locations-plain-keys.js";
import type { Json, PlainValues } from "./hmc-locations-plain-values.js";
import { PLAIN_WORDS, plainTexts } from "./hmc-locations-plain-words.js";
import { type ParkingPlaces, readParking } from "./here-v3-parking.js";
import type { HereEvse, HereVehicleLimitations } from "./here-v3-wire.js";
import { ENUMS } from "./hmc-locations-fields.js";

const NONE: ParkingPlaces = { places: [], ofEvse: [] };

type HereParking = NonNullable<HereEvse["parking"]>;

/** As `readParking`, of a location and its EVSEs as they stand in the source; `NONE` where they say nothing. */
export function plainParking(
  values: PlainValues,
  location: Json,
  evses: readonly Json[],
  notes: Note[],
): ParkingPlaces {
  const vehicles = values.words(PLAIN_WORDS.vehicles, location["supportedVehicles"]);
  const trucks = values.record(location["truckRestrictions"], PLAIN_KEYS.trucks);
  const shared = {
    supportedVehicles: vehicles?.words,
    truckRestrictions: { hazardousGoodsRestricted: values.flag(trucks?.["hazardousGoodsRestricted"]) },
    isPullThrough: values.flag(location["isPullThrough"]),
    reservationRequired: values.flag(location["reservationRequired"]),
    vehicleLimitations: limitations(values, location["vehicleLimitations"]),
  };
  const saysNothing =
    vehicles?.sayNothing !== false &&
    shared.truckRestrictions.hazardousGoodsRestricted === undefined &&
    shared.isPullThrough === undefined &&
    shared.reservationRequired === undefined &&
    shared.vehicleLimitations === undefined;
  if (saysNothing && evses.every((evse) => evse["parking"] == null)) return NONE;
  const ofEvses = evses.map((evse) => ({
    uid: values.rawText(evse["uid"]),
    parking: parkingOf(values, evse["parking"]),
  }));
  if (values.declined) return NONE;
  return readParking(shared, ofEvses, values.decode, notes);
}

function parkingOf(values: PlainValues, value: unknown): HereParking | undefined {
  const parking = values.record(value, PLAIN_KEYS.parking);
  if (parking === undefined) return undefined;
  return {
    vehicleTypes: plainTexts(ENUMS.vehicle, values.texts(parking["vehicleTypes"])) ?? declinedIn(values),
    vehicleLimitations: limitations(values, parking["vehicleLimitations"]),
    noClearanceHeight: values.flag(parking["noClearanceHeight"]),
    evsePosition: values.word(PLAIN_WORDS.evsePosition, parking["evsePosition"]),
    parkingDirection: values.word(PLAIN_WORDS.direction, parking["parkingDirection"]),
    reservationRequired: values.flag(parking["reservationRequired"]),
  };
}

function declinedIn(values: PlainValues): undefined {
  values.declined = true;
}

function limitations(values: PlainValues, value: unknown): HereVehicleLimitations | undefined {
  const stated = values.record(value, PLAIN_KEYS.limitations);
  if (stated === undefined) return undefined;
  return {
    weight: values.number(stated["weight"]),
    height: values.number(stated["height"]),
    width: values.number(stated["width"]),
    length: values.number(stated["length"]),
  };
}
