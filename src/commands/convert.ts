/** `ocpi2osm convert`: feeds in, one file of OSM records out. */
import { outputForm } from "../proposals/output-forms.js";
import type { FormName } from "../proposals/output-form.js";
import type { Log } from "../runs/log.js";
import { type Output, type Written, openOutput } from "../runs/output-file.js";
import { refuseOverwriting } from "../runs/overwriting.js";
import type { Profile } from "../runs/profile.js";
import { type ProgressMode, createProgress } from "../runs/progress.js";
import { openRejectsFile } from "../runs/rejects-file.js";
import { type Report, configHash, summaryLines, writeReport } from "../runs/report.js";
import { type Threshold, crossedThreshold } from "../runs/threshold.js";
import { releaseBatch } from "../sources/batch.js";
import type { TaggingOptions } from "../tagging/tag-location.js";
import { TOOL } from "../version.js";
import type { ConversionSetup } from "./conversion/convert-batch.js";
import { startConverter } from "./conversion/converted-batches.js";
import { DocumentWriter } from "./conversion/document-writer.js";
import { feedInputs } from "./conversion/feed-inputs.js";
import type { MergedFeed } from "./shards/merge-parts.js";
import { RecordAccounts } from "./conversion/record-accounts.js";
import { warnOfErrorAnswers, warnOfIncompleteAnswers } from "./conversion/answer-warnings.js";
import { totalSize, workersFor } from "./conversion/feed-size.js";
import { aboutInput, aboutOutput, aboutRun } from "./conversion/run-manifest.js";
import { type ReadOptions, SourceRun } from "./conversion/source-run.js";

export interface ConvertOptions {
  readonly inputs: readonly string[];
  /** File name, or `-` for stdout. */
  readonly output: string;
  readonly form: FormName;
  readonly read: Omit<ReadOptions, "fingerprints">;
  readonly profile: Profile;
  readonly tagging: TaggingOptions;
  /** Date of the data, for the changeset's source (YYYY-MM-DD). */
  readonly asOf: string | undefined;
  readonly report: string | undefined;
  readonly rejects: string | undefined;
  readonly maxRejects: Threshold | undefined;
  /** Written by the caller, when all is over; not to be one of the inputs or of the other outputs. */
  readonly junit?: string | undefined;
  /** Is told the counts as soon as all is read, also when too many were rejected. */
  readonly told?: (counts: Report["counts"]) => Promise<void>;
  /** Threads; `undefined` for what this machine gains from, 0 for none. */
  readonly workers: number | undefined;
  readonly progress: ProgressMode;
  /** The parts of the run, where shards have converted it (`merge`); nothing else is then read. */
  readonly merged?: MergedFeed | undefined;
}

/**
 * Converts and publishes. Nothing appears under the output's, the report's or the rejects' name unless everything
 * went well; when a threshold is crossed, report and rejects do, to show why, and the output does not.
 *
 * @throws {RunError} with the exit code of the failure: 2 usage, 3 input, 4 threshold.
 */
export async function convert(options: ConvertOptions, log: Log): Promise<void> {
  const started = new Date();
  const { inputs, leftOut } = options.merged ?? (await feedInputs(options.inputs, log));
  await refuseOverwriting(inputs, [options.output, options.report, options.rejects, options.junit]);
  const totalBytes = totalSize(options.merged?.files ?? inputs);
  const workers = workersFor(inputs, options.workers);
  const setup = conversionSetup(options);
  const source =
    options.merged?.source ??
    new SourceRun(inputs, { ...options.read, fingerprints: options.report !== undefined });
  const progress = createProgress(log, options.progress, totalBytes);
  const opened: Array<Pick<Output, "discard">> = [];
  const open = async <Opened extends Pick<Output, "discard">>(opening: Promise<Opened>): Promise<Opened> => {
    const output = await opening;
    opened.push(output);
    return output;
  };
  const converter = options.merged?.converter ?? startConverter(setup, workers);
  try {
    const form = await outputForm(options.form);
    const rejects = options.rejects === undefined ? undefined : await open(openRejectsFile(options.rejects));
    const output = await open(openOutput(options.output, options.report !== undefined));
    const report = options.report === undefined ? undefined : await open(openOutput(options.report));
    const document = await DocumentWriter.begin(output, form, setup.about);
    const accounts = new RecordAccounts(rejects);
    const { tally } = accounts;
    for await (const converted of converter.converted(source)) {
      await document.append(converted.result, await accounts.settle(converted));
      releaseBatch(converted.result.batch);
      progress.update(source.progress);
    }
    const results = tally.results();
    progress.finish();
    warnOfErrorAnswers(source.runs, log);
    warnOfIncompleteAnswers(source.runs, log);
    for (const line of summaryLines(results, options.rejects)) log.info(line);
    await options.told?.(results.counts);
    const crossed = options.maxRejects && crossedThreshold(options.maxRejects, tally);
    if (crossed === undefined) await document.end();
    const written = crossed === undefined ? await output.finish() : undefined;
    await rejects?.finish();
    if (report !== undefined) {
      await writeReport(report, {
        report: 1,
        tool: TOOL,
        config_hash: configHash(settingsThatDecide(options)),
        inputs: source.runs.map(aboutInput),
        ...(leftOut.length > 0 && { left_out: [...leftOut] }),
        ...results,
        ...(written === undefined ? {} : { output: aboutWritten(options, written) }),
        run: aboutRun(started, workers),
      });
    }
    if (crossed === undefined) await output.commit();
    await rejects?.commit();
    await report?.commit();
    if (crossed !== undefined) throw crossed;
  } finally {
    await converter.close();
    progress.finish();
    for (const output of opened) await output.discard();
    for (const input of inputs) input.close();
  }
}

/** What every record is converted with. */
export function conversionSetup({ form, read, profile, tagging, asOf }: ConvertOptions): ConversionSetup {
  return { form, about: aboutOutput(profile, asOf), tagging, connectorTypes: read.connectorTypes };
}

/** What else than the inputs decides the output: the manifest's config hash (D7). */
export function settingsThatDecide({
  form,
  read,
  profile,
  tagging,
  asOf,
  maxRejects,
}: ConvertOptions): unknown {
  const countries = tagging.countries === undefined ? undefined : [...tagging.countries].sort();
  return { form, read, profile, tagging: { ...tagging, countries }, asOf, maxRejects };
}

function aboutWritten({ output, form }: ConvertOptions, { bytes, sha256 = "" }: Written): Report["output"] {
  return { file: output, format: form, bytes, sha256 };
}
