/** Framing of NDJSON: a record a line, or an envelope a line. */
import { type Batch, batchBytes } from "./batch.js";
import { BATCH_BYTES, pieces } from "./batch-builder.js";
import { spansOf, type FramingOptions } from "./document-framing.js";
import { EnvelopeMembers, RECORD_KEYS } from "./envelope.js";
import { InputError } from "../input-error.js";
import { NEWLINE, OPEN_BRACE, isBlank } from "./json-bytes.js";
import { ScanWindow } from "./scan-window.js";

/**
 * The records of UTF-8 `bytes`, in order, with their 1-based line numbers. Blank lines are passed over, CRLF is
 * understood. A line that is an envelope or a list yields its records; one that is no JSON is a record that cannot
 * be parsed, and leaves its neighbours alone. A line over the size limit yields an empty span and is not held.
 * Throws `InputError` when the last line has no newline and is incomplete: the input was cut off.
 */
export async function* lineBatches(
  bytes: AsyncIterable<Uint8Array>,
  options: FramingOptions,
): AsyncGenerator<Batch, void, undefined> {
  const lines = new LineFramer(options);
  /** Input since `offset` that has not become a batch. */
  let pending: Uint8Array[] = [];
  let offset = 0;
  let length = 0;
  /** Length of the complete lines in `pending`. */
  let complete = 0;
  /** The line at `offset` is over the limit and is being passed over. */
  let passing = false;

  for await (const chunk of bytes) {
    for (let piece of pieces(chunk)) {
      if (passing) {
        const newline = piece.indexOf(NEWLINE);
        length += newline < 0 ? piece.length : newline + 1;
        if (newline < 0) continue;
        yield lines.tooLarge(offset);
        passing = false;
        offset += length;
        length = 0;
        piece = piece.subarray(newline + 1);
      }
      const newline = piece.lastIndexOf(NEWLINE);
      if (newline >= 0) complete = length + newline + 1;
      pending.push(piece);
      length += piece.length;
      if (length < BATCH_BYTES) continue;
      if (complete > 0) {
        const block = joined(pending, length);
        pending = [block.slice(complete)];
        const batch = lines.frame(block.subarray(0, complete), offset);
        offset += complete;
        length -= complete;
        complete = 0;
        if (batch !== undefined) yield batch;
      }
      if (length > options.maxRecordBytes) {
        passing = true;
        pending = [];
      }
    }
  }
  if (passing) {
    yield lines.tooLarge(offset);
    return;
  }
  const block = joined(pending, length);
  const batch = lines.frame(block, offset);
  lines.checkLast(block.subarray(complete), offset + length);
  if (batch !== undefined) yield batch;
}

function joined(chunks: readonly Uint8Array[], length: number): Uint8Array<ArrayBuffer> {
  const block = batchBytes(length);
  let at = 0;
  for (const chunk of chunks) {
    block.set(chunk, at);
    at += chunk.length;
  }
  return block;
}

class LineFramer {
  readonly #options: FramingOptions;
  #window: ScanWindow | undefined;
  #line = 0;
  #records = 0;

  constructor(options: FramingOptions) {
    this.#options = options;
  }

  /** The records of a block of whole lines; `undefined` when it has none. */
  frame(bytes: Uint8Array<ArrayBuffer>, byteOffset: number): Batch | undefined {
    const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    const spans: number[] = [];
    const lines: number[] = [];
    for (let at = 0; at < text.length;) {
      const newline = text.indexOf(NEWLINE, at);
      let end = newline < 0 ? text.length : newline;
      let start = at;
      at = end + 1;
      this.#line++;
      while (start < end && isBlank(text[start])) start++;
      while (end > start && isBlank(text[end - 1])) end--;
      if (start === end) continue;
      if (end - start > this.#options.maxRecordBytes) end = start;
      if (start === end || startsLikeRecord(text, start, end)) {
        spans.push(start, end);
        lines.push(this.#line);
      } else {
        for (const offset of this.#spansInLine(text.subarray(start, end))) spans.push(start + offset);
        while (lines.length < spans.length / 2) lines.push(this.#line);
      }
    }
    if (spans.length === 0) return undefined;
    const firstRecord = this.#records;
    this.#records += lines.length;
    return { bytes, spans: Uint32Array.from(spans), byteOffset, firstRecord, lines: Uint32Array.from(lines) };
  }

  /** The batch that stands for one line over the size limit. */
  tooLarge(byteOffset: number): Batch {
    this.#line++;
    return {
      bytes: new Uint8Array(0),
      spans: new Uint32Array(2),
      byteOffset,
      firstRecord: this.#records++,
      lines: Uint32Array.of(this.#line),
    };
  }

  /** Throws when the last line, which has no newline, stops in the middle. */
  checkLast(line: Uint8Array, end: number): void {
    const { file } = this.#options;
    if (line.length === 0 || line.length > this.#options.maxRecordBytes) return;
    try {
      spansOf(line, this.#windowForLines(), { file, members: new EnvelopeMembers() });
    } catch (error) {
      throw new InputError(
        {
          file,
          line: this.#line,
          byte: end,
          problem: "the last line is incomplete: the input was cut off",
          advice: "Download it again; where a last line without newline is meant so, it must be whole JSON.",
        },
        { cause: error },
      );
    }
  }

  #spansInLine(line: Uint8Array): readonly number[] {
    try {
      return spansOf(line, this.#windowForLines(), this.#options);
    } catch {
      return [0, line.length];
    }
  }

  #windowForLines(): ScanWindow {
    return (this.#window ??= new ScanWindow());
  }
}

/** `"key":` and a scalar value with the comma after it. */
const MEMBER = /\s*"([^"\\]{1,40})"\s*:\s*(?:"(?:[^"\\]|\\.){0,200}"|[\w.+-]{1,40})\s*,/y;
const KEY = /\s*"([^"\\]{1,40})"\s*:/y;
/** Records name their place within their first few keys; what does not is walked properly. */
const PREFIX_BYTES = 512;

/**
 * A quick and safe guess that saves walking: true only when one of `RECORD_KEYS` comes before any value that is not
 * a scalar, which is what the walk itself would find.
 */
function startsLikeRecord(text: Buffer, start: number, end: number): boolean {
  if (text[start] !== OPEN_BRACE) return false;
  const prefix = text.toString("latin1", start + 1, Math.min(end, start + PREFIX_BYTES));
  for (let at = 0; ; at = MEMBER.lastIndex) {
    KEY.lastIndex = at;
    const key = KEY.exec(prefix)?.[1];
    if (key === undefined) return false;
    if (RECORD_KEYS.has(key.toLowerCase())) return true;
    MEMBER.lastIndex = at;
    if (!MEMBER.test(prefix)) return false;
  }
}
