import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Input } from "../../runs/inputs.js";
import type { Batch } from "../../sources/batch.js";
import { BLOCK_RECORDS, parseShard, shardOf } from "./shard.js";
import type { BatchSource, InputRun, RunBatch } from "../conversion/source-run.js";

const unread = (): never => {
  throw new Error("is not read");
};
const input: Input = {
  name: "feed",
  size: 0,
  seekable: true,
  open: unread,
  readAt: unread,
  close: () => undefined,
};
const run: InputRun = {
  number: 0,
  input,
  format: { source: "ocpi", framing: "documents", version: undefined, description: "" },
  compressed: false,
  records: 0,
  bytes: 0,
  facts: undefined,
  fingerprint: undefined,
};

/** Documents of so many records, three bytes each between brackets; in batches of so many documents, round and round. */
function source(documents: readonly number[], batches: readonly number[]): BatchSource {
  async function* cut(): AsyncGenerator<RunBatch> {
    let firstRecord = 0;
    let byteOffset = 0;
    const left = [...documents];
    for (let turn = 0; left.length > 0; turn++) {
      const taken = left.splice(0, batches[turn % batches.length] ?? 1);
      const spans: number[] = [];
      const places: number[] = [];
      let text = "";
      for (const count of taken) {
        const start = text.length;
        text += "[";
        const first = spans.length;
        for (let record = 0; record < count; record++) {
          spans.push(text.length, text.length + 3);
          text += String(firstRecord + spans.length / 2 - 1).padStart(3, "0");
        }
        text += "]";
        // A document of one record stands alone.
        for (let i = first; i < spans.length; i += 2)
          places.push(...(count === 1 ? [0, 0] : [start, text.length]));
      }
      const batch: Batch = {
        bytes: new Uint8Array(Buffer.from(text)),
        spans: Uint32Array.from(spans),
        byteOffset,
        firstRecord,
        lines: undefined,
        documents: Uint32Array.from(places),
      };
      yield { batch, run, firstPosition: firstRecord };
      firstRecord += spans.length / 2;
      byteOffset += text.length;
    }
  }
  return { runs: [run], progress: { records: 0, bytes: 0 }, batches: cut };
}

/** What a shard gets of each record: its text, its document's, and where it stands. */
async function recordsOf(from: BatchSource, number: number, of: number): Promise<Map<number, string>> {
  const found = new Map<number, string>();
  for await (const { batch, firstPosition } of shardOf(from, { number, of }).batches()) {
    expect(firstPosition).toBe(batch.firstRecord);
    const text = Buffer.from(batch.bytes).toString();
    for (let record = 0; record < batch.spans.length / 2; record++) {
      const [start = 0, end = 0] = batch.spans.subarray(2 * record);
      const [low = 0, high = 0] = batch.documents?.subarray(2 * record) ?? [];
      const place = (batch.byteOffset ?? 0) + start;
      found.set(firstPosition + record, `${text.slice(start, end)} ${place} ${text.slice(low, high)}`);
    }
  }
  return found;
}

const documents = fc.array(fc.oneof(fc.constant(1), fc.integer({ min: 2, max: 150 })), {
  minLength: 1,
  maxLength: 30,
});
const batches = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 4 });

describe("shardOf", () => {
  it("gives every record to one shard, with its bytes and its whole document, however the input was cut into batches", async () => {
    await fc.assert(
      fc.asyncProperty(
        documents,
        batches,
        batches,
        fc.integer({ min: 1, max: 5 }),
        async (sizes, one, other, of) => {
          const whole = await recordsOf(source(sizes, one), 1, 1);
          let found = 0;
          for (let number = 1; number <= of; number++) {
            const made = await recordsOf(source(sizes, one), number, of);
            expect(await recordsOf(source(sizes, other), number, of)).toEqual(made);
            found += made.size;
            for (const [position, record] of made) expect(record).toBe(whole.get(position));
          }
          expect(found).toBe(whole.size);
          expect(whole.size).toBe(sizes.reduce((sum, size) => sum + size, 0));
        },
      ),
      { numRuns: 50 },
    );
  });

  it("deals blocks out in turn", async () => {
    const alone = Array.from({ length: 5 * BLOCK_RECORDS }, () => 1);
    const counts = [1, 2, 3].map(async (number) => (await recordsOf(source(alone, [70]), number, 3)).size);
    expect(await Promise.all(counts)).toEqual([2, 2, 1].map((blocks) => blocks * BLOCK_RECORDS));
  });
});

describe("parseShard", () => {
  it("reads k/n", () => {
    expect(parseShard("2/7")).toEqual({ number: 2, of: 7 });
    expect(parseShard("1000/1000")).toEqual({ number: 1000, of: 1000 });
  });

  it.each(["0/2", "3/2", "1", "a/b", "1/0", "-1/2", "1/1001", "1.5/2", ""])("refuses %j", (text) => {
    expect(() => parseShard(text)).toThrow("it must be k/n");
  });
});
