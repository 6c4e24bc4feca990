/** Batches converted in order, on threads or on this one: the same results either way. */
import { setFlagsFromString } from "node:v8";
import { WorkerPool, inOrder } from "../runs/worker-pool.js";
import type { BatchJob, BatchResult, ConversionSetup } from "./convert-batch.js";
import type { InputRun, RunBatch, SourceRun } from "./source-run.js";

export interface ConvertedBatch {
  readonly result: BatchResult;
  readonly run: InputRun;
}

/** Twice the threads keep them busy while this one writes. */
const JOBS_A_WORKER = 2;

/** Something that converts batches and ends cleanly. */
export interface Converter {
  /** The batches of the source, converted, in order. @throws {UnreadableInputError} where it cannot be read. */
  converted(source: SourceRun): AsyncIterable<ConvertedBatch>;
  close(): Promise<void>;
}

/** Starts the threads at once, so that they get ready while the input is being opened; 0 for this thread alone. */
export function startConverter(setup: ConversionSetup, workers: number): Converter {
  return workers === 0 ? onThisThread(setup) : onThreads(setup, workers);
}

function onThisThread(setup: ConversionSetup): Converter {
  return {
    async *converted(source) {
      // Loaded here: a run on threads needs the readers and rules only there.
      const { BatchConverter } = await import("./convert-batch.js");
      const converter = await BatchConverter.create(setup);
      for await (const placed of source.batches()) {
        yield { result: converter.convert(jobOf(placed)), run: placed.run };
      }
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
  const pool = new WorkerPool<BatchJob, BatchResult>(worker, workers, setup);
  const convert = async (placed: RunBatch): Promise<ConvertedBatch> => {
    const { bytes, spans, lines } = placed.batch;
    const buffers = [bytes.buffer, spans.buffer, ...(lines === undefined ? [] : [lines.buffer])];
    return { result: await pool.run(jobOf(placed), buffers), run: placed.run };
  };
  return {
    converted: (source) => inOrder(source.batches(), convert, workers * JOBS_A_WORKER),
    close: () => pool.close(),
  };
}

function jobOf({ batch, run, firstPosition }: RunBatch): BatchJob {
  return { batch, source: run.format.source, file: run.input.name, firstPosition };
}
