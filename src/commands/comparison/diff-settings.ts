/** What decides the result of `diff`, as plain data: kept in the report's manifest, so that `verify` can replay the run (D7). */
import { z } from "zod";
import { profileSchema } from "../../runs/profile.js";
import { SOURCE_NAMES } from "../../sources/dialect.js";
import { READER_NAMES } from "../../sources/reader-name.js";

export const diffSettingsSchema = z.object({
  inputs: z.array(z.string()).min(1).describe("INPUT arguments, as given"),
  osm: z.array(z.string()).describe("--osm, as given"),
  state: z.string().optional(),
  decisions: z.array(z.string()).describe("--decisions, as given, sorted"),
  read: z.object({
    source: z.enum(["auto", ...SOURCE_NAMES]),
    reader: z.enum(READER_NAMES),
    connectorTypes: z
      .array(
        z.object({
          id: z.int(),
          standard: z.string(),
          countries: z.array(z.string()).readonly().optional(),
        }),
      )
      .readonly()
      .optional()
      .describe(
        "What the file of --connector-types said: HERE's legacyId, OCPI's standard, where that holds",
      ),
  }),
  profile: profileSchema,
  tagging: z.object({
    locationRef: z.enum(["genuine", "source", "none"]),
    operatorName: z.string().optional(),
    extended: z.boolean(),
    name: z.boolean(),
    chargePoints: z.boolean(),
    countries: z.array(z.string()).optional().describe("ISO alpha-2, sorted"),
  }),
  asOf: z.string().optional(),
  patience: z.int().min(1).describe("Runs a Location must be missing before its closure is proposed (D4)"),
  maxDisappear: z.string().describe("Share or number of Locations that may vanish in one run (D4)"),
  maxRejects: z.string().optional(),
  split: z.string().optional().describe("`country`, or the most elements a part may have"),
  prefilter: z.enum(["auto", "never"]).describe("Whether osmium-tool may pre-filter the extract"),
});

export type DiffSettings = z.infer<typeof diffSettingsSchema>;
