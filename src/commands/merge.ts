/** `ocpi2osm merge`: the parts of a run, finished as the one run would have been. */
import { UsageError } from "../runs/exit-codes.js";
import { expandInputs } from "../runs/inputs.js";
import type { Log } from "../runs/log.js";
import { refuseOverwriting } from "../runs/overwriting.js";
import type { ProgressMode } from "../runs/progress.js";
import { parseThreshold } from "../runs/threshold.js";
import { refuseCompressedName } from "./compressed-name.js";
import { formNamed } from "./convert-arguments.js";
import type { DiffSettings } from "./comparison/diff-settings.js";
import { judgedConvert, judgedDiff } from "./conversion/judged-commands.js";
import { type MergedFeed, openParts } from "./shards/merge-parts.js";
import { refuseNoParts } from "./shards/merge-refusals.js";
import type { ConvertSettings } from "./shards/shard-part-shape.js";

export interface MergeOptions {
  readonly parts: readonly string[];
  /** What the run would have written: a file (or `-`) for `convert`, a folder for `diff`. */
  readonly output: string;
  readonly report: string | undefined;
  readonly rejects: string | undefined;
  readonly junit: string | undefined;
  /** In place of the shards' own. */
  readonly maxRejects: string | undefined;
  /** Of `diff` only. */
  readonly stateTo: string | undefined;
  /** Of `diff` only: exit 6 when there are proposals. */
  readonly exitCode: boolean;
  readonly workers: number | undefined;
  readonly progress: ProgressMode;
}

/**
 * Finishes the run. Outputs are those of the one run, byte for byte, but for the `run` block of a report.
 *
 * @throws {RunError} with the exit code of the failure: 2 for parts that are not one run's, 3 for damaged ones, and
 * those of `convert` or `diff`.
 */
export async function merge(options: MergeOptions, log: Log): Promise<void> {
  const { output, report, rejects, junit, stateTo } = options;
  await refuseNoParts(options.parts);
  const { inputs: files } = await expandInputs(options.parts);
  await refuseOverwriting(files, [output, report, rejects, junit, stateTo]);
  const merged = await openParts(files);
  try {
    const { work } = merged;
    if (work.command === "convert") await mergeConvert(work.settings, merged, options, log);
    else await mergeDiff(work.settings, merged, options, log);
  } finally {
    await merged.close();
  }
}

async function mergeConvert(
  { form, read, profile, tagging, asOf, maxRejects }: ConvertSettings,
  merged: MergedFeed,
  options: MergeOptions,
  log: Log,
): Promise<void> {
  const { output, report, rejects, junit, progress } = options;
  if (options.exitCode || options.stateTo !== undefined)
    throw new UsageError("--exit-code and --state-to are for parts of diff; these are parts of convert");
  const named = formNamed(output) ?? form;
  if (named !== form)
    throw new UsageError(
      `the parts were made with --format ${form}, and ${output} is named like ${named}; name it otherwise, or run the shards with --format ${named}`,
    );
  refuseCompressedName(output, "-o -");
  const { countries, operatorName, ...switches } = tagging;
  await judgedConvert(
    {
      inputs: merged.inputs.map(({ name }) => name),
      output,
      form,
      read,
      profile,
      tagging: { ...switches, operatorName, countries: countries && new Set(countries) },
      asOf,
      report,
      rejects,
      junit,
      maxRejects:
        options.maxRejects === undefined ? maxRejects : parseThreshold(options.maxRejects, "--max-rejects"),
      workers: 0,
      progress,
      merged,
    },
    log,
  );
}

async function mergeDiff(
  settings: DiffSettings,
  merged: MergedFeed,
  { output, report, rejects, junit, maxRejects, stateTo, exitCode, workers, progress }: MergeOptions,
  log: Log,
): Promise<void> {
  if (output === "-")
    throw new UsageError("these are parts of diff, which writes a folder: name one with -o");
  if (maxRejects !== undefined) parseThreshold(maxRejects, "--max-rejects");
  await judgedDiff(
    {
      settings: { ...settings, maxRejects: maxRejects ?? settings.maxRejects },
      output,
      stateTo,
      report,
      rejects,
      junit,
      workers,
      exitCode,
      progress,
      merged,
    },
    log,
  );
}
