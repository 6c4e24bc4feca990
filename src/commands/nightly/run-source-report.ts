/** From `diff`'s report to what the report of a run says about a source. */
import { readFile } from "node:fs/promises";
import { type DiffReport, diffReportSchema } from "../../runs/diff-report.js";
import { systemCode } from "../../runs/exit-codes.js";
import type { SourceRunReport } from "../../runs/run-report.js";
import { diffSettingsSchema } from "../comparison/diff-settings.js";
import { diffThresholds } from "../conversion/feed-thresholds.js";

export type ComparisonFacts = Pick<SourceRunReport, "licensed" | "counts" | "thresholds">;

/** What is known of a comparison by the report it wrote; nothing where it wrote none, as it failed before. */
export async function comparisonFacts(file: string): Promise<ComparisonFacts> {
  const text = await readFile(file, "utf8").catch((error: unknown) => {
    if (systemCode(error) === "ENOENT") return undefined;
    throw error;
  });
  if (text === undefined || text === "") return { thresholds: [] };
  const report = diffReportSchema.parse(JSON.parse(text));
  return {
    licensed: report.licence.licensed,
    counts: {
      records: report.counts.records,
      locations: report.counts.locations,
      proposals: report.counts.proposals,
      reasons: reasonsOf(report),
    },
    thresholds: diffThresholds(diffSettingsSchema.parse(report.settings), report),
  };
}

function reasonsOf({ counts }: DiffReport): Record<string, number> {
  const reasons = new Map<string, number>();
  for (const { change, reason, count } of counts.tags)
    if (change !== "nothing") reasons.set(reason, (reasons.get(reason) ?? 0) + count);
  return Object.fromEntries([...reasons].sort(([a], [b]) => (a < b ? -1 : 1)));
}
