/** Rule T1.4 across a run: the first record of a Location is kept, every later one is told apart from it. */
import { Buffer } from "node:buffer";
import { type FirstPlace, FirstSeen, differingFields } from "../runs/first-seen.js";
import { type Batch, byteOf } from "../sources/batch.js";
import { asIs } from "../sources/dialect.js";
import { shortened } from "./bounded-tally.js";
import { type LocationIds, locationIds } from "./location-ids.js";
import type { InputRun } from "./source-run.js";

/** A record that came before. */
export interface Repeated {
  /** Reads the record once more. */
  ids(): Promise<LocationIds | undefined>;
  readonly detail: string;
}

/** Records of a reader that tells no offsets (tokens) are all said to be here, just within what `FirstSeen` takes. */
const UNKNOWN_BYTE = 2 ** 36 - 1;

export class Duplicates {
  readonly #firstSeen = new FirstSeen();
  readonly #runs: InputRun[] = [];

  /**
   * `undefined` for the first record with this key; a later one comes back with its ids and, in words, how it compares
   * with the first: the same, or the names of the fields that differ.
   */
  check(key: string, run: InputRun, batch: Batch, record: number): Repeated | undefined {
    this.#runs[run.number] = run;
    const start = batch.spans[2 * record] ?? 0;
    const end = batch.spans[2 * record + 1] ?? 0;
    const bytes = batch.bytes.subarray(start, end);
    const byte = byteOf(batch, record);
    const first = this.#firstSeen.seen(key, {
      input: run.number,
      byte: byte ?? UNKNOWN_BYTE,
      length: end - start,
      bytes: byte !== undefined && isRereadable(run) ? undefined : () => bytes,
    });
    if (first === undefined) return undefined;
    const text = textOf(bytes);
    return { ids: () => idsIn(text, run), detail: this.#comparison(first, text) };
  }

  #comparison(first: FirstPlace, later: string): string {
    const run = this.#runs[first.input];
    const known = first.byte !== UNKNOWN_BYTE;
    const place = `${known ? `the record at byte ${first.byte}` : "an earlier record"} of ${run?.input.name ?? "an earlier input"}`;
    const again = known && run !== undefined && isRereadable(run);
    const bytes = first.kept ?? (again ? run.input.readAt(first.byte, first.length) : undefined);
    if (bytes === undefined) return `not compared with ${place}, which cannot be read a second time`;
    try {
      const differing = differingFields(textOf(bytes), later);
      if (differing === "identical") return `identical to ${place}`;
      if (run?.format.sharesParts === true && differing.every(isPlaceOfPart))
        return `like ${place}, as far as it says itself; the parts it shares stand elsewhere in its tile`;
      return `differs from ${place} in ${named(differing)}`;
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      return `not compared with ${place}, which has changed since it was read`;
    }
  }
}

/** A Location has some 35 fields; a hostile record has as many as it likes, under names of any length. */
const MOST_FIELDS_NAMED = 50;

/** `operatorIndex`, `evses_index`: where in the document a shared part stands. */
function isPlaceOfPart(field: string): boolean {
  return /index$/i.test(field);
}

function named(fields: readonly string[]): string {
  const shown = fields.slice(0, MOST_FIELDS_NAMED).map(shortened);
  const more = fields.length - shown.length;
  return more > 0 ? `${shown.join(", ")} and ${more} more` : shown.join(", ");
}

function isRereadable({ input, compressed }: InputRun): boolean {
  return input.seekable && !compressed;
}

/** Readers are loaded when the first duplicate comes: a run on threads needs them nowhere else on this one. */
async function idsIn(text: string, run: InputRun): Promise<LocationIds | undefined> {
  const { dialectOf } = await import("../sources/dialects.js");
  const read = dialectOf(run.format.source)?.read(JSON.parse(text), asIs, "tagging");
  return read === undefined || "unreadable" in read ? undefined : locationIds(read.location);
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf8");
}
