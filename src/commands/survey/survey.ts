/** The shape of `inspect --json`: what a feed holds and what is wrong with it. A contract: `inspect` is its version. */
import { z } from "zod";
import { reportSchema } from "../../runs/report.js";
import { SOURCE_NAMES } from "../../sources/dialect.js";
import { REASONS } from "../../tagging/eligibility.js";

const count = z.int().nonnegative();
const kilowatts = z.number().nonnegative();

/** The most frequent values with their counts. */
function tallied<Shape extends z.ZodRawShape>(row: Shape) {
  return z.object({
    distinct: count.describe("Different values"),
    capped: z.boolean().describe("True when there are more than were told apart"),
    rows: z.array(z.object({ ...row, count })).describe("The most frequent first"),
    others: count.describe("Occurrences of values that are not in rows"),
  });
}

const values = tallied({ value: z.string().nullable().describe("null: absent") });

const example = z.object({
  file: z.string(),
  record: count.describe("Position of the record in its file, from 0"),
  line: count.optional().describe("1-based, where the file has a record a line"),
  byte: count.optional().describe("Offset in the decompressed file; absent with --reader tokens"),
  id: z.string().optional(),
  detail: z.string(),
});

const input = z.object({
  name: z.string(),
  source: z.enum(SOURCE_NAMES),
  version: z.string().optional().describe("As far as the content tells"),
  framing: z.enum(["documents", "lines"]).describe("lines: a JSON value a line"),
  format: z.string().describe("All of that in words"),
  compressed: z.boolean(),
  bytes: count.describe("As stored"),
  records: count,
  envelope: z
    .array(z.object({ key: z.string(), count, values: z.array(z.unknown()) }))
    .describe("What stood beside the records: status_code, missingItems …; the first values of each"),
});

const unemitted = z.object({
  reason: z.enum(Object.keys(REASONS)),
  verdict: z.enum(["skipped", "rejected"]),
  rule: z.string(),
  meaning: z.string(),
  count,
  examples: z.array(example),
});

const distribution = z.object({
  connectors: count,
  min: kilowatts.nullable(),
  median: kilowatts.nullable().describe("The lower one of two"),
  max: kilowatts.nullable(),
});

export const surveySchema = z
  .object({
    inspect: z.literal(1).describe("Version of this shape"),
    tool: z.object({ name: z.string(), version: z.string() }),
    inputs: z.array(input),
    counts: reportSchema.shape.counts.describe("As convert would report them"),
    unemitted: z.array(unemitted).describe("Why records would be skipped or rejected"),
    locations: z
      .object({
        described: count.describe("Locations, emitted or not, each once"),
        with_ocpi_id: count.describe("Those with a genuine OCPI id (T2.1)"),
      })
      .describe("All that follows but notes and keys is about these"),
    countries: tallied({
      stated: z.string().nullable().describe("ISO 3166-1 alpha-2"),
      on_map: z.string().nullable().describe("Where the position lies; null: at sea, or no position"),
    }),
    operators: values,
    parties: values.describe("country_code*party_id"),
    positions: z.object({
      usable: count,
      missing: count,
      unusable: count.describe("No number, or outside the globe"),
      null_island: count,
      outside_country: count.describe("Not in the country stated"),
      latitude_is_longitude: count,
      coarse: count.describe("Fewer than 4 decimals: known to 10 metres at best"),
      shared: count.describe("Exactly where an earlier Location is"),
      shared_capped: z.boolean(),
    }),
    evses: z.object({
      total: count,
      eligible: count.describe("Neither REMOVED nor PLANNED (T1.3)"),
      statuses: values,
    }),
    evse_ids: z.object({
      valid: count,
      invalid: count,
      missing: count,
      share_valid: z.number().nullable().describe("Of all EVSEs, 0 to 1"),
      repeated: count.describe("Valid ids that an earlier EVSE has"),
      repeated_capped: z.boolean(),
      examples: z.object({
        valid: z.array(z.string()),
        invalid: z.array(z.string()),
        repeated: z.array(z.string()),
      }),
    }),
    connectors: z.object({
      total: count,
      standards: tallied({
        standard: z.string().nullable(),
        socket: z.string().nullable().describe("Key after socket: in OSM; null: none"),
        note: z.string().nullable(),
      }),
      formats: values,
      power_types: values,
    }),
    power: z.object({
      stated: count.describe("In watts"),
      stated_in_kilowatts: count.describe("Below 1000, so read as kilowatts (T4.1)"),
      computed: count.describe("From volts and amperes (T4.2)"),
      missing: count,
      implausible: count.describe("Of all: above what the socket carries (T4.5)"),
      ac: distribution,
      dc: distribution,
    }),
    notes: z.array(
      z.object({
        code: z.string(),
        rule: z.string(),
        meaning: z.string(),
        count,
        examples: reportSchema.shape.notes.valueType.shape.examples,
      }),
    ),
    unknown_keys: tallied({
      pointer: z.string().describe("JSON Pointer into a record, * for list positions"),
      example: z.string().describe("The first value, as JSON"),
    }),
    keys_read_as: tallied({
      pointer: z.string(),
      read_as: z.string().describe("The field of the format"),
      example: z.string(),
    }),
  })
  .describe("What one run of ocpi2osm inspect found");

export type Survey = z.infer<typeof surveySchema>;
export type Example = z.infer<typeof example>;

/** The JSON Schema of what `inspect --json` prints. */
export function surveyJsonSchema() {
  return z.toJSONSchema(surveySchema);
}
