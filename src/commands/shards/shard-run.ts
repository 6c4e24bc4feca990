/** `--shard k/n`: converts a shard's records and writes its part, for `merge`. */
import { counted } from "../../runs/counted.js";
import { UsageError } from "../../runs/exit-codes.js";
import type { Log } from "../../runs/log.js";
import { openOutput } from "../../runs/output-file.js";
import { refuseOverwriting } from "../../runs/overwriting.js";
import { type ProgressMode, createProgress } from "../../runs/progress.js";
import { releaseBatch } from "../../sources/batch.js";
import { TOOL } from "../../version.js";
import type { ConversionSetup } from "../conversion/convert-batch.js";
import { startConverter } from "../conversion/converted-batches.js";
import { feedInputs } from "../conversion/feed-inputs.js";
import { totalSize, workersFor } from "../conversion/feed-size.js";
import { type Shard, shardOf } from "./shard.js";
import type { PartWork } from "./shard-part-shape.js";
import { PartWriter, partInput } from "./shard-part-writer.js";
import { type ReadOptions, SourceRun } from "../conversion/source-run.js";

export interface ShardRun {
  readonly shard: Shard;
  readonly inputs: readonly string[];
  readonly read: Omit<ReadOptions, "fingerprints">;
  readonly setup: ConversionSetup;
  /** What is to be done once the parts are together. */
  readonly work: PartWork;
  /** File name, or `-` for stdout. */
  readonly output: string;
  readonly workers: number | undefined;
  readonly progress: ProgressMode;
}

/**
 * Reads all inputs, converts the shard's records, and publishes the part when all went well.
 *
 * @throws {RunError} with the exit code of the failure: 2 usage, 3 input.
 */
export async function runShard(run: ShardRun, log: Log): Promise<void> {
  const { shard, work } = run;
  if (run.output === "-" && process.stdout.isTTY)
    throw new UsageError("a part is for merge, not for a terminal: name a file with -o");
  const { inputs, leftOut } = await feedInputs(run.inputs, log);
  await refuseOverwriting(inputs, [run.output]);
  const source = new SourceRun(inputs, { ...run.read, fingerprints: true });
  const progress = createProgress(log, run.progress, totalSize(inputs));
  const converter = startConverter(run.setup, workersFor(inputs, run.workers));
  try {
    const output = await openOutput(run.output);
    try {
      const writer = new PartWriter(output);
      for await (const converted of converter.converted(shardOf(source, shard))) {
        await writer.append(converted);
        releaseBatch(converted.result.batch);
        progress.update(source.progress);
      }
      await writer.end({
        tool: TOOL.version,
        work,
        shard,
        inputs: source.runs.map(partInput),
        leftOut: [...leftOut],
      });
      await output.commit();
      progress.finish();
      const { records } = source.progress;
      log.info(
        `part ${shard.number} of ${shard.of}: ${counted(writer.records, "record")} of ${counted(records, "record")}; ` +
          `when all ${shard.of} are there: ocpi2osm merge PART… -o ${work.command === "convert" ? "FILE" : "DIR"}`,
      );
    } finally {
      await output.discard();
    }
  } finally {
    await converter.close();
    progress.finish();
    for (const input of inputs) input.close();
  }
}
