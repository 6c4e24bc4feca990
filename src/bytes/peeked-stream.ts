/** Looks at the beginning of a stream without taking it away. */
import { Buffer } from "node:buffer";

export interface PeekedStream {
  /** The first bytes: at least as many as asked for, unless the stream is shorter. */
  readonly head: Uint8Array;
  /** `head` is everything there is. */
  readonly whole: boolean;
  /** The stream from its first byte; its first chunk is `head`. To be read, or given up with `close`. */
  readonly stream: AsyncIterable<Uint8Array>;
  /** Gives the stream up unread. */
  close(): Promise<void>;
}

/** Reads until `atLeast` bytes are there or the stream ends. What the stream throws passes through. */
export async function peek(stream: AsyncIterable<Uint8Array>, atLeast: number): Promise<PeekedStream> {
  const rest = stream[Symbol.asyncIterator]();
  const chunks: Uint8Array[] = [];
  let length = 0;
  let whole = false;
  while (length < atLeast && !whole) {
    const next = await rest.next();
    if (next.done === true) whole = true;
    else {
      chunks.push(next.value);
      length += next.value.length;
    }
  }
  const first = chunks[0];
  const head = chunks.length === 1 && first !== undefined ? first : Buffer.concat(chunks);
  const close = async (): Promise<void> => {
    await rest.return?.();
  };
  async function* replay(): AsyncGenerator<Uint8Array> {
    try {
      if (head.length > 0) yield head;
      for (;;) {
        const next = await rest.next();
        if (next.done === true) return;
        yield next.value;
      }
    } finally {
      await close();
    }
  }
  return { head, whole, stream: replay(), close };
}
