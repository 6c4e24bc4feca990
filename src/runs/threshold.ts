/** `--max-rejects N|P%`: how many records may be rejected before the output is not worth publishing (exit 4). */
import { counted } from "./counted.js";
import { ThresholdError, UsageError } from "./exit-codes.js";

export interface Threshold {
  readonly limit: number;
  /** Whether `limit` is percent of the records read rather than a number of records. */
  readonly percent: boolean;
}

/** What is said of a text that is no limit, after the text. */
export const THRESHOLD_MISTAKE = "is neither a number of records (100) nor a share of them (2%)";

/** Reads `100`, `0`, `2%`, `0.5 %`; undefined for anything else. */
export function readThreshold(text: string | number): Threshold | undefined {
  const [, digits = "", percent] = /^(\d+|\d+\.\d+(?=\s*%))\s*(%?)$/.exec(String(text).trim()) ?? [];
  const limit = digits === "" ? NaN : Number(digits);
  if (!Number.isFinite(limit) || (percent === "%" && limit > 100)) return undefined;
  return { limit, percent: percent === "%" };
}

/** Reads a limit. Throws UsageError on what is none; `from` says where the text stood. */
export function parseThreshold(text: string | number, from: string): Threshold {
  const threshold = readThreshold(text);
  if (threshold === undefined) throw new UsageError(`${from}: "${text}" ${THRESHOLD_MISTAKE}`);
  return threshold;
}

export interface RejectCounts {
  readonly read: number;
  /** Rejected, not merely skipped. */
  readonly rejected: number;
}

/** The error to end with when more records than allowed were rejected (exactly as many is allowed), else `undefined`. */
export function crossedThreshold(threshold: Threshold, counts: RejectCounts): ThresholdError | undefined {
  const { limit, percent } = threshold;
  const { read, rejected } = counts;
  if (percent ? rejected * 100 <= limit * read : rejected <= limit) return undefined;
  const share = ((100 * rejected) / read).toFixed(2);
  return new ThresholdError(
    `${rejected} of ${counted(read, "record")} ${rejected === 1 ? "was" : "were"} rejected (${share} %), more than the ${limit}${percent ? " %" : ""} allowed by --max-rejects; ` +
      "the output was not published and the previous one is unchanged. Look at the rejects (--rejects FILE), then mend the feed or raise the limit",
  );
}
