/** `history.ndjson`: a line a run, from which the next run tells a trend. */
import { counted } from "./counted.js";
import {
  type History,
  type HistoryEntry,
  HISTORY_VERSION,
  historyEntrySchema,
  historySource,
} from "./history-entry.js";
import type { RunReport } from "./run-report.js";

export { trendOf } from "./trend.js";

/** The line of a run, with its line break. */
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
  return `${JSON.stringify(entry)}\n`;
}

/**
 * Reads the file. A line that cannot be read is left out and listed: an old line must never keep tonight's run from
 * its work. Lines of later versions are read as far as they are understood.
 */
export function parseHistory(text: string): History {
  const runs: HistoryEntry[] = [];
  const unread: Array<{ line: number; reason: string }> = [];
  for (const [index, line] of text
    .replace(/^\uFEFF/, "")
    .split("\n")
    .entries()) {
    if (line.trim() === "") continue;
    const read = historyEntrySchema.safeParse(jsonOf(line));
    if (read.success) runs.push(read.data);
    else unread.push({ line: index + 1, reason: whyUnread(line, read.error.issues[0]?.path) });
  }
  return { runs, unread };
}

/** What to tell the user about lines that could not be read; `undefined` where there are none. */
export function historyWarning({ unread }: History, file: string): string | undefined {
  const [first] = unread;
  if (first === undefined) return undefined;
  return (
    `${file}: ${counted(unread.length, "line")} cannot be read (line ${first.line}: ${first.reason}); ` +
    "the trend is told without. The file may stay as it is"
  );
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function whyUnread(line: string, path: readonly PropertyKey[] = []): string {
  const value = jsonOf(line);
  if (value === undefined) return "no JSON, perhaps cut off";
  const version =
    typeof value === "object" && value !== null && "history" in value ? value.history : undefined;
  if (typeof version !== "number") return "no line of a history";
  const where = path.length === 0 ? "" : ` at ${path.map(String).join(".")}`;
  return version > HISTORY_VERSION
    ? `of version ${version}, which this ocpi2osm does not know${where}`
    : `not as it should be${where}`;
}
