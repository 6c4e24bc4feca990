/** The options of `convert`, checked and completed. */
import { z } from "zod";
import { FORM_NAMES, type FormName } from "../proposals/output-form.js";
import { UsageError } from "../runs/exit-codes.js";
import type { Log } from "../runs/log.js";
import { PROGRESS_MODES } from "../runs/progress.js";
import { parseThreshold } from "../runs/threshold.js";
import {
  profileOf,
  readOptions,
  readingArguments,
  refuseOptions,
  taggingArguments,
  taggingOptions,
} from "./arguments.js";
import { nameBeforeCompression, refuseCompressedName } from "./compressed-name.js";
import type { ConvertOptions } from "./convert.js";
import { judgedConvert } from "./conversion/judged-commands.js";

const convertArguments = readingArguments.extend(taggingArguments.shape).extend({
  output: z.string(),
  format: z.enum(FORM_NAMES).optional(),
  report: z.string().optional(),
  rejects: z.string().optional(),
  maxRejects: z.string().optional(),
  junit: z.string().optional(),
  asOf: z.string().optional(),
  shard: z.string().optional(),
  filter: z.boolean().default(false),
  workers: z.number().optional(),
  progress: z.enum(PROGRESS_MODES),
});

/** What a file's name says of its form. */
const FORM_OF_ENDING: ReadonlyMap<string, FormName> = new Map([
  ["osm", "osm"],
  ["xml", "osm"],
  ["csv", "csv"],
  ["geojson", "geojson"],
  ["geojsonl", "geojsonl"],
  ["ndjson", "ndjson"],
  ["jsonl", "ndjson"],
]);

/** @throws {UsageError} for options that make no sense together; otherwise as `convert`. */
export async function convertFromArguments(
  inputs: readonly string[],
  options: unknown,
  log: Log,
): Promise<void> {
  const given = convertArguments.parse(options);
  if (given.filter) {
    const { filterFromArguments } = await import("./filter-arguments.js");
    return filterFromArguments(inputs, given, log);
  }
  const profile = await profileOf(given);
  const maxRejects = given.maxRejects ?? profile.thresholds.maxRejects;
  const converted: ConvertOptions = {
    inputs,
    output: given.output,
    // The name of a part says nothing of what merge will make of it.
    form: given.shard === undefined ? formOf(given.format, given.output) : (given.format ?? "osm"),
    read: await readOptions(given),
    profile,
    tagging: await taggingOptions(given, profile),
    asOf: given.asOf,
    report: given.report,
    rejects: given.rejects,
    maxRejects: maxRejects === undefined ? undefined : parseThreshold(maxRejects, "--max-rejects"),
    junit: given.junit,
    workers: given.workers,
    progress: given.progress,
  };
  if (given.shard === undefined) return judgedConvert(converted, log);
  refuseOptions(given, ["report", "rejects", "junit"], "a part has none yet: give it to merge");
  const { convertShard } = await import("./shards/convert-shard.js");
  const { parseShard } = await import("./shards/shard.js");
  await convertShard(converted, parseShard(given.shard), log);
}

/** The form that an output's name tells, where it tells one. */
export function formNamed(output: string): FormName | undefined {
  return FORM_OF_ENDING.get(endingOf(output));
}

function endingOf(output: string): string {
  return /\.([a-z]+)$/i.exec(output)?.[1]?.toLowerCase() ?? "";
}

/**
 * The form an output is to have: what `--format` says (`geojson` into a file named `.geojsonl` means lines), else what
 * its name says, else `osm`. @throws {UsageError} for names that are not clear.
 */
function formOf(format: FormName | undefined, output: string): FormName {
  const ending = endingOf(output);
  const byName = formNamed(output);
  const inner = formNamed(nameBeforeCompression(output) ?? "");
  refuseCompressedName(output, `-o - --format ${format ?? inner ?? "osm"}`);
  if (format === "geojson" && byName === "geojsonl") return "geojsonl";
  if (format !== undefined) return format;
  if (byName !== undefined) return byName;
  if (ending === "json")
    throw new UsageError(`${output}: say which JSON with --format (geojson, ndjson, ocpi)`);
  return "osm";
}
