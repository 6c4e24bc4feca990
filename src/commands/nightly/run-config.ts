/**
 * The config of `run`: which sources there are, how each is fetched and compared, and where everything goes. JSON with
 * comments. Its names are those of a source profile, its paths are relative to the folder the file is in.
 */
import { z } from "zod";
import { hereFeedSchema } from "../../fetching/here-feed.js";
import { ocpiFeedSchema } from "../../fetching/ocpi-feed.js";
import { parseSplit } from "../../proposals/split.js";
import { lengthOfTime, lengthOfTimeSchema } from "../../runs/length-of-time.js";
import { profileSchema, thresholdsSchema } from "../../runs/profile.js";
import { SOURCE_NAMES } from "../../sources/dialect.js";
import { READER_NAMES } from "../../sources/reader-name.js";
import { placeMistakes } from "./run-places.js";

const path = z.string().min(1);

/** A program and its arguments, as they are: no shell reads them. */
const command = z
  .array(z.string())
  .min(1)
  .refine(([program]) => program !== "", { error: "the program has no name" });

const LONGEST_HOOK = "1w";

const hooksSchema = z.strictObject({
  success: command
    .optional()
    .describe("Run when all went well: program and arguments; no shell. It gets the report, JSON, on stdin"),
  failure: command.optional().describe("Run when something did not: refused, failed, or a hook that failed"),
  timeout: lengthOfTimeSchema
    .refine((text) => !lengthOfTimeSchema.safeParse(text).success || isHookTime(lengthOfTime(text)), {
      error: `must be at least 1s and at most ${LONGEST_HOOK}`,
    })
    .default("60s")
    .describe("How long a hook may take; then it is stopped, with all it started"),
});

function isHookTime(milliseconds: number): boolean {
  return milliseconds > 0 && milliseconds <= lengthOfTime(LONGEST_HOOK);
}

const feedSchema = z
  .strictObject({
    files: z
      .array(path)
      .min(1)
      .optional()
      .describe("Files, folders and patterns that something else puts there"),
    ocpi: ocpiFeedSchema.optional().describe("A Locations endpoint, a versions URL, or an open-data file"),
    here: hereFeedSchema.optional().describe("HERE EV Charge Points API v3, by ids"),
  })
  .refine((feed) => Object.values(feed).filter((kind) => kind !== undefined).length === 1, {
    error: 'must have exactly one of "files", "ocpi" and "here"',
  })
  .describe("Where Locations come from: one of files, ocpi, here");

const keep = z.int().min(1).describe("Published folders that stay, the newest ones");

const sourceSchema = z
  .strictObject({
    name: z
      .string()
      .regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/, {
        error: "letters, digits, - and _ only, at most 64: it is the name of a folder",
      })
      .refine((name) => name.toLowerCase() !== "latest", { error: '"latest" is what links are called' })
      .describe("Name of the source's folder in the output, and in reports"),
    enabled: z.boolean().default(true).describe("false: left out of runs that do not name it by --source"),
    feed: z
      .union([feedSchema, z.array(feedSchema).min(1)])
      .describe("Its feed, or a list of feeds read as one"),
    profile: z
      .union([path, profileSchema])
      .optional()
      .describe(
        "Source profile, a file or written here: licence, operator, switches. Without one: no licence",
      ),
    osm: z
      .union([path, z.array(path).min(1)])
      .describe(
        "OSM extracts: files, or http(s) addresses, which are downloaded once a run when they have changed",
      ),
    state: path
      .optional()
      .describe("What earlier runs said (D3). Default: NAME/state.ndjson.gz in the output; keep it"),
    decisions: z
      .union([path, z.array(path)])
      .prefault([])
      .describe("What reviewers decided (D5): files, and patterns, which may match nothing yet"),
    source: z
      .enum(["auto", ...SOURCE_NAMES])
      .optional()
      .describe("What the feed is; default: told by its content"),
    reader: z
      .enum(READER_NAMES)
      .optional()
      .describe("`tokens`: slower, for odd envelopes and huge records; default: bytes"),
    connectorTypes: path.optional().describe("HERE: a saved answer of countryMetadata (--connector-types)"),
    country: z.array(z.string().min(1)).min(1).optional().describe("Keep only these countries, ISO codes"),
    tags: z.literal("extended").optional().describe("Also the tags of rule T5.6"),
    chargePoints: z.boolean().optional().describe("Also man_made=charge_point nodes (rule T6)"),
    split: z
      .union([z.literal("country"), z.int().min(1)])
      .refine((split) => parseSplit(`${split}`) !== undefined, { error: "OSM takes no more in a changeset" })
      .optional()
      .describe("changes.osm in parts: by country, or of at most so many elements"),
    prefilter: z
      .enum(["auto", "never"])
      .optional()
      .describe("Have osmium-tool, where there is one, filter the extract"),
    thresholds: thresholdsSchema.prefault({}).describe("Instead of those of the profile"),
    keep: keep.optional(),
    hooks: hooksSchema.prefault({}).describe("Run after this source, with its part of the report"),
  })
  .describe("One source");

const reportFile = (what: string, name: string) =>
  z
    .union([path, z.literal(false)])
    .optional()
    .describe(`${what}; false: none. Default: ${name} in the output`);

export const runConfigSchema = z
  .strictObject({
    $schema: z.string().optional().describe("For editors"),
    output: path.describe("Folder that holds all results; made where the folder above it exists"),
    keep: keep.default(14),
    workers: z
      .int()
      .min(0)
      .max(64)
      .optional()
      .describe("Threads of a comparison; default: what the machine gains from"),
    sources: z.array(sourceSchema).min(1).describe("Done one after the other, in this order"),
    hooks: hooksSchema.prefault({}).describe("Run at the end, with the report of the whole run"),
    reports: z
      .strictObject({
        markdown: reportFile("One page for people", "report.md"),
        json: reportFile("The report, for programs", "report.json"),
        metrics: reportFile("OpenMetrics, for the textfile collector of node_exporter", "metrics.prom"),
        junit: reportFile("JUnit XML, for CI", "junit.xml"),
      })
      .prefault({})
      .describe("Where reports go"),
  })
  .superRefine((config, context) => {
    for (const { path: where, what } of placeMistakes(config))
      context.addIssue({ code: "custom", path: [...where], message: what });
  })
  .describe("The config of ocpi2osm run");

export type RunConfig = z.infer<typeof runConfigSchema>;
export type SourceConfig = z.infer<typeof sourceSchema>;
export type FeedConfig = z.infer<typeof feedSchema>;
export type HooksConfig = z.infer<typeof hooksSchema>;

/** The JSON Schema of a run config, as a user writes it. */
export function runConfigJsonSchema() {
  return z.toJSONSchema(runConfigSchema, { io: "input" });
}
