/** Collects text as UTF-8 bytes in one growing buffer, so that a batch is encoded once and can be transferred. */
import { Buffer } from "node:buffer";

const FIRST_BYTES = 1 << 20;
/** No UTF-16 unit takes more bytes than this in UTF-8. */
const BYTES_A_UNIT = 3;

export class TextOutput {
  #buffer = Buffer.from(new ArrayBuffer(FIRST_BYTES));
  #length = 0;

  /** Bytes written so far. */
  get length(): number {
    return this.#length;
  }

  write(text: string): void {
    const needed = this.#length + text.length * BYTES_A_UNIT;
    if (needed > this.#buffer.length) {
      const larger = Buffer.from(new ArrayBuffer(Math.max(needed, this.#buffer.length * 2)));
      this.#buffer.copy(larger, 0, 0, this.#length);
      this.#buffer = larger;
    }
    this.#length += this.#buffer.write(text, this.#length, "utf8");
  }

  /** All that was written, over a buffer of its own. */
  bytes(): Uint8Array<ArrayBuffer> {
    return new Uint8Array(this.#buffer.buffer, 0, this.#length);
  }
}
