/** The stretch of the input that is in memory, held where the scanner can see it. Offsets are those of the input. */
import { batchBytes } from "./batch.js";
import { SPACE } from "./json-bytes.js";
import {
  SCANNER_BLOCK_BYTES,
  SCANNER_TEXT,
  WASM_PAGE_BYTES,
  structuralScanner,
  type StructuralScanner,
} from "./structural-scanner.js";

/** Scanners of windows that were closed: making one takes longer than reading a small file. */
const spare: StructuralScanner[] = [];
const MOST_SPARE = 4;
/** One that had to hold a large document is let go of, with its memory. */
const MOST_SPARE_BYTES = 8 << 20;

export class ScanWindow {
  /** Next byte to be looked at. */
  position = 0;
  /** No more bytes will come. */
  ended = false;
  #base = 0;
  #end = 0;
  readonly #scanner: StructuralScanner = spare.pop() ?? structuralScanner();
  #memory = new Uint8Array(this.#scanner.memory.buffer);
  #answer = new Uint32Array(this.#scanner.memory.buffer, 0, SCANNER_TEXT / 4);

  /** Offset of the first byte held. */
  get base(): number {
    return this.#base;
  }

  /** Offset after the last byte held. */
  get end(): number {
    return this.#end;
  }

  /** Empties the window for another input. */
  reset(): void {
    this.position = 0;
    this.ended = false;
    this.#base = 0;
    this.#end = 0;
  }

  /** Says that this window will not be used again. */
  close(): void {
    const small = this.#scanner.memory.buffer.byteLength <= MOST_SPARE_BYTES;
    if (small && spare.length < MOST_SPARE && !spare.includes(this.#scanner)) spare.push(this.#scanner);
  }

  append(bytes: Uint8Array): void {
    const needed = SCANNER_TEXT + (this.#end - this.#base) + bytes.length + SCANNER_BLOCK_BYTES;
    if (needed > this.#memory.length) {
      this.#scanner.memory.grow(Math.ceil((needed - this.#memory.length) / WASM_PAGE_BYTES));
      this.#memory = new Uint8Array(this.#scanner.memory.buffer);
      this.#answer = new Uint32Array(this.#scanner.memory.buffer, 0, SCANNER_TEXT / 4);
    }
    this.#memory.set(bytes, this.#address(this.#end));
    this.#end += bytes.length;
  }

  /** Lets go of everything before `offset`. */
  release(offset: number): void {
    const by = offset - this.#base;
    if (by === 0) return;
    this.#memory.copyWithin(SCANNER_TEXT, SCANNER_TEXT + by, this.#address(this.#end));
    // A start that is let go of was reported by `openedAt` before; clamped, it cannot wrap around.
    this.#scanner.start.value = Math.max(0, this.#scanner.start.value - by);
    this.#base = offset;
  }

  /** The byte at `offset`, which must be held. */
  at(offset: number): number {
    return this.#memory[offset - this.#base + SCANNER_TEXT] ?? 0;
  }

  /** A copy of the bytes `from`..`to`, which must be held. */
  copy(from: number, to: number): Uint8Array<ArrayBuffer> {
    const bytes = batchBytes(to - from);
    bytes.set(this.#memory.subarray(this.#address(from), this.#address(to)));
    return bytes;
  }

  text(from: number, to: number): string {
    return Buffer.from(this.#memory.buffer, this.#address(from), to - from).toString("utf8");
  }

  /** Prepares a scan that starts at `position`, outside any string, `depth` containers deep. */
  beginScan(depth: number): void {
    this.#scanner.begin(depth);
  }

  /**
   * Scans on from `position` and moves it. Returns how many containers closed at depth 0 (see `scanned`), at most
   * one with `once`. Up to 63 bytes stay unscanned until more come or the input has ended.
   */
  scan(once: boolean): number {
    const available = this.#end - this.position;
    let length = available - (available % SCANNER_BLOCK_BYTES);
    const from = this.#address(this.position);
    if (this.ended && length < available) {
      length += SCANNER_BLOCK_BYTES;
      this.#memory.fill(SPACE, from + available, from + length);
    }
    if (length === 0) return 0;
    const count = this.#scanner.scan(from, from + length, once ? 1 : 0);
    this.position = Math.min(this.#offset(this.#scanner.stop.value), this.#end);
    return count;
  }

  /** Start and end of the containers of the last `scan`: `scanned(2 * n)` and `scanned(2 * n + 1)`. */
  scanned(index: number): number {
    return this.#offset(this.#answer[index] ?? 0);
  }

  /** The last scan stopped at a closing bracket of depth 0; `position` is on it. */
  get closed(): boolean {
    return this.#scanner.closed.value === 1;
  }

  /** Where the container that is still open after a scan began. */
  get openedAt(): number | undefined {
    return this.#scanner.depth.value > 0 ? this.#offset(this.#scanner.start.value) : undefined;
  }

  #address(offset: number): number {
    return offset - this.#base + SCANNER_TEXT;
  }

  #offset(address: number): number {
    return address - SCANNER_TEXT + this.#base;
  }
}
