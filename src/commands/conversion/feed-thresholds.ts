/** The limits a feed is held against, and how near it came to them. */
import { total } from "../../runs/counted.js";
import type { DiffReport } from "../../runs/diff-report.js";
import type { Report } from "../../runs/report.js";
import type { ThresholdReport } from "../../runs/run-report.js";
import { crossedThreshold, parseThreshold } from "../../runs/threshold.js";
import type { DiffSettings } from "../comparison/diff-settings.js";

/** `--max-rejects`, where it is set. `limit` as configured. */
export function rejectsThreshold(
  limit: string | undefined,
  { read, rejected: reasons }: Report["counts"],
): ThresholdReport[] {
  if (limit === undefined) return [];
  const rejected = total(reasons);
  const crossed = crossedThreshold(parseThreshold(limit, "--max-rejects"), { read, rejected }) !== undefined;
  return [{ name: "rejects", limit, measured: rejected, of: read, crossed }];
}

/** Both limits of a diff; that of disappearance holds from the second run on. */
export function diffThresholds(
  { maxRejects, maxDisappear }: Pick<DiffSettings, "maxRejects" | "maxDisappear">,
  { counts, disappearance }: Pick<DiffReport, "counts" | "disappearance">,
): ThresholdReport[] {
  const rejects = rejectsThreshold(maxRejects, counts.records);
  if (disappearance === undefined) return rejects;
  const { vanished, known, crossed } = disappearance;
  return [...rejects, { name: "disappearance", limit: maxDisappear, measured: vanished, of: known, crossed }];
}
