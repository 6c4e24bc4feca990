/** Tags of rule T5.6, written only with `--tags extended`. */
import type { TaggingLocation, TaggingParking } from "../ocpi/location.js";
import { pushIfItFits } from "./identity.js";
import type { NoteCollector } from "./note-collector.js";
import type { PlacedEvse } from "./sockets.js";
import type { Tag } from "./tagged-point.js";
import { cleanText } from "./text-hygiene.js";

/** Which vehicle key a Parking's vehicle type stands for. */
export const VEHICLE_ROWS: ReadonlyArray<{ readonly key: string; readonly vehicleTypes: readonly string[] }> =
  [
    { key: "motorcar", vehicleTypes: ["PERSONAL_VEHICLE", "PERSONAL_VEHICLE_WITH_TRAILER"] },
    { key: "goods", vehicleTypes: ["VAN"] },
    { key: "hgv", vehicleTypes: ["SEMI_TRACTOR", "RIGID", "TRUCK_WITH_TRAILER"] },
    { key: "bus", vehicleTypes: ["BUS"] },
    { key: "motorcycle", vehicleTypes: ["MOTORCYCLE"] },
  ];

/** Parking types with a roof. */
export const GARAGES: readonly string[] = ["PARKING_GARAGE", "UNDERGROUND_GARAGE"];
const WHOLE_LEVEL = /^-?\d{1,3}$/;

/** Appends the tags of T5.6 that all the parking places of these EVSEs agree on. */
export function extendedTags(
  location: TaggingLocation,
  evses: readonly PlacedEvse[],
  tags: Tag[],
  notes: NoteCollector,
): void {
  const add = (key: string, value: string | undefined): void => {
    if (value !== undefined && value !== "") tags.push({ key, value, rule: "T5.6" });
  };
  const places = parkingOf(location, evses);
  for (const [key, value] of vehicleValues(places, evses)) add(key, value);
  add("maxstay", maxstay(agreed(places, (place) => place.time_limit)));
  const garage = location.parking_type !== undefined && GARAGES.includes(location.parking_type);
  add("covered", garage || agreed(places, (place) => place.roofed) === true ? "yes" : undefined);
  add("lit", agreed(places, (place) => place.lighting) === true ? "yes" : undefined);
  add("maxheight", metres(agreed(places, (place) => place.max_vehicle_height)));
  const disabled = evses.filter(({ evse }) => evse.parking_restrictions?.includes("DISABLED")).length;
  add("capacity:disabled", disabled > 0 ? `${disabled}` : undefined);
  add("reservation", reservation(places, evses));
  add("level", level(evses));
  const only = evses.length === 1 ? evses[0]?.evse.physical_reference : undefined;
  if (only !== undefined) {
    const place = `/evses/${evses[0]?.index}/physical_reference`;
    pushIfItFits({ key: "ref", value: cleanText(only), rule: "T5.6" }, place, tags, notes);
  }

  if (garage) notes.add("indoor", "/parking_type", location.parking_type ?? "");
  if (location.parking_type === "ON_DRIVEWAY") notes.add("private-parking", "/parking_type", "ON_DRIVEWAY");
}

/** The parking places these EVSEs name, or all of the Location's when they name none. */
function parkingOf(location: TaggingLocation, evses: readonly PlacedEvse[]): readonly TaggingParking[] {
  const all = location.parking_places ?? [];
  const named = new Set(
    evses.flatMap(({ evse }) => evse.parking?.map((parking) => parking.parking_id) ?? []),
  );
  named.delete(undefined);
  return named.size === 0 ? all : all.filter((place) => named.has(place.id));
}

/** The one value all places state, or `undefined` when they differ or one is silent. */
function agreed<T>(
  places: readonly TaggingParking[],
  valueOf: (place: TaggingParking) => T | undefined,
): T | undefined {
  const [first, ...others] = places;
  const value = first === undefined ? undefined : valueOf(first);
  return others.every((place) => valueOf(place) === value) ? value : undefined;
}

function vehicleValues(
  places: readonly TaggingParking[],
  evses: readonly PlacedEvse[],
): Array<readonly [string, string]> {
  if (evses.every(({ evse }) => evse.parking_restrictions?.includes("MOTORCYCLES"))) {
    return [
      ["motorcar", "no"],
      ["motorcycle", "designated"],
    ];
  }
  const exclusive = places.length > 0 && places.every((place) => place.restricted_to_type === true);
  const values: Array<readonly [string, string]> = [];
  for (const { key, vehicleTypes } of VEHICLE_ROWS) {
    const welcome = places.some((place) => vehicleTypes.some((type) => place.vehicle_types?.includes(type)));
    if (welcome) values.push([key, "yes"]);
    else if (exclusive) values.push([key, "no"]);
  }
  return values;
}

function maxstay(minutes: number | undefined): string | undefined {
  if (minutes === undefined || minutes < 1 || !Number.isSafeInteger(minutes)) return undefined;
  if (minutes % 60 !== 0) return minutes === 1 ? "1 minute" : `${minutes} minutes`;
  return minutes === 60 ? "1 hour" : `${minutes / 60} hours`;
}

/** OCPI's centimetres as OSM's metres. */
function metres(centimetres: number | undefined): string | undefined {
  return centimetres === undefined || centimetres < 1
    ? undefined
    : `${Number((centimetres / 100).toFixed(2))}`;
}

function reservation(places: readonly TaggingParking[], evses: readonly PlacedEvse[]): string | undefined {
  if (agreed(places, (place) => place.reservation_required) === true) return "required";
  return evses.some(({ evse }) => evse.capabilities?.includes("RESERVABLE")) ? "yes" : undefined;
}

/** OSM's numbering is only certain where the floor is a plain whole number and the same for all. */
function level(evses: readonly PlacedEvse[]): string | undefined {
  const floor = evses[0]?.evse.floor_level?.trim();
  const same = evses.every(({ evse }) => evse.floor_level?.trim() === floor);
  return same && floor !== undefined && WHOLE_LEVEL.test(floor) ? `${Number(floor)}` : undefined;
}
