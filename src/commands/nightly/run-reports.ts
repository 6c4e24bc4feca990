/** The files a run reports in. One that cannot be written spoils nothing: it is told, and the others are written. */
import { mkdir, readFile } from "node:fs/promises";
import { dirname } from "node:path";
import { diskStep } from "../../runs/disk-step.js";
import { systemCode } from "../../runs/exit-codes.js";
import { appendJobSummary } from "../../runs/github-actions.js";
import { historyOfLater, historyWarning, historyWith, parseHistory } from "../../runs/history.js";
import type { History } from "../../runs/history-entry.js";
import { failureMessage } from "../../runs/interruption.js";
import { junitCases } from "../../runs/junit-cases.js";
import { junitXml } from "../../runs/junit.js";
import type { Log } from "../../runs/log.js";
import { openMetrics } from "../../runs/open-metrics.js";
import { writeFileWhole } from "../../runs/output-file.js";
import { runMarkdown } from "../../runs/run-markdown.js";
import type { RunReport } from "../../runs/run-report.js";
import { concealed, concealing } from "../../runs/secret.js";
import { trendOf } from "../../runs/trend.js";
import type { RunConfig } from "./run-config.js";
import { REPORT_NAMES, type ReportName, historyFile, reportFile } from "./run-places.js";

/** More than a year of nights. */
const MOST_HISTORY_LINES = 400;

/** The text of each report, without secrets. */
const FORMS: Readonly<Record<ReportName, (report: RunReport, earlier: History) => string>> = {
  json: (report) => `${JSON.stringify(report, concealing, 2)}\n`,
  markdown: pageOf,
  metrics: (report, earlier) => concealed(openMetrics(report, earlier)),
  junit: (report) => concealed(junitXml(junitCases(report))),
};

/** What earlier runs came to; a file that cannot be read is told and is no reason to fail. */
export async function readHistory(output: string, log: Log): Promise<History> {
  const file = historyFile(output);
  const text = await readFile(file, "utf8").catch((error: unknown) => {
    if (systemCode(error) !== "ENOENT") log.warn(`${file} cannot be read: the trend is told without it`);
    return "";
  });
  const history = parseHistory(text);
  const warning = historyWarning(history, file);
  if (warning !== undefined) log.warn(warning);
  const later = historyOfLater(history, file);
  if (later !== undefined) log.info(later);
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
      await writeReport(file, FORMS[name](report, earlier));
    } catch (error) {
      failures += 1;
      log.warn(`${file}: this report could not be written: ${failureMessage(error, false) ?? ""}`);
    }
  }
  return failures;
}

/** Adds a line to the history, of which the newest lines stay. Returns whether that could be done. */
export async function appendHistory(report: RunReport, output: string, log: Log): Promise<boolean> {
  const file = historyFile(output);
  try {
    const before = await readFile(file, "utf8").catch((error: unknown) => {
      if (systemCode(error) === "ENOENT") return "";
      throw error;
    });
    await writeReport(file, historyWith(report, before, MOST_HISTORY_LINES));
    return true;
  } catch (error) {
    const isFolder = systemCode(error) === "EISDIR";
    const why = isFolder ? "it is a folder; move it away" : failureMessage(error, false);
    log.warn(`${file} could not be written: ${why ?? ""}`);
    return false;
  }
}

/** The page of a run, for the summary of a job in GitHub Actions. */
export async function tellJob(report: RunReport, earlier: History, log: Log): Promise<void> {
  await appendJobSummary(pageOf(report, earlier), log.settings.env, (message) => log.warn(message));
}

function pageOf(report: RunReport, earlier: History): string {
  return concealed(runMarkdown(report, trendOf(report, earlier)));
}

async function writeReport(file: string, text: string): Promise<void> {
  await diskStep(dirname(file), () => mkdir(dirname(file), { recursive: true }));
  await writeFileWhole(file, text);
}
