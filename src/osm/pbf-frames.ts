/** The outermost layer of OSM PBF: lengths and blobs, one after the other. */
import { ByteQueue } from "./byte-queue.js";
import { DAMAGED, InputError } from "../input-error.js";
import { bytesField, eachField, reading } from "./pbf-message.js";

/** What the format allows; checked before anything is allocated. */
const MOST_HEADER_BYTES = 64 * 1024;
export const MOST_BLOB_BYTES = 32 * 1024 * 1024;
const LENGTH_BYTES = 4;

export interface PbfFrame {
  /** `OSMHeader`, `OSMData`, or something newer that is to be passed over. */
  readonly type: string;
  /** Offset of the frame in the file. */
  readonly byte: number;
  /** Bytes of the blob. */
  readonly size: number;
}

/** Frames in order: `next()`, then `blob()` or `skip()`, until `next()` is `undefined`. Errors are `InputError`. */
export class PbfFrames {
  readonly #queue: ByteQueue;
  readonly #file: string;

  constructor(chunks: AsyncIterable<Uint8Array>, file: string) {
    this.#queue = new ByteQueue(chunks);
    this.#file = file;
  }

  async next(): Promise<PbfFrame | undefined> {
    const { byte } = this.#queue;
    const prefix = await this.#queue.take(LENGTH_BYTES);
    if (prefix.length === 0) return undefined;
    this.#expect(prefix.length, LENGTH_BYTES, byte);
    const length = new DataView(prefix.buffer, prefix.byteOffset).getUint32(0);
    if (length === 0 || length > MOST_HEADER_BYTES) {
      throw this.#damaged(
        byte,
        `a block header of ${length} bytes, where 1 to ${MOST_HEADER_BYTES} are allowed`,
      );
    }
    const header = await this.#queue.take(length);
    this.#expect(header.length, length, byte);
    const { type, size } = this.#headerOf(header, byte);
    if (size < 0 || size > MOST_BLOB_BYTES) {
      throw this.#damaged(byte, `a block of ${size} bytes, where ${MOST_BLOB_BYTES} are allowed`);
    }
    return { type, byte, size };
  }

  async blob({ byte, size }: PbfFrame): Promise<Uint8Array> {
    const blob = await this.#queue.take(size);
    this.#expect(blob.length, size, byte);
    return blob;
  }

  async skip({ byte, size }: PbfFrame): Promise<void> {
    this.#expect(await this.#queue.skip(size), size, byte);
  }

  async close(): Promise<void> {
    await this.#queue.close();
  }

  #headerOf(header: Uint8Array, byte: number): { type: string; size: number } {
    let type = "";
    let size = -1;
    try {
      const pbf = reading(header);
      eachField(pbf, header.length, (field) => {
        if (field === 1) {
          const { start, end } = bytesField(pbf, header.length);
          type = new TextDecoder().decode(header.subarray(start, end));
        } else if (field === 3) size = pbf.readVarint(true);
      });
    } catch (error) {
      throw this.#damaged(byte, "a block header that cannot be read", error);
    }
    return { type, size };
  }

  #expect(there: number, needed: number, byte: number): void {
    if (there < needed) {
      throw this.#damaged(
        byte,
        `the file ends inside the block that begins here (after byte ${this.#queue.byte})`,
      );
    }
  }

  #damaged(byte: number, problem: string, cause?: unknown): InputError {
    return new InputError({ file: this.#file, byte, problem, advice: DAMAGED }, { cause });
  }
}
