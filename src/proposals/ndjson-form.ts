/** `--format ndjson`: the complete machine form, one line a Location. */
import type { TaggingLocation } from "../ocpi/location.js";
import { NOTE_MEANINGS, type Note } from "../ocpi/notes.js";
import type { TaggedPoint } from "../tagging/tagged-point.js";
import { jsonLine } from "./json-line.js";
import type { EmittedLocation, TaggingForm } from "./output-form.js";
import { tagObject } from "./tag-object.js";

/**
 * A public contract; members are added, never changed. One line, members in this order:
 *
 * ```
 * { source: { file, record },               // record: position in the file, from 0
 *   location: { country_code?, party_id?, id? },
 *   osm: { type: "node", id, lat, lon },     // id negative; degrees as numbers
 *   tags: { KEY: VALUE, … },                 // sorted by key
 *   charge_points: [{ type: "node", id, lat, lon, tags, pointers }, …],
 *   notes: [{ code, rule, meaning, pointer, detail }, …],  // pointer: into the canonical Location (--format ocpi)
 *   pointers: { KEY: [POINTER, …], … } }     // into the source record
 * ```
 */
export const ndjsonForm: TaggingForm = {
  name: "ndjson",
  reads: "tagging",
  separator: "",
  head: async () => "",
  record: (emitted) => `${jsonLine(locationLine(emitted))}\n`,
  tail: async () => "",
};

/** The members of a line, in their order. */
export function locationLine(emitted: EmittedLocation<TaggingLocation>) {
  const { sourceFile, recordIndex, location, station, chargePoints, notes } = emitted;
  return {
    source: { file: sourceFile, record: recordIndex },
    location: { country_code: location.country_code, party_id: location.party_id, id: location.id },
    osm: node(station),
    tags: tagObject(station.tags),
    charge_points: chargePoints.map((point) => chargePoint(emitted, point)),
    notes: notes.map(noteMember),
    pointers: pointers(emitted, station),
  };
}

function chargePoint(emitted: EmittedLocation<TaggingLocation>, point: TaggedPoint) {
  return { ...node(point), tags: tagObject(point.tags), pointers: pointers(emitted, point) };
}

function noteMember({ code, pointer, detail }: Note): object {
  return { code, ...NOTE_MEANINGS[code], pointer, detail };
}

function node({ id, lat, lon }: TaggedPoint): { type: "node"; id: number; lat: number; lon: number } {
  return { type: "node", id, lat: Number(lat), lon: Number(lon) };
}

function pointers(emitted: EmittedLocation<TaggingLocation>, point: TaggedPoint): Record<string, string[]> {
  return Object.fromEntries(
    point.tags.map(({ key }) => [key, emitted.sourcesOf(point, key).map(({ pointer }) => pointer)]),
  );
}
