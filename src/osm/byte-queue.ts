/** Exact numbers of bytes from a stream of chunks. */
import { Buffer } from "node:buffer";

export class ByteQueue {
  readonly #chunks: AsyncIterator<Uint8Array>;
  #chunk: Uint8Array = new Uint8Array(0);
  #at = 0;
  #byte = 0;

  constructor(chunks: AsyncIterable<Uint8Array>) {
    this.#chunks = chunks[Symbol.asyncIterator]();
  }

  /** Offset of the next byte. */
  get byte(): number {
    return this.#byte;
  }

  /** The next `length` bytes; fewer when the stream ends before. Memory grows with what is there, not with what is asked. */
  async take(length: number): Promise<Uint8Array> {
    if (this.#chunk.length - this.#at >= length) return this.#part(length);
    const parts: Uint8Array[] = [];
    let missing = length;
    while (missing > 0 && (await this.#fill())) {
      const part = this.#part(missing);
      parts.push(part);
      missing -= part.length;
    }
    return Buffer.concat(parts);
  }

  /** Passes over up to `length` bytes; answers how many there were. */
  async skip(length: number): Promise<number> {
    let missing = length;
    while (missing > 0 && (await this.#fill())) missing -= this.#part(missing).length;
    return length - missing;
  }

  /** Gives the rest of the stream up. */
  async close(): Promise<void> {
    await this.#chunks.return?.();
  }

  async #fill(): Promise<boolean> {
    while (this.#at >= this.#chunk.length) {
      const next = await this.#chunks.next();
      if (next.done === true) return false;
      this.#chunk = next.value;
      this.#at = 0;
    }
    return true;
  }

  #part(most: number): Uint8Array {
    const part = this.#chunk.subarray(this.#at, this.#at + most);
    this.#at += part.length;
    this.#byte += part.length;
    return part;
  }
}
