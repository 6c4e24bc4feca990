/** Values of the types that v3 says, and nothing else, for the short way (`PlainReader`). */
import type { GeoLocation } from "../ocpi/location.js";
import type { DecodeText } from "./dialect.js";
import { PLAIN_KEYS, type PlainKeys, allHarmless } from "./hmc-locations-plain-keys.js";
import { isRecord } from "./json-value.js";
import type { TextMemo, WordLists } from "./text-memo.js";

export type Json = Readonly<Record<string, unknown>>;

const NOTHING: readonly string[] = [];

/**
 * Takes values of one record after another. What is absent or null is `undefined`; a value of another type, or an
 * object with keys that would have to be weighed against others, is declined.
 */
export class PlainValues {
  /** Something of the record has to be read the long way. */
  declined = false;
  readonly decode: DecodeText;
  /** Most EVSEs stand where their location does. */
  #lat = Number.NaN;
  #lng = Number.NaN;
  #position: GeoLocation | undefined;

  constructor(decode: DecodeText) {
    this.decode = decode;
  }

  /** As it is, not yet decoded. */
  rawText(value: unknown): string | undefined {
    if (typeof value === "string") return value;
    if (value != null) this.declined = true;
    return undefined;
  }

  text(value: unknown): string | undefined {
    if (typeof value === "string") return this.decode(value).trim() || undefined;
    if (value != null) this.declined = true;
    return undefined;
  }

  number(value: unknown): number | undefined {
    if (typeof value === "number" && Number.isFinite(value)) return value;
    if (value != null) this.declined = true;
    return undefined;
  }

  flag(value: unknown): boolean | undefined {
    if (typeof value === "boolean") return value;
    if (value != null) this.declined = true;
    return undefined;
  }

  /** A list of texts alone; none where it is absent. */
  texts(value: unknown): readonly string[] {
    if (value == null) return NOTHING;
    if (isTexts(value)) return value;
    this.declined = true;
    return NOTHING;
  }

  word(words: TextMemo<string | null>, value: unknown): string | undefined {
    if (typeof value !== "string") {
      if (value != null) this.declined = true;
      return undefined;
    }
    const word = words.get(value);
    if (word === null) this.declined = true;
    return word === null || word === "" ? undefined : word;
  }

  /** What is remembered of one list, or of two. */
  words<Result extends object>(
    lists: WordLists<Result>,
    first: unknown,
    second?: unknown,
  ): Result | undefined {
    const found = lists.get(this.texts(first), this.texts(second));
    if (found === undefined) this.declined = true;
    return found;
  }

  record(value: unknown, keys: PlainKeys): Json | undefined {
    if (isRecord(value)) {
      if (!allHarmless(value, keys)) this.declined = true;
      return value;
    }
    if (value != null) this.declined = true;
    return undefined;
  }

  /** The objects of a list; none where it is absent. */
  records(value: unknown, keys: PlainKeys): readonly Json[] {
    if (value == null) return [];
    if (!Array.isArray(value) || !value.every(isRecord)) {
      this.declined = true;
      return [];
    }
    for (const item of value) if (!allHarmless(item, keys)) this.declined = true;
    return value;
  }

  /** The one of two spellings that is there. */
  either(value: unknown, other: unknown): unknown {
    if (value == null) return other;
    if (other != null) this.declined = true;
    return value;
  }

  /** Numbers for both degrees. */
  position(value: unknown): GeoLocation | undefined {
    const position = this.record(value, PLAIN_KEYS.position);
    if (position === undefined) return undefined;
    const lat = this.number(this.either(position["latitude"], position["lat"]));
    const lng = this.number(this.either(position["longitude"], position["lng"]));
    if (lat === undefined || lng === undefined) {
      this.declined = true;
      return undefined;
    }
    if (this.#position === undefined || lat !== this.#lat || lng !== this.#lng) {
      this.#lat = lat;
      this.#lng = lng;
      this.#position = { latitude: String(lat), longitude: String(lng) };
    }
    return this.#position;
  }
}

function isTexts(value: unknown): value is readonly string[] {
  if (!Array.isArray(value)) return false;
  for (const item of value) if (typeof item !== "string") return false;
  return true;
}
