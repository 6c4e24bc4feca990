/** HERE's parking, vehicle limits and truck restrictions → OCPI 2.3.0 Parking objects, one an EVSE that has any. */
import { foldEnum } from "../ocpi/enums.js";
import type { Evse, Parking } from "../ocpi/location.js";
import type { Note } from "../ocpi/notes.js";
import type { DecodeText } from "./dialect.js";
import { LEAST_TRUCK, PULL_THROUGH, VEHICLE_WORDS } from "./here-v3-tables.js";
import { asEnum, asFlag, asNumber, asTexts, ocpiWords, unlessEmpty } from "./here-v3-values.js";
import type { HereEvse, HereLocation, HereVehicleLimitations } from "./here-v3-wire.js";

/** Centimetres below this are metres: no charging place is for vehicles under 30 cm (HERE's own example says 3.5). */
const LEAST_CENTIMETRES = 30;
/** Kilograms below this are tonnes. */
const LEAST_KILOGRAMS = 100;

const LIMITS = [
  { name: "weight", least: LEAST_KILOGRAMS, factor: 1000, read: "t as", unit: "kg" },
  { name: "height", least: LEAST_CENTIMETRES, factor: 100, read: "m as", unit: "cm" },
  { name: "length", least: LEAST_CENTIMETRES, factor: 100, read: "m as", unit: "cm" },
  { name: "width", least: LEAST_CENTIMETRES, factor: 100, read: "m as", unit: "cm" },
] as const;

type LimitName = (typeof LIMITS)[number]["name"];
type Limits = { readonly [Name in LimitName]?: number };

export interface ParkingPlaces {
  readonly places: Parking[];
  /** For each EVSE its `parking` list, or `undefined` when it has no place; shorter where no more have any. */
  readonly ofEvse: readonly Evse["parking"][];
}

/**
 * What an EVSE says of its parking goes before what the location says. A location's `reservationRequired: true` means
 * that some EVSEs need one, so it is carried to an EVSE only when that is the only one. Cars alone are what HERE means
 * by saying nothing, so they make no parking place. Doubtful units are mended into `notes` (`units-suspect`).
 */
export function readParking(
  location: HereLocation,
  evses: readonly HereEvse[],
  decode: DecodeText,
  notes: Note[],
): ParkingPlaces {
  const places: Parking[] = [];
  const ids = new Set<string>();
  const shared = sharedParking(location, evses.length, decode);
  const sharedLimits = readLimits(
    location.vehicleLimitations,
    "/parking_places",
    "/vehicleLimitations",
    notes,
  );
  const saysNothing =
    vehicleTypes([], shared.vehicles) === undefined &&
    [...Object.values(sharedLimits), shared.dangerousGoods, shared.driveThrough, shared.reservation].every(
      (value) => value === undefined,
    );
  if (saysNothing && evses.every(({ parking }) => !parking)) return { places, ofEvse: [] };
  const ofEvse = evses.map((evse, index) => {
    const own = evse.parking;
    if (!own && saysNothing) return undefined;
    const pointer = `/parking_places/${places.length}`;
    const ownLimits = readLimits(own?.vehicleLimitations, pointer, "parking/vehicleLimitations", notes);
    const direction = asEnum(own?.parkingDirection, decode);
    const pullThrough = direction?.replaceAll("_", "") === PULL_THROUGH;
    const anyHeight = asFlag(own?.noClearanceHeight) === true;
    const place: Parking = {
      vehicle_types: vehicleTypes(asTexts(own?.vehicleTypes, decode), shared.vehicles),
      max_vehicle_weight: ownLimits.weight ?? sharedLimits.weight,
      max_vehicle_height: ownLimits.height ?? (anyHeight ? undefined : sharedLimits.height),
      max_vehicle_length: ownLimits.length ?? sharedLimits.length,
      max_vehicle_width: ownLimits.width ?? sharedLimits.width,
      dangerous_goods_allowed: shared.dangerousGoods,
      direction: pullThrough ? undefined : direction,
      drive_through: direction === undefined ? shared.driveThrough : pullThrough || undefined,
      reservation_required: asFlag(own?.reservationRequired) ?? shared.reservation,
    };
    if (!own && Object.values(place).every((value) => value === undefined)) return undefined;
    const uid = asTexts(evse.uid, decode)[0];
    const id = uid === undefined || ids.has(uid) ? `evse-${index}` : uid;
    ids.add(id);
    places.push({ id, ...place });
    return [{ parking_id: id, evse_position: asEnum(own?.evsePosition, decode) }];
  });
  return { places, ofEvse };
}

interface SharedParking {
  readonly vehicles: readonly string[];
  readonly dangerousGoods: boolean | undefined;
  readonly driveThrough: boolean | undefined;
  readonly reservation: boolean | undefined;
}

function sharedParking(location: HereLocation, evseCount: number, decode: DecodeText): SharedParking {
  const goodsRestricted = asFlag(location.truckRestrictions?.hazardousGoodsRestricted);
  const reservation = asFlag(location.reservationRequired);
  return {
    vehicles: asTexts(location.supportedVehicles, decode),
    dangerousGoods: goodsRestricted === undefined ? undefined : !goodsRestricted,
    driveThrough: asFlag(location.isPullThrough),
    reservation: reservation === false || evseCount === 1 ? reservation : undefined,
  };
}

/**
 * `vehicleTypes` of the EVSE names vans and trucks only; `supportedVehicles` of the location adds cars and two-wheelers,
 * and trucks (as RIGID, the least claim) where the EVSE does not say which.
 */
function vehicleTypes(own: readonly string[], supported: readonly string[]): string[] | undefined {
  const shared = ocpiWords(supported, VEHICLE_WORDS).filter(
    (word) => own.length === 0 || word !== LEAST_TRUCK,
  );
  const onlyCars = shared.length === 1 && shared[0] === "PERSONAL_VEHICLE";
  if (own.length === 0 && onlyCars) return undefined;
  return unlessEmpty([...new Set([...shared, ...own.map(foldEnum)])]);
}

/** Centimetres and kilograms, whole. `here` is the place in HERE's words, for the notes. */
function readLimits(
  limitations: HereVehicleLimitations | null | undefined,
  pointer: string,
  here: string,
  notes: Note[],
): Limits {
  const limits: Partial<Record<LimitName, number>> = {};
  if (!limitations) return limits;
  for (const { name, least, factor, read, unit } of LIMITS) {
    const stated = asNumber(limitations[name]);
    if (stated === undefined) continue;
    if (stated <= 0) {
      notes.push({ code: "bad-field", pointer, detail: `${here}/${name} is ${stated}` });
      continue;
    }
    const value = Math.round(stated < least ? stated * factor : stated);
    limits[name] = value;
    if (stated < least) {
      notes.push({
        code: "units-suspect",
        pointer,
        detail: `${here}/${name}: ${stated} ${read} ${value} ${unit}`,
      });
    }
  }
  return limits;
}
