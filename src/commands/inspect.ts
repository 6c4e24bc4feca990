/** `ocpi2osm inspect`: what is this feed, what would come of it, and what is wrong with it. */
import { z } from "zod";
import { UsageError } from "../runs/exit-codes.js";
import { type Environment, appendJobSummary, harmlessText } from "../runs/github-actions.js";
import type { Log } from "../runs/log.js";
import { openOutput } from "../runs/output-file.js";
import { PROGRESS_MODES, createProgress } from "../runs/progress.js";
import { byteOf } from "../sources/batch.js";
import { BatchRecords } from "../sources/batch-records.js";
import { dialectOf } from "../sources/dialects.js";
import { DEFAULT_TAGGING, locationKey, tagLocation } from "../tagging/tag-location.js";
import { TOOL } from "../version.js";
import { readOptions, readingArguments } from "./arguments.js";
import { shortened } from "./conversion/bounded-tally.js";
import { Duplicates } from "./conversion/duplicates.js";
import { feedInputs } from "./conversion/feed-inputs.js";
import { FeedSurvey, type Place } from "./survey/feed-survey.js";
import { warnOfIncompleteAnswers } from "./conversion/answer-warnings.js";
import { type InputRun, type ReadOptions, type RunBatch, SourceRun } from "./conversion/source-run.js";
import type { Survey } from "./survey/survey.js";
import { surveyMarkdown } from "./survey/survey-markdown.js";
import { surveySections } from "./survey/survey-sections.js";
import { surveyText } from "./survey/survey-text.js";

const inspectArguments = readingArguments.extend({
  json: z.boolean().default(false),
  markdown: z.boolean().default(false),
  progress: z.enum(PROGRESS_MODES).default("never"),
});

type InspectArguments = z.infer<typeof inspectArguments>;

/** @throws {UsageError} for `--json` with `--markdown`; otherwise as reading does. */
export async function inspectFromArguments(
  inputs: readonly string[],
  options: unknown,
  log: Log,
): Promise<void> {
  const given = inspectArguments.parse(options);
  if (given.json && given.markdown) throw new UsageError("--json and --markdown: give one of them");
  const reading = { ...(await readOptions(given)), progress: given.progress };
  const survey = await inspect(inputs, reading, log);
  const output = await openOutput("-");
  await output.write(surveyAs(survey, given, log.settings.env));
  await output.commit();
  // With --markdown it is the user who says where the Markdown goes.
  if (!given.markdown)
    await appendJobSummary(surveyMarkdown(surveySections(survey)), log.settings.env, (message) =>
      log.warn(message),
    );
}

function surveyAs(survey: Survey, { json, markdown }: InspectArguments, env: Environment): string {
  if (json) return `${JSON.stringify(survey, undefined, 2)}\n`;
  const sections = surveySections(survey);
  // Markdown has its own escapes, in which no command is left.
  return markdown ? surveyMarkdown(sections) : harmlessText(surveyText(sections), env);
}

/** Reads the inputs as `convert` would without a profile, and tells what is in them. The same for the same inputs. */
export async function inspect(
  names: readonly string[],
  { progress: mode, ...read }: Omit<ReadOptions, "fingerprints"> & Pick<InspectArguments, "progress">,
  log: Log,
): Promise<Survey> {
  const { inputs } = await feedInputs(names, log);
  const sizes = inputs.map((input) => input.size);
  const totalBytes = sizes.every((size) => size !== undefined) ? sizes.reduce((a, b) => a + b, 0) : undefined;
  const run = new SourceRun(inputs, { ...read, fingerprints: false });
  const progress = createProgress(log, mode, totalBytes);
  const survey = new FeedSurvey();
  const duplicates = new Duplicates();
  try {
    for await (const batch of run.batches()) {
      await addBatch(batch, read.connectorTypes, survey, duplicates);
      progress.update(run.progress);
    }
  } finally {
    progress.finish();
    for (const input of inputs) input.close();
  }
  warnOfIncompleteAnswers(run.runs, log);
  return { inspect: 1, tool: TOOL, inputs: run.runs.map(aboutInput), ...survey.results() };
}

async function addBatch(
  { batch, run }: RunBatch,
  connectorTypes: ReadOptions["connectorTypes"],
  survey: FeedSurvey,
  duplicates: Duplicates,
): Promise<void> {
  const dialect = dialectOf(run.format.source, connectorTypes);
  const records = new BatchRecords(batch, dialect);
  for (let index = 0; index < records.count; index++) {
    const place: Place = {
      file: run.input.name,
      record: batch.firstRecord + index,
      line: batch.lines?.[index],
      byte: byteOf(batch, index),
    };
    const record = records.read(index, "tagging");
    if ("unreadable" in record) {
      survey.addUnreadable(place, record.unreadable, record.detail);
      continue;
    }
    const made = tagLocation(record, DEFAULT_TAGGING);
    const key = locationKey(record.location);
    const repeated = "reason" in made ? undefined : duplicates.check(key, run, batch, index);
    survey.addLocation(place, record, made, await repeated?.detail());
    survey.addKeys(records.source(index).unusualKeys());
  }
}

const MOST_ENVELOPE_VALUES = 5;

function aboutInput({
  input,
  format,
  compressed,
  bytes = 0,
  records,
  facts,
}: InputRun): Survey["inputs"][number] {
  const { source, version, framing, description } = format;
  return {
    name: input.name,
    source,
    ...(version === undefined ? {} : { version }),
    framing,
    format: description,
    compressed,
    bytes,
    records,
    envelope: [...(facts?.members ?? [])].map(([key, values]) => ({
      key: shortened(key),
      count: values.length,
      values: values
        .slice(0, MOST_ENVELOPE_VALUES)
        .map((value) => (typeof value === "string" ? shortened(value) : value)),
    })),
  };
}
