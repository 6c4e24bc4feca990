/** `fetch here --report FILE`: what a download came to, for machines. Members are added to it, never changed. */
import { z } from "zod";

const count = z.int().nonnegative();

export const hereReportSchema = z
  .object({
    fetch_report: z.literal(1).describe("Version of this shape"),
    tool: z.object({ name: z.string(), version: z.string() }),
    from: z.string().describe("The address that was asked, without secrets"),
    fields: z.array(z.string()),
    started: z.iso.datetime(),
    finished: z.iso.datetime(),
    seconds: z.number().nonnegative().describe("By a clock that cannot be set"),
    file: z.string(),
    asked: count.describe("Ids asked for, each once: asked = records + missing"),
    records: count.describe("In the file; records = retrieved + kept"),
    retrieved: count.describe("By this run"),
    kept: count.describe("There before: in the file, or retrieved by a run that was broken off"),
    left_out: count.describe("Records that were there and whose ids are not asked for any more"),
    missing: z.array(z.string()).describe("Ids without a record, all of them, in the order asked for"),
    unanswered: z.array(z.string()).describe("Of these, ids of which HERE said nothing at all"),
    refused: z
      .array(z.object({ id: z.string(), cause: z.string() }))
      .describe("Of these, ids that HERE takes for no ids"),
    unasked: count.describe("Records that came twice, or without having been asked for; they were not taken"),
    requests: count,
    retries: count,
    bytes: count.describe("Received, as transferred"),
  })
  .describe("What one download from HERE did");

export type HereReport = z.infer<typeof hereReportSchema>;

/** The JSON Schema of the report. */
export function hereReportJsonSchema() {
  return z.toJSONSchema(hereReportSchema);
}
