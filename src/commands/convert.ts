/** `ocpi2osm convert`: feeds in, one file of OSM records out. */
import { NOTE_MEANINGS } from "../ocpi/notes.js";
import { outputForm } from "../proposals/output-forms.js";
import type { FormName, OutputAbout } from "../proposals/output-form.js";
import { type Input, expandInputs } from "../runs/inputs.js";
import type { Log } from "../runs/log.js";
import { type Output, type Written, openOutput } from "../runs/output-file.js";
import { refuseOverwriting } from "../runs/overwriting.js";
import { type Profile, isLicensed } from "../runs/profile.js";
import { type ProgressMode, createProgress } from "../runs/progress.js";
import { type RejectsFile, openRejectsFile } from "../runs/rejects-file.js";
import { type Report, Tally, configHash, summaryLines, writeReport } from "../runs/report.js";
import { type Threshold, crossedThreshold } from "../runs/threshold.js";
import { defaultWorkers } from "../runs/worker-pool.js";
import { byteOf, releaseBatch } from "../sources/batch.js";
import { REASONS, type Reason } from "../tagging/eligibility.js";
import type { TaggingOptions } from "../tagging/tag-location.js";
import { GENERATOR, TOOL } from "../version.js";
import type { ConversionSetup, Unemitted } from "./convert-batch.js";
import { type ConvertedBatch, startConverter } from "./converted-batches.js";
import { DocumentWriter } from "./document-writer.js";
import { Duplicates } from "./duplicates.js";
import { type InputRun, type ReadOptions, SourceRun } from "./source-run.js";

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
  /** Threads; `undefined` for what this machine gains from, 0 for none. */
  readonly workers: number | undefined;
  readonly progress: ProgressMode;
}

/**
 * Converts and publishes. Nothing appears under the output's, the report's or the rejects' name unless everything
 * went well; when a threshold is crossed, report and rejects do, to show why, and the output does not.
 *
 * @throws {RunError} with the exit code of the failure: 2 usage, 3 input, 4 threshold.
 */
