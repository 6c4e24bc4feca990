/** Reads a part: what stands in it, `shard-part-shape.ts` tells. Memory holds a piece at a time. */
import { Buffer } from "node:buffer";
import { readSync } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { crc32 } from "node:zlib";
import { z } from "zod";
import { systemCode, UnreadableInputError, UsageError } from "../../runs/exit-codes.js";
import type { BatchResult } from "../conversion/convert-batch.js";
import type { Shard } from "./shard.js";
import {
  BLOCK_HEAD_BYTES,
  PART_BEGIN,
  PART_END,
  PART_TAIL_BYTES,
  type PartAbout,
  type PieceFacts,
  partAboutSchema,
  pieceSchema,
} from "./shard-part-shape.js";

/** A run of records that stand side by side in an input, converted. */
export interface Piece {
  /** Position of the input in the run. */
  readonly input: number;
  readonly result: BatchResult;
  /** Where the records' bytes begin in the part. */
  readonly bytesAt: number;
}

export interface Part {
  readonly file: string;
  readonly shard: Shard;
  /** In order, from the first; each checked against its checksum before it is handed out. */
  pieces(): AsyncGenerator<Piece>;
  /** Exactly `length` bytes at `offset`, read at once. @throws {UnreadableInputError} where they are not there. */
  readAt(offset: number, length: number): Uint8Array<ArrayBuffer>;
  close(): Promise<void>;
}

/** A part, and what it says of its run: with ten thousand inputs that is large, and the same in all parts. */
export interface OpenedPart {
  readonly part: Part;
  readonly about: PartAbout;
}

/** Of the index: only its program and its shard, to say what is wrong with a part of another version. */
const anyVersionSchema = z.looseObject({ tool: z.string() });

/**
 * Opens a part that is whole.
 *
 * @throws {UnreadableInputError} for a file that is missing, no part, or damaged; {UsageError} for a part that another
 * version of this program wrote.
 */
