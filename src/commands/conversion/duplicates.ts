/** Rule T1.4 across a run: the first record of a Location is kept, every later one is told apart from it. */
import { Buffer } from "node:buffer";
import { type FirstPlace, FirstSeen, differingFields } from "../../runs/first-seen.js";
import { type Batch, byteOf } from "../../sources/batch.js";
import { asIs } from "../../sources/dialect.js";
import { shortened } from "./bounded-tally.js";
import { DocumentPlaces, documentPlace } from "./document-places.js";
import { type LocationIds, locationIds } from "./location-ids.js";
import type { InputRun } from "./source-run.js";
import type { TileRecords } from "./tile-records.js";

/** A record that came before. */
export interface Repeated {
  /** Reads the record once more. */
  ids(): Promise<LocationIds | undefined>;
  /** In words how it compares with the first: the same, or the names of the fields that differ. */
  detail(): Promise<string>;
}

/** Records of a reader that tells no offsets (tokens) are all said to be here, just within what `FirstSeen` takes. */
const UNKNOWN_BYTE = 2 ** 36 - 1;

/** A record that repeats an earlier one. */
interface Later {
  readonly run: InputRun;
  readonly batch: Batch;
  readonly record: number;
  readonly text: string;
}

export class Duplicates {
  readonly #firstSeen = new FirstSeen();
  readonly #runs: InputRun[] = [];
  /** By number of the run, of inputs whose records share parts of their documents. */
  readonly #documents = new Map<number, DocumentPlaces>();
  #tileRecords: TileRecords | undefined;

  /** `undefined` for the first record with this key. What comes back for a later one is to be asked before the next. */
  check(key: string, run: InputRun, batch: Batch, record: number): Repeated | undefined {
    this.#runs[run.number] = run;
    const start = batch.spans[2 * record] ?? 0;
    const end = batch.spans[2 * record + 1] ?? 0;
    const bytes = batch.bytes.subarray(start, end);
    const byte = byteOf(batch, record);
    const again = byte !== undefined && isRereadable(run);
    const first = this.#firstSeen.seen(key, {
      input: run.number,
      byte: byte ?? UNKNOWN_BYTE,
      length: end - start,
      bytes: again ? undefined : () => bytes,
    });
    if (first === undefined) {
      if (again) this.#noteDocument(run, batch, record);
      return undefined;
    }
    const later = { run, batch, record, text: textOf(bytes) };
    return { ids: () => idsIn(later.text, run), detail: () => this.#comparison(first, later) };
  }

  #noteDocument(run: InputRun, batch: Batch, record: number): void {
    const place = documentPlace(batch, record);
    if (place === undefined) return;
    let places = this.#documents.get(run.number);
    if (places === undefined) this.#documents.set(run.number, (places = new DocumentPlaces()));
    places.add(place);
  }

  async #comparison(first: FirstPlace, later: Later): Promise<string> {
    const run = this.#runs[first.input];
    const known = first.byte !== UNKNOWN_BYTE;
    const place = `${known ? `the record at byte ${first.byte}` : "an earlier record"} of ${run?.input.name ?? "an earlier input"}`;
    const again = known && run !== undefined && isRereadable(run);
    const bytes = first.kept ?? (again ? run.input.readAt(first.byte, first.length) : undefined);
    if (bytes === undefined) return `not compared with ${place}, which cannot be read a second time`;
    try {
      const differing = differingFields(textOf(bytes), later.text);
      if (run?.format.sharesParts === true && later.run.format.sharesParts === true)
        return await this.#withSharedParts({ ...first, run }, later, place, differing);
      return differing === "identical"
        ? `identical to ${place}`
        : `differs from ${place} in ${named(differing)}`;
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      return `not compared with ${place}, which has changed since it was read`;
    }
  }

  /** `own`: what differs in the records themselves, without what they point at in their tiles. */
  async #withSharedParts(
    first: FirstPlace & { readonly run: InputRun },
    later: Later,
    place: string,
    own: "identical" | string[],
  ): Promise<string> {
    const said = own === "identical" ? [] : own.filter((field) => !isPlaceOfPart(field));
    const document = this.#documents.get(first.input)?.around(first.byte);
    const tiles = (this.#tileRecords ??= new (await import("./tile-records.js")).TileRecords());
    const differing = document && tiles.differing({ ...first, place: document }, later);
    if (differing === undefined) {
      return said.length > 0
        ? `differs from ${place} in ${named(said)}`
        : `like ${place}, as far as it says itself; the parts they share with others of their tiles were not compared`;
    }
    if (differing !== "identical") return `differs from ${place} in ${named(differing)}`;
    if (said.length > 0) return `differs from ${place} in ${named(said)}`;
    return own === "identical"
      ? `identical to ${place}`
      : `the same as ${place}; the parts it shares stand elsewhere in its tile`;
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
  const { dialectOf } = await import("../../sources/dialects.js");
  const read = dialectOf(run.format.source).read(JSON.parse(text), asIs, "tagging");
  return "unreadable" in read ? undefined : locationIds(read.location);
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf8");
}
