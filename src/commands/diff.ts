/** `ocpi2osm diff`: what should change in OSM, as proposals a mapper can judge. */
import { matchesCsv } from "../proposals/matches-csv.js";
import { parseSplit } from "../proposals/split.js";
import { stateLines } from "../merging/state.js";
import { counted } from "../runs/counted.js";
import type { DiffReport } from "../runs/diff-report.js";
import { ProposalsFoundError, ThresholdError } from "../runs/exit-codes.js";
import { expandInputs } from "../runs/inputs.js";
import type { Log } from "../runs/log.js";
import { type Output, openOutput } from "../runs/output-file.js";
import { openOutputFolder } from "../runs/output-folder.js";
import { refuseOverwriting } from "../runs/overwriting.js";
import { type ProgressMode, createProgress } from "../runs/progress.js";
import { rejectsTo } from "../runs/rejects-file.js";
import { summaryMarkdown } from "../runs/summary-markdown.js";
import { spooled } from "../runs/spooled-inputs.js";
import { copyCompressed, writeTexts } from "../runs/text-file.js";
import { crossedThreshold, parseThreshold } from "../runs/threshold.js";
import { LICENCE_NEEDED } from "../proposals/proposal-form.js";
import {
  type FeedComparison,
  type ComparisonRun,
  compare,
  completeProposals,
} from "./comparison/compared-feed.js";
import {
  MATCHES,
  REJECTS,
  REPORT,
  STATE_BEFORE,
  SUMMARY,
  isDiffFile,
  ownFiles,
  writePieces,
  writeProposals,
} from "./comparison/diff-files.js";
import { aboutDiff, diffSummaryLines, matchRows } from "./comparison/diff-account.js";
import { keepHeapSmall } from "./comparison/heap-growth.js";
import { feedInputs } from "./conversion/feed-inputs.js";
import type { DiffSettings } from "./comparison/diff-settings.js";
import { warnOfDisagreements } from "./comparison/disagreements.js";
import type { MergedFeed } from "./shards/merge-parts.js";
import { warnOfErrorAnswers, warnOfIncompleteAnswers } from "./conversion/answer-warnings.js";
import { totalSize, workersFor } from "./conversion/feed-size.js";
import { aboutOutput, aboutRun } from "./conversion/run-manifest.js";

export interface DiffOptions {
  readonly settings: DiffSettings;
  /** A folder. */
  readonly output: string;
  /** Where the next state goes, if not over the one that was read. */
  readonly stateTo?: string | undefined;
  /** Where the report goes besides the folder, also when nothing is published. */
  readonly report?: string | undefined;
  /** Where the rejects go besides the folder, also when nothing is published. */
  readonly rejects?: string | undefined;
  /** Written by the caller, when all is over; not to be one of the inputs or of the other outputs. */
  readonly junit?: string | undefined;
  /** Is told the report as soon as there is one, also when nothing is published. */
  readonly told?: (report: DiffReport) => Promise<void>;
  readonly workers: number | undefined;
  /** Exit 6 when there are proposals. */
  readonly exitCode: boolean;
  readonly progress: ProgressMode;
  /** Where the state is read from, if not from where the settings say (`verify`); the state is then not written. */
  readonly replayed?: { readonly stateFile: string | undefined };
  /** The parts of the feed, where shards have tagged it (`merge`); the feed itself is then not read. */
  readonly merged?: MergedFeed | undefined;
}

/**
 * Compares and publishes: all files of the folder and the state, or none of them.
 *
 * @throws {RunError} with the exit code of the failure: 2 usage, 3 input, 4 threshold, 6 proposals where asked for.
 */
export async function diff(options: DiffOptions, log: Log): Promise<void> {
  const leaveHeap = keepHeapSmall();
  try {
    await compareAndPublish(options, log);
  } finally {
    leaveHeap();
  }
}

