/** What of a run needs a person's attention, the worst first; in Markdown. */
import { counted, grouped } from "./counted.js";
import { markdownText } from "./markdown-text.js";
import type { HookReport, RunReport, SourceRunReport, ThresholdReport } from "./run-report.js";
import { concealed } from "./secret.js";
import { thresholdUse } from "./threshold-use.js";
import { NEW_REASON } from "./trend-rules.js";
import type { SourceTrend, Trend, TrendChange } from "./trend.js";

/** A limit that is used to this share is near. */
const NEAR = 0.8;
/** Of each source, so that one that changed altogether does not hide the others. */
const MOST_CHANGES = 4;
/** Messages hold what to do, so they stand whole, unless a server's answer is in them. */
const LONGEST_MESSAGE = 600;

/** A list item each: failures and refusals, failed hooks, limits that are near, what changed notably. */
export function attention(report: RunReport, trend: Trend): string[] {
  const { sources } = report;
  return [
    ...sources.flatMap((source) =>
      failure(
        source,
        trend.sources.find(({ name }) => name === source.name),
      ),
    ),
    ...report.hooks.flatMap((hook) => hookFailure("the run", hook)),
    ...sources.flatMap(({ name, hooks }) => hooks.flatMap((hook) => hookFailure(bold(name), hook))),
    ...sources.flatMap((source) =>
      source.thresholds.flatMap((threshold) => nearThreshold(source, threshold)),
    ),
    ...trend.sources.flatMap(notableChanges),
  ];
}

/** What became of a source that was not published; nothing of one that was, or that a dry run left unpublished. */
function failure(
  { name, outcome, exit_code, message }: SourceRunReport,
  trend: SourceTrend | undefined,
): string[] {
  if (outcome === "published" || outcome === "unpublished") return [];
  const words = outcome === "refused" ? "was refused" : outcome === "failed" ? "failed" : "was interrupted";
  const why = message === undefined ? "" : `: ${shown(message, LONGEST_MESSAGE)}`;
  return [`- ${bold(name)} ${words} (exit code ${exit_code}${howLong(trend)})${why}`];
}

/** A night that fails is mended by the next; so a person must see which night it is. */
function howLong(trend: SourceTrend | undefined): string {
  if (trend === undefined || trend.missed === 0) return "";
  const last = trend.since === undefined ? "" : `, last by ${shown(trend.since)}`;
  return `; not published for ${grouped(trend.missed + 1)} runs${last}`;
}

function hookFailure(of: string, { command, when, exit_code, message }: HookReport): string[] {
  if (exit_code === 0) return [];
  const ended = exit_code === undefined ? "did not come to its end" : `ended with exit code ${exit_code}`;
  const why = message ?? `${command} ${ended}`;
  return [`- The hook on ${when} of ${of} failed: ${shown(why, LONGEST_MESSAGE)}`];
}

const MEASURED = {
  rejects: ["records rejected", "record read", "records read"],
  disappearance: ["Locations vanished", "known Location", "known Locations"],
} as const satisfies Record<ThresholdReport["name"], readonly [string, string, string]>;

/** Of one that was crossed the source's own message tells already. */
function nearThreshold({ name }: SourceRunReport, threshold: ThresholdReport): string[] {
  const { measured, of, limit, crossed } = threshold;
  const use = thresholdUse(threshold) ?? 0;
  if (crossed || use < NEAR) return [];
  const [what, one, many] = MEASURED[threshold.name];
  return [
    `- ${bold(name)} is near its limit: ${grouped(measured)} ${what} of ${counted(of, one, many)} (limit ${shown(limit)})`,
  ];
}

function notableChanges({ name, changes }: SourceTrend): string[] {
  const notable = changes.filter((change) => change.notable !== undefined);
  const more = notable.length - MOST_CHANGES;
  const rest = more > 0 ? `; and ${counted(more, "more change")} of note` : "";
  return notable
    .slice(0, MOST_CHANGES)
    .map(
      (change, index, { length }) =>
        `- ${bold(name)}: ${changeWords(change)}${index === length - 1 ? rest : ""}`,
    );
}

const WORDS = {
  emitted: "Locations emitted",
  rejected: "records rejected",
  proposals: "proposals",
  rejected_reason: "records rejected as",
  tag_reason: "tags of proposals for the reason",
} as const satisfies Record<TrendChange["of"], string>;

function changeWords({ of, reason, now, previous, median, notable = "" }: TrendChange): string {
  const what = reason === undefined ? WORDS[of] : `${WORDS[of]} ${shown(reason)}`;
  const before = notable === NEW_REASON ? "" : ` (then ${grouped(previous)}, lately ${grouped(median)})`;
  return `${what}: ${grouped(now)}, ${notable}${before}`;
}

function bold(name: string): string {
  return `**${shown(name)}**`;
}

function shown(text: string, longest?: number): string {
  return markdownText(concealed(text), longest);
}
