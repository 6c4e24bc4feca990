/** The JSON of Overpass (`[out:json]`) and of OSM's own API, as far as it is read. */
import { z } from "zod";

const position = z.object({ lat: z.number(), lon: z.number() });
/** `out geom` has null for what lies outside of the area asked for. */
const line = z.array(position.nullish());
const id = z.int();
/** Not `z.record`, which loses a key like `__proto__`. */
const tags = z.custom<Readonly<Record<string, string>>>(
  (value) =>
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    Object.values(value).every((text) => typeof text === "string"),
  "expected texts by key",
);
const type = z.enum(["node", "way", "relation"]);

export const overpassElement = z.object({
  type,
  id,
  lat: z.number().optional(),
  lon: z.number().optional(),
  visible: z.boolean().optional(),
  version: z.number().optional(),
  timestamp: z.string().optional(),
  changeset: z.number().optional(),
  uid: z.number().optional(),
  user: z.string().optional(),
  tags: tags.optional(),
  nodes: z.array(id).optional(),
  members: z
    .array(
      z.object({
        type,
        ref: id,
        role: z.string().optional(),
        lat: z.number().optional(),
        lon: z.number().optional(),
        geometry: line.optional(),
      }),
    )
    .optional(),
  center: position.optional(),
  bounds: z
    .object({ minlat: z.number(), minlon: z.number(), maxlat: z.number(), maxlon: z.number() })
    .optional(),
  geometry: line.optional(),
});
export type OverpassElement = z.infer<typeof overpassElement>;

/** Only what tells an answer from other JSON; elements are looked at one by one. */
export const overpassAnswer = z.object({
  elements: z.array(z.unknown()),
  remark: z.string().optional(),
  osm3s: z.object({ timestamp_osm_base: z.string().optional() }).optional(),
});
