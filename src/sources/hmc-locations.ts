/**
 * Reads HERE Map Content's `electric-vehicle-charging-locations`, decoded to JSON: the elements of a tile's
 * `chargingLocation[]`, whose operators and EVSEs are in lists of the tile, and the same locations with their parts
 * resolved, bare or as GeoJSON Features.
 */
import type { Depth } from "../ocpi/location.js";
import type { Note } from "../ocpi/notes.js";
import type { SourceRecord, Unreadable } from "../ocpi/source-record.js";
import type { DecodeText, Dialect, RecordDocument } from "./dialect.js";
import { badFieldNotes, kindOf, readHereLocation } from "./here-v3-location.js";
import { hereSourcePointer } from "./here-v3-source-pointer.js";
import { guardHereLocation } from "./here-v3-wire.js";
import { knownKey } from "./hmc-locations-field-table.js";
import { CHARGING_LOCATION } from "./hmc-locations-fields.js";
import { readPlainHmcLocation } from "./hmc-locations-plain.js";
import { hmcLocationsUnusualKeys } from "./hmc-locations-keys.js";
import { missingPartNotes } from "./hmc-locations-missing.js";
import { type Places, RecordMaker } from "./hmc-locations-record.js";
import { featureOf } from "./hmc-locations-feature.js";
import { tileOf } from "./hmc-locations-tile.js";
import { isRecord, stepsOf } from "./json-value.js";

export const hmcLocations: Dialect = {
  name: "hmc-locations",
  read,
  sourcePointer,
  unusualKeys: hmcLocationsUnusualKeys,
  tellsUnusualKeys: true,
};

/** As `Dialect.read`, by v3's reader: a location of the map content means what one of the API's does. */
function read(
  value: unknown,
  decode: DecodeText,
  depth: Depth,
  document?: RecordDocument,
): SourceRecord | Unreadable {
  const { record } = featureOf(value);
  if (!isRecord(record)) {
    return {
      unreadable: "not-an-object",
      detail: `a charging location is an object, this is ${kindOf(record, decode)}`,
    };
  }
  if (!looksLikeLocation(record)) {
    const keys = Object.keys(record)
      .slice(0, 5)
      .map((key) => decode(key).slice(0, 40))
      .join(", ");
    return { unreadable: "not-a-location", detail: `no key of a charging location is there; keys: ${keys}` };
  }
  const plain =
    depth === "tagging"
      ? readPlainHmcLocation(record, decode, document && tileOf(document.value))
      : undefined;
  return plain ?? readLongWay(value, record, decode, depth, document);
}

/** `record`: the location of `value`, in whatever spelling. What it says is never lost: what cannot be read is noted. */
export function readLongWay(
  value: unknown,
  record: Readonly<Record<string, unknown>>,
  decode: DecodeText,
  depth: Depth,
  document: RecordDocument | undefined,
): SourceRecord | Unreadable {
  const tile = document && tileOf(document.value);
  const maker = new RecordMaker(tile, depth);
  const made = maker.make(CHARGING_LOCATION, record, "");
  const guarded = guardHereLocation(made);
  if (!guarded) return { unreadable: "not-a-location", detail: "it has no part of the right shape" };
  const notes: Note[] = missingPartNotes(maker, made, tile);
  if (guarded.dropped.length > 0) {
    const traced = tracedRecord(value, document);
    notes.push(...badFieldNotes(guarded.dropped, made, decode, (path) => placeIn(traced, path)));
  }
  const location = readHereLocation(guarded.wire, decode, depth, notes);
  // Of EVSEs of which some are pointed at and not there nobody can say how many there are.
  return lacksEvses(maker) ? { ...location, evseCountKnown: false } : location;
}

function lacksEvses({ missing, moreMissing }: RecordMaker): boolean {
  return moreMissing > 0 || missing.some(({ field }) => field === "evses");
}

/** Whether any key is one of a location's. */
function looksLikeLocation(record: Readonly<Record<string, unknown>>): boolean {
  for (const key in record) {
    const known = knownKey(CHARGING_LOCATION, key);
    if (known !== undefined && known.field.kind !== "unread") return true;
  }
  return false;
}

/** A record once more, with the places of its values: only for the few that somebody asks about. */
interface TracedRecord {
  readonly made: Record<string, unknown>;
  readonly places: Places;
  readonly at: string;
}

const tracedRecords = new WeakMap<object, TracedRecord>();

function tracedRecord(value: unknown, document: RecordDocument | undefined): TracedRecord {
  const known = isRecord(value) ? tracedRecords.get(value) : undefined;
  if (known !== undefined) return known;
  const tile = document && tileOf(document.value);
  const { record, at: below, geometryAbove } = featureOf(value);
  const at = (tile?.placeOfLocation(value) ?? "") + below;
  const places: Places = new Map();
  const made = isRecord(record)
    ? new RecordMaker(tile, "whole", places).make(CHARGING_LOCATION, record, at)
    : {};
  if (geometryAbove) moveUp(places);
  const traced = { made, places, at };
  if (isRecord(value)) tracedRecords.set(value, traced);
  return traced;
}

/** The position of a Feature stands beside the properties that it was read as one of. */
function moveUp(places: Places): void {
  for (const members of places.values()) {
    for (const [name, place] of members) {
      if (place.startsWith("/properties/geometry")) members.set(name, place.slice("/properties".length));
    }
  }
}

/** The place in the document of the value at a path of the record made, or of the nearest value around it. */
function placeIn({ made, places, at }: TracedRecord, path: readonly PropertyKey[]): string {
  let place = at;
  let here: unknown = made;
  for (const step of path) {
    if (typeof here !== "object" || here === null) break;
    place = places.get(here)?.get(String(step)) ?? place;
    here = Object.hasOwn(here, step) ? Reflect.get(here, step) : undefined;
  }
  return place;
}

function sourcePointer(pointer: string, value: unknown, document?: RecordDocument): string | undefined {
  const traced = tracedRecord(value, document);
  const inRecord = hereSourcePointer(pointer, traced.made);
  return inRecord === undefined ? undefined : placeIn(traced, stepsOf(inRecord));
}
