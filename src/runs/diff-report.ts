/**
 * `report.json` of `ocpi2osm diff`: what the comparison with OSM read, found and wrote. The shape is a contract
 * (`diff_report` is its version; members are added, never changed). Everything but `run` is the same for the same
 * inputs (D7).
 */
import { z } from "zod";
import { reportSchema } from "./report.js";

const count = z.int().nonnegative();
const share = z.number().min(0).max(1);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const file = z.string();

/** Counts by what a mapper is asked (D6). */
const changeCounts = z.object({
  create: count,
  modify: count,
  relink: count,
  review: count,
  conflict: count,
  close: count,
});

const extractSchema = z.object({
  name: z.string(),
  format: z.string(),
  sha256,
  bytes: count,
  objects: z
    .object({ nodes: count, ways: count, relations: count })
    .describe("Charging objects, lifecycle forms included (D1.1)"),
  timestamp: z.string().optional().describe("When the data was OSM's, where the file states it"),
  versions: z
    .boolean()
    .describe("Whether objects carry their versions; without one they cannot be changed (D1.2)"),
  unplaced: count.describe("Charging objects none of whose nodes are in the file; they are not compared"),
});

const tagCountSchema = z.object({
  class: z.enum(["A", "B", "C"]).describe("Rule T8"),
  change: z.string().describe("What became of the tag: a change of D6, or `nothing`"),
  reason: z.string(),
  meaning: z.string(),
  count,
});

const disappearanceSchema = z
  .object({
    known: count.describe("Locations of the state file"),
    vanished: count.describe("Of these, missing from the feed for the first time"),
    share: share.describe("vanished / known"),
    limit: share.describe("--max-disappear"),
    patience: count.describe("--patience: runs without a Location before its closing is proposed"),
    crossed: z.boolean().describe("The limit was crossed: nothing was published and the state is as it was"),
  })
  .describe("Rule D4");

const disagreementsSchema = z
  .array(
    z.object({
      proposal: z.string(),
      key: z.string().optional().describe("The tag; absent: the whole proposal"),
      decisions: z.array(
        z.object({
          decision: z.string(),
          who: z.string().optional(),
          when: z.string().optional(),
          note: z.string().optional(),
        }),
      ),
    }),
  )
  .describe("What reviewers decided differently (D5); the last one holds");

export const diffReportSchema = z
  .object({
    diff_report: z.literal(1).describe("Version of this shape"),
    tool: reportSchema.shape.tool,
    config_hash: reportSchema.shape.config_hash,
    settings: z
      .record(z.string(), z.unknown())
      .describe("All that decides the result besides the inputs: what `verify` runs again"),
    as_of: z.iso.date().optional().describe("--as-of"),
    source: z.string().describe("Name of the source"),
    licence: z
      .object({ licensed: z.boolean(), id: z.string().optional(), url: z.string().optional() })
      .describe("Whether the source's data may go into OpenStreetMap (D9)"),
    inputs: reportSchema.shape.inputs,
    left_out: reportSchema.shape.left_out,
    osm: z.array(extractSchema),
    state: z.object({ file, sha256, entries: count }).optional().describe("Absent in a first run"),
    decisions: z
      .array(z.object({ file, sha256, decisions: count }))
      .optional()
      .describe("Files of decisions, by name"),
    disagreements: disagreementsSchema.optional(),
    counts: z.object({
      records: reportSchema.shape.counts,
      locations: z
        .object({ matched: count, review: count, new: count, closed: count, skipped: count })
        .describe("By verdict, as in matches.csv"),
      proposals: changeCounts,
      tags: z.array(tagCountSchema).describe("Every tag that was looked at, also where nothing is proposed"),
      by_country: z
        .array(z.object({ country: z.string().optional(), proposals: changeCounts }))
        .describe("Without `country`: not known"),
      by_operator: z
        .array(z.object({ operator: z.string().optional(), proposals: changeCounts }))
        .describe("Without `operator`: not stated"),
      withheld: z
        .array(z.object({ reason: z.string(), meaning: z.string(), count }))
        .describe("Edits that are not in the files for editors, and whole files that were refused"),
    }),
    notes: reportSchema.shape.notes,
    unknown_keys: reportSchema.shape.unknown_keys,
    listed: reportSchema.shape.listed,
    not_listed: reportSchema.shape.not_listed,
    disappearance: disappearanceSchema.optional().describe("Absent in a first run"),
    outputs: z.array(z.object({ file, bytes: count, sha256 })).describe("Empty when nothing was published"),
    run: reportSchema.shape.run,
  })
  .describe("What one run of ocpi2osm diff did");

export type DiffReport = z.infer<typeof diffReportSchema>;

/** The JSON Schema of diff's report.json. */
export function diffReportJsonSchema() {
  return z.toJSONSchema(diffReportSchema);
}
