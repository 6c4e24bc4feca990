/** Gathers finished records into batches of about a MiB. */
import type { Batch } from "./batch.js";

/** Enough to make handing a batch to a worker cheap, little enough to keep memory flat. */
export const BATCH_BYTES = 1 << 20;

/** Where framing reports the records it finds, in order. Offsets are those of the decompressed input. */
export interface RecordSink {
  record(start: number, end: number): void;
  /** A record over the size limit that began at `start`. */
  tooLarge(start: number): void;
}

export class BatchBuilder implements RecordSink {
  readonly #copy: (from: number, to: number) => Uint8Array<ArrayBuffer>;
  #spans: number[] = [];
  #firstRecord = 0;
  #ready: Batch[] = [];

  /** `copy` gives the bytes of a range of the input; records stay pending until `flush` asks for theirs. */
  constructor(copy: (from: number, to: number) => Uint8Array<ArrayBuffer>) {
    this.#copy = copy;
  }

  /** First byte that pending records need. */
  get pendingFrom(): number | undefined {
    return this.#spans[0];
  }

  record(start: number, end: number): void {
    this.#spans.push(start, end);
  }

  tooLarge(start: number): void {
    this.flush();
    this.#push(new Uint8Array(0), new Uint32Array(2), start);
  }

  flush(): void {
    const from = this.#spans[0];
    const to = this.#spans.at(-1);
    if (from === undefined || to === undefined) return;
    const spans = new Uint32Array(this.#spans.length);
    for (let i = 0; i < spans.length; i++) spans[i] = (this.#spans[i] ?? 0) - from;
    this.#spans = [];
    this.#push(this.#copy(from, to), spans, from);
  }

  /** The batches flushed since the last call. */
  take(): readonly Batch[] {
    const ready = this.#ready;
    this.#ready = [];
    return ready;
  }

  #push(bytes: Uint8Array<ArrayBuffer>, spans: Uint32Array<ArrayBuffer>, byteOffset: number): void {
    this.#ready.push({ bytes, spans, byteOffset, firstRecord: this.#firstRecord, lines: undefined });
    this.#firstRecord += spans.length / 2;
  }
}

/** The chunk in pieces that keep a window small, whatever the source hands over. */
export function* pieces(chunk: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < chunk.length; at += BATCH_BYTES) yield chunk.subarray(at, at + BATCH_BYTES);
}
