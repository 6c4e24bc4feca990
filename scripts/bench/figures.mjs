// @ts-check
/** What the measurements of several rounds come to, and how a report of them begins and is written. */
import { writeFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";

/** @import { Measurement } from "./measure.mjs" */

export const MEGABYTE = 1e6;

/** @param {readonly number[]} numbers */
export function median(numbers) {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}

/** Wall time. @param {readonly Measurement[]} runs */
export function medianSeconds(runs) {
  return median(runs.map(({ seconds }) => seconds));
}

/** Peak memory of the largest run in megabytes, `–` where it could not be had. @param {readonly Measurement[]} runs */
export function peakMegabytes(runs) {
  const peak = Math.max(...runs.map(({ peakBytes }) => peakBytes ?? Number.NaN));
  return Number.isNaN(peak) ? "–" : (peak / MEGABYTE).toFixed(0);
}

/** Where and when it was measured. */
export function machine() {
  return `${cpus()[0]?.model.trim()}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB; Node ${process.version}; ${new Date().toISOString().slice(0, 10)}`;
}

/** To standard output, and to `file` as well where there is one. @param {readonly string[]} lines @param {string} [file] */
export function writeReport(lines, file) {
  const text = [...lines, ""].join("\n");
  process.stdout.write(text);
  if (file !== undefined) writeFileSync(file, text);
}
