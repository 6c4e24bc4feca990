/** The report of a run for people: one page of Markdown, what needs attention first. */
import { basename, dirname, join } from "node:path";
import { counted, grouped, total } from "./counted.js";
import { markdownText } from "./markdown-text.js";
import { attention } from "./run-attention.js";
import { OUTCOMES, type RunReport, type SourceRunReport } from "./run-report.js";
import { concealed } from "./secret.js";
import type { SourceTrend, Trend, TrendChange } from "./trend.js";

type Outcome = SourceRunReport["outcome"];

const OUTCOME_WORDS: Readonly<Record<Outcome, string>> = {
  published: "published",
  unpublished: "not published (dry run)",
  refused: "refused",
  failed: "failed",
  interrupted: "interrupted",
};

const MOST_ATTENTION = 25;
const MOST_SOURCES = 50;
const MOST_REASONS = 5;
const LONGEST_PATH = 4096;

/** The page, ending in a line break. Names, messages and reasons are escaped. The same report gives the same text. */
export function runMarkdown(report: RunReport, trend: Trend): string {
  const blocks = [
    [`# ocpi2osm run ${shown(report.run)}`],
    [headline(report)],
    section("What needs attention", cut(attention(report, trend), MOST_ATTENTION, "more of these")),
    section("Sources", sourceTable(report, trend)),
    section("Kinds and reasons", reasonTable(report)),
    section("Downloads", downloadTable(report)),
    [`Config ${shown(report.config)}, ${shown(`${report.tool.name} ${report.tool.version}`)}.`],
  ];
  const shownBlocks = blocks.filter((block) => block.length > 0);
  return `${shownBlocks.map((block) => block.join("\n")).join("\n\n")}\n`;
}

function headline({ sources, seconds, dry_run, started, exit_code }: RunReport): string {
  const counts = OUTCOMES.flatMap((outcome) => {
    const count = sources.filter((source) => source.outcome === outcome).length;
    return count === 0 ? [] : [`${grouped(count)} ${OUTCOME_WORDS[outcome]}`];
  });
  const [slowest] = [...sources].sort((a, b) => b.seconds - a.seconds);
  const longest =
    slowest === undefined || sources.length === 1
      ? ""
      : `, the longest ${shown(slowest.name)} with ${duration(slowest.seconds)}`;
  const dry = dry_run ? " A dry run: nothing was published and no state was changed." : "";
  const code = exit_code === 0 ? "" : ` Exit code ${exit_code}.`;
  const when = started.replace("T", " ").slice(0, 16);
  return `**${counted(sources.length, "source")}: ${counts.join(", ") || "nothing to do"}.**${code}${dry} Begun ${when} UTC, took ${duration(seconds)}${longest}.`;
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [`## ${title}`, "", ...lines];
}

function sourceTable({ sources }: RunReport, trend: Trend): string[] {
  const rows = sources.map((source) => {
    const { name, outcome, counts, seconds } = source;
    const since = trend.sources.find((one) => one.name === name);
    const done = outcome === "published" || outcome === "unpublished";
    const words = OUTCOME_WORDS[outcome] + (done && source.licensed === false ? ", for comparing only" : "");
    const state = outcome === "published" ? words : `**${words}**`;
    const cells =
      counts === undefined
        ? ["", "", "", ""]
        : [
            grouped(counts.records.read),
            grouped(counts.records.emitted) + mark(since, "emitted"),
            grouped(total(counts.records.rejected)) + mark(since, "rejected"),
            outcome === "refused" ? "" : grouped(total(counts.proposals)) + mark(since, "proposals"),
          ];
    return [shown(name), state, ...cells, duration(seconds)];
  });
  const compared = trend.sources.some(({ changes }) => changes.length > 0);
  return [
    ...table(["source", "", "read", "emitted", "rejected", "proposals", "took"], rows.slice(0, MOST_SOURCES)),
    ...moreRows(rows.length - MOST_SOURCES, "source"),
    ...(compared
      ? ["", "▲ ▼ against the last run that published the source; **bold** is worth a look."]
      : []),
    ...results(sources),
  ];
}

