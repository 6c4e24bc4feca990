/**
 * The habits of protobuf messages printed as JSON, as the layers of HERE Map Content come: keys in camelCase or
 * snake_case, int64 as text, wrapper messages either plain or as `{"value": …}`, names as `{"text": {language, value}}`.
 * What is of none of these shapes is handed on as it is, for the guard of the reader to note.
 */
import { isRecord } from "./json-value.js";

const SEPARATORS = /[_\s-]+/g;
/** A feed has a few dozen keys; a hostile one may have millions, so the memory has a ceiling. */
const MEMO_LIMIT = 4096;
const MEMO_KEY_LIMIT = 64;
/** A wrapper in a wrapper (`{text: {value: {value: …}}}`) is as deep as real messages go. */
const WRAPPERS = 3;

const folded = new Map<string, string>();

/** A key in lower case without `_`, `-` and blanks: `max_power`, `maxPower` and `MaxPower` are one. Remembered by text. */
export function foldedKey(key: string): string {
  let known = folded.get(key);
  if (known === undefined) {
    known = key.toLowerCase().replace(SEPARATORS, "");
    if (folded.size < MEMO_LIMIT && key.length <= MEMO_KEY_LIMIT) folded.set(key, known);
  }
  return known;
}

/** What a wrapper message (`{"value": 3}`, and nothing else in it) holds; any other value is its own. */
export function unwrapped(value: unknown): unknown {
  let inner = value;
  for (let depth = 0; depth < WRAPPERS && isRecord(inner); depth++) {
    let only: string | undefined;
    for (const key in inner) {
      if (only !== undefined) return inner;
      only = key;
    }
    if (only === undefined || foldedKey(only) !== "value") return inner;
    inner = inner[only];
  }
  return inner;
}

/**
 * The text (or number, or whatever else a scalar was) of a text, a wrapper, `{text: {language, value}}`,
 * `{language, value}` or a list of these, of which one marked `primary` goes before the first. The text is not decoded
 * (see `DecodeText`). What has no such shape is handed on as it is.
 */
export function plainText(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (!Array.isArray(value)) return textOf(value) ?? value;
  let first: unknown;
  for (const item of value) {
    const text = textOf(item);
    if (text === undefined) continue;
    if (isRecord(item) && item["primary"] === true) return text;
    first ??= text;
  }
  return first ?? (value.length === 0 ? undefined : value);
}

function textOf(value: unknown): string | number | undefined {
  let inner = value;
  for (let depth = 0; depth <= WRAPPERS; depth++) {
    if (typeof inner === "string" || typeof inner === "number") return inner;
    if (!isRecord(inner)) return undefined;
    inner = inner["text"] ?? inner["value"];
  }
  return undefined;
}

const WHOLE = /^\s*[+-]?\d{1,15}(?:\.0*)?\s*$/;

/**
 * An index into a list of shared parts, from a number, its text (int64) or a wrapper: a whole number, which may be
 * negative or past the end. A wrapper that is there and empty holds its default, 0. `undefined` for everything else.
 */
export function wholeNumber(value: unknown): number | undefined {
  const plain = unwrapped(value);
  if (isRecord(plain)) return isEmpty(plain) ? 0 : undefined;
  if (typeof plain === "number") return Number.isSafeInteger(plain) ? plain : undefined;
  return typeof plain === "string" && WHOLE.test(plain) ? Number(plain) : undefined;
}

function isEmpty(object: Readonly<Record<string, unknown>>): boolean {
  for (const _key in object) return false;
  return true;
}
