/** The records of a batch: each read into a canonical Location, and each as its source has it. */
import { Buffer } from "node:buffer";
import type { Depth } from "../ocpi/location.js";
import type { SourceRecord, Unreadable } from "../ocpi/source-record.js";
import type { Batch } from "./batch.js";
import { DIALECT_SIGNS } from "./dialect-signs.js";
import { type DecodeText, type Dialect, type RecordDocument, type UnusualKey, asIs } from "./dialect.js";
import { type DocumentParts, documentParts } from "./document-parts.js";
import { quoted, valueAt } from "./json-value.js";
import { type ParsedRecord, parseRecord } from "./record-text.js";

/** What stands at a place of the source. */
export interface SourceValue {
  /** RFC 6901, into the record; where records share parts of their document, into that. */
  readonly pointer: string;
  readonly value: unknown;
}

/** A record as its source has it, exactly parsed. */
export interface RecordSource {
  /** The value that a pointer into the canonical Location stands for; `undefined` where the source has no such place. */
  at(canonicalPointer: string): SourceValue | undefined;
  /** The same of several, each place of the source once: what counts ports has one place for many sockets. */
  all(canonicalPointers: readonly string[]): SourceValue[];
  /** See `Dialect.unusualKeys`. */
  unusualKeys(): UnusualKey[];
}

interface PlacedParts extends DocumentParts {
  readonly start: number;
  readonly end: number;
  /** Position in the batch of its first record. */
  readonly first: number;
}

export class BatchRecords {
  readonly #bytes: Buffer;
  readonly #batch: Batch;
  readonly #dialect: Dialect;
  /** Of the document read last, as records are parsed and exactly: the records of a document come side by side. */
  #parts: PlacedParts | undefined;
  #exactParts: PlacedParts | undefined;

  constructor(batch: Batch, dialect: Dialect) {
    const { buffer, byteOffset, byteLength } = batch.bytes;
    this.#bytes = Buffer.from(buffer, byteOffset, byteLength);
    this.#batch = batch;
    this.#dialect = dialect;
  }

  /** How many there are. */
  get count(): number {
    return this.#batch.spans.length / 2;
  }

  /**
   * Reads a record. One with an empty span is over the size limit (see `Batch`). Never throws: what cannot be read
   * comes back with its reason (T1.7).
   */
  read(record: number, depth: Depth): SourceRecord | Unreadable {
    const start = this.#batch.spans[2 * record] ?? 0;
    const end = this.#batch.spans[2 * record + 1] ?? 0;
    if (start === end) {
      return { unreadable: "too-large", detail: "the record is over the size limit; try --reader tokens" };
    }
    try {
      const parts = (this.#parts = this.#partsOf(record, this.#parts, false));
      const { value, decode, document } = this.#inDocument(record, parts) ?? this.#alone(start, end);
      return this.#dialect.read(value, decode, depth, document);
    } catch (error) {
      if (error instanceof RangeError) return { unreadable: "not-a-location", detail: "nested too deeply" };
      if (!(error instanceof SyntaxError)) throw error;
      const text = this.#bytes.toString("utf8", start, Math.min(end, start + 200));
      return { unreadable: "bad-json", detail: `${error.message.slice(0, 120)}: ${quoted(text)}` };
    }
  }

  /**
   * The keys of a record that its dialect does not have, from the record as `read` parsed it: texts in them are still to
   * be decoded. None where the record is no JSON.
   */
  unusualKeys(record: number): { readonly keys: readonly UnusualKey[]; readonly decode: DecodeText } {
    const start = this.#batch.spans[2 * record] ?? 0;
    const end = this.#batch.spans[2 * record + 1] ?? 0;
    try {
      const parts = (this.#parts = this.#partsOf(record, this.#parts, false));
      const { value, decode, document } = this.#inDocument(record, parts) ?? this.#alone(start, end);
      return { keys: this.#dialect.unusualKeys(value, document), decode };
    } catch (error) {
      if (error instanceof SyntaxError || error instanceof RangeError) return { keys: [], decode: asIs };
      throw error;
    }
  }

  /** A record that could be read, as its source has it. @throws {SyntaxError} where it is no JSON. */
  source(record: number): RecordSource {
    const start = this.#batch.spans[2 * record] ?? 0;
    const end = this.#batch.spans[2 * record + 1] ?? 0;
    const parts = (this.#exactParts = this.#partsOf(record, this.#exactParts, true));
    const placed = this.#inDocument(record, parts);
    const value: unknown = placed?.value ?? JSON.parse(this.#bytes.toString("utf8", start, end));
    const document = placed?.document;
    const dialect = this.#dialect;
    const at = (canonicalPointer: string): SourceValue | undefined => {
      const pointer = dialect.sourcePointer(canonicalPointer, value, document);
      if (pointer === undefined) return undefined;
      return { pointer, value: valueAt(document?.value ?? value, pointer) };
    };
    return {
      at,
      all(canonicalPointers) {
        const places = new Map<string, SourceValue>();
        for (const canonical of canonicalPointers) {
          const place = at(canonical);
          if (place !== undefined) places.set(place.pointer, place);
        }
        return [...places.values()];
      },
      unusualKeys: () => dialect.unusualKeys(value, document),
    };
  }

  /** `undefined` for an element that is no JSON: it is then parsed by itself, to say why. */
  #inDocument(record: number, parts: PlacedParts | undefined): ReadRecord | undefined {
    if (parts === undefined) return undefined;
    const index = record - parts.first;
    const value = parts.records[index];
    if (value === undefined) return undefined;
    return { value, decode: parts.decode, document: { value: parts.value, index } };
  }

  #alone(start: number, end: number): ReadRecord {
    return { ...parseRecord(this.#bytes, start, end), document: undefined };
  }

  #partsOf(record: number, last: PlacedParts | undefined, exactly: boolean): PlacedParts | undefined {
    const { documents } = this.#batch;
    const start = documents?.[2 * record] ?? 0;
    const end = documents?.[2 * record + 1] ?? 0;
    if (start === end) return undefined;
    if (last?.start === start && last.end === end) return last;
    let first = record;
    while (first > 0 && documents?.[2 * first - 1] === end) first--;
    const lists = DIALECT_SIGNS[this.#dialect.name].recordLists ?? [];
    const parts = documentParts(this.#bytes, start, end, lists, exactly);
    let next = record + 1;
    while (next < this.count && documents?.[2 * next] === start) next++;
    // A list that comes twice is framed twice and parsed once: then each record is read by itself.
    return {
      ...parts,
      records: parts.records.length === next - first ? parts.records : [],
      start,
      end,
      first,
    };
  }
}

interface ReadRecord extends ParsedRecord {
  readonly document: RecordDocument | undefined;
}
