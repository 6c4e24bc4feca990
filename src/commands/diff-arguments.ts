/** The options of `diff`, checked and completed. */
import { z } from "zod";
import { MAX_ELEMENTS, parseSplit } from "../proposals/split.js";
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
import type { DiffSettings } from "./comparison/diff-settings.js";
import { judgedDiff } from "./conversion/judged-commands.js";
import { parseShard } from "./shards/shard.js";

const diffArguments = readingArguments.extend(taggingArguments.shape).extend({
  osm: z.array(z.string()),
  output: z.string(),
  state: z.string().optional(),
  stateTo: z.string().optional(),
  shard: z.string().optional(),
  decisions: z.union([z.string(), z.array(z.string())]).default([]),
  patience: z.number().optional(),
  maxDisappear: z.string().optional(),
  maxRejects: z.string().optional(),
  split: z.string().optional(),
  prefilter: z.enum(["auto", "never"]),
  report: z.string().optional(),
  rejects: z.string().optional(),
  junit: z.string().optional(),
  asOf: z.string().optional(),
  workers: z.number().optional(),
  exitCode: z.boolean().default(false),
  progress: z.enum(PROGRESS_MODES),
});

/** D4: what holds unless the profile or the command line says otherwise. */
const DEFAULT_PATIENCE = 3;
const DEFAULT_MAX_DISAPPEAR = "5%";

/** @throws {UsageError} for options that make no sense; otherwise as `diff`. */
export async function diffFromArguments(
  inputs: readonly string[],
  options: unknown,
  log: Log,
): Promise<void> {
  const given = diffArguments.parse(options);
  const profile = await profileOf(given);
  const { countries, ...tagging } = await taggingOptions(given, profile);
  const maxRejects = given.maxRejects ?? profile.thresholds.maxRejects;
  const maxDisappear = given.maxDisappear ?? profile.thresholds.maxDisappear ?? DEFAULT_MAX_DISAPPEAR;
  if (maxRejects !== undefined) parseThreshold(maxRejects, "--max-rejects");
  parseThreshold(maxDisappear, "--max-disappear");
  checkSplit(given.split);
  const shard = given.shard === undefined ? undefined : parseShard(given.shard);
  if (shard !== undefined)
    refuseOptions(
      given,
      ["stateTo", "report", "rejects", "junit", "exitCode"],
      "a part has none yet: give it to merge",
    );
  const settings: DiffSettings = {
    inputs: [...inputs].sort(),
    osm: given.osm.toSorted(),
    state: given.state,
    decisions: [given.decisions].flat().toSorted(),
    read: await readOptions(given),
    profile,
    tagging: { ...tagging, countries: countries === undefined ? undefined : [...countries].sort() },
    asOf: given.asOf,
    patience: given.patience ?? profile.thresholds.patience ?? DEFAULT_PATIENCE,
    maxDisappear: String(maxDisappear),
    maxRejects: maxRejects === undefined ? undefined : String(maxRejects),
    split: given.split,
    prefilter: given.prefilter,
  };
  if (shard !== undefined) {
    const { diffShard } = await import("./shards/diff-shard.js");
    const { output, workers, progress } = given;
    return diffShard({ settings, output, workers, progress }, shard, log);
  }
  const { output, stateTo, report, rejects, junit, workers, exitCode, progress } = given;
  await judgedDiff({ settings, output, stateTo, report, rejects, junit, workers, exitCode, progress }, log);
}

function checkSplit(split: string | undefined): void {
  if (split === undefined || parseSplit(split) !== undefined) return;
  throw new UsageError(
    `--split ${split}: either "country" or the most elements a part may have, 1 to ${MAX_ELEMENTS} (OSM takes no more in a changeset)`,
  );
}
