/** Where the documents stand whose records share parts of them, for those that are to be read a second time. */
import { type Batch } from "../../sources/batch.js";

/** Bytes of the (decompressed) input. */
export interface DocumentPlace {
  readonly byte: number;
  readonly length: number;
}

/** A larger document is not read a second time. */
const MOST_BYTES = 16 * 1024 * 1024;

/** Documents of one input. */
export class DocumentPlaces {
  /** Rising. */
  readonly #bytes: number[] = [];
  readonly #lengths: number[] = [];

  /** Notes a document; they must come in the order they stand in, one several times over or not. */
  add({ byte, length }: DocumentPlace): void {
    if (this.#bytes.at(-1) === byte || length > MOST_BYTES) return;
    this.#bytes.push(byte);
    this.#lengths.push(length);
  }

  /** The document that `byte` is in; `undefined` where none was noted. */
  around(byte: number): DocumentPlace | undefined {
    const next = countUpTo(byte, this.#bytes.length, (index) => this.#bytes[index]);
    const start = this.#bytes[next - 1];
    const length = this.#lengths[next - 1];
    if (start === undefined || length === undefined || byte >= start + length) return undefined;
    return { byte: start, length };
  }
}

/** The document of a batch's record; `undefined` where the record stands alone. */
export function documentPlace({ documents, byteOffset }: Batch, record: number): DocumentPlace | undefined {
  const start = documents?.[2 * record] ?? 0;
  const end = documents?.[2 * record + 1] ?? 0;
  if (start === end || byteOffset === undefined) return undefined;
  return { byte: byteOffset + start, length: end - start };
}

/** Position among a batch's records of the one that begins at `byte` of its bytes; `undefined` where none does. */
export function recordAt({ spans }: Batch, byte: number): number | undefined {
  const record = countUpTo(byte, spans.length / 2, (index) => spans[2 * index]) - 1;
  return record >= 0 && spans[2 * record] === byte ? record : undefined;
}

/** How many of the rising values are `most` or less. */
function countUpTo(most: number, count: number, valueOf: (index: number) => number | undefined): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((valueOf(middle) ?? 0) <= most) low = middle + 1;
    else high = middle;
  }
  return low;
}
