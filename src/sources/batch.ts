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
}

/** Offset of a record (counted within the batch) in the decompressed input, where it is known. */
export function byteOf({ byteOffset, spans }: Batch, record: number): number | undefined {
  return byteOffset === undefined ? undefined : byteOffset + (spans[2 * record] ?? 0);
}
