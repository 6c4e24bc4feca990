/** `history.ndjson`: a line a run, from which the next run tells a trend. */
import { counted } from "./counted.js";
import {
  type History,
  type HistoryEntry,
  type UnreadLine,
  HISTORY_VERSION,
  historyEntrySchema,
  historySource,
} from "./history-entry.js";
import type { RunReport } from "./run-report.js";
import { concealing } from "./secret.js";

/** The line of a run, with its line break and without secrets. */
export function historyLine(report: RunReport): string {
  const entry: HistoryEntry = {
    history: HISTORY_VERSION,
    run: report.run,
    started: report.started,
    finished: report.finished,
    dry_run: report.dry_run,
    exit_code: report.exit_code,
    seconds: report.seconds,
    sources: report.sources.map(historySource),
  };
  return `${JSON.stringify(entry, concealing)}\n`;
}

/**
 * Reads the file. A line that cannot be read is left out and listed: an old line must never keep tonight's run from
 * its work. Lines of later versions are read as far as they are understood.
 */
export function parseHistory(text: string): History {
  const lines = linesOf(text);
  return {
    runs: lines.flatMap(({ entry }) => entry ?? []),
    unread: lines.flatMap(({ unread }) => unread ?? []),
  };
}

/**
 * The text of the file with the line of one more run, in place of what the same run told before (it was stopped after
 * that); of all lines the newest `most` stay. Lines that nobody can read are left out, or each run would warn of them anew.
 */
export function historyWith(report: RunReport, text: string, most: number): string {
  const isSame = (entry?: HistoryEntry) => entry?.run === report.run && entry.started === report.started;
  const kept = linesOf(text).filter(({ unread, entry }) => unread?.later !== false && !isSame(entry));
  const lines = kept.map(({ line }) => `${line}\n`).slice(-(most - 1));
  return [...lines, historyLine(report)].join("");
}

/** What to tell the user about lines that nobody can read; `undefined` where there are none. */
export function historyWarning({ unread }: History, file: string): string | undefined {
  const damaged = unread.filter(({ later }) => !later);
  const [first] = damaged;
  if (first === undefined) return undefined;
  return (
    `${file}: ${counted(damaged.length, "line")} cannot be read (line ${first.line}: ${first.reason}); ` +
    "the trend is told without, and the file goes on without"
  );
}

/** The same of lines that a later version wrote: nothing is wrong with the file. */
export function historyOfLater({ unread }: History, file: string): string | undefined {
  const later = unread.filter((line) => line.later);
  const [first] = later;
  if (first === undefined) return undefined;
  return `${file}: ${counted(later.length, "line")} ${first.reason}; the trend is told without`;
}

interface HistoryFileLine {
  readonly line: string;
  readonly entry?: HistoryEntry;
  readonly unread?: UnreadLine;
}

function linesOf(text: string): HistoryFileLine[] {
  const numbered = text
    .replace(/^\uFEFF/, "")
    .split(/\r?\n/)
    .map((line, index) => ({ line, number: index + 1 }));
  return numbered
    .filter(({ line }) => line.trim() !== "")
    .map(({ line, number }) => {
      const read = historyEntrySchema.safeParse(jsonOf(line));
      if (read.success) return { line, entry: read.data };
      return { line, unread: { line: number, ...whyUnread(line, read.error.issues[0]?.path) } };
    });
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function whyUnread(line: string, path: readonly PropertyKey[] = []): Pick<UnreadLine, "reason" | "later"> {
  const value = jsonOf(line);
  if (value === undefined) return { reason: "no JSON, perhaps cut off", later: false };
  const version =
    typeof value === "object" && value !== null && "history" in value ? value.history : undefined;
  if (typeof version !== "number") return { reason: "no line of a history", later: false };
  const where = path.length === 0 ? "" : ` at ${path.map(String).join(".")}`;
  return version > HISTORY_VERSION
    ? { reason: `of version ${version}, which this ocpi2osm does not know${where}`, later: true }
    : { reason: `not as it should be${where}`, later: false };
}
