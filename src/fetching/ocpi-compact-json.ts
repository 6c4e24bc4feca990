/** A record as one line: its own bytes, without the blanks between them. Nothing is parsed, so no number changes. */
import { BACKSLASH, NEWLINE, QUOTE, SPACE, isBlank } from "../sources/json-bytes.js";

const CARRIAGE_RETURN = 0x0d;

/**
 * Copies the JSON text from `start` to `end` of `bytes` to `target` at `at`, without blanks outside of strings; returns
 * where it ends there. A line break within a string, which JSON does not allow, becomes a carriage return, which it
 * does not allow either: such a record stays as unreadable as it was, and harms no other line.
 */
export function compactInto(
  target: Uint8Array,
  at: number,
  bytes: Uint8Array,
  start: number,
  end: number,
): number {
  let to = at;
  let inString = false;
  let afterBlank = false;
  for (let from = start; from < end; from++) {
    const byte = bytes[from] ?? 0;
    if (inString) {
      target[to++] = byte === NEWLINE ? CARRIAGE_RETURN : byte;
      if (byte === QUOTE) inString = false;
      else if (byte === BACKSLASH && from + 1 < end) {
        from++;
        const escaped = bytes[from] ?? 0;
        target[to++] = escaped === NEWLINE ? CARRIAGE_RETURN : escaped;
      }
    } else if (isBlank(byte)) afterBlank = true;
    else {
      // What is no JSON must not become any: `1 2` is not 12.
      if (afterBlank && to > at && isWordByte(byte) && isWordByte(target[to - 1] ?? 0)) target[to++] = SPACE;
      afterBlank = false;
      target[to++] = byte;
      if (byte === QUOTE) inString = true;
    }
  }
  return to;
}

/** A byte of a number, of `true`, or of what should be one: no punctuation and no quote. */
function isWordByte(byte: number): boolean {
  return !PUNCTUATION.has(byte);
}

const PUNCTUATION: ReadonlySet<number> = new Set([...'{}[]:,"'].map((character) => character.charCodeAt(0)));
