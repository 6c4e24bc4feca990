/** `convert --shard k/n`: a part of a conversion, for `merge`. */
import type { Log } from "../../runs/log.js";
import { type ConvertOptions, conversionSetup, settingsThatDecide } from "../convert.js";
import type { Shard } from "./shard.js";
import { convertSettingsSchema } from "./shard-part-shape.js";
import { runShard } from "./shard-run.js";

/** Converts a shard's records into a part. Throws as `runShard`. */
export async function convertShard(options: ConvertOptions, shard: Shard, log: Log): Promise<void> {
  const { inputs, read, output, workers, progress } = options;
  const settings = convertSettingsSchema.parse(settingsThatDecide(options));
  await runShard(
    {
      shard,
      inputs,
      read,
      setup: conversionSetup(options),
      work: { command: "convert", settings },
      output,
      workers,
      progress,
    },
    log,
  );
}
