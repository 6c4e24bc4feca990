/** `diff --shard k/n`: a part of the feed's side of a comparison, for `merge`. */
import type { Log } from "../../runs/log.js";
import type { ProgressMode } from "../../runs/progress.js";
import { taggingOf } from "../comparison/compared-feed.js";
import type { DiffSettings } from "../comparison/diff-settings.js";
import { aboutOutput } from "../conversion/run-manifest.js";
import type { Shard } from "./shard.js";
import { runShard } from "./shard-run.js";

/**
 * Tags a shard's records into a part. OSM, state and decisions are not looked at: `merge` reads them. Throws as
 * `runShard`.
 */
export async function diffShard(
  {
    settings,
    output,
    workers,
    progress,
  }: {
    readonly settings: DiffSettings;
    /** File name, or `-` for stdout. */
    readonly output: string;
    readonly workers: number | undefined;
    readonly progress: ProgressMode;
  },
  shard: Shard,
  log: Log,
): Promise<void> {
  const { inputs, read, profile, asOf } = settings;
  await runShard(
    {
      shard,
      inputs,
      read,
      setup: {
        form: "locations",
        about: aboutOutput(profile, asOf),
        tagging: taggingOf(settings),
        connectorTypes: read.connectorTypes,
      },
      work: { command: "diff", settings },
      output,
      workers,
      progress,
    },
    log,
  );
}
