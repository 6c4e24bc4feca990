/** Collects text as UTF-8 bytes. One buffer serves batch after batch; what is taken is a copy of the right size. */
import { Buffer } from "node:buffer";

const FIRST_BYTES = 1 << 20;
/** No UTF-16 unit takes more bytes than this in UTF-8. */
const BYTES_A_UNIT = 3;

export class TextOutput {
  #buffer = Buffer.allocUnsafeSlow(FIRST_BYTES);
  #length = 0;

  /** Bytes written since the last `take`. */
  get length(): number {
    return this.#length;
  }

  write(text: string): void {
    const needed = this.#length + text.length * BYTES_A_UNIT;
    if (needed > this.#buffer.length) {
      const larger = Buffer.allocUnsafeSlow(Math.max(needed, this.#buffer.length * 2));
      this.#buffer.copy(larger, 0, 0, this.#length);
      this.#buffer = larger;
    }
    this.#length += this.#buffer.write(text, this.#length, "utf8");
  }

  /** All that was written, over a buffer of its own, so that it can be transferred; starts anew. */
  take(): Uint8Array<ArrayBuffer> {
    const bytes = new Uint8Array(this.#length);
    bytes.set(this.#buffer.subarray(0, this.#length));
    this.#length = 0;
    return bytes;
  }
}
