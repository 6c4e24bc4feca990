/**
 * The records of documents whose records share parts of their document (tiles of HERE Map Content): framing finds the
 * documents, this finds the records in each.
 */
import { type Batch, batchBytes } from "./batch.js";
import { foldKey } from "./dialect-signs.js";
import { spansOf } from "./document-framing.js";
import { InputError } from "../input-error.js";
import { OPEN_BRACE, isBlank } from "./json-bytes.js";
import { isRecord } from "./json-value.js";
import { ScanWindow } from "./scan-window.js";

/** All that a tile without records holds: proto3's JSON leaves empty lists out. */
const TILE_NAME = "partitionname";

/** Whether a parsed document is a tile without records: which layer's it does not say. */
export function isEmptyTile(value: unknown): boolean {
  return isRecord(value) && Object.keys(value).map(foldKey).join() === TILE_NAME;
}

/** Finds records in documents, one batch after the other. */
export class RecordLists {
  readonly #window = new ScanWindow();
  readonly #lists: ReadonlySet<string>;
  #firstRecord = 0;

  /** `lists`: the members, folded, whose elements are the records. */
  constructor(lists: readonly string[]) {
    this.#lists = new Set(lists);
  }

  /**
   * The batch with the records of its documents in place of these; `undefined` where they have none. A document
   * without the list is a record that stands alone, and so is one that is no JSON.
   */
  batch(documents: Batch): Batch | undefined {
    const spans: number[] = [];
    const homes: number[] = [];
    const lines: number[] = [];
    for (let index = 0; index < documents.spans.length / 2; index++) {
      const start = documents.spans[2 * index] ?? 0;
      const end = documents.spans[2 * index + 1] ?? 0;
      const records = this.#recordsIn(documents.bytes.subarray(start, end));
      for (const at of records ?? [0, end - start]) spans.push(start + at);
      while (homes.length < spans.length) homes.push(...(records === undefined ? [0, 0] : [start, end]));
      while (lines.length < spans.length / 2) lines.push(documents.lines?.[index] ?? 0);
    }
    if (spans.length === 0) return undefined;
    const firstRecord = this.#firstRecord;
    this.#firstRecord += spans.length / 2;
    return {
      bytes: documents.bytes,
      spans: Uint32Array.from(spans),
      byteOffset: documents.byteOffset,
      firstRecord,
      lines: documents.lines === undefined ? undefined : Uint32Array.from(lines),
      documents: Uint32Array.from(homes),
    };
  }

  /**
   * The batch of a text that is one document with records, and nothing else: most tiles are, and come whole with the
   * first read. `undefined` for everything else. The batch takes `text` over where it has a buffer to itself.
   */
  soleDocument(text: Uint8Array): Batch | undefined {
    let start = 0;
    while (start < text.length && isBlank(text[start] ?? 0)) start++;
    let end = text.length;
    while (end > start && isBlank(text[end - 1] ?? 0)) end--;
    const records = this.#recordsIn(text.subarray(start, end), true);
    if (records === undefined || records.length === 0) return undefined;
    const bytes = ownBytes(text, start, end);
    const homes = new Uint32Array(records.length);
    for (let at = 1; at < homes.length; at += 2) homes[at] = end - start;
    return {
      bytes,
      spans: Uint32Array.from(records),
      byteOffset: start,
      firstRecord: 0,
      lines: undefined,
      documents: homes,
    };
  }

  /** Says that no more batches will come. */
  close(): void {
    this.#window.close();
  }

  /** Spans in the document's text; `undefined` where it stands for itself, or, of `sole`, may be several documents. */
  #recordsIn(text: Uint8Array, sole = false): readonly number[] | undefined {
    if (text[0] !== OPEN_BRACE) return undefined;
    const keys = new Set<string>();
    let listed = false;
    let several = false;
    const around = (key: string): boolean => {
      const isList = this.#lists.has(foldKey(key));
      listed ||= isList;
      return isList;
    };
    const within = (key: string): boolean => {
      const folded = foldKey(key);
      // Past a list of records the walk asks for no more keys of their document, and no document has a key twice.
      several ||= listed || keys.has(folded);
      keys.add(folded);
      return false;
    };
    try {
      const envelope = { around: { has: around }, within: { has: within } };
      const spans = spansOf(text, this.#window, { file: "", envelope });
      // A document without the list is its own record; elements of a list touch neither end of its document.
      if (sole && (several || spans[0] === 0 || spans.at(-1) === text.length)) return undefined;
      if (listed) return spans;
      return keys.size === 1 && keys.has(TILE_NAME) ? [] : undefined;
    } catch (error) {
      if (error instanceof InputError) return undefined;
      throw error;
    }
  }
}

/** The bytes of a range: the text itself where nothing else is in its buffer, which another thread may then be given. */
function ownBytes(text: Uint8Array, start: number, end: number): Uint8Array<ArrayBuffer> {
  const { buffer, byteLength } = text;
  if (buffer instanceof ArrayBuffer && buffer.byteLength === byteLength)
    return new Uint8Array(buffer, start, end - start);
  const bytes = batchBytes(end - start);
  bytes.set(text.subarray(start, end));
  return bytes;
}
