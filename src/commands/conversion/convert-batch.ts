/**
 * The conversion of one batch of records, the same on the main thread and in a worker: bytes → Location → tags →
 * text. Wires the rooms together; what becomes of duplicates and files is `convert.ts`'s business.
 */
import type { Location } from "../../ocpi/location.js";
import type { Note } from "../../ocpi/notes.js";
import type { SourceRecord } from "../../ocpi/source-record.js";
import { outputForm } from "../../proposals/output-forms.js";
import type { FormName, InnerFormName, OutputAbout, OutputForm } from "../../proposals/output-form.js";
import type { Batch } from "../../sources/batch.js";
import { BatchRecords } from "../../sources/batch-records.js";
import type { ConnectorTypeCrosswalk } from "../../sources/connector-type-crosswalk.js";
import type { SourceName } from "../../sources/dialect.js";
import { dialectOf } from "../../sources/dialects.js";
import { MAX_CHARGE_POINTS, type Point } from "../../tagging/charge-points.js";
import type { Reason, Refusal } from "../../tagging/eligibility.js";
import { type Station, type TaggingOptions, locationKey, tagLocation } from "../../tagging/tag-location.js";
import { type LocationIds, locationIds } from "./location-ids.js";
import { NoteCounts, type NoteCount } from "./note-counts.js";
import { type SourcesOf, sourcesOf } from "./sources-of.js";
import { TextOutput } from "./text-output.js";
import { type UnknownKeyCount, UnknownKeys } from "./unknown-keys.js";

/** What all batches of a run share; plain data, so it can be sent to a worker. */
export interface ConversionSetup {
  readonly form: FormName | InnerFormName;
  readonly about: OutputAbout;
  readonly tagging: TaggingOptions;
  /** See `ReadOptions`. */
  readonly connectorTypes?: ConnectorTypeCrosswalk | undefined;
}

export interface BatchJob {
  readonly batch: Batch;
  readonly source: SourceName;
  /** Name of the input, as the user gave it. */
  readonly file: string;
  /** Position of the batch's first record in the whole run: node ids are made from it. */
  readonly firstPosition: number;
  /** All records are wanted where it is absent. */
  readonly only?: ChosenRecords | undefined;
}

/** The only records that are wanted, by their positions in the batch, and the keys of the tags that are asked about. */
export type ChosenRecords = ReadonlyMap<number, readonly string[]>;

/** A record that is not in the output, with its place in the batch. */
export interface Unemitted extends Refusal {
  readonly record: number;
  readonly ids: LocationIds | undefined;
}

export interface BatchResult {
  /** The batch itself, handed back: duplicates and rejects are looked up in its bytes. */
  readonly batch: Batch;
  /** The text of all emitted records, in order. */
  readonly text: Uint8Array<ArrayBuffer>;
  /** Where each record's text ends in `text`; a record that is not emitted has none. */
  readonly ends: Uint32Array<ArrayBuffer>;
  /** The key of each emitted record (T1.4), `""` for the others. */
  readonly keys: readonly string[];
  /** South, west, north, east of each emitted record's points, in degrees. */
  readonly boxes: Float64Array<ArrayBuffer>;
  readonly unemitted: readonly Unemitted[];
  readonly notes: readonly NoteCount[];
  /** Only of dialects that tell them (`Dialect.tellsUnusualKeys`). */
  readonly unknownKeys: readonly UnknownKeyCount[];
}

/** With charge_point nodes every Location has this many ids, so that ids depend on its position alone (T6). */
const IDS_A_LOCATION = 1 + MAX_CHARGE_POINTS;

export class BatchConverter {
  readonly #form: OutputForm;
  readonly #setup: ConversionSetup;
  readonly #idsALocation: number;
  readonly #output = new TextOutput();

  private constructor(setup: ConversionSetup, form: OutputForm) {
    this.#form = form;
    this.#setup = setup;
    this.#idsALocation = setup.tagging.chargePoints ? IDS_A_LOCATION : 1;
  }

  /** Loads what the output form needs. */
  static async create(setup: ConversionSetup): Promise<BatchConverter> {
    return new BatchConverter(setup, await outputForm(setup.form));
  }

