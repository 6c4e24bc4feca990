/**
 * Rule T1.4 where records share parts of their document: a Location that comes again at a tile's border is compared
 * with the first by what both are with the parts they point at, each of its own tile. Every tile numbers its parts for
 * itself, so the same text may mean another operator, and another text the same. Of the parts only what tags are made
 * of is compared: an export has a thousand such Locations, and the whole of each would take a fifth of a run.
 */
import type { Location } from "../../ocpi/location.js";
import { differingFields } from "../../runs/first-seen.js";
import type { Batch } from "../../sources/batch.js";
import { BatchRecords } from "../../sources/batch-records.js";
import { DIALECT_SIGNS } from "../../sources/dialect-signs.js";
import { dialectOf } from "../../sources/dialects.js";
import { RecordLists } from "../../sources/record-lists.js";
import { type DocumentPlace, recordAt } from "./document-places.js";
import type { InputRun } from "./source-run.js";

interface Opened {
  readonly batch: Batch | undefined;
  readonly records: BatchRecords | undefined;
}

/** Reads records with their documents; keeps the last document read again, as neighbours repeat several of each other's. */
export class TileRecords {
  #current: Opened = { batch: undefined, records: undefined };
  #again: Opened = { batch: undefined, records: undefined };
  #of: { readonly run: InputRun; readonly byte: number } | undefined;

  /**
   * In which of OCPI's fields the first record, at `byte` of its input and in the document at `place`, differs from one
   * of a batch; `undefined` where they cannot be compared. Throws as `Input.readAt`.
   */
  differing(
    first: { readonly run: InputRun; readonly place: DocumentPlace; readonly byte: number },
    later: { readonly run: InputRun; readonly batch: Batch; readonly record: number },
  ): "identical" | string[] | undefined {
    const { run, place } = first;
    if (this.#of?.run !== run || this.#of.byte !== place.byte) {
      this.#of = { run, byte: place.byte };
      this.#again = opened(documentAgain(run, place), run);
    }
    if (this.#current.batch !== later.batch) this.#current = opened(later.batch, later.run);
    const { batch } = this.#again;
    const at = batch && recordAt(batch, first.byte - place.byte - (batch.byteOffset ?? 0));
    const before = at === undefined ? undefined : locationOf(this.#again, at);
    const after = locationOf(this.#current, later.record);
    if (before === undefined || after === undefined) return undefined;
    return differingFields(JSON.stringify(before), JSON.stringify(after));
  }
}

function documentAgain({ input, format }: InputRun, { byte, length }: DocumentPlace): Batch | undefined {
  const lists = new RecordLists(DIALECT_SIGNS[format.source].recordLists ?? []);
  try {
    return lists.soleDocument(input.readAt(byte, length));
  } finally {
    lists.close();
  }
}

function opened(batch: Batch | undefined, { format }: InputRun): Opened {
  return { batch, records: batch && new BatchRecords(batch, dialectOf(format.source)) };
}

function locationOf({ records }: Opened, record: number): Location | undefined {
  const read = records?.read(record, "tagging");
  return read === undefined || "unreadable" in read ? undefined : read.location;
}
