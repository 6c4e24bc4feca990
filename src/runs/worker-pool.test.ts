import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import * as fc from "fast-check";
import { afterAll, afterEach, describe, expect, test } from "vitest";
import { compileInto, temporaryFolder } from "./compiled.test-support.js";
import { defaultWorkers, inOrder, WorkerPool } from "./worker-pool.js";

async function* numbers(count: number): AsyncGenerator<number> {
  for (let i = 0; i < count; i += 1) yield i;
}

async function all<Value>(values: AsyncIterable<Value>): Promise<Value[]> {
  const found: Value[] = [];
  for await (const value of values) found.push(value);
  return found;
}

const turns = async (count: number) => {
  for (let i = 0; i < count; i += 1) await Promise.resolve();
};

describe("results in order", () => {
  test("whatever finishes first, with no more than the limit under way", async () => {
    const delays = fc.array(fc.nat(20), { maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(delays, fc.integer({ min: 1, max: 8 }), async (delays, limit) => {
        let underWay = 0;
        let most = 0;
        const run = async (job: number) => {
          underWay += 1;
          most = Math.max(most, underWay);
          await turns(delays[job] ?? 0);
          underWay -= 1;
          return job;
        };
        expect(await all(inOrder(numbers(delays.length), run, limit))).toEqual([...delays.keys()]);
        expect(most).toBeLessThanOrEqual(limit);
      }),
    );
  });

  test("a slow reader slows the source", async () => {
    let taken = 0;
    const source = async function* () {
      for (; taken < 1000; taken += 1) yield taken;
    };
    const results = inOrder(source(), async (job) => job, 4);
    await results.next();
    await turns(1000);
    expect(taken).toBeLessThanOrEqual(5);
    await results.return(undefined);
  });

  test("a result does not wait for the next job", async () => {
    const source = async function* () {
      yield 1;
      await new Promise(() => undefined);
    };
    const results = inOrder(source(), async (job) => job, 4);
    expect(await results.next()).toEqual({ done: false, value: 1 });
  });

  test("the failure of a job, or of the source, is the failure of the whole", async () => {
    const failing = async (job: number) => {
      if (job === 3) throw new Error("job 3");
      return job;
    };
    await expect(all(inOrder(numbers(10), failing, 4))).rejects.toThrow("job 3");
    const source = async function* () {
      yield 1;
      throw new Error("source");
    };
    await expect(all(inOrder(source(), async (job) => job, 4))).rejects.toThrow("source");
  });

  test("ending early ends the source", async () => {
    let ended = false;
    const source = async function* () {
      try {
        yield* numbers(1000);
      } finally {
        ended = true;
      }
    };
    for await (const result of inOrder(source(), async (job) => job, 2)) if (result === 5) break;
    await turns(10);
    expect(ended).toBe(true);
  });
});

describe("threads", () => {
  const folder = temporaryFolder();
  compileInto(folder.path, ["worker-pool"]);
  const thread = join(folder.path, "thread.mjs");
  writeFileSync(
    thread,
    `import { serveJobs } from "./worker-pool.js";
     serveJobs(({ factor }) => async (job) => {
       if (job.wait) await new Promise((done) => setTimeout(done, job.wait));
       if (job.fail) throw new RangeError("cannot do " + job.fail);
       if (job.exit) process.exit(7);
       if (job.stray) setTimeout(() => { throw new Error("stray"); });
       if (job.hang || job.stray) return new Promise(() => {});
       if (job.uncloneable) return { result: () => {} };
       const bytes = new Uint8Array(job.bytes ?? 0);
       return { result: { value: job.value * factor, bytes, size: job.data?.length }, transfer: [bytes.buffer] };
     });`,
  );
  interface Job {
    value?: number;
    bytes?: number;
    wait?: number;
    data?: Uint8Array<ArrayBuffer>;
    fail?: string;
    exit?: boolean;
    stray?: boolean;
    hang?: boolean;
    uncloneable?: boolean;
  }
  interface Result {
    value: number;
    bytes: Uint8Array;
    size: number | undefined;
  }
  let pool: WorkerPool<Job, Result> | undefined;
  const newPool = (count: number) => {
    pool = new WorkerPool<Job, Result>(pathToFileURL(thread), count, { factor: 10 });
    return pool;
  };
  afterEach(() => pool?.close());
  afterAll(() => folder.remove());

  test("do jobs with the pool's data; results come in the order of the jobs", async () => {
    const pool = newPool(2);
    const job = (value: number) => pool.run({ value, bytes: 3, wait: value % 3 });
    const results = await all(inOrder(numbers(20), job, 4));
    expect(results.map(({ value }) => value)).toEqual(results.map((_, i) => i * 10));
    expect(results[0]?.bytes).toEqual(new Uint8Array(3));
  });

  test("take over transferred buffers", async () => {
    const data = new Uint8Array(1000);
    const { size } = await newPool(1).run({ value: 1, data }, [data.buffer]);
    expect([size, data.length]).toEqual([1000, 0]);
  });

  test("a job that throws rejects with what it threw, and the thread goes on", async () => {
    const pool = newPool(1);
    await expect(pool.run({ fail: "this" })).rejects.toThrow("cannot do this");
    await expect(pool.run({ uncloneable: true })).rejects.toThrow(/could not be cloned/);
    expect(await pool.run({ value: 1 })).toMatchObject({ value: 10 });
  });

  test.each([
    ["ends", { exit: true }, /ended unasked \(exit code 7\).*--workers 0/],
    ["fails", { stray: true }, /failed: stray.*--workers 0/],
  ])("a thread that %s breaks the pool, with a reason", async (_what, job, message) => {
    const pool = newPool(2);
    const other = pool.run({ hang: true });
    await expect(Promise.all([other, pool.run(job)])).rejects.toThrow(message);
    await expect(other).rejects.toThrow(message);
    await expect(pool.run({ value: 1 })).rejects.toThrow(message);
  });

  test("closing ends busy threads too", async () => {
    const pool = newPool(2);
    const hanging = pool.run({ hang: true });
    const closed = expect(hanging).rejects.toThrow("closed");
    await pool.close();
    await closed;
    expect(pool.size).toBe(0);
    await expect(pool.run({ value: 1 })).rejects.toThrow("closed");
  });
});

test("small inputs need no threads, large ones and pipes get some", () => {
  expect(defaultWorkers(1_000_000)).toBe(0);
  expect(defaultWorkers(1_000_000_000)).toBeGreaterThan(0);
  expect(defaultWorkers(undefined)).toBe(defaultWorkers(1_000_000_000));
});
