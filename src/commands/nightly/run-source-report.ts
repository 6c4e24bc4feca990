/** From `diff`'s report to what the report of a run says about a source. */
import { readFile } from "node:fs/promises";
import { type DiffReport, diffReportSchema } from "../../runs/diff-report.js";
import { systemCode } from "../../runs/exit-codes.js";
import type { SourceRunReport, ThresholdReport } from "../../runs/run-report.js";
import { crossedThreshold, parseThreshold } from "../../runs/threshold.js";
import { diffSettingsSchema } from "../comparison/diff-settings.js";

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
    thresholds: thresholdsOf(report),
  };
}

function reasonsOf({ counts }: DiffReport): Record<string, number> {
  const reasons = new Map<string, number>();
  for (const { change, reason, count } of counts.tags)
    if (change !== "nothing") reasons.set(reason, (reasons.get(reason) ?? 0) + count);
  return Object.fromEntries([...reasons].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function thresholdsOf({ settings, counts, disappearance }: DiffReport): ThresholdReport[] {
  const { maxRejects, maxDisappear } = diffSettingsSchema.parse(settings);
  const thresholds: ThresholdReport[] = [];
  if (maxRejects !== undefined) {
    const { read } = counts.records;
    const rejected = Object.values(counts.records.rejected).reduce((sum, count) => sum + count, 0);
    const crossed = crossedThreshold(parseThreshold(maxRejects, "--max-rejects"), { read, rejected });
    thresholds.push({
      name: "rejects",
      limit: maxRejects,
      measured: rejected,
      of: read,
      crossed: crossed !== undefined,
    });
  }
  if (disappearance !== undefined)
    thresholds.push({
      name: "disappearance",
      limit: maxDisappear,
      measured: disappearance.vanished,
      of: disappearance.known,
      crossed: disappearance.crossed,
    });
  return thresholds;
}
