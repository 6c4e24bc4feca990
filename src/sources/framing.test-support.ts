/** What the tests of framing share: feeding bytes in pieces, and reading records back. */
import { Buffer } from "node:buffer";

import * as fc from "fast-check";

import type { Batch } from "./batch.js";

/** The text in chunks of the sizes given, over and over; one byte at least each. */
export async function* chunked(
  text: string | Uint8Array,
  sizes: readonly number[] = [],
): AsyncGenerator<Uint8Array> {
  const bytes = typeof text === "string" ? Buffer.from(text) : text;
  let at = 0;
  for (let i = 0; at < bytes.length; i++) {
    const size = sizes.length === 0 ? bytes.length : Math.max(1, sizes[i % sizes.length] ?? 1);
    yield bytes.subarray(at, at + size);
    at += size;
  }
}

export interface FramedRecord {
  readonly text: string;
  /** In the input. */
  readonly offset: number;
  readonly position: number;
  readonly line: number | undefined;
}

/** All records of some batches, checked for the promises of `Batch`. */
export async function framed(batches: AsyncIterable<Batch>): Promise<FramedRecord[]> {
  const records: FramedRecord[] = [];
  for await (const { bytes, spans, byteOffset, firstRecord, lines } of batches) {
    if (firstRecord !== records.length) throw new Error(`batch says ${firstRecord}, read ${records.length}`);
    const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    for (let i = 0; i < spans.length; i += 2) {
      const [start = 0, end = 0] = spans.subarray(i, i + 2);
      records.push({
        text: text.toString("utf8", start, end),
        offset: (byteOffset ?? 0) + start,
        position: records.length,
        line: lines?.[i / 2],
      });
    }
  }
  return records;
}

export async function framedValues(batches: AsyncIterable<Batch>): Promise<unknown[]> {
  return (await framed(batches)).map(({ text }): unknown => JSON.parse(text));
}

/** What an async action throws. */
export async function thrownBy(action: () => Promise<unknown>): Promise<unknown> {
  try {
    await action();
  } catch (error) {
    return error;
  }
  return undefined;
}

/** Any JSON value, with texts full of what framing could stumble over. */
export const jsonValue: fc.Arbitrary<unknown> = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.constantFrom<unknown>(null, true, false, 0, -1.5, 1e21, ""),
    fc.string({ unit: fc.constantFrom('"', "\\", "{", "}", "[", "]", ",", ":", "\n", "é", "😀", "a") }),
    fc.string({ unit: fc.constant("\\"), maxLength: 70 }),
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(fc.string({ unit: fc.constantFrom('"', "\\", "k", "}") }), tie("value"), { maxKeys: 4 }),
  ),
})).value;

/** A JSON object that names its place, as records do, so that it is never taken for an envelope. */
export const recordValue: fc.Arbitrary<object> = fc
  .tuple(fc.constantFrom("coordinates", "evses", "location", "Address"), jsonValue, jsonValue)
  .map(([key, value, more]) => ({ id: "1", [key]: value, more, data: [1] }));

export const chunkSizes = fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 5 });

/** How a value may be laid out. */
export const indent = fc.constantFrom(undefined, 2, "\t");
