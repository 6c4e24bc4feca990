/** The comparison of one source: `diff`, as a process of its own, into a folder that is not published yet. */
import { rename, rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import { counted, grouped } from "../../runs/counted.js";
import { diskStep } from "../../runs/disk-step.js";
import { RunError, ThresholdError } from "../../runs/exit-codes.js";
import { isPattern, matchingFiles } from "../../runs/glob.js";
import type { Log } from "../../runs/log.js";
import { writeFileWhole } from "../../runs/output-file.js";
import { removeHidden } from "../../runs/publication.js";
import { STATE_AFTER, type SourceFolder } from "../../runs/source-folder.js";
import { type DiffOption, inWordsOfConfig } from "./diff-options.js";
import { startChild } from "./run-child.js";
import type { SourceConfig } from "./run-config.js";
import type { RunContext } from "./run-context.js";
import { type ComparisonFacts, comparisonFacts } from "./run-source-report.js";

/** Where a source is published and where this run works: the same, but for a dry run. */
export interface Places {
  readonly published: SourceFolder;
  readonly target: SourceFolder;
}

/**
 * Runs `diff` into the unpublished folder and has what it found told, also when it failed. Returns why there is nothing to
 * publish; undefined: there is.
 *
 * @throws {RunError} where it could not even be begun.
 */
export async function compared(
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
  const refused = {
    report: join(target.path, "refused-report.json"),
    rejects: join(target.path, "refused-rejects.ndjson"),
  };
  if (typeof source.profile === "object") await writeFileWhole(profile, JSON.stringify(source.profile));
  const files = { unpublished, report, rejects, profile, state: published.state };
  const args = await diffArguments(source, inputs, files, context);
  await stopping.passed();
  const child = startChild(args, context.env, logOfRun(unpublished, log));
  const off = stopping.on(async () => {
    await child.stop();
    await removeHidden(target);
  });
  const end = await child.ended;
  await stopping.passed();
  off();
  const facts = await comparisonFacts(report);
  tell(facts);
  for (const file of Object.values(refused)) await diskStep(file, () => rm(file, { force: true }));
  if (end.code === 0) return undefined;
  if (end.code === 4) {
    await diskStep(refused.report, () => rename(report, refused.report));
    await rename(rejects, refused.rejects).catch(() => undefined);
    return new ThresholdError(
      `${crossedLimits(facts)}; nothing was published, and the state is as it was. See ${refused.report} and ${refused.rejects}; ` +
        "if the feed is right as it is, raise the limit for one run",
    );
  }
  if (end.code === undefined)
    return new RunError(
      `the comparison was ended by ${end.signal ?? "a signal"}; was there too little memory? Other sources are not affected`,
    );
  const why = end.error === undefined ? undefined : inWordsOfConfig(end.error);
  return new ChildError(why ?? `the comparison ended with exit code ${end.code}`, end.code);
}

/** Which limits were crossed, in the words of a config: `diff` speaks of its options. */
function crossedLimits({ thresholds }: ComparisonFacts): string {
  const crossed = thresholds.filter((threshold) => threshold.crossed);
  const said = crossed.map(({ name, limit, measured, of }) =>
    name === "rejects"
      ? `${grouped(measured)} of ${counted(of, "record")} were rejected (maxRejects: ${limit})`
      : `${grouped(measured)} of ${counted(of, "known Location")} vanished from the feed (maxDisappear: ${limit})`,
  );
  return said.length === 0 ? "a threshold was crossed" : said.join("; ");
}

/**
 * What `diff` says, as `run` says it: in the words of a config, and nothing of a folder that is about to have another name,
 * which would send people to where nothing is.
 */
function logOfRun(folder: string, log: Log): Log {
  return {
    ...log,
    info: (message, facts) => {
      if (!message.includes(folder)) log.info(inWordsOfConfig(message), facts);
    },
    warn: (message, facts) => log.warn(inWordsOfConfig(message), facts),
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
  const option = (name: DiffOption, value: string | number | undefined): string[] =>
    value === undefined ? [] : [name, `${value}`];
  const list = (name: DiffOption, values: readonly string[]): string[] =>
    values.length === 0 ? [] : [name, ...values];
  const flag = (name: DiffOption, isOn = false): string[] => (isOn ? [name] : []);
  return [
    "diff",
    ...inputs,
    ...list("--osm", osm),
    ...option("--output", files.unpublished),
    ...option("--state", files.state),
    ...option("--state-to", join(files.unpublished, STATE_AFTER)),
    ...option("--report", files.report),
    ...option("--rejects", files.rejects),
    ...list("--decisions", decisions),
    ...option("--profile", source.profile === undefined ? undefined : profile),
    ...option("--source", source.source),
    ...option("--reader", source.reader),
    ...option("--connector-types", source.connectorTypes && resolve(source.connectorTypes)),
    ...option("--country", source.country?.join(",")),
    ...option("--tags", source.tags),
    ...flag("--charge-points", source.chargePoints),
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
  // Patterns as they stand: the folder of the config may have a name that looks like one.
  for (const named of [decisions].flat())
    files.push(...(isPattern(named) ? (await matchingFiles(named)).sort() : [named]));
  return files.map((file) => resolve(file));
}
