/** One source of a run, from its feed to its published folder. Whatever goes wrong with it, it returns what happened. */
import { rename, rm, stat, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { RunError, ThresholdError, exitCodeOf } from "../runs/exit-codes.js";
import { isPattern, matchingFiles } from "../runs/glob.js";
import { counted } from "../runs/counted.js";
import { failureMessage } from "../runs/interruption.js";
import type { Log } from "../runs/log.js";
import { makeSourceFolder, publish, recover, retain } from "../runs/publication.js";
import type { SourceRunReport } from "../runs/run-report.js";
import { STATE_AFTER, type SourceFolder, latestStamp, sourceFolder } from "../runs/source-folder.js";
import { startChild } from "./run-child.js";
import type { SourceConfig } from "./run-config.js";
import type { RunContext } from "./run-context.js";
import { type SourceFeeds, getFeeds } from "./run-feeds.js";
import { type ComparisonFacts, comparisonFacts } from "./run-source-report.js";

/** Where a source is published and where this run works: the same, but for a dry run. */
interface Places {
  readonly published: SourceFolder;
  readonly target: SourceFolder;
}

/** Fetches, compares and publishes. Never throws but for what ends the whole run: the lock was lost. */
export async function runSource(source: SourceConfig, context: RunContext, log: Log): Promise<SourceRunReport> {
  const began = performance.now();
  const published = publishedFolder(source, context.output);
  const target =
    context.scratch === undefined
      ? published
      : sourceFolder(join(context.scratch, source.name), join(context.scratch, source.name, STATE_AFTER));
  const known: { fetched?: SourceFeeds["fetched"]; facts: ComparisonFacts } = { facts: { thresholds: [] } };
  const report = (rest: Pick<SourceRunReport, "outcome" | "exit_code" | "message" | "folder">): SourceRunReport => ({
    name: source.name,
    ...rest,
    ...(known.fetched !== undefined && known.fetched.length > 0 && { fetched: [...known.fetched] }),
    ...known.facts,
    hooks: [],
    seconds: Math.round(performance.now() - began) / 1000,
  });
  try {
    const feeds = await preparedFeeds(source, { published, target }, context, log);
    known.fetched = feeds.fetched;
    const failure = await compared(source, feeds.inputs, { published, target }, context, log, (facts) => {
      known.facts = facts;
    });
    if (failure !== undefined) throw failure;
    await context.stopping.passed();
    if (context.lock === undefined) {
      log.info(`a dry run: ${published.published(context.stamp)} would be published (${proposalsIn(known.facts)})`);
      return report({ outcome: "unpublished", exit_code: 0 });
    }
    await context.lock.assertHeld();
    await publish(published, context.stamp);
    const folder = published.published(context.stamp);
    log.info(`published ${folder} (${proposalsIn(known.facts)})`);
    await tidied(source, published, context, log);
    return report({ outcome: "published", exit_code: 0, folder });
  } catch (error) {
    await context.stopping.passed();
    if (context.lock !== undefined && !(await context.lock.isHeld())) throw error;
    const message = failureMessage(error, false) ?? "stopped";
    log.error(message);
    const outcome = error instanceof ThresholdError ? "refused" : "failed";
    return report({ outcome, exit_code: exitCodeOf(error), message });
  } finally {
    if (!context.stopping.isStopping) await rm(target.unpublished(context.stamp), REMOVING).catch(() => undefined);
  }
}

/** The folder a source is published to, and the state that counts. */
export function publishedFolder({ name, state }: SourceConfig, output: string): SourceFolder {
  return sourceFolder(join(output, name), state === undefined ? undefined : resolve(state));
}

const REMOVING = { recursive: true, force: true, maxRetries: 3 } as const;

async function preparedFeeds(
  source: SourceConfig,
  { published, target }: Places,
  context: RunContext,
  log: Log,
): Promise<SourceFeeds> {
  await makeSourceFolder(target);
  if (context.lock !== undefined) for (const told of await recover(published)) log.warn(told);
  const latest = await latestStamp(published);
  if (latest !== undefined && (await stat(published.state).catch(() => undefined)) === undefined)
    log.warn(
      `there is no state ${published.state}, though ${latest} was published: this is taken for the first run. ` +
        `If it was lost, copy ${join(published.latest, STATE_AFTER)} there`,
    );
  return getFeeds(source, { published, target, stamp: context.stamp }, log);
}

/** Runs `diff` into the unpublished folder. Returns why there is nothing to publish; undefined: there is. */
async function compared(
  source: SourceConfig,
  inputs: readonly string[],
  { published, target }: Places,
  context: RunContext,
  log: Log,
  tell: (facts: ComparisonFacts) => void,
): Promise<RunError | undefined> {
  const { stamp, stopping } = context;
  const report = target.hidden(stamp, "report.json");
  const rejects = target.hidden(stamp, "rejects.ndjson");
  const profile = target.hidden(stamp, "profile.json");
  const unpublished = target.unpublished(stamp);
  const hidden = [report, rejects, profile];
  const refused = { report: join(target.path, "refused-report.json"), rejects: join(target.path, "refused-rejects.ndjson") };
  const clear = async (): Promise<void> => {
    for (const path of [...hidden, unpublished]) await rm(path, REMOVING);
  };
  try {
    if (typeof source.profile === "object") await writeFile(profile, JSON.stringify(source.profile));
    const files = { unpublished, report, rejects, profile, state: published.state };
    const args = await diffArguments(source, inputs, files, context);
    await stopping.passed();
    const child = startChild(args, context.env, withoutMentionOf(unpublished, log));
    const off = stopping.on(async () => {
      await child.stop();
      await clear();
    });
    const end = await child.ended;
    await stopping.passed();
    off();
    tell(await comparisonFacts(report));
    for (const file of Object.values(refused)) await rm(file, { force: true });
    if (end.code === 0) return undefined;
    if (end.code === 4) {
      await rename(report, refused.report);
      await rename(rejects, refused.rejects).catch(() => undefined);
      const more = `. Report and rejects: ${refused.report}, ${refused.rejects}`;
      return new ThresholdError(`${end.error ?? "a threshold was crossed"}${more}`);
    }
    if (end.code === undefined)
      return new RunError(
        `the comparison was ended by ${end.signal ?? "a signal"}; was there too little memory? Other sources are not affected`,
      );
    return new ChildError(end.error ?? `the comparison ended with exit code ${end.code}`, end.code);
  } finally {
    if (!stopping.isStopping) for (const path of hidden) await rm(path, REMOVING);
  }
}

/** What `diff` says of a folder that is about to have another name would send people to where nothing is. */
function withoutMentionOf(folder: string, log: Log): Log {
  return {
    ...log,
    info: (message, facts) => {
      if (!message.includes(folder)) log.info(message, facts);
    },
  };
}

/** A comparison that failed, with the exit code it ended with. */
class ChildError extends RunError {
  override readonly exitCode: RunError["exitCode"];
  override name = "ChildError";

  constructor(message: string, code: number) {
    super(message);
    this.exitCode = code === 2 || code === 3 ? code : 1;
  }
}

interface DiffFiles {
  readonly unpublished: string;
  readonly report: string;
  readonly rejects: string;
  readonly profile: string;
  readonly state: string;
}

async function diffArguments(
  source: SourceConfig,
  inputs: readonly string[],
  files: DiffFiles,
  { config, extracts }: RunContext,
): Promise<string[]> {
  const osm: string[] = [];
  for (const extract of [source.osm].flat()) osm.push(await extracts.fileOf(extract));
  const decisions = await decisionFiles(source);
  const { thresholds } = source;
  const profile = typeof source.profile === "string" ? resolve(source.profile) : files.profile;
  const option = (name: string, value: string | number | undefined): string[] =>
    value === undefined ? [] : [name, `${value}`];
  return [
    "diff",
    ...inputs,
    "--osm",
    ...osm,
    ...option("--output", files.unpublished),
    ...option("--state", files.state),
    ...option("--state-to", join(files.unpublished, STATE_AFTER)),
    ...option("--report", files.report),
    ...option("--rejects", files.rejects),
    ...(decisions.length > 0 ? ["--decisions", ...decisions] : []),
    ...option("--profile", source.profile === undefined ? undefined : profile),
    ...option("--source", source.source),
    ...option("--connector-types", source.connectorTypes && resolve(source.connectorTypes)),
    ...option("--country", source.country?.join(",")),
    ...option("--tags", source.tags),
    ...(source.chargePoints === true ? ["--charge-points"] : []),
    ...option("--split", source.split),
    ...option("--prefilter", source.prefilter),
    ...option("--max-rejects", thresholds.maxRejects),
    ...option("--max-disappear", thresholds.maxDisappear),
    ...option("--patience", thresholds.patience),
    ...option("--workers", config.workers),
  ];
}

/** A pattern may match nothing yet: nobody has decided anything. A file that is named must be there. */
async function decisionFiles({ decisions }: SourceConfig): Promise<string[]> {
  const files: string[] = [];
  for (const named of [decisions].flat().map((file) => resolve(file)))
    files.push(...(isPattern(named) ? (await matchingFiles(named)).sort() : [named]));
  return files;
}

/** What cannot be tidied up is no failure of the source: it is published. */
async function tidied(source: SourceConfig, folder: SourceFolder, { config }: RunContext, log: Log): Promise<void> {
  try {
    const gone = await retain(folder, source.keep ?? config.keep);
    if (gone > 0) log.info(`${counted(gone, "older folder")} removed`);
  } catch (error) {
    log.warn(`older folders could not be removed: ${failureMessage(error, false) ?? ""}`);
  }
}

function proposalsIn({ counts }: ComparisonFacts): string {
  const proposals = Object.values(counts?.proposals ?? {}).reduce((sum, count) => sum + count, 0);
  return counted(proposals, "proposal");
}
