/**
 * A source profile (`--profile FILE`): what the feed cannot say about itself. JSON with comments and trailing
 * commas; every mistake is reported with its line.
 */
import { z } from "zod";
import { parseConfigText, readConfigFile } from "./config-text.js";
import { readThreshold, THRESHOLD_MISTAKE } from "./threshold.js";

/** The licences under which data may go into OpenStreetMap (D9). */
const LICENCE_IDS = ["ODbL-1.0", "CC0-1.0", "PDDL-1.0", "OGL-UK-3.0", "permission"] as const;

const licenceSchema = z
  .strictObject({
    id: z.enum(LICENCE_IDS).describe("`permission`: the owner has allowed its use in OpenStreetMap"),
    url: z.url({ protocol: /^https?$/ }).describe("Where anyone can read the licence or the permission"),
    granted_by: z.string().min(1).optional().describe("Who gave the permission; required with `permission`"),
    date: z.iso.date().optional().describe("When (YYYY-MM-DD); required with `permission`"),
  })
  .refine((licence) => licence.id !== "permission" || licence.granted_by !== undefined, {
    path: ["granted_by"],
    error: "a permission must say who granted it",
  })
  .refine((licence) => licence.id !== "permission" || licence.date !== undefined, {
    path: ["date"],
    error: "a permission must say when it was granted",
  });

const off = z.boolean().default(false);
const changesetText = z
  .string()
  .min(1)
  .refine((text) => [...text].length <= 255, { error: "longer than OSM's 255 characters" })
  .optional();

const limit = z
  .union([z.number().nonnegative(), z.string()])
  .refine((text) => readThreshold(text) !== undefined, {
    error: ({ input }) => `"${String(input)}" ${THRESHOLD_MISTAKE}`,
  })
  .optional();

/** Limits of a run; a profile has them, and a run config may have others. */
export const thresholdsSchema = z.strictObject({
  maxRejects: limit.describe('Rejected records allowed: a number (100) or a share of those read ("2%")'),
  maxDisappear: limit.describe(
    'Locations that may vanish from the feed in one run: a number or a share ("5%") (D4)',
  ),
  patience: z
    .int()
    .min(1)
    .optional()
    .describe("Runs a Location must be missing before its closure is proposed (D4)"),
});

/** The shape of a profile, with what holds where it says nothing. */
export const profileSchema = z
  .strictObject({
    $schema: z.string().optional().describe("For editors"),
    name: z.string().min(1).describe("What the source is called in reports"),
    licence: licenceSchema.optional().describe("Without one, results are for comparing only (D9)"),
    operator: z
      .strictObject({ name: z.string().min(1) })
      .optional()
      .describe("Operator of Locations that name none (T5.5)"),
    locationRef: z
      .enum(["genuine", "source", "none"])
      .default("genuine")
      .describe(
        "What ref:ocpi:location:id may hold (T2.1); `source` is for private databases and shuts the licence gate",
      ),
    tags: z
      .strictObject({
        extended: off.describe("The tags of T5.6"),
        name: off.describe("Write `name`"),
      })
      .prefault({}),
    chargePoints: off.describe("man_made=charge_point nodes (T6)"),
    thresholds: thresholdsSchema.prefault({}),
    changeset: z
      .strictObject({ comment: changesetText, source: changesetText })
      .prefault({})
      .describe("What JOSM fills in for the changeset"),
  })
  .describe("An ocpi2osm source profile");

export type Profile = z.infer<typeof profileSchema>;

/** What holds when no profile is given: no licence, nothing switched on. */
export const DEFAULT_PROFILE: Profile = profileSchema.parse({ name: "unnamed source" });

/** The JSON Schema of a profile file, as a user writes it. */
export function profileJsonSchema() {
  return z.toJSONSchema(profileSchema, { io: "input" });
}

/** D9: whether results may be made ready for upload: a licence is recorded, and ids in the output are genuine (T2.1). */
export function isLicensed(profile: Profile): boolean {
  return profile.licence !== undefined && profile.locationRef !== "source";
}

/** Reads and checks a profile file. Throws UsageError with every mistake in it: file, line, place, what is expected. */
export async function readProfile(file: string): Promise<Profile> {
  return parseProfile(await readConfigFile(file, `--profile ${file}`), file);
}

/** Checks the text of a profile; `file` is its name in messages. Throws as `readProfile` does. */
export function parseProfile(text: string, file: string): Profile {
  return parseConfigText(text, profileSchema, file, "the profile").settings;
}
