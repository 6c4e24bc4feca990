/** What framing hands on: about a MiB of bytes with the places of the whole records in it. */

export interface Batch {
  /** Decompressed input. Owned by the receiver, so it can be transferred to a worker. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /**
   * `start, end` of each record in `bytes`. `start === end` stands for a record over the size limit, whose bytes
   * were passed over.
   */
  readonly spans: Uint32Array<ArrayBuffer>;
  /** Offset of `bytes[0]` in the decompressed input; `undefined` where the records were written anew (tokens). */
  readonly byteOffset: number | undefined;
  /** Position of the first record of this batch in its input, from 0. */
  readonly firstRecord: number;
  /** 1-based line of each record where the input is line-framed. */
  readonly lines: Uint32Array<ArrayBuffer> | undefined;
  /**
   * `start, end` in `bytes` of the document each record is an element of, where records share parts of it; equal
   * where a record stands alone. All records of a document are in one batch, side by side.
   */
  readonly documents?: Uint32Array<ArrayBuffer> | undefined;
}

/** Offset of a record (counted within the batch) in the decompressed input, where it is known. */
export function byteOf({ byteOffset, spans }: Batch, record: number): number | undefined {
  return byteOffset === undefined ? undefined : byteOffset + (spans[2 * record] ?? 0);
}

/** The buffers of a batch, to be handed to another thread with it. */
export function buffersOf({ bytes, spans, lines, documents }: Batch): ArrayBuffer[] {
  return [bytes, spans, lines, documents].flatMap((array) => array?.buffer ?? []);
}

/** Buffers of batches that are done with. Batches to come use them again: megabytes of garbage cost more than the work. */
const spare: ArrayBuffer[] = [];
const MOST_SPARE = 16;
/** A batch of usual size (a MiB and what of a read is over) fits every spare buffer. */
const USUAL_BYTES = (3 << 19) + (1 << 16);

/** The batch of a small file gets what it needs: there may be ten thousand of them. */
const SMALL_BYTES = 1 << 18;

/** Room for the bytes of a batch. What stands in it is left over from earlier. */
export function batchBytes(length: number): Uint8Array<ArrayBuffer> {
  const isUsual = length > SMALL_BYTES && length <= USUAL_BYTES;
  const buffer = isUsual ? (spare.pop() ?? new ArrayBuffer(USUAL_BYTES)) : new ArrayBuffer(length);
  return new Uint8Array(buffer, 0, length);
}

/** Says that nobody will look at a batch's bytes again. */
export function releaseBatch({ bytes: { buffer } }: Batch): void {
  if (buffer.byteLength === USUAL_BYTES && spare.length < MOST_SPARE) spare.push(buffer);
}
