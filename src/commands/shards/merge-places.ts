/** The inputs of a run that was done in parts: what a run reads a second time stands in the parts, too. */
import { stat } from "node:fs/promises";
import { UnreadableInputError } from "../../runs/exit-codes.js";
import { type Input, fileIdentity } from "../../runs/inputs.js";
import type { Batch } from "../../sources/batch.js";
import type { Part } from "./shard-part-reader.js";
import type { PartInput } from "./shard-part-shape.js";

/** Where the records of an input stand in the parts: what the run read a second time is read there. */
export class PiecePlaces {
  /** Offsets in the input, rising. */
  readonly #offsets: number[] = [];
  readonly #places: Array<{ readonly part: Part; readonly at: number; readonly length: number }> = [];

  /** Notes a piece: `at`, where the bytes of its batch begin in the part. Pieces must come in order. */
  add(part: Part, at: number, { byteOffset, bytes }: Batch): void {
    if (byteOffset === undefined) return;
    this.#offsets.push(byteOffset);
    this.#places.push({ part, at, length: bytes.length });
  }

  /** The part and the place in it of a range of the input that stands in one piece. */
  find(offset: number, length: number): { part: Part; at: number } | undefined {
    let low = 0;
    let high = this.#offsets.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#offsets[middle] ?? 0) <= offset) low = middle + 1;
      else high = middle;
    }
    const from = this.#offsets[low - 1];
    const place = this.#places[low - 1];
    if (from === undefined || place === undefined || offset + length > from + place.length) return undefined;
    return { part: place.part, at: place.at + offset - from };
  }
}

/**
 * An input that is there only as far as its records are in the parts. Where its file still stands under its name, it
 * is known to be an input, so that nothing is written over it.
 */
export async function inputInParts(
  { name, seekable, bytes }: PartInput,
  places: PiecePlaces | undefined,
): Promise<Input> {
  return {
    name,
    size: bytes,
    seekable,
    identity: name === "-" ? undefined : fileIdentity(await stat(name).catch(() => undefined)),
    open: () => {
      throw new TypeError(`${name} is read in its parts`);
    },
    readAt(offset, length) {
      const place = places?.find(offset, length);
      if (place === undefined)
        throw new UnreadableInputError(
          `byte ${offset} of ${name} is in none of the parts; run all shards again`,
        );
      return place.part.readAt(place.at, length);
    },
    close: () => undefined,
  };
}
