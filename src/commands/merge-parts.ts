/** The parts of one run, put together again: one more place that converted batches come from. */
import { openSync, readSync, closeSync } from "node:fs";
import { UnreadableInputError, UsageError } from "../runs/exit-codes.js";
import type { Input } from "../runs/inputs.js";
import { configHash } from "../runs/report.js";
import { TOOL } from "../version.js";
import type { ConvertedBatch, Converter } from "./converted-batches.js";
import type { LeftOutInput } from "./feed-inputs.js";
import { type Part, type Piece, openPart } from "./shard-part-reader.js";
import type { PartInput, PartWork } from "./shard-part-shape.js";
import type { BatchSource, InputRun, RunBatch } from "./source-run.js";

/** A feed that was converted in parts. */
export interface MergedFeed {
  readonly work: PartWork;
  /** The parts themselves. */
  readonly files: readonly Input[];
  /** What they were made of: of its bytes the records are there, and nothing is opened. */
  readonly inputs: readonly Input[];
  readonly leftOut: readonly LeftOutInput[];
  readonly source: BatchSource;
  /** Hands out what the shards converted, in the order of the run. */
  readonly converter: Converter;
  /** The records of some inputs (by name) once more, to be converted into something else. */
  again(names: ReadonlySet<string>): BatchSource;
  close(): Promise<void>;
}

/**
 * Opens all parts of a run.
 *
 * @throws {UsageError} where they are not all parts of one run, once each; {UnreadableInputError} for one that is
 * missing, damaged, or no part.
 */
export async function openParts(files: readonly Input[]): Promise<MergedFeed> {
  const parts: Part[] = [];
  const close = async (): Promise<void> => {
    for (const part of parts) await part.close();
  };
  try {
    for (const { name } of files) parts.push(await openPart(name, TOOL.version));
    refuseStrangers(parts);
    refuseIncomplete(parts);
    return mergedFeed(files, parts, close);
  } catch (error) {
    await close();
    throw error;
  }
}

/** What must be the same in all parts, and what to say where it is not. */
const COMMON: ReadonlyArray<{ readonly what: string; of(part: Part): unknown }> = [
  { what: "the commands", of: ({ about }) => about.work.command },
  { what: "the numbers of parts", of: ({ about }) => about.shard.of },
  { what: "the settings", of: ({ about }) => about.work.settings },
  { what: "the inputs", of: ({ about }) => [about.inputs, about.leftOut] },
];

function refuseStrangers([first, ...others]: readonly Part[]): void {
  if (first === undefined) throw new UsageError("no part given");
  for (const other of others) {
    for (const { what, of } of COMMON) {
      if (configHash({ of: of(first) }) === configHash({ of: of(other) })) continue;
      throw new UsageError(
        `${first.file} and ${other.file} are not of one run: ${what} differ; give the parts of one run only`,
      );
    }
  }
}

const MOST_NUMBERS_SHOWN = 10;

function refuseIncomplete(parts: readonly Part[]): void {
  const byNumber = new Map<number, Part>();
  for (const part of parts) {
    const { number, of } = part.about.shard;
    const same = byNumber.get(number);
    if (same !== undefined)
      throw new UsageError(
        `${same.file} and ${part.file} are both part ${number} of ${of}; give each part once`,
      );
    byNumber.set(number, part);
  }
  const of = parts[0]?.about.shard.of ?? 0;
  const missing = Array.from({ length: of }, (_, index) => index + 1).filter(
    (number) => !byNumber.has(number),
  );
  if (missing.length === 0) return;
  const shown = missing.slice(0, MOST_NUMBERS_SHOWN).join(", ");
  const more = missing.length > MOST_NUMBERS_SHOWN ? ` and ${missing.length - MOST_NUMBERS_SHOWN} more` : "";
  throw new UsageError(
    `of ${of} parts ${missing.length} ${missing.length === 1 ? "is" : "are"} missing: ${shown}${more}; run --shard ${missing[0]}/${of} and give its part, too`,
  );
}

