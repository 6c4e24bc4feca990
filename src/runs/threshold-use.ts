/** How near a run came to a limit. */
import type { ThresholdReport } from "./run-report.js";
import { parseThreshold } from "./threshold.js";

/**
 * Measured / allowed: 1 is exactly the limit, which is allowed; more has crossed it. Infinity where nothing is allowed
 * and something was measured. `undefined` where nobody can tell (there was nothing to take a share of).
 */
export function thresholdUse({ limit, measured, of }: ThresholdReport): number | undefined {
  const { limit: allowed, percent } = parseThreshold(limit, "the limit of a report");
  if (percent && of === 0) return undefined;
  const most = percent ? (allowed / 100) * of : allowed;
  if (most === 0) return measured === 0 ? 0 : Infinity;
  return measured / most;
}