export async function openPart(file: string, tool: string): Promise<OpenedPart> {
  const handle = await open(file, "r").catch((error: unknown) => {
    const reason = systemCode(error) === "ENOENT" ? "no such file" : String(error);
    throw new UnreadableInputError(`${file}: ${reason}`, { cause: error });
  });
  try {
    const reader = new PartReader(file, handle);
    const { about, indexAt } = await reader.index(tool);
    const part: Part = {
      file,
      shard: about.shard,
      pieces: () => reader.pieces(indexAt),
      readAt: (offset, length) => reader.readAt(offset, length),
      close: () => handle.close(),
    };
    return { part, about };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

class PartReader {
  readonly #file: string;
  readonly #handle: FileHandle;

  constructor(file: string, handle: FileHandle) {
    this.#file = file;
    this.#handle = handle;
  }

  async index(tool: string): Promise<{ about: PartAbout; indexAt: number }> {
    const { size } = await this.#handle.stat();
    const least = PART_BEGIN.length + BLOCK_HEAD_BYTES + PART_TAIL_BYTES;
    const begin = await this.#read(0, Math.min(size, PART_BEGIN.length));
    if (begin.toString("latin1") !== PART_BEGIN)
      throw new UnreadableInputError(`${this.#file}: this is no part; merge takes what --shard wrote`);
    const tail =
      size < least
        ? Buffer.alloc(PART_TAIL_BYTES)
        : await this.#read(size - PART_TAIL_BYTES, PART_TAIL_BYTES);
    const indexAt = Number(tail.readBigUInt64LE(0));
    if (tail.toString("latin1", 8) !== PART_END || indexAt > size - PART_TAIL_BYTES - BLOCK_HEAD_BYTES)
      throw this.#damaged("it was cut off");
    const { json, end } = await this.#block(indexAt, size - PART_TAIL_BYTES);
    if (end !== size - PART_TAIL_BYTES) throw this.#damaged("it was cut off");
    const written = anyVersionSchema.safeParse(json).data?.tool;
    if (written !== undefined && written !== tool)
      throw new UsageError(
        `${this.#file}: written by version ${written}, and this is ${tool}; all parts and the merge must be of one version`,
      );
    return { about: this.#parsed(partAboutSchema, json), indexAt };
  }

  async *pieces(indexAt: number): AsyncGenerator<Piece> {
    for (let at = PART_BEGIN.length; at < indexAt;) {
      const { json, body, end, bodyAt } = await this.#block(at, indexAt);
      const facts = this.#parsed(pieceSchema, json);
      yield { input: facts.input, result: this.#result(facts, body), bytesAt: bodyAt };
      at = end;
    }
  }

  readAt(offset: number, length: number): Uint8Array<ArrayBuffer> {
    const bytes = new Uint8Array(length);
    for (let done = 0; done < length;) {
      const read = readSync(this.#handle.fd, bytes, done, length - done, offset + done);
      if (read === 0) throw this.#damaged("it was cut off");
      done += read;
    }
    return bytes;
  }

  #result(facts: PieceFacts, body: Buffer<ArrayBuffer>): BatchResult {
    const { sizes, firstRecord, byteOffset, keys, unemitted, notes, unknownKeys } = facts;
    let at = 0;
    const next = (length = 0): Uint8Array<ArrayBuffer> => {
      const start = body.byteOffset + at;
      at += length;
      if (at > body.length) throw this.#damaged("its lengths do not fit");
      // Copied, so that numbers stand where numbers may stand, and so that it can go to a thread.
      return new Uint8Array(body.buffer.slice(start, start + length));
    };
    const bytes = next(sizes.bytes);
    const spans = new Uint32Array(next(sizes.spans).buffer);
    const lines = sizes.lines === undefined ? undefined : new Uint32Array(next(sizes.lines).buffer);
    const documents =
      sizes.documents === undefined ? undefined : new Uint32Array(next(sizes.documents).buffer);
    const text = next(sizes.text);
    const ends = new Uint32Array(next(sizes.ends).buffer);
    const boxes = new Float64Array(next(sizes.boxes).buffer);
    return {
      batch: { bytes, spans, byteOffset, firstRecord, lines, documents },
      text,
      ends,
      keys,
      boxes,
      unemitted: unemitted.map(({ record, reason, pointer, detail, ids }) => ({
        record,
        reason,
        pointer,
        detail,
        ids,
      })),
      notes: notes.map(({ code, count, examples }) => ({
        code,
        count,
        examples: examples.map(({ record, id, pointer, detail }) => ({ record, id, pointer, detail })),
      })),
      unknownKeys,
    };
  }

  async #block(
    at: number,
    limit: number,
  ): Promise<{ json: unknown; body: Buffer<ArrayBuffer>; bodyAt: number; end: number }> {
    if (at + BLOCK_HEAD_BYTES > limit) throw this.#damaged(`at byte ${at}`);
    const head = await this.#read(at, BLOCK_HEAD_BYTES);
    const jsonLength = head.readUInt32LE(0);
    const bodyAt = at + BLOCK_HEAD_BYTES + jsonLength;
    const end = bodyAt + head.readUInt32LE(4);
    if (end > limit) throw this.#damaged(`at byte ${at}`);
    const bytes = await this.#read(at + BLOCK_HEAD_BYTES, end - at - BLOCK_HEAD_BYTES);
    if (crc32(bytes) !== head.readUInt32LE(8)) throw this.#damaged(`at byte ${at}`);
    const json: unknown = JSON.parse(bytes.toString("utf8", 0, jsonLength));
    return { json, body: bytes.subarray(jsonLength), bodyAt, end };
  }

  async #read(at: number, length: number): Promise<Buffer<ArrayBuffer>> {
    const buffer = Buffer.alloc(length);
    for (let done = 0; done < length;) {
      const { bytesRead } = await this.#handle.read(buffer, done, length - done, at + done);
      if (bytesRead === 0) throw this.#damaged("it was cut off");
      done += bytesRead;
    }
    return buffer;
  }

  #parsed<Shape>(schema: z.ZodType<Shape>, json: unknown): Shape {
    const parsed = schema.safeParse(json);
    if (parsed.success) return parsed.data;
    const [issue] = parsed.error.issues;
    throw this.#damaged(`${issue?.path.join(".") ?? ""}: ${issue?.message ?? "not as written"}`);
  }

  #damaged(how: string): UnreadableInputError {
    return new UnreadableInputError(`${this.#file}: this part is damaged (${how}); run its shard again`);
  }
}
