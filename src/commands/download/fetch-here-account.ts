/** What `fetch here` tells at its end. */
import type { HereReport } from "../../fetching/here-report.js";
import { counted } from "../../runs/counted.js";

const EXAMPLES = 3;

/** A few lines for people: what was asked for, and what became of it. */
export function accountLines(report: HereReport): string[] {
  const { asked, records, retrieved, kept, missing, left_out, requests, retries, bytes, seconds, file } =
    report;
  const lines = [
    `${counted(asked, "id")} asked for = ${number(retrieved)} retrieved + ${number(kept)} kept + ${number(missing.length)} missing`,
  ];
  if (left_out > 0)
    lines.push(`${counted(left_out, "record")} left out, whose ids are not asked for any more`);
  lines.push(
    `${counted(records, "record")} in ${file} (${counted(requests, "request")}, ${counted(retries, "retry", "retries")}, ` +
      `${(bytes / 1e6).toFixed(1)} MB, ${Math.round(seconds)} s)`,
  );
  return lines;
}

/** What a person should look into. `unasked`: some of the records that came twice or unasked, by their ids. */
export function warnings(report: HereReport, unasked: readonly string[]): string[] {
  const { missing, unanswered, refused } = report;
  const known = missing.length - unanswered.length - refused.length;
  const lines: string[] = [];
  if (known > 0) {
    const special = new Set([...unanswered, ...refused.map(({ id }) => id)]);
    const ids = missing.filter((id) => !special.has(id));
    lines.push(`HERE does not have ${counted(known, "id")} of those asked for: ${some(ids)}`);
  }
  if (unanswered.length > 0)
    lines.push(
      `HERE said nothing of ${counted(unanswered.length, "id")}, not even when asked for them alone; they count as missing: ${some(unanswered)}`,
    );
  for (const { id, cause } of refused.slice(0, EXAMPLES)) lines.push(`HERE takes ${id} for no id: ${cause}`);
  if (refused.length > EXAMPLES)
    lines.push(
      `and ${counted(refused.length - EXAMPLES, "more id")} that HERE takes for none (--report lists them)`,
    );
  if (report.unasked > 0)
    lines.push(
      `HERE sent ${counted(report.unasked, "record")} twice or unasked, which ${report.unasked === 1 ? "was" : "were"} not taken: ${unasked.join(", ")}${report.unasked > unasked.length ? " …" : ""}`,
    );
  return lines;
}

function some(ids: readonly string[]): string {
  return ids.slice(0, EXAMPLES).join(", ") + (ids.length > EXAMPLES ? " … (--missing FILE lists all)" : "");
}

function number(value: number): string {
  return value.toLocaleString("en");
}
