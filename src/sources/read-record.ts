/** One record of a batch, from bytes to a canonical Location. */
import type { Buffer } from "node:buffer";
import type { Depth } from "../ocpi/location.js";
import type { SourceRecord, Unreadable } from "../ocpi/source-record.js";
import type { Dialect } from "./dialect.js";
import { quoted } from "./json-value.js";
import { parseRecord } from "./record-text.js";

/**
 * Reads the record in `bytes[start, end)`. An empty range stands for a record over the size limit (see `Batch`).
 * Never throws: what cannot be read comes back with its reason (T1.7).
 */
export function readRecord(
  bytes: Buffer,
  start: number,
  end: number,
  dialect: Dialect,
  depth: Depth,
): SourceRecord | Unreadable {
  if (start === end) {
    return { unreadable: "too-large", detail: "the record is over the size limit; try --reader tokens" };
  }
  try {
    const { value, decode } = parseRecord(bytes, start, end);
    return dialect.read(value, decode, depth);
  } catch (error) {
    if (error instanceof RangeError) return { unreadable: "not-a-location", detail: "nested too deeply" };
    if (!(error instanceof SyntaxError)) throw error;
    const text = bytes.toString("utf8", start, Math.min(end, start + 200));
    return { unreadable: "bad-json", detail: `${error.message.slice(0, 120)}: ${quoted(text)}` };
  }
}