export async function convert(options: ConvertOptions, log: Log): Promise<void> {
  const started = new Date();
  const { inputs, ignored } = await expandInputs(options.inputs);
  await refuseOverwriting(inputs, [options.output, options.report, options.rejects]);
  if (ignored > 0)
    log.warn(`${ignored} files in the folders given are no feeds by their names; they were left out`);
  const sizes = inputs.map((input) => input.size);
  const totalBytes = sizes.every((size) => size !== undefined) ? sizes.reduce((a, b) => a + b, 0) : undefined;
  const workers =
    options.workers ?? defaultWorkers(totalBytes === undefined ? undefined : contentBytes(inputs));
  const setup: ConversionSetup = {
    form: options.form,
    about: aboutOutput(options),
    tagging: options.tagging,
  };
  const source = new SourceRun(inputs, { ...options.read, fingerprints: options.report !== undefined });
  const progress = createProgress(log, options.progress, totalBytes);
  const opened: Array<Pick<Output, "discard">> = [];
  const open = async <Opened extends Pick<Output, "discard">>(opening: Promise<Opened>): Promise<Opened> => {
    const output = await opening;
    opened.push(output);
    return output;
  };
  const converter = startConverter(setup, workers);
  try {
    const form = await outputForm(options.form);
    const rejects = options.rejects === undefined ? undefined : await open(openRejectsFile(options.rejects));
    const output = await open(openOutput(options.output, options.report !== undefined));
    const report = options.report === undefined ? undefined : await open(openOutput(options.report));
    const document = await DocumentWriter.begin(output, form, setup.about);
    const tally = new Tally();
    const duplicates = new Duplicates();
    for await (const converted of converter.converted(source)) {
      await settle(converted, document, tally, duplicates, rejects);
      releaseBatch(converted.result.batch);
      progress.update(source.progress);
    }
    const results = tally.results();
    progress.finish();
    warnOfErrorAnswers(source.runs, log);
    for (const line of summaryLines(results, options.rejects)) log.info(line);
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

/** Writes a converted batch, less its duplicates (T1.4), and counts and lists what is not written (T1.7). */
async function settle(
  { result, run }: ConvertedBatch,
  document: DocumentWriter,
  tally: Tally,
  duplicates: Duplicates,
  rejects: RejectsFile | undefined,
): Promise<void> {
  const { batch, keys } = result;
  const file = run.input.name;
  const list = async (
    record: number,
    reason: Reason,
    detail: string,
    ids: Unemitted["ids"],
  ): Promise<void> => {
    const start = batch.spans[2 * record] ?? 0;
    const end = batch.spans[2 * record + 1] ?? 0;
    const line = batch.lines?.[record];
    const byte = byteOf(batch, record);
    const listed = {
      file,
      record: batch.firstRecord + record,
      ...(line === undefined ? {} : { line }),
      ...(byte === undefined ? {} : { byte }),
      ...(ids?.id === undefined ? {} : { id: ids.id }),
      verdict: REASONS[reason].verdict,
      reason,
      detail,
    };
    tally.addUnemitted(listed);
    const { country_code, party_id } = ids ?? {};
    await rejects?.write({ ...listed, country_code, party_id }, batch.bytes.subarray(start, end));
  };

  const unemitted: Array<Omit<Unemitted, "pointer">> = [...result.unemitted];
  const repeated = new Set<number>();
  for (const [record, key] of keys.entries()) {
    const repetition = key === "" ? undefined : duplicates.check(key, run, batch, record);
    if (repetition === undefined) continue;
    repeated.add(record);
    unemitted.push({
      detail: repetition.detail,
      ids: await repetition.ids(),
      record,
      reason: "duplicate-id",
    });
  }
  for (const { record, reason, detail, ids } of unemitted.sort((a, b) => a.record - b.record)) {
    await list(record, reason, detail, ids);
  }
  tally.addRead(keys.length);
  tally.addEmitted(keys.length - unemitted.length);
  for (const { code, count, examples } of result.notes) {
    const placed = examples.map(({ record, id, pointer, detail }) => ({
      file,
      record: batch.firstRecord + record,
      id,
      pointer,
      detail,
    }));
    tally.addNotes(code, NOTE_MEANINGS[code].meaning, count, placed);
  }
  await document.append(result, repeated);
}

/** JSON feeds compress about tenfold; by its name alone a file is only guessed to be compressed, which is enough here. */
const TYPICAL_COMPRESSION = 10;

/** About how many bytes the inputs hold once decompressed. */
function contentBytes(inputs: readonly Input[]): number {
  const sizes = inputs.map(({ name, size = 0 }) =>
    /\.(?:gz|zst)$/i.test(name) ? size * TYPICAL_COMPRESSION : size,
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

function aboutOutput({ profile, asOf }: ConvertOptions): OutputAbout {
  const source = profile.changeset.source ?? profile.name;
  return {
    generator: GENERATOR,
    licensed: isLicensed(profile),
    changeset: {
      comment: profile.changeset.comment ?? `Charging stations from ${profile.name}`,
      source: asOf === undefined ? source : `${source}, ${asOf}`,
    },
    licence: profile.licence,
  };
}

/** What else than the inputs decides the output: the manifest's config hash (D7). */
function settingsThatDecide({ form, read, profile, tagging, asOf, maxRejects }: ConvertOptions): unknown {
  const countries = tagging.countries === undefined ? undefined : [...tagging.countries].sort();
  return { form, read, profile, tagging: { ...tagging, countries }, asOf, maxRejects };
}

const MOST_ERROR_ANSWERS_SHOWN = 3;

/** Each is a rejected record as well, but what the service said stands nowhere else. */
function warnOfErrorAnswers(runs: readonly InputRun[], log: Log): void {
  const answers = runs.filter(({ format }) => format.errorAnswer !== undefined);
  for (const { input, format } of answers.slice(0, MOST_ERROR_ANSWERS_SHOWN))
    log.warn(`${input.name}: ${format.description}; it counts as one rejected record`);
  const more = answers.length - MOST_ERROR_ANSWERS_SHOWN;
  if (more > 0) log.warn(`${more} more inputs are error answers`);
}

function aboutInput({ input, format, records, fingerprint }: InputRun): Report["inputs"][number] {
  const { sha256 = "", bytes = 0 } = fingerprint ?? {};
  return { name: input.name, format: format.description, sha256, bytes, records };
}

function aboutWritten({ output, form }: ConvertOptions, { bytes, sha256 = "" }: Written): Report["output"] {
  return { file: output, format: form, bytes, sha256 };
}

function aboutRun(started: Date, workers: number): Report["run"] {
  const finished = new Date();
  return {
    started: started.toISOString(),
    finished: finished.toISOString(),
    seconds: (finished.getTime() - started.getTime()) / 1000,
    workers,
    node: process.version,
    platform: `${process.platform}-${process.arch}`,
  };
}
