/** Framing for filters: every line is one record, whatever stands in it, and no line knows of another. */
import { Buffer } from "node:buffer";
import { type Batch, batchBytes } from "./batch.js";
import { NEWLINE, isBlank } from "./json-bytes.js";

const BYTE_ORDER_MARK = Buffer.of(0xef, 0xbb, 0xbf);

/**
 * The lines of `bytes` that hold anything but blanks, a batch for all the lines that a chunk completes, so that
 * nothing waits for what has not come yet. CRLF and a byte order mark at the beginning of a line are understood. A line
 * over `maxRecordBytes` is an empty span and is not held; the last line needs no newline.
 */
export async function* recordLines(
  bytes: AsyncIterable<Uint8Array>,
  maxRecordBytes: number,
): AsyncGenerator<Batch, void, undefined> {
  /** Of the line that is not complete yet; emptied when it is over the limit. */
  let begun: Uint8Array[] = [];
  let begunLength = 0;
  let firstRecord = 0;
  const batchOf = (block: Uint8Array<ArrayBuffer>, firstTooLarge: boolean): Batch | undefined => {
    const spans = spansOf(block, firstTooLarge, maxRecordBytes);
    if (spans.length === 0) return undefined;
    const batch = { bytes: block, spans, byteOffset: undefined, firstRecord, lines: undefined };
    firstRecord += spans.length / 2;
    return batch;
  };
  for await (const chunk of bytes) {
    const newline = chunk.lastIndexOf(NEWLINE);
    const complete = chunk.subarray(0, newline + 1);
    const rest = chunk.subarray(newline + 1);
    if (newline >= 0) {
      const tooLarge = begunLength > maxRecordBytes;
      const batch = batchOf(joined([...begun, complete]), tooLarge);
      begun = [];
      begunLength = 0;
      if (batch !== undefined) yield batch;
    }
    if (rest.length === 0) continue;
    begunLength += rest.length;
    if (begunLength > maxRecordBytes) begun = [];
    else begun.push(Uint8Array.from(rest));
  }
  const last = batchOf(joined(begun), begunLength > maxRecordBytes);
  if (last !== undefined) yield last;
}

/** `firstTooLarge`: the first line began in what was not held. */
function spansOf(
  block: Uint8Array,
  firstTooLarge: boolean,
  maxRecordBytes: number,
): Uint32Array<ArrayBuffer> {
  const spans: number[] = [];
  let passing = firstTooLarge;
  for (let at = 0; at < block.length || passing;) {
    const newline = block.indexOf(NEWLINE, at);
    let end = newline < 0 ? block.length : newline;
    let start = at;
    at = end + 1;
    if (passing || end - start > maxRecordBytes) {
      passing = false;
      spans.push(0, 0);
      continue;
    }
    if (BYTE_ORDER_MARK.equals(block.subarray(start, start + BYTE_ORDER_MARK.length)))
      start += BYTE_ORDER_MARK.length;
    while (start < end && isBlank(block[start] ?? 0)) start++;
    while (start < end && isBlank(block[end - 1] ?? 0)) end--;
    if (start < end) spans.push(start, end);
  }
  return Uint32Array.from(spans);
}

function joined(chunks: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const block = batchBytes(chunks.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const chunk of chunks) {
    block.set(chunk, at);
    at += chunk.length;
  }
  return block;
}
