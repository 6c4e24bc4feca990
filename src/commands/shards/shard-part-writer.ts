/** Writes a part: what stands in it, `shard-part-shape.ts` tells. */
import { Buffer } from "node:buffer";
import { crc32 } from "node:zlib";
import type { Output } from "../../runs/output-file.js";
import type { ConvertedBatch } from "../conversion/converted-batches.js";
import {
  BLOCK_HEAD_BYTES,
  PART_BEGIN,
  PART_END,
  PART_TAIL_BYTES,
  type PartAbout,
  type PartInput,
  type PieceFacts,
} from "./shard-part-shape.js";
import type { InputRun } from "../conversion/source-run.js";

export class PartWriter {
  readonly #output: Output;
  #bytes = 0;
  #records = 0;

  constructor(output: Output) {
    this.#output = output;
  }

  /** Records in the pieces so far. */
  get records(): number {
    return this.#records;
  }

  /** Appends a converted batch; they must come in order. Throws what the output throws. */
  async append({ result, run }: ConvertedBatch): Promise<void> {
    const { batch, keys, unemitted, notes, unknownKeys, text, ends, boxes } = result;
    const { bytes, spans, lines, documents, byteOffset, firstRecord } = batch;
    const facts: PieceFacts = {
      input: run.number,
      firstRecord,
      byteOffset,
      keys: [...keys],
      unemitted: unemitted.map(({ record, reason, pointer, detail, ids }) => ({
        record,
        reason,
        pointer,
        detail,
        ids: ids && { id: ids.id, country_code: ids.country_code, party_id: ids.party_id },
      })),
      notes: notes.map(({ code, count, examples }) => ({ code, count, examples: [...examples] })),
      unknownKeys: [...unknownKeys],
      sizes: {
        bytes: bytes.byteLength,
        spans: spans.byteLength,
        lines: lines?.byteLength,
        documents: documents?.byteLength,
        text: text.byteLength,
        ends: ends.byteLength,
        boxes: boxes.byteLength,
      },
    };
    await this.#block(
      facts,
      [bytes, spans, lines, documents, text, ends, boxes].flatMap((array) =>
        array === undefined ? [] : [Buffer.from(array.buffer, array.byteOffset, array.byteLength)],
      ),
    );
    this.#records += keys.length;
  }

  /** Writes the index and the end mark; nothing may be appended after. */
  async end(about: PartAbout): Promise<void> {
    if (this.#bytes === 0) await this.#write(Buffer.from(PART_BEGIN));
    const tail = Buffer.alloc(PART_TAIL_BYTES);
    tail.writeBigUInt64LE(BigInt(this.#bytes), 0);
    tail.write(PART_END, 8, "latin1");
    await this.#block(about, []);
    await this.#write(tail);
  }

  async #block(facts: unknown, arrays: readonly Buffer[]): Promise<void> {
    if (this.#bytes === 0) await this.#write(Buffer.from(PART_BEGIN));
    const json = Buffer.from(JSON.stringify(facts));
    const head = Buffer.alloc(BLOCK_HEAD_BYTES);
    head.writeUInt32LE(json.length, 0);
    head.writeUInt32LE(
      arrays.reduce((sum, { length }) => sum + length, 0),
      4,
    );
    head.writeUInt32LE(
      // Of no bytes at all Node's crc32 tells 0, not the sum so far.
      arrays.reduce((sum, array) => (array.length === 0 ? sum : crc32(array, sum)), crc32(json)),
      8,
    );
    for (const piece of [head, json, ...arrays]) await this.#write(piece);
  }

  async #write(bytes: Buffer): Promise<void> {
    await this.#output.write(bytes);
    this.#bytes += bytes.length;
  }
}

/** An input's row in the index; it must have been read to its end, with fingerprints. */
export function partInput({ input, format, compressed, records, facts, fingerprint }: InputRun): PartInput {
  const { bytes = 0, sha256 = "" } = fingerprint ?? {};
  return {
    name: input.name,
    seekable: input.seekable,
    compressed,
    format: { ...format },
    records,
    bytes,
    sha256,
    members: [...(facts?.members ?? [])].map(([key, values]) => [key, [...values]]),
  };
}
