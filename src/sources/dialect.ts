/** What every dialect's reader offers. Adding a dialect = one file that exports a `Dialect`, one row in `dialects.ts`. */
import type { Depth } from "../ocpi/location.js";
import type { SourceRecord, Unreadable } from "../ocpi/source-record.js";

export const SOURCE_NAMES = ["ocpi", "here-v3", "here-v2", "hmc-locations", "hmc-stations"] as const;
export type SourceName = (typeof SOURCE_NAMES)[number];

/**
 * Turns text as `parseRecord` left it into proper Unicode. Records are parsed from bytes read as Latin-1, which
 * takes a third less time, so each text that a person may see passes through this once; texts nobody keeps are never decoded.
 */
export type DecodeText = (text: string) => string;

/**
 * For records parsed from proper text. Readers keep what they compile for each way of decoding, so this is the one to
 * pass, never a function made for the call.
 */
export function asIs(text: string): string {
  return text;
}

/** A key that is not the format's own. */
export interface UnusualKey {
  /** RFC 6901, with `*` for any place in a list: `/evses/*`. */
  readonly pointer: string;
  readonly value: unknown;
  /** The format's field it is taken for; `undefined` for a key that nobody reads. */
  readonly readAs: string | undefined;
}

/** The document that a record stands in, where records share parts of it: a tile of HERE Map Content. */
export interface RecordDocument {
  /**
   * The whole document, parsed as the record was; the record is an element of one of its lists. The same object for
   * all records of the document, so that what is worked out of it once can be kept by it. A list has `undefined` for
   * an element that is no JSON.
   */
  readonly value: Readonly<Record<string, unknown>>;
  /** Position of the record among the records of the document, from 0. */
  readonly index: number;
}

export interface Dialect {
  readonly name: SourceName;
  /**
   * Reads one parsed JSON value into a canonical Location. Never throws: whatever the value is, the answer is a
   * record (with `bad-field` notes for values of the wrong type, which are read as absent) or a reason.
   * `document` comes with records of documents with shared parts, if they could be had.
   */
  read(
    value: unknown,
    decode: DecodeText,
    depth: Depth,
    document?: RecordDocument,
  ): SourceRecord | Unreadable;
  /**
   * The place in the source value that a pointer into the canonical Location stands for (RFC 6901 both): in the
   * document, where there is one. `undefined` where the source has no such place.
   */
  sourcePointer(canonicalPointer: string, value: unknown, document?: RecordDocument): string | undefined;
  /**
   * The keys of an exactly parsed record that the format does not have. Of an unknown object only its own key is
   * told, not those in it. Of a document all of them come with its first record, and none with the others.
   */
  unusualKeys(value: unknown, document?: RecordDocument): UnusualKey[];
  /**
   * Whether `convert` and `diff` count the unusual keys, too, not only `inspect`: for formats whose keys are not
   * public, so that what was not understood is told at once.
   */
  readonly tellsUnusualKeys?: true;
}
