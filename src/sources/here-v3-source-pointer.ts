/** Where the values of a canonical Location stand in a record of v3's shape. */
import { asIs } from "./dialect.js";
import { readHereLocation } from "./here-v3-location.js";
import { herePointer } from "./here-v3-pointers.js";
import { guardHereLocation } from "./here-v3-wire.js";
import { isRecord } from "./json-value.js";

/**
 * By the table of places. Where a value may come from two places (restrictions of the location or conditions of the
 * EVSE), the first that holds anything.
 */
export function hereSourcePointer(pointer: string, value: unknown): string | undefined {
  const [, head, place, ...rest] = pointer.split("/");
  if (head !== "parking_places" || place === undefined) return herePointer(pointer, value);
  const evse = evseOfParkingPlace(Number(place), value);
  return evse === undefined ? undefined : herePointer(["", head, evse, ...rest].join("/"), value);
}

/** Worked out once a record, which may have a note on each of its parking places. */
const evsesWithPlace = new WeakMap<object, readonly number[]>();

/** The EVSE that a parking place was made for: places are made in the order of the EVSEs, one for each that has any. */
function evseOfParkingPlace(place: number, value: unknown): number | undefined {
  if (!isRecord(value)) return undefined;
  let evses = evsesWithPlace.get(value);
  if (evses === undefined) {
    const wire = guardHereLocation(value)?.wire;
    const all = wire === undefined ? [] : readHereLocation(wire, asIs, "tagging", []).location.evses;
    evses = [...all.keys()].filter((index) => all[index]?.parking !== undefined);
    evsesWithPlace.set(value, evses);
  }
  return evses[place];
}
