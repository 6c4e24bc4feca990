/** The parts of one run, put together again: one more place that converted batches come from. */
import { UnreadableInputError, UsageError } from "../../runs/exit-codes.js";
import type { Input } from "../../runs/inputs.js";
import { TOOL } from "../../version.js";
import type { ConvertedBatch, Converter } from "../conversion/converted-batches.js";
import type { LeftOutInput } from "../conversion/feed-inputs.js";
import { PiecePlaces, inputInParts } from "./merge-places.js";
import { refuseIncomplete, refuseStranger } from "./merge-refusals.js";
import { type OpenedPart, type Part, type Piece, openPart } from "./shard-part-reader.js";
import type { PartAbout, PartInput, PartWork } from "./shard-part-shape.js";
import type { BatchSource, InputRun, RunBatch } from "../conversion/source-run.js";

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
    let first: OpenedPart | undefined;
    for (const { name } of files) {
      const opened = await openPart(name, TOOL.version);
      parts.push(opened.part);
      refuseStranger((first ??= opened), opened);
    }
    if (first === undefined) throw new UsageError("no part given");
    refuseIncomplete(parts);
    return await mergedFeed(files, parts, first.about, close);
  } catch (error) {
    await close();
    throw error;
  }
}

async function mergedFeed(
  files: readonly Input[],
  parts: readonly Part[],
  { inputs: described, work, leftOut }: PartAbout,
  close: () => Promise<void>,
): Promise<MergedFeed> {
  const places = described.map(() => new PiecePlaces());
  const inputs: Input[] = [];
  for (const [number, input] of described.entries()) inputs.push(await inputInParts(input, places[number]));
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
          places[input]?.add(part, bytesAt, result.batch);
          progress.records += result.keys.length;
          progress.bytes += length;
          yield { result, run };
        }
      },
      close: async () => undefined,
    },
    again: (names) => ({ runs, progress, batches: () => batches((name) => names.has(name)) }),
    close,
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