  /** Every record comes out as text or with the reason why not (T1.7). */
  convert(job: BatchJob): BatchResult {
    const { batch } = job;
    const dialect = dialectOf(job.source, this.#setup.connectorTypes);
    const records = new BatchRecords(batch, dialect);
    const { count } = records;
    const output = this.#output;
    const ends = new Uint32Array(count);
    const boxes = new Float64Array(count * 4);
    const keys: string[] = [];
    const unemitted: Unemitted[] = [];
    const notes = new NoteCounts();
    const unknownKeys = new UnknownKeys();

    for (let record = 0; record < count; record++) {
      if (job.only?.has(record) === false) {
        keys.push("");
        ends[record] = output.length;
        continue;
      }
      const made = this.#make(records, record);
      if (dialect.tellsUnusualKeys) {
        const { keys: unusual, decode } = records.unusualKeys(record);
        unknownKeys.add(unusual, decode);
      }
      if ("reason" in made) {
        const { reason, pointer, detail, ids } = made;
        unemitted.push({ reason, pointer, detail, ids, record });
        notes.add(made.notes, record, made.ids?.id);
        keys.push("");
        if (made.location !== undefined)
          output.write(this.#refusedText(made.location, made.reason, job, record));
      } else {
        const { station, chargePoints, notes: own } = made.station;
        const { location } = made.record;
        const { locationRef } = this.#setup.tagging;
        const sources = sourcesOf(made, () => records.source(record), locationRef);
        output.write(this.#text(made, job, record, sources));
        keys.push(locationKey(location));
        boxes.set(boxOf([station, ...chargePoints]), record * 4);
        notes.add(own, record, location.id);
      }
      ends[record] = output.length;
    }
    return {
      batch,
      text: output.take(),
      ends,
      keys,
      boxes,
      unemitted,
      notes: notes.counts(),
      unknownKeys: unknownKeys.counts(),
    };
  }

  #make(records: BatchRecords, index: number): Made | Unmade {
    const record = records.read(index, this.#form.reads);
    if ("unreadable" in record) {
      return { reason: record.unreadable, pointer: "", detail: record.detail, ids: undefined, notes: [] };
    }
    const station = tagLocation(record, this.#setup.tagging);
    if (!("reason" in station)) return { record, station };
    const { location, notes } = record;
    return { ...station, location, ids: locationIds(location), notes };
  }

  #refusedText(location: Location, reason: Reason, job: BatchJob, index: number): string {
    const recordIndex = job.batch.firstRecord + index;
    return this.#form.refused?.({ sourceFile: job.file, recordIndex, location, reason }) ?? "";
  }

  #text({ record, station: made }: Made, job: BatchJob, index: number, sources: SourcesOf): string {
    const first = -((job.firstPosition + index) * this.#idsALocation) - 1;
    const station = { ...made.station, id: first };
    const chargePoints = made.chargePoints.map((point, i) => ({ ...point, id: first - 1 - i }));
    return this.#form.record(
      {
        id: first,
        sourceFile: job.file,
        recordIndex: job.batch.firstRecord + index,
        location: record.location,
        station,
        chargePoints,
        evses: made.station.evses,
        country: made.country,
        notes: made.notes,
        asked: job.only?.get(index),
        sourcesOf: sources,
      },
      this.#setup.about,
    );
  }
}

/** A Location that is written, with what was made of it. */
interface Made {
  readonly record: SourceRecord;
  readonly station: Station;
}

/** A record that is not written; its reader's notes often tell why (no `evses` in a HERE answer). */
interface Unmade extends Refusal {
  /** Absent where the record is none. */
  readonly location?: Location;
  readonly ids: LocationIds | undefined;
  readonly notes: readonly Note[];
}

/** South, west, north, east. */
function boxOf(points: readonly Point[]): [number, number, number, number] {
  const box: [number, number, number, number] = [90, 180, -90, -180];
  for (const { lat, lon } of points) {
    box[0] = Math.min(box[0], Number(lat));
    box[1] = Math.min(box[1], Number(lon));
    box[2] = Math.max(box[2], Number(lat));
    box[3] = Math.max(box[3], Number(lon));
  }
  return box;
}
