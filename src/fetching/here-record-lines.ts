/** Records a line each in a file, found again by where they stand: none of them is held. */
import type { FileHandle } from "node:fs/promises";
import { z } from "zod";
import { keyOf } from "./here-answer.js";

const READ_BYTES = 1 << 20;
const NEWLINE = 0x0a;
/** No record is as long; a file with such a line is another file. */
const LONGEST_LINE = 64 << 20;

/** Where a line stands, without its line break. */
export interface LinePlace {
  readonly offset: number;
  readonly length: number;
}

/** A line as it is read; `whole` is false where the file ends before the line does. */
export interface FileLine extends LinePlace {
  readonly bytes: Buffer;
  readonly whole: boolean;
}

/** The lines of a file, one at a time; one that is too long ends it, and is not whole. */
export async function* linesOf(file: FileHandle): AsyncGenerator<FileLine, void, undefined> {
  let held = Buffer.alloc(0);
  let offset = 0;
  for (let at = 0; ;) {
    const piece = Buffer.allocUnsafe(READ_BYTES);
    const { bytesRead } = await file.read(piece, 0, READ_BYTES, at);
    if (bytesRead === 0) break;
    at += bytesRead;
    const text = Buffer.concat([held, piece.subarray(0, bytesRead)]);
    let start = 0;
    for (let end; (end = text.indexOf(NEWLINE, start)) !== -1; start = end + 1)
      yield { bytes: text.subarray(start, end), offset: offset + start, length: end - start, whole: true };
    held = text.subarray(start);
    offset += start;
    if (held.length > LONGEST_LINE) break;
  }
  if (held.length > 0) yield { bytes: held, offset, length: held.length, whole: false };
}

/** What a line says of its record. */
export interface RecordLine {
  readonly key: string;
  /** When it was retrieved, in milliseconds since 1970; undefined where the line does not say. */
  readonly retrieved: number | undefined;
}

const lineSchema = z.object({ retrieved_at: z.string().optional() });

/** Undefined where a line is no record with an id. */
export function parseRecordLine(bytes: Buffer): RecordLine | undefined {
  let value: unknown;
  try {
    value = JSON.parse(bytes.toString("utf8"));
  } catch {
    return undefined;
  }
  const key = keyOf(value);
  const line = lineSchema.safeParse(value);
  if (key === undefined || !line.success) return undefined;
  const retrieved = Date.parse(line.data.retrieved_at ?? "");
  return { key, retrieved: Number.isNaN(retrieved) ? undefined : retrieved };
}

/** A record as sent, on one line, with the time of its retrieval as its last member. */
export function recordLine(json: string, retrieved: Date): string {
  const time = `${retrieved.toISOString().slice(0, 19)}Z`;
  const open = json.slice(0, json.lastIndexOf("}")).trimEnd();
  return `${open}${open.endsWith("{") ? "" : ","}"retrieved_at":"${time}"}\n`;
}

/** Reads lines by their places; neighbours come with one read. */
export class PlacedLines {
  readonly #file: FileHandle;
  #window = Buffer.alloc(0);
  #from = 0;

  constructor(file: FileHandle) {
    this.#file = file;
  }

  /** The bytes of a line, which hold until the next one is asked for. Throws where the file has become shorter. */
  async at({ offset, length }: LinePlace): Promise<Buffer> {
    if (offset < this.#from || offset + length > this.#from + this.#window.length)
      await this.#read(offset, length);
    return this.#window.subarray(offset - this.#from, offset - this.#from + length);
  }

  async #read(offset: number, length: number): Promise<void> {
    const window = Buffer.allocUnsafe(Math.max(length, READ_BYTES));
    let filled = 0;
    while (filled < window.length) {
      const { bytesRead } = await this.#file.read(window, filled, window.length - filled, offset + filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    if (filled < length) throw new Error("a file of records has become shorter while it was read");
    this.#window = window.subarray(0, filled);
    this.#from = offset;
  }
}