function mergedFeed(files: readonly Input[], parts: readonly Part[], close: () => Promise<void>): MergedFeed {
  const [first] = parts;
  if (first === undefined) throw new UsageError("no part given");
  const { inputs: described, work, leftOut } = first.about;
  const places = described.map(() => new PiecePlaces());
  const inputs = described.map((input, number) => inputOf(input, places[number]));
  const runs: InputRun[] = described.map((input, number) => runOf(input, number, inputs[number]));
  const firstPositions: number[] = [];
  let total = 0;
  for (const { records } of described) {
    firstPositions.push(total);
    total += records;
  }
  const progress = { records: 0, bytes: 0 };
  const merged = (): AsyncGenerator<PlacedPiece> => interleaved(parts, described);
  async function* batches(wanted: (name: string) => boolean): AsyncGenerator<RunBatch> {
    for await (const { input, result } of merged()) {
      const run = runs[input];
      if (run === undefined || !wanted(run.input.name)) continue;
      const firstPosition = (firstPositions[input] ?? 0) + result.batch.firstRecord;
      yield { batch: result.batch, run, firstPosition };
    }
  }
  return {
    work,
    files,
    inputs,
    leftOut,
    source: { runs, progress, batches: () => batches(() => true) },
    converter: {
      async *converted(): AsyncGenerator<ConvertedBatch> {
        for await (const { input, result, part, bytesAt, length } of merged()) {
          const run = runs[input];
          if (run === undefined) continue;
          places[input]?.add(part.file, bytesAt, result.batch);
          progress.records += result.keys.length;
          progress.bytes += length;
          yield { result, run };
        }
      },
      close: async () => undefined,
    },
    again: (names) => ({ runs, progress, batches: () => batches((name) => names.has(name)) }),
    async close() {
      for (const input of inputs) input.close();
      await close();
    },
  };
}

interface PlacedPiece extends Piece {
  readonly part: Part;
  /** Bytes it takes in its part. */
  readonly length: number;
}

/** The pieces of all parts in the order of the run. @throws {UnreadableInputError} where one is missing. */
async function* interleaved(
  parts: readonly Part[],
  inputs: readonly PartInput[],
): AsyncGenerator<PlacedPiece> {
  const waiting: Array<{ part: Part; pieces: AsyncGenerator<Piece>; next: Piece }> = [];
  for (const part of parts) {
    const pieces = part.pieces();
    const first = await pieces.next();
    if (first.done !== true) waiting.push({ part, pieces, next: first.value });
  }
  let begun = 0;
  for (const [number, { name, records }] of inputs.entries()) {
    for (let record = 0; record < records;) {
      const at = waiting.findIndex(
        ({ next }) => next.input === number && next.result.batch.firstRecord === record,
      );
      const found = waiting[at];
      if (found === undefined)
        throw new UnreadableInputError(
          `record ${record} of ${name} is in none of the parts; run all shards again`,
        );
      const { part, pieces, next } = found;
      record += next.result.keys.length;
      yield { ...next, part, length: next.result.batch.bytes.length + next.result.text.length };
      const following = await pieces.next();
      if (following.done === true) waiting.splice(at, 1);
      else found.next = following.value;
    }
    begun = number;
  }
  const [left] = waiting;
  if (left !== undefined)
    throw new UnreadableInputError(
      `${left.part.file}: holds records beyond input ${begun + 1} of ${inputs.length}; run all shards again`,
    );
}

/** Where the records of an input stand in the parts: what the run read a second time is read there. */
class PiecePlaces {
  /** Offsets in the input, rising. */
  readonly #offsets: number[] = [];
  readonly #places: Array<{ readonly file: string; readonly at: number; readonly length: number }> = [];

  add(file: string, at: number, { byteOffset, bytes }: RunBatch["batch"]): void {
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

function inputOf({ name, seekable, bytes }: PartInput, places: PiecePlaces | undefined): Input {
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

function runOf(
  { format, compressed, records, bytes, sha256, members }: PartInput,
  number: number,
  input: Input | undefined,
): InputRun {
  if (input === undefined) throw new TypeError(`there is no input ${number}`);
  return {
    number,
    input,
    format: { ...format, version: format.version },
    compressed,
    records,
    bytes,
    facts: { members: new Map(members) },
    fingerprint: { bytes, sha256 },
  };
}
