/**
 * `apply --report FILE`: what of the decisions became edits, and what did not and why. The shape is a contract
 * (`apply_report` is its version; members are added, never changed). Nothing in it depends on when it was written.
 */
import { z } from "zod";
import { diffReportSchema } from "./diff-report.js";
import { reportSchema } from "./report.js";

const count = z.int().nonnegative();
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const file = z.string();
const value = z.string().nullable().optional();

const refusedSchema = z.object({
  proposal: z.string(),
  key: z.string().optional().describe("The tag; absent: the whole proposal"),
  reason: z.string(),
  meaning: z.string(),
  decided: value.describe("The value decided about; null: the removal of the tag"),
  now: value.describe("The feed's value now"),
  osm: value.describe("OSM's value now"),
});

export const applyReportSchema = z
  .object({
    apply_report: z.literal(1).describe("Version of this shape"),
    tool: reportSchema.shape.tool,
    source: z.string().describe("Name of the source"),
    licence: z
      .object({ licensed: z.boolean() })
      .describe("Whether the source's data may go into OpenStreetMap (D9)"),
    decisions: z.array(z.object({ file, sha256, decisions: count })).describe("Files of decisions, by name"),
    osm: z.array(z.object({ name: z.string(), sha256 })).describe("--osm"),
    counts: z.object({
      edits: z
        .object({
          changed: count.describe("Objects of OSM"),
          created: count.describe("New stations"),
          charge_points: count.describe("New charge points"),
          tags: count.describe("Of all of them"),
        })
        .describe("In the file"),
      tags: z
        .object({ accepted: count, rejected: count, deferred: count, undecided: count, stale: count })
        .describe("Tags of all proposals by what was decided about them"),
      refused: count,
      already_done: count.describe("What OSM says by now"),
    }),
    refused: z.array(refusedSchema).describe("What was accepted and is no edit"),
    already_done: z.array(refusedSchema).describe("What was accepted and OSM says by now"),
    disagreements: diffReportSchema.shape.disagreements.unwrap(),
    output: z.object({ file, format: z.string(), bytes: count, sha256 }),
  })
  .describe("What one run of ocpi2osm apply did");

export type ApplyReport = z.infer<typeof applyReportSchema>;

/** Something accepted that is no edit. */
export type RefusedRow = z.infer<typeof refusedSchema>;

/** The JSON Schema of the report of `apply`. */
export function applyReportJsonSchema() {
  return z.toJSONSchema(applyReportSchema);
}