/** Where a person goes from here. All sources of a run are published to folders of one form. */
function results(sources: readonly SourceRunReport[]): string[] {
  const [first, ...others] = sources.flatMap(({ folder }) => folder ?? []);
  if (first === undefined) return [];
  const output = dirname(dirname(first));
  const folder = others.length === 0 ? first : join(output, "SOURCE", basename(first));
  return ["", `To look at: ${markdownText(concealed(join(folder, "review.html")), LONGEST_PATH)}`];
}

/** How a number changed, as a word behind it; nothing where it did not, or where there is nothing to compare with. */
function mark(trend: SourceTrend | undefined, of: TrendChange["of"]): string {
  const change = trend?.changes.find((one) => one.of === of);
  if (change === undefined || (change.difference === 0 && change.notable === undefined)) return "";
  const { difference, share, notable } = change;
  const arrow = difference === 0 ? "" : difference > 0 ? "▲" : "▼";
  const by = share === undefined ? grouped(Math.abs(difference)) : percent(Math.abs(share));
  const text = arrow === "" ? "lately other" : `${arrow} ${by}`;
  return notable === undefined ? ` ${text}` : ` **${text}**`;
}

function reasonTable({ sources }: RunReport): string[] {
  const rows = sources.flatMap(({ name, counts }) => {
    if (counts === undefined) return [];
    const { records, proposals, reasons } = counts;
    const cells = [records.skipped, records.rejected, proposals, reasons].map(commonest);
    return cells.every((cell) => cell === "") ? [] : [[shown(name), ...cells]];
  });
  return [
    ...table(
      ["source", "skipped", "rejected", "proposals", "tags of proposals"],
      rows.slice(0, MOST_SOURCES),
    ),
    ...moreRows(rows.length - MOST_SOURCES, "source"),
  ];
}

function commonest(counts: Readonly<Record<string, number>>): string {
  const some = Object.entries(counts)
    .filter(([, count]) => count > 0)
    .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  const parts = some.slice(0, MOST_REASONS).map(([reason, count]) => `${shown(reason)} ${grouped(count)}`);
  const more = some.length - MOST_REASONS;
  return [...parts, ...(more > 0 ? [`${grouped(more)} more`] : [])].join(", ");
}

function downloadTable({ sources }: RunReport): string[] {
  const rows = sources.flatMap(({ name, fetched = [] }) =>
    fetched.map((download) => [
      shown(name),
      shown(download.from),
      download.not_modified ? "not changed" : grouped(download.records),
      download.missing === 0 ? "" : grouped(download.missing),
      `${grouped(download.requests)}${download.retries === 0 ? "" : ` (${counted(download.retries, "retry", "retries")})`}`,
      size(download.bytes),
    ]),
  );
  return [
    ...table(["source", "from", "records", "missing", "requests", "received"], rows.slice(0, MOST_SOURCES)),
    ...moreRows(rows.length - MOST_SOURCES, "download"),
  ];
}

/** Cells are Markdown already. No rows, no table. */
function table(head: readonly string[], rows: ReadonlyArray<readonly string[]>): string[] {
  if (rows.length === 0) return [];
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)];
}

function moreRows(more: number, what: string): string[] {
  return more > 0 ? ["", `and ${counted(more, `more ${what}`)} (\`report.json\`)`] : [];
}

function cut(lines: readonly string[], most: number, what: string): string[] {
  const more = lines.length - most;
  return more > 0
    ? [...lines.slice(0, most), `- and ${grouped(more)} ${what} (\`report.json\`)`]
    : [...lines];
}

function shown(text: string): string {
  return markdownText(concealed(text));
}

/** One decimal below 10 %, so that a fiftieth is not the same as a hundredth. */
function percent(share: number): string {
  const value = share * 100;
  return `${value < 10 ? Number(value.toFixed(1)) : grouped(Math.round(value))} %`;
}

/** `0.4 s`, `12 s`, `3 min 20 s`, `2 h 5 min`. */
function duration(seconds: number): string {
  if (seconds < 9.95) return `${Number(seconds.toFixed(1))} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  const minutes = Math.round(seconds / 60);
  return `${grouped(Math.floor(minutes / 60))} h ${minutes % 60} min`;
}

function size(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${(bytes / 1000).toFixed(0)} kB`;
  return `${grouped(Number((bytes / 1_000_000).toFixed(1)))} MB`;
}