async function compareAndPublish(options: DiffOptions, log: Log): Promise<void> {
  const { settings, merged } = options;
  const started = new Date();
  const expanded = merged ?? (await feedInputs(settings.inputs, log));
  const { inputs: extracts } = await expandInputs(settings.osm);
  const stateFile = options.replayed === undefined ? (options.stateTo ?? settings.state) : undefined;
  const decisions = settings.decisions.length === 0 ? [] : (await expandInputs(settings.decisions)).inputs;
  await refuseOverwriting(
    [...expanded.inputs, ...(merged?.files ?? []), ...extracts, ...decisions],
    [options.report, options.rejects, options.junit, stateFile, ...(await ownFiles(options.output))],
  );
  const kept = await spooled(merged === undefined ? expanded.inputs : []);
  const inputs = merged?.inputs ?? kept.inputs;
  const folder = await openOutputFolder(options.output, isDiffFile);
  const opened: Output[] = [];
  const openBeside = async (name: string | undefined): Promise<Output | undefined> => {
    const output = name === undefined ? undefined : await openOutput(name);
    if (output !== undefined) opened.push(output);
    return output;
  };
  const progress = createProgress(log, options.progress, totalSize(merged?.files ?? inputs));
  try {
    const about = aboutOutput(settings.profile, settings.asOf);
    const workers = workersFor(inputs, options.workers);
    const report = await openBeside(options.report);
    const rejectsBeside = await openBeside(options.rejects);
    const rejects = rejectsTo([await folder.open(REJECTS), ...(rejectsBeside ? [rejectsBeside] : [])]);
    const run: ComparisonRun = {
      inputs,
      merged,
      about,
      workers,
      rejects,
      progress,
      ...(options.replayed && { stateFile: options.replayed.stateFile ?? "" }),
    };
    const comparison = await compare(settings, run);
    progress.finish();
    await rejects.finish();
    warnOfErrorAnswers(comparison.feed.runs, log);
    warnOfIncompleteAnswers(comparison.feed.runs, log);
    warnOfExtracts(comparison, log);
    warnOfDisagreements(comparison.disagreements, log);
    const crossed = thresholdCrossed(settings, comparison);
    if (crossed !== undefined) {
      const account = aboutDiff(settings, comparison, [], aboutRun(started, workers), expanded.leftOut);
      await options.told?.(account);
      await report?.write(`${JSON.stringify(account, undefined, 2)}\n`);
      await report?.commit();
      await rejectsBeside?.commit();
      throw crossed;
    }
    const { proposals, nextState } = comparison;
    const state = await openBeside(stateFile);
    if (state !== undefined)
      await writeTexts(
        state,
        stateLines({ source: settings.profile.name, entries: nextState }),
        isGzipName(state.name),
      );
    nextState.length = 0;
    await completeProposals(proposals, settings, run);
    await writeProposals(
      folder,
      proposals,
      about,
      settings.split === undefined ? undefined : parseSplit(settings.split),
    );
    await writePieces(folder, MATCHES, matchesCsv(matchRows(comparison)));
    await writeStateBefore(comparison);
    const written = await folder.finish();
    const account = aboutDiff(settings, comparison, written, aboutRun(started, workers), expanded.leftOut);
    await options.told?.(account);
    await writePieces(folder, SUMMARY, [summaryMarkdown(account)]);
    const json = `${JSON.stringify(account, undefined, 2)}\n`;
    await writePieces(folder, REPORT, [json]);
    await report?.write(json);
    for (const output of opened) await output.finish();
    await folder.commit();
    for (const output of opened) await output.commit();
    for (const line of diffSummaryLines(account, options.output)) log.info(line);
    if (!about.licensed) log.info(LICENCE_NEEDED);
    if (options.exitCode && proposals.length > 0)
      throw new ProposalsFoundError(
        `there ${proposals.length === 1 ? "is" : "are"} ${counted(proposals.length, "proposal")}; see ${options.output}`,
      );
  } finally {
    progress.finish();
    for (const output of opened) await output.discard();
    await folder.discard();
    await kept.discard();
    for (const input of [...expanded.inputs, ...extracts]) input.close();
  }

  /** What the run started from stays beside its results: `verify` needs it once the state has moved on. */
  async function writeStateBefore({ state }: FeedComparison): Promise<void> {
    if (state !== undefined) await copyCompressed(state.file, () => folder.open(STATE_BEFORE));
  }
}

/** An extract that is not whole makes good proposals bad ones, and nothing else would tell. */
function warnOfExtracts({ osm, feed, changes }: FeedComparison, log: Log): void {
  if (osm.every(({ facts }) => Object.values(facts.objects).every((count) => count === 0)))
    log.warn(
      `${osm.map(({ name }) => name).join(", ")}: nothing there has to do with charging, so all of the feed is new; is this the right extract?`,
    );
  for (const { name, facts } of osm) {
    const count = facts.unplaced.length;
    if (count === 0) continue;
    const some = facts.unplaced.slice(0, 5).join(", ");
    log.warn(
      `${name}: ${counted(count, "charging object")} (${some}${count > 5 ? " …" : ""}) cannot be compared, as the nodes that place them are ` +
        "missing; give an extract with complete ways, or stations may be proposed that OSM has",
    );
  }
  const outside = [...feed.refused.values()].filter(({ reason }) => reason === "outside-extract").length;
  if (outside > 0)
    log.warn(
      `${counted(outside, "Location lies", "Locations lie")} outside the area of the OSM extracts: left out`,
    );
  const deleted = changes.verdicts.filter(({ reason }) => reason === "deleted-by-mapper").length;
  const matched = changes.verdicts.filter(({ verdict }) => verdict === "matched").length;
  if (deleted > MANY_DELETED && deleted > matched)
    log.warn(
      `${deleted} stations that an earlier run found are no longer in OSM, more than are: is the extract complete?`,
    );
}

const MANY_DELETED = 10;
function thresholdCrossed(
  settings: DiffSettings,
  { feed, changes }: FeedComparison,
): ThresholdError | undefined {
  const rejected =
    settings.maxRejects === undefined
      ? undefined
      : crossedThreshold(parseThreshold(settings.maxRejects, "--max-rejects"), feed.tally);
  if (rejected !== undefined) return rejected;
  const { crossed, count, known, share } = changes.disappeared;
  if (!crossed) return undefined;
  return new ThresholdError(
    `${count} of ${known} known Locations vanished from the feed (${(100 * share).toFixed(1)} %), ` +
      `and --max-disappear allows ${settings.maxDisappear}; nothing was published and the state is unchanged. ` +
      "Is the feed complete? If they are really gone, run again with a higher limit",
  );
}

function isGzipName(name: string): boolean {
  return name.endsWith(".gz");
}
