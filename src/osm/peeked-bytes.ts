/** Looks at the beginning of a stream without taking it away. */
import { Buffer } from "node:buffer";

export interface PeekedBytes {
  /** The first bytes: at least as many as asked for, unless the stream is shorter. */
  readonly head: Uint8Array;
  /** The stream from its first byte. To be read, or given up with `close`. */
  readonly stream: AsyncIterable<Uint8Array>;
  /** Gives the stream up unread. */
  close(): Promise<void>;
}

/** Reads until `atLeast` bytes are there or the stream ends. What the stream throws passes through. */
export async function peekBytes(stream: AsyncIterable<Uint8Array>, atLeast: number): Promise<PeekedBytes> {
  const rest = stream[Symbol.asyncIterator]();
  const chunks: Uint8Array[] = [];
  for (let length = 0; length < atLeast;) {
    const next = await rest.next();
    if (next.done === true) break;
    chunks.push(next.value);
    length += next.value.length;
  }
  const close = async (): Promise<void> => {
    await rest.return?.();
  };
  async function* replay(): AsyncGenerator<Uint8Array> {
    try {
      yield* chunks;
      for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
    } finally {
      await close();
    }
  }
  return { head: Buffer.concat(chunks), stream: replay(), close };
}
