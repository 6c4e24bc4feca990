/** `--format geojson` and `geojsonl`: Points whose properties are the tags (RFC 7946). */
import type { TaggingLocation } from "../ocpi/location.js";
import type { Note } from "../ocpi/notes.js";
import type { TaggedPoint } from "../tagging/tagged-point.js";
import { jsonLine } from "./json-line.js";
import { COMPARE_ONLY, type EmittedLocation, type OutputAbout, type TaggingForm } from "./output-form.js";
import { tagObject } from "./tag-object.js";

/**
 * One FeatureCollection. Its foreign members: `generator`, `licence`, and `compare_only` (text) where
 * the source has no licence for OSM. A Feature's foreign member `notes` (`code`, `detail`) is there if there are any.
 */
export const geojsonForm: TaggingForm = {
  name: "geojson",
  reads: "tagging",
  separator: ",\n",
  async head({ generator, licence, licensed }) {
    const members = jsonLine({
      type: "FeatureCollection",
      generator,
      licence,
      ...compareOnly(licensed),
    });
    return `${members.slice(0, -1)},"features":[\n`;
  },
  record: (emitted) =>
    features(emitted, {})
      .map((feature) => `,\n${feature}`)
      .join(""),
  tail: async () => "\n]}\n",
};

/** One Feature a line, nothing around them; so each carries `compare_only` itself. */
export const geojsonlForm: TaggingForm = {
  name: "geojsonl",
  reads: "tagging",
  separator: "",
  head: async () => "",
  record: (emitted, { licensed }) =>
    features(emitted, compareOnly(licensed))
      .map((feature) => `${feature}\n`)
      .join(""),
  tail: async () => "",
};

type Marker = { readonly compare_only?: string };

function compareOnly(licensed: OutputAbout["licensed"]): Marker {
  return licensed ? {} : { compare_only: COMPARE_ONLY };
}

function features(
  { station, chargePoints, notes }: EmittedLocation<TaggingLocation>,
  marker: Marker,
): string[] {
  return [feature(station, notes, marker), ...chargePoints.map((point) => feature(point, [], marker))];
}

function feature({ id, lat, lon, tags }: TaggedPoint, notes: readonly Note[], marker: Marker): string {
  return jsonLine({
    type: "Feature",
    id: `node/${id}`,
    geometry: { type: "Point", coordinates: [Number(lon), Number(lat)] },
    properties: tagObject(tags),
    ...(notes.length === 0 ? {} : { notes: notes.map(({ code, detail }) => ({ code, detail })) }),
    ...marker,
  });
}
