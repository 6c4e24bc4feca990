/** Batches converted in order, on threads or on this one: the same results either way. */
import { setFlagsFromString } from "node:v8";
import { WorkerPool, inOrder } from "../../runs/worker-pool.js";
import { buffersOf, releaseBatch } from "../../sources/batch.js";
import type { BatchJob, BatchResult, ChosenRecords, ConversionSetup } from "./convert-batch.js";
import type { BatchSource, InputRun, RunBatch } from "./source-run.js";

export interface ConvertedBatch {
  readonly result: BatchResult;
  readonly run: InputRun;
}

/** Twice the threads keep them busy while this one writes. */
const JOBS_A_WORKER = 2;

/** What is wanted of a batch. */
export type Chosen = (placed: RunBatch) => ChosenRecords;

/** Something that converts batches and ends cleanly. */
export interface Converter {
  /**
   * The batches of the source, converted, in order; of each only the records that `chosen` names, and none at all of
   * a batch it names none of. @throws {UnreadableInputError} where the source cannot be read.
   */
  converted(source: BatchSource, chosen?: Chosen): AsyncIterable<ConvertedBatch>;
  close(): Promise<void>;
}

/** Starts the threads at once, so that they get ready while the input is being opened; 0 for this thread alone. */
export function startConverter(setup: ConversionSetup, workers: number): Converter {
  return workers === 0 ? onThisThread(setup) : onThreads(setup, workers);
}

function onThisThread(setup: ConversionSetup): Converter {
  return {
    async *converted(source, chosen) {
      // Loaded here: a run on threads needs the readers and rules only there.
      const { BatchConverter } = await import("./convert-batch.js");
      const converter = await BatchConverter.create(setup);
      for await (const { job, run } of jobs(source, chosen)) yield { result: converter.convert(job), run };
    },
    close: async () => undefined,
  };
}

/**
 * V8 inlines so eagerly that compiling competes with the work for the first second of a run, when every thread has
 * yet to warm up; with less of it two threads finish sooner and run no slower after. Takes effect for threads to come.
 */
const LESS_INLINING = "--max-inlined-bytecode-size-cumulative=200";

function onThreads(setup: ConversionSetup, workers: number): Converter {
  setFlagsFromString(LESS_INLINING);
  const worker = new URL("./convert-worker.js", import.meta.url);
  const pool = new WorkerPool<readonly BatchJob[], readonly BatchResult[]>(worker, workers, setup);
  const convert = async (group: readonly PlacedJob[]): Promise<ConvertedBatch[]> => {
    const results = await pool.run(
      group.map(({ job }) => job),
      group.flatMap(({ job }) => buffersOf(job.batch)),
    );
    return results.flatMap((result, index) => {
      const placed = group[index];
      return placed === undefined ? [] : [{ result, run: placed.run }];
    });
  };
  return {
    async *converted(source, chosen) {
      const groups = inOrder(grouped(jobs(source, chosen)), convert, workers * JOBS_A_WORKER);
      for await (const results of groups) yield* results;
    },
    close: () => pool.close(),
  };
}

/** So much is worth a message to a thread; the batches of small files go together. */
const BYTES_WORTH_A_MESSAGE = 1 << 19;

async function* grouped(jobs: AsyncIterable<PlacedJob>): AsyncGenerator<readonly PlacedJob[]> {
  let group: PlacedJob[] = [];
  let bytes = 0;
  for await (const placed of jobs) {
    group.push(placed);
    bytes += placed.job.batch.bytes.length;
    if (bytes < BYTES_WORTH_A_MESSAGE) continue;
    yield group;
    group = [];
    bytes = 0;
  }
  if (group.length > 0) yield group;
}

interface PlacedJob {
  readonly job: BatchJob;
  readonly run: InputRun;
}

async function* jobs(source: BatchSource, chosen: Chosen | undefined): AsyncGenerator<PlacedJob> {
  for await (const placed of source.batches()) {
    const { batch, run, firstPosition } = placed;
    const only = chosen?.(placed);
    if (only?.size === 0) releaseBatch(batch);
    else yield { job: { batch, source: run.format.source, file: run.input.name, firstPosition, only }, run };
  }
}
