/** Threads that do jobs, and a way to have the results in the order of the jobs, with only so many under way. */
import { availableParallelism } from "node:os";
import { parentPort, Worker, workerData, type Transferable } from "node:worker_threads";
import { RunError } from "./exit-codes.js";

/** Below this a run is over before threads have started and warmed up. */
const BYTES_WORTH_THREADS = 24_000_000;
/** More threads than this wait for the one that reads and writes. */
const MOST_WORKERS = 8;

/** How many threads suit an input of so many bytes (undefined: a pipe, taken as large); 0 means none at all. */
export function defaultWorkers(totalBytes: number | undefined): number {
  if (totalBytes !== undefined && totalBytes < BYTES_WORTH_THREADS) return 0;
  return Math.min(availableParallelism(), MOST_WORKERS);
}

interface JobMessage<Job> {
  readonly number: number;
  readonly job: Job;
}

type ResultMessage<Result> =
  | { readonly number: number; readonly result: Result }
  | { readonly number: number; readonly failure: string; readonly stack: string | undefined };

interface Pending<Result> {
  resolve(result: Result): void;
  reject(error: unknown): void;
}

/** `count` threads that all run the module at `url`, which must call `serveJobs`. */
export class WorkerPool<Job, Result> {
  readonly #threads: { worker: Worker; pending: Map<number, Pending<Result>> }[] = [];
  #next = 0;
  #broken: Error | undefined;
  #closing = false;

  constructor(url: URL, count: number, data: unknown) {
    for (let i = 0; i < count; i += 1) {
      const worker = new Worker(url, { workerData: data });
      const pending = new Map<number, Pending<Result>>();
      this.#threads.push({ worker, pending });
      worker.on("message", (message: ResultMessage<Result>) => {
        const waiting = pending.get(message.number);
        pending.delete(message.number);
        if ("result" in message) waiting?.resolve(message.result);
        else waiting?.reject(failureInThread(message.failure, message.stack));
      });
      worker.on("error", (error) => this.#break(`a worker thread failed: ${error.message}`, error));
      worker.on("messageerror", (error) =>
        this.#break("a result could not be passed between threads", error),
      );
      worker.on("exit", (code) => {
        if (!this.#closing) this.#break(`a worker thread ended unasked (exit code ${code})`, undefined);
      });
    }
  }

  get size(): number {
    return this.#threads.length;
  }

  /** Has the least busy thread do a job. What is in `transfer` belongs to the thread afterwards. Rejects with the message of what the job threw. */
  run(job: Job, transfer: readonly Transferable[] = []): Promise<Result> {
    const [first, ...others] = this.#threads;
    if (this.#broken !== undefined || first === undefined)
      return Promise.reject(this.#broken ?? new RunError("the worker pool is closed"));
    let thread = first;
    for (const other of others) if (other.pending.size < thread.pending.size) thread = other;
    const number = this.#next;
    this.#next += 1;
    return new Promise((resolve, reject) => {
      thread.pending.set(number, { resolve, reject });
      const message: JobMessage<Job> = { number, job };
      thread.worker.postMessage(message, transfer);
    });
  }

  /** Ends all threads, also busy ones; their jobs reject. */
  async close(): Promise<void> {
    this.#closing = true;
    this.#broken ??= new RunError("the worker pool is closed");
    this.#rejectAll(this.#broken);
    await Promise.all(this.#threads.splice(0).map(({ worker }) => worker.terminate()));
  }

  #break(what: string, cause: unknown): void {
    if (this.#broken !== undefined) return;
    this.#broken = new RunError(`${what}; run again with --workers 0 to do without threads`, { cause });
    this.#rejectAll(this.#broken);
  }

  #rejectAll(error: Error): void {
    for (const { pending } of this.#threads) {
      for (const { reject } of pending.values()) reject(error);
      pending.clear();
    }
  }
}

function failureInThread(message: string, stack: string | undefined): Error {
  const error = new Error(message);
  if (stack !== undefined) error.stack = stack;
  return error;
}

/** What a thread answers a job with. */
export interface JobDone<Result> {
  readonly result: Result;
  /** Buffers in the result that go over without being copied. */
  readonly transfer?: readonly Transferable[];
}

/** The thread's side: `start` gets the pool's data and makes the function that does the jobs. To be called once, at the top. */
export function serveJobs<Data, Job, Result>(
  start: (data: Data) => (job: Job) => JobDone<Result> | Promise<JobDone<Result>>,
): void {
  const port = parentPort;
  if (port === null) throw new Error("this module runs in a worker thread only");
  const work = start(workerData);
  port.on("message", async ({ number, job }: JobMessage<Job>) => {
    try {
      const { result, transfer = [] } = await work(job);
      const answer: ResultMessage<Result> = { number, result };
      port.postMessage(answer, transfer);
    } catch (error) {
      // As texts: an error's class does not survive the passage, and of some errors not even the message does.
      const [failure, stack] =
        error instanceof Error ? [error.message, error.stack] : [String(error), undefined];
      const answer: ResultMessage<Result> = { number, failure, stack };
      port.postMessage(answer);
    }
  });
}

/**
 * The results of jobs in the order of the jobs. At most `limit` are under way (twice the number of threads keeps them
 * busy), so a slow reader of the results slows down the source of the jobs. A result does not wait for the next job.
 */
export async function* inOrder<Job, Result>(
  jobs: AsyncIterable<Job>,
  run: (job: Job) => Promise<Result>,
  limit: number,
): AsyncGenerator<Result> {
  const source = jobs[Symbol.asyncIterator]();
  const underWay: Promise<Result>[] = [];
  let asked: Promise<IteratorResult<Job>> | undefined;
  let ended = false;
  try {
    for (;;) {
      if (!ended && underWay.length < limit) asked ??= source.next();
      const oldest = underWay[0];
      if (asked === undefined && oldest === undefined) return;
      const step = await Promise.race([
        ...(oldest === undefined ? [] : [oldest.then((result) => ({ result }))]),
        ...(asked === undefined ? [] : [asked.then((answer) => ({ answer }))]),
      ]);
      if ("result" in step) {
        underWay.shift();
        yield step.result;
      } else {
        asked = undefined;
        if (step.answer.done === true) ended = true;
        else underWay.push(quietly(run(step.answer.value)));
      }
    }
  } finally {
    // A generator that waits for input (stdin) cannot be ended before it has some: nobody should wait for that.
    const ending = ended ? undefined : source.return?.();
    if (asked !== undefined) {
      quietly(asked);
      if (ending !== undefined) quietly(ending);
    } else await ending;
  }
}

/** A failure behind the oldest one is never looked at, and must not count as unhandled. */
function quietly<Value>(promise: Promise<Value>): Promise<Value> {
  promise.catch(() => undefined);
  return promise;
}
