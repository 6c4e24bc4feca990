/** The summary of a conversion for people: a small table, for a CI job's summary. */
import { counted, grouped, total } from "./counted.js";
import { markdownText } from "./markdown-text.js";
import type { Report } from "./report.js";

const MOST_REASONS = 8;

/** Markdown, ending in a line break. `source`: what the feed is called. */
export function convertMarkdown(
  source: string,
  { read, emitted, skipped, rejected }: Report["counts"],
): string {
  const row = (name: string, records: number, why: string) => `| ${name} | ${grouped(records)} | ${why} |`;
  return [
    `# ${markdownText(source)} converted`,
    "",
    `${counted(read, "record")} read:`,
    "",
    "| | records | reasons |",
    "| --- | ---: | --- |",
    row("emitted", emitted, ""),
    row("skipped", total(skipped), byCount(skipped)),
    row("rejected", total(rejected), byCount(rejected)),
    "",
  ].join("\n");
}

function byCount(counts: Readonly<Record<string, number>>): string {
  const reasons = Object.entries(counts).sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  const shown = reasons
    .slice(0, MOST_REASONS)
    .map(([reason, count]) => `${markdownText(reason)} ${grouped(count)}`);
  const more = reasons.length - shown.length;
  return [...shown, ...(more > 0 ? [counted(more, "more reason")] : [])].join(", ");
}
