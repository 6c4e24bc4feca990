/** What `fetch ocpi` tells at its end. */
import type { OcpiReport } from "../../fetching/ocpi-report.js";
import { counted } from "../../runs/counted.js";

/** A few lines for people: what came, and what is in the file now. */
export function accountLines(report: OcpiReport): string[] {
  const { file, format, records, retrieved, pages, requests, retries, bytes, seconds } = report;
  const work = [
    counted(requests, "request"),
    counted(retries, "retry", "retries"),
    `${(bytes / 1e6).toFixed(1)} MB`,
    `${Math.round(seconds)} s`,
  ].join(", ");
  const inFile = `${counted(records, "record")} in ${file} (${work})`;
  if (report.delta_from !== undefined) {
    const { replaced = 0, added = 0 } = report;
    const changed = `${counted(retrieved, "record")} changed since ${report.delta_from} = ${replaced.toLocaleString("en")} replaced + ${added.toLocaleString("en")} added`;
    return [changed, inFile];
  }
  if (report.not_modified) return ["nothing has changed since the last time", inFile];
  return [`${counted(retrieved, "record")} on ${counted(pages, "page")}: ${format ?? "a feed"}`, inFile];
}
