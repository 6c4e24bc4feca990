/** Batches converted in order, on threads or on this one: the same results either way. */
import { WorkerPool, inOrder } from "../runs/worker-pool.js";
import { BatchConverter, type BatchJob, type BatchResult, type ConversionSetup } from "./convert-batch.js";
import type { InputRun, SourceRun } from "./source-run.js";

export interface ConvertedBatch {
  readonly result: BatchResult;
  readonly run: InputRun;
}

/** Twice the threads keep them busy while this one writes. */
const JOBS_A_WORKER = 2;

/** @throws {UnreadableInputError} where the source cannot be read. */
export async function* convertedBatches(
  source: SourceRun,
  setup: ConversionSetup,
  workers: number,
): AsyncGenerator<ConvertedBatch> {
  if (workers === 0) {
    const converter = await BatchConverter.create(setup);
    for await (const { batch, run, firstPosition } of source.batches()) {
      const job = { batch, source: run.format.source, file: run.input.name, firstPosition };
      yield { result: converter.convert(job), run };
    }
    return;
  }
  const pool = new WorkerPool<BatchJob, BatchResult>(
    new URL("./convert-worker.js", import.meta.url),
    workers,
    setup,
  );
  try {
    yield* inOrder(
      source.batches(),
      async ({ batch, run, firstPosition }) => {
        const job = { batch, source: run.format.source, file: run.input.name, firstPosition };
        const lines = batch.lines === undefined ? [] : [batch.lines.buffer];
        return { result: await pool.run(job, [batch.bytes.buffer, batch.spans.buffer, ...lines]), run };
      },
      workers * JOBS_A_WORKER,
    );
  } finally {
    await pool.close();
  }
}
