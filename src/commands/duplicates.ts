/** Rule T1.4 across a run: the first record of a Location is kept, every later one is told apart from it. */
import { Buffer } from "node:buffer";
import { type FirstPlace, FirstSeen, differingFields } from "../runs/first-seen.js";
import type { Batch } from "../sources/batch.js";
import { dialectOf } from "../sources/dialects.js";
import { type LocationIds, locationIds } from "./convert-batch.js";
import type { InputRun } from "./source-run.js";

/** A record that came before. */
export interface Repeated {
  readonly ids: LocationIds | undefined;
  readonly detail: string;
}

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
    const first = this.#firstSeen.seen(key, {
      input: run.number,
      byte: batch.byteOffset + start,
      length: end - start,
      bytes: isRereadable(run) ? undefined : () => bytes,
    });
    if (first === undefined) return undefined;
    const text = textOf(bytes);
    return { ids: idsIn(text, run), detail: this.#comparison(first, text) };
  }

  #comparison(first: FirstPlace, later: string): string {
    const run = this.#runs[first.input];
    const place = `the record at byte ${first.byte} of ${run?.input.name ?? "an earlier input"}`;
    const again = run !== undefined && isRereadable(run);
    const bytes = first.kept ?? (again ? run.input.readAt(first.byte, first.length) : undefined);
    if (bytes === undefined) return `not compared with ${place}, which cannot be read a second time`;
    const differing = differingFields(textOf(bytes), later);
    return differing === "identical"
      ? `identical to ${place}`
      : `differs from ${place} in ${differing.join(", ")}`;
  }
}

function isRereadable({ input, compressed }: InputRun): boolean {
  return input.seekable && !compressed;
}

function idsIn(text: string, run: InputRun): LocationIds | undefined {
  const read = dialectOf(run.format.source)?.read(JSON.parse(text), (same) => same, "tagging");
  return read === undefined || "unreadable" in read ? undefined : locationIds(read.location);
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf8");
}
