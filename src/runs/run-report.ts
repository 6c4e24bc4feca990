/**
 * `report.json` of `ocpi2osm run`: what a night came to, source by source. The shape is a contract (`run_report` is its
 * version; members are added, never changed). Secrets never stand in it.
 */
import { z } from "zod";
import { reportSchema } from "./report.js";
import { diffReportSchema } from "./diff-report.js";

const count = z.int().nonnegative();
const seconds = z.number().nonnegative().describe("By a clock that cannot be set");

export const OUTCOMES = ["published", "unpublished", "refused", "failed", "interrupted"] as const;

const thresholdSchema = z
  .object({
    name: z.enum(["rejects", "disappearance"]),
    limit: z.string().describe("As configured: a number, or a share such as 5%"),
    measured: count.describe("Records rejected, or Locations vanished"),
    of: count.describe("Records read, or Locations known"),
    crossed: z.boolean(),
  })
  .describe("A limit, and how near this run came to it");

const fetchedSchema = z.object({
  from: z.string().describe("Where it was fetched, without secrets"),
  records: count,
  retrieved: count.describe("Of these, in this run"),
  missing: count.describe("Ids asked for that the server does not have"),
  not_modified: z.boolean(),
  requests: count,
  retries: count,
  bytes: count,
});

const hookSchema = z.object({
  command: z.string().describe("Its program; arguments are not told"),
  when: z.enum(["success", "failure"]),
  exit_code: z.int().optional().describe("Absent: it could not be started, or was stopped"),
  message: z.string().optional(),
  seconds,
});

const sourceRunSchema = z.object({
  name: z.string(),
  outcome: z
    .enum(OUTCOMES)
    .describe(
      "published · unpublished: a dry run, all went well · refused: a threshold was crossed, nothing published · failed · interrupted",
    ),
  exit_code: z.int().describe("That of the source's own work"),
  message: z.string().optional().describe("Why it was refused or failed, and what to do"),
  folder: z.string().optional().describe("Where its results are; absent where none were published"),
  fetched: z.array(fetchedSchema).optional(),
  licensed: z.boolean().optional(),
  counts: z
    .object({
      records: reportSchema.shape.counts,
      locations: diffReportSchema.shape.counts.shape.locations,
      proposals: diffReportSchema.shape.counts.shape.proposals,
      reasons: z.record(z.string(), count).describe("Tags of proposals, by the reason of each"),
    })
    .optional()
    .describe("Absent where the source failed before they were known"),
  thresholds: z.array(thresholdSchema),
  hooks: z.array(hookSchema),
  seconds,
});

export const runReportSchema = z
  .object({
    run_report: z.literal(1).describe("Version of this shape"),
    tool: reportSchema.shape.tool,
    config: z.string().describe("The file, as given"),
    run: z.string().describe("What the run is called: the name of the folders it publishes"),
    dry_run: z.boolean(),
    started: z.iso.datetime(),
    finished: z.iso.datetime(),
    seconds,
    exit_code: z.int(),
    sources: z.array(sourceRunSchema),
    hooks: z.array(hookSchema),
  })
  .describe("What one run of ocpi2osm run did");

export type RunReport = z.infer<typeof runReportSchema>;
export type SourceRunReport = z.infer<typeof sourceRunSchema>;
export type ThresholdReport = z.infer<typeof thresholdSchema>;
export type HookReport = z.infer<typeof hookSchema>;
export type FetchedReport = z.infer<typeof fetchedSchema>;

/** The JSON Schema of run's report.json. */
export function runReportJsonSchema() {
  return z.toJSONSchema(runReportSchema);
}
