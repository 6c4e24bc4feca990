/** The shape of a line of proposals.ndjson: a public contract, published as a JSON Schema. */
import { z } from "zod";
import { EVIDENCE_NAMES } from "../matching/evidence-parts.js";
import { MATCH_METHODS } from "../matching/match.js";
import { CHANGES } from "../merging/proposal.js";
import { PROPOSAL_REASONS, TAG_REASONS } from "../merging/reasons.js";
import { NOTE_MEANINGS } from "../ocpi/notes.js";

/** A key of a table, so that a row added there is a value allowed here. */
function keyOf<Table extends object>(table: Table) {
  return z
    .custom<keyof Table & string>((value) => typeof value === "string" && Object.hasOwn(table, value), {
      error: "is a word this version does not know",
    })
    .meta({ type: "string", enum: Object.keys(table) });
}

/** zod's own record loses a key named `__proto__`, which OSM may hold like any other. */
const tagObject = z
  .custom<Readonly<Record<string, string>>>(isTagObject, { error: "is not an object of texts" })
  .meta({
    type: "object",
    additionalProperties: { type: "string" },
    description: "KEY: VALUE, sorted by key",
  });

function isTagObject(value: unknown): boolean {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  return Object.values(value).every((text) => typeof text === "string");
}

const count = z.int().nonnegative();
const id = z.int();
const lat = z.number().min(-90).max(90).describe("Degrees");
const lon = z.number().min(-180).max(180).describe("Degrees");
const degreesText = (limit: number) =>
  z
    .string()
    .regex(/^-?\d{1,3}(?:\.\d{1,7})?$/)
    .refine((text) => Math.abs(Number(text)) <= limit, { error: `is beyond ${limit} degrees` });
const elementType = z.enum(["node", "way", "relation"]);

const history = {
  version: z.int().positive().optional().describe("The OSM version the proposal was computed from (D8)"),
  timestamp: z.string().optional().describe("RFC 3339, UTC"),
  changeset: count.optional(),
  uid: z.int().optional(),
  user: z.string().optional(),
};

const targetSchema = z
  .object({
    type: elementType,
    id,
    ...history,
    lat,
    lon: lon.describe("Degrees; of a way or relation the middle"),
    tags: tagObject,
    nodes: z.array(id).optional().describe("Of a way, in order"),
    members: z
      .array(z.object({ type: elementType, ref: id, role: z.string() }))
      .optional()
      .describe("Of a relation, in order"),
  })
  .describe("The element that tags are proposed for, as OSM has it");

const position = {
  lat: lat.optional(),
  lon: lon.optional().describe("Degrees; of a way or relation the middle"),
};

const matchShape = {
  osm: z.string().describe("`n123`, or a cluster: `n123;w45`"),
  score: z.number().describe("0 to 1"),
  distance_m: z.number().nonnegative(),
  parts: z
    .array(z.object({ name: z.enum(EVIDENCE_NAMES), value: z.number(), detail: z.string() }))
    .describe("What the score is made of, strongest first"),
  ...position,
};
const candidateSchema = z.object(matchShape);

const tagSchema = z.object({
  key: z.string(),
  class: z.enum(["A", "B", "C"]).describe("Rule T8"),
  old: z.string().nullable().describe("OSM now"),
  base: z.string().nullable().describe("The feed at the last published or accepted run"),
  new: z.string().nullable().describe("The feed now; null: the tag is to go"),
  rule: z.string(),
  reason: keyOf(TAG_REASONS),
  sources: z
    .array(z.object({ pointer: z.string(), value: z.unknown() }))
    .describe("JSON Pointers into the source record, and what stands there"),
});

export const proposalSchema = z
  .object({
    proposal: z.string().min(1).describe("`modify/LT*IGN*42`: the same in every run"),
    change: z.enum(CHANGES),
    reason: keyOf(PROPOSAL_REASONS),
    withheld: z
      .enum(["no-version"])
      .optional()
      .describe("Why an edit is not in the files for editors (D1.2)"),
    location: z.object({
      key: z.string(),
      country_code: z.string().optional(),
      party_id: z.string().optional(),
      id: z.string(),
      lat,
      lon,
      country: z
        .string()
        .regex(/^[A-Z]{2}$/)
        .optional()
        .describe("ISO 3166-1 alpha-2"),
      operator: z.string().optional(),
      last_updated: z.string().optional(),
    }),
    target: targetSchema.optional(),
    way_nodes: z
      .array(z.object({ id, ...history, lat, lon, tags: tagObject }))
      .optional()
      .describe("The nodes of a target that is a way, as far as the extract has them, by id"),
    match: z
      .object({ method: z.enum([...MATCH_METHODS, "state"]), ...matchShape })
      .optional()
      .describe("How the target was found"),
    runner_up: candidateSchema.optional(),
    candidates: z.array(candidateSchema).describe("Of an unsettled match, best first"),
    nearby: z
      .array(z.object({ osm: z.string(), version: z.int().positive().optional(), ...position }))
      .optional()
      .describe("Charging objects within 100 m, where there is no target"),
    tags: z.array(tagSchema).describe("Sorted by key"),
    charge_points: z
      .array(
        z.object({
          lat: degreesText(90),
          lon: degreesText(180),
          tags: z.array(z.object({ key: z.string(), value: z.string(), rule: z.string() })),
        }),
      )
      .describe("Nodes to create with the station"),
    notes: z.array(z.object({ code: keyOf(NOTE_MEANINGS), detail: z.string() })),
    source: z
      .object({ file: z.string(), record: count.describe("Position of the record in its file, from 0") })
      .optional()
      .describe("Absent when the Location is gone from the feed"),
  })
  .describe("A proposal of ocpi2osm diff: one line of proposals.ndjson. Members are added, never changed");

/** A line of proposals.ndjson as JSON. */
export type ProposalLine = z.infer<typeof proposalSchema>;

/** The JSON Schema of a line of proposals.ndjson. */
export function proposalJsonSchema() {
  return z.toJSONSchema(proposalSchema, { unrepresentable: "any" });
}
