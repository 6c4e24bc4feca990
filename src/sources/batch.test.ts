import { expect, test } from "vitest";
import { type Batch, batchBytes, releaseBatch } from "./batch.js";

function batchOf(bytes: Uint8Array<ArrayBuffer>): Batch {
  return { bytes, spans: new Uint32Array(), byteOffset: 0, firstRecord: 0, lines: undefined };
}

test("a released batch's buffer serves a later batch, and never two at once", () => {
  const first = batchBytes(500_000);
  releaseBatch(batchOf(first));
  const second = batchBytes(600_000);
  const third = batchBytes(600_000);
  expect(second.buffer).toBe(first.buffer);
  expect(second.length).toBe(600_000);
  expect(third.buffer).not.toBe(second.buffer);
});

test("large batches come and go without being kept", () => {
  const large = batchBytes(10 * (1 << 20));
  releaseBatch(batchOf(large));
  expect(batchBytes(10 * (1 << 20)).buffer).not.toBe(large.buffer);
  expect(batchBytes(10).buffer).not.toBe(large.buffer);
});
