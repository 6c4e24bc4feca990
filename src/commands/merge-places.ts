/** The inputs of a run that was done in parts: what a run reads a second time stands in the parts, too. */
import { closeSync, openSync, readSync } from "node:fs";
import { UnreadableInputError } from "../runs/exit-codes.js";
import type { Input } from "../runs/inputs.js";
import type { Batch } from "../sources/batch.js";
import type { PartInput } from "./shard-part-shape.js";

/** Where the records of an input stand in the parts: what the run read a second time is read there. */
export class PiecePlaces {
  /** Offsets in the input, rising. */
  readonly #offsets: number[] = [];
  readonly #places: Array<{ readonly file: string; readonly at: number; readonly length: number }> = [];

  add(file: string, at: number, { byteOffset, bytes }: Batch): void {
    if (byteOffset === undefined) return;
    this.#offsets.push(byteOffset);
    this.#places.push({ file, at, length: bytes.length });
  }

  /** The file and the place in it of a range of the input that stands in one piece. */
  find(offset: number, length: number): { file: string; at: number } | undefined {
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
    return { file: place.file, at: place.at + offset - from };
  }
}

/** An input that is there only as far as its records are in the parts. */
export function inputInParts({ name, seekable, bytes }: PartInput, places: PiecePlaces | undefined): Input {
  const descriptors = new Map<string, number>();
  return {
    name,
    size: bytes,
    seekable,
    open: () => {
      throw new TypeError(`${name} is read in its parts`);
    },
    readAt(offset, length) {
      const place = places?.find(offset, length);
      if (place === undefined)
        throw new UnreadableInputError(
          `byte ${offset} of ${name} is in none of the parts; run all shards again`,
        );
      let descriptor = descriptors.get(place.file);
      if (descriptor === undefined) descriptors.set(place.file, (descriptor = openSync(place.file, "r")));
      const read = new Uint8Array(length);
      for (let done = 0; done < length;) {
        const got = readSync(descriptor, read, done, length - done, place.at + done);
        if (got === 0) throw new UnreadableInputError(`${place.file}: changed while it was being read`);
        done += got;
      }
      return read;
    },
    close() {
      for (const descriptor of descriptors.values()) closeSync(descriptor);
      descriptors.clear();
    },
  };
}
