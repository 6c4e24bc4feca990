/** The files a run reports in. One that cannot be written spoils nothing: it is told, and the others are written. */
import { mkdir, readFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { systemCode } from "../runs/exit-codes.js";
import { appendJobSummary } from "../runs/github-actions.js";
import { historyLine, historyWarning, parseHistory, trendOf } from "../runs/history.js";
import type { History } from "../runs/history-entry.js";
import { failureMessage } from "../runs/interruption.js";
import { junitCases } from "../runs/junit-cases.js";
import { junitXml } from "../runs/junit.js";
import type { Log } from "../runs/log.js";
import { openMetrics } from "../runs/open-metrics.js";
import { openOutput } from "../runs/output-file.js";
import { runMarkdown } from "../runs/run-markdown.js";
import type { RunReport } from "../runs/run-report.js";
import { concealed } from "../runs/secret.js";
import type { RunConfig } from "./run-config.js";

const HISTORY = "history.ndjson";
/** More than a year of nights. */
const MOST_HISTORY_LINES = 400;

type ReportName = keyof RunConfig["reports"];

interface ReportForm {
  readonly file: string;
  text(report: RunReport, earlier: History): string;
}

const FORMS: Readonly<Record<ReportName, ReportForm>> = {
  json: { file: "report.json", text: (report) => `${JSON.stringify(report, undefined, 2)}\n` },
  markdown: { file: "report.md", text: pageOf },
  metrics: { file: "metrics.prom", text: openMetrics },
  junit: { file: "junit.xml", text: (report) => junitXml(junitCases(report)) },
};

/** Where a report of a config goes; undefined: it is not wanted. */
export function reportFile({ reports }: RunConfig, name: ReportName, output: string): string | undefined {
  const given = reports[name];
  if (given === false) return undefined;
  return given === undefined ? join(output, FORMS[name].file) : resolve(given);
}

/** The names of all reports. */
export const REPORT_NAMES: readonly ReportName[] = ["json", "markdown", "metrics", "junit"];

/** What earlier runs came to; a file that cannot be read is told and is no reason to fail. */
export async function readHistory(output: string, log: Log): Promise<History> {
  const file = join(output, HISTORY);
  const text = await readFile(file, "utf8").catch((error: unknown) => {
    if (systemCode(error) !== "ENOENT") log.warn(`${file} cannot be read: the trend is told without it`);
    return "";
  });
  const history = parseHistory(text);
  const warning = historyWarning(history, file);
  if (warning !== undefined) log.warn(warning);
  return history;
}

/** Writes every report the config wants. Returns how many could not be written. */
export async function writeReports(
  report: RunReport,
  config: RunConfig,
  output: string,
  earlier: History,
  log: Log,
): Promise<number> {
  let failures = 0;
  for (const name of REPORT_NAMES) {
    const file = reportFile(config, name, output);
    if (file === undefined) continue;
    try {
      await writeWhole(file, concealed(FORMS[name].text(report, earlier)));
    } catch (error) {
      failures += 1;
      log.warn(`${file}: this report could not be written: ${failureMessage(error, false) ?? ""}`);
    }
  }
  return failures;
}

/** Adds a line to the history, of which the newest lines stay. Returns whether that could be done. */
export async function appendHistory(report: RunReport, output: string, log: Log): Promise<boolean> {
  const file = join(output, HISTORY);
  try {
    const before = await readFile(file, "utf8").catch((error: unknown) => {
      if (systemCode(error) === "ENOENT") return "";
      throw error;
    });
    const lines = before.split("\n").filter((line) => line.trim() !== "");
    const kept = lines.slice(-(MOST_HISTORY_LINES - 1)).map((line) => `${line}\n`);
    await writeWhole(file, [...kept, concealed(historyLine(report))].join(""));
    return true;
  } catch (error) {
    log.warn(`${file} could not be written: ${failureMessage(error, false) ?? ""}`);
    return false;
  }
}

/** The page of a run, for the summary of a job in GitHub Actions. */
export async function tellJob(report: RunReport, earlier: History, log: Log): Promise<void> {
  const page = concealed(pageOf(report, earlier));
  await appendJobSummary(page, log.settings.env, (message) => log.warn(message));
}

function pageOf(report: RunReport, earlier: History): string {
  return runMarkdown(report, trendOf(report, earlier));
}

async function writeWhole(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const output = await openOutput(file);
  try {
    await output.write(text);
    await output.commit();
  } finally {
    await output.discard();
  }
}
