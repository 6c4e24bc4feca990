/** Changed Locations put into the stored feed: those that were there in their places, new ones at the end. */
import { Buffer } from "node:buffer";
import { createReadStream } from "node:fs";
import { UnreadableInputError } from "../runs/exit-codes.js";
import { plainBytes } from "../sources/byte-stream.js";
import { InputError } from "../input-error.js";
import { NEWLINE } from "../sources/json-bytes.js";
import { identityOf } from "./ocpi-identity.js";
import type { RecordSpool } from "./ocpi-spool.js";
import { EMPTY_FEED } from "./ocpi-stored-feed.js";

const READ_BYTES = 1 << 20;

export class DeltaMerge {
  readonly #file: string;
  readonly #spool: RecordSpool;
  #records = 0;
  #replaced = 0;
  #added = 0;

  /** `file`: the stored feed, a line a record, which stays as it is. `spool`: what has changed. */
  constructor(file: string, spool: RecordSpool) {
    this.#file = file;
    this.#spool = spool;
  }

  /** Complete when `lines` has been read. */
  get counts(): { readonly records: number; readonly replaced: number; readonly added: number } {
    return { records: this.#records, replaced: this.#replaced, added: this.#added };
  }

  /** The merged feed. What has not changed is byte for byte as it was. */
  async *lines(): AsyncGenerator<Uint8Array> {
    const used = new Set<number>();
    for await (const block of wholeLines(this.#file)) {
      let from = 0;
      for (let start = 0; start < block.length;) {
        const end = block.indexOf(NEWLINE, start) + 1;
        const position = this.#changed(block, start, end - 1);
        if (position !== undefined) {
          if (start > from) yield block.subarray(from, start);
          yield* this.#spool.lines([position]);
          from = end;
          this.#replaced += 1;
          used.add(position);
        }
        this.#records += 1;
        start = end;
      }
      if (from < block.length) yield block.subarray(from);
    }
    const fresh = Array.from({ length: this.#spool.records }, (_, position) => position).filter(
      (position) => !used.has(position),
    );
    this.#added = fresh.length;
    this.#records += fresh.length;
    yield* this.#spool.lines(fresh);
  }

  #changed(block: Buffer, start: number, end: number): number | undefined {
    const key = this.#spool.records === 0 ? undefined : identityOf(block, start, end)?.key;
    return key === undefined ? undefined : this.#spool.positionOf(key);
  }
}

/** The bytes of a stored feed, decompressed, in blocks that end with a line. A feed without records has no lines. */
export async function* wholeLines(file: string): AsyncGenerator<Buffer> {
  let rest: Buffer = Buffer.alloc(0);
  let first = true;
  try {
    for await (const chunk of plainBytes(storedBytes(file), file)) {
      const bytes = Buffer.concat([rest, chunk]);
      const end = bytes.lastIndexOf(NEWLINE) + 1;
      rest = bytes.subarray(end);
      if (end === 0) continue;
      const block = bytes.subarray(0, end);
      if (!first || !block.equals(Buffer.from(EMPTY_FEED))) yield block;
      first = false;
    }
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    throw new UnreadableInputError(`${error.message}. ${error.advice}`, { cause: error });
  }
  if (rest.length > 0) yield Buffer.concat([rest, Buffer.of(NEWLINE)]);
}

async function* storedBytes(file: string): AsyncGenerator<Uint8Array> {
  for await (const chunk of createReadStream(file, { highWaterMark: READ_BYTES })) {
    if (!(chunk instanceof Uint8Array)) throw new TypeError("expected bytes");
    yield chunk;
  }
}
