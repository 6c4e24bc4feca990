import { Buffer } from "node:buffer";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { peek } from "./peeked-stream.js";

const pieces = fc.array(fc.uint8Array({ maxLength: 6 }), { maxLength: 6 });

async function* given(chunks: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* chunks;
}

async function joined(stream: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

test("the head is as long as asked for, or all there is, and the stream still begins with it", async () => {
  await fc.assert(
    fc.asyncProperty(pieces, fc.nat(20), async (chunks, atLeast) => {
      const all = Buffer.concat(chunks);
      const { head, whole, stream } = await peek(given(chunks), atLeast);
      expect(all.subarray(0, head.length).equals(head)).toBe(true);
      expect(head.length).toBeGreaterThanOrEqual(Math.min(atLeast, all.length));
      if (whole) expect(head.length).toBe(all.length);
      else expect(head.length).toBeGreaterThanOrEqual(atLeast);
      expect(await joined(stream)).toEqual(all);
    }),
  );
});

test("the source is given up when nobody reads on: by close, or by leaving the stream", async () => {
  for (const leave of ["close", "break"] as const) {
    let closed = false;
    async function* source(): AsyncGenerator<Uint8Array> {
      try {
        for (;;) yield Buffer.from("more");
      } finally {
        closed = true;
      }
    }
    const { stream, close } = await peek(source(), 1);
    if (leave === "close") await close();
    else for await (const _ of stream) break;
    expect(closed, leave).toBe(true);
  }
});

test("what the source throws passes through, in the head and after it", async () => {
  async function* broken(): AsyncGenerator<Uint8Array> {
    yield Buffer.from("[1");
    throw new Error("EIO");
  }
  await expect(peek(broken(), 3)).rejects.toThrow("EIO");
  const { stream } = await peek(broken(), 1);
  await expect(joined(stream)).rejects.toThrow("EIO");
});
