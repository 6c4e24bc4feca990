/** `fetch ocpi --report FILE`: what a download came to, for machines. Members are added to it, never changed. */
import { z } from "zod";
import { TOKEN_ENCODINGS } from "./ocpi-access.js";

const count = z.int().nonnegative();

export const ocpiReportSchema = z
  .object({
    fetch_report: z.literal(1).describe("Version of this shape"),
    tool: z.object({ name: z.string(), version: z.string() }),
    from: z.string().describe("The address that was given, without secrets"),
    endpoint: z.string().describe("Where the records came from: another address where that one led there"),
    started: z.iso.datetime(),
    finished: z.iso.datetime(),
    seconds: z.number().nonnegative().describe("By a clock that cannot be set"),
    file: z.string(),
    format: z.string().optional().describe("What the records are; absent where nothing had changed"),
    token_encoding: z.enum(TOKEN_ENCODINGS).optional().describe("The spelling of the token that worked"),
    not_modified: z.boolean().describe("The server says that nothing has changed since the last time"),
    delta_from: z.iso.datetime().optional().describe("Only what has changed since then was asked for"),
    records: count.describe("In the file"),
    retrieved: count.describe("Of these, by this run"),
    replaced: count.optional().describe("Of a delta: Locations that were there before"),
    added: count.optional().describe("Of a delta: Locations that were not"),
    announced: count.optional().describe("X-Total-Count, as the last page has it"),
    repeated: z
      .object({ count, ids: z.array(z.string()).describe("Up to 1,000") })
      .describe("Locations that came again while the list was read; of each the newer was kept"),
    too_large: count.describe("Records that were passed over, as they are over 16 MB"),
    pages: count,
    requests: count,
    retries: count,
    bytes: count.describe("Received, as transferred"),
  })
  .describe("What one download from an OCPI endpoint or an open-data host did");

export type OcpiReport = z.infer<typeof ocpiReportSchema>;

/** What a download tells of itself; who asked for it knows the rest. */
export type OcpiOutcome = Omit<
  OcpiReport,
  | "fetch_report"
  | "tool"
  | "from"
  | "started"
  | "finished"
  | "seconds"
  | "file"
  | "requests"
  | "retries"
  | "bytes"
>;

/** The JSON Schema of the report. */
export function ocpiReportJsonSchema() {
  return z.toJSONSchema(ocpiReportSchema);
}
