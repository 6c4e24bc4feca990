/** `--shard k/n`: which records of a run are a shard's, told by their positions alone. */
import { UsageError } from "../../runs/exit-codes.js";
import { type Batch, batchBytes, releaseBatch } from "../../sources/batch.js";
import type { BatchSource, InputRun, RunBatch } from "../conversion/source-run.js";

/** One of the parts that a run is done in. */
export interface Shard {
  /** 1 to `of`. */
  readonly number: number;
  readonly of: number;
}

/** `merge` holds all parts open at once. */
const MOST_SHARDS = 1000;

/** Reads `2/7`. @throws {UsageError} for anything else. */
export function parseShard(text: string): Shard {
  const [, number = 0, of = 0] = /^(\d{1,6})\/(\d{1,6})$/.exec(text.trim())?.map(Number) ?? [];
  if (number < 1 || number > of || of > MOST_SHARDS)
    throw new UsageError(
      `--shard ${text}: it must be k/n, with k from 1 to n and n up to ${MOST_SHARDS}: 1/4, 2/4, 3/4 and 4/4 make a run`,
    );
  return { number, of };
}

/**
 * Positions go to the shards in blocks, round and round: record by record every batch would be cut into slivers.
 * Part of the contract: parts of one run must have been cut alike.
 */
export const BLOCK_RECORDS = 100;

/**
 * Of a source's batches what is the shard's, as batches of their own. Records that share their document go where
 * the first of them goes, as they can only be read together. How the bytes happened to come decides nothing: two
 * machines that read the same input cut it alike.
 */
export function shardOf(source: BatchSource, shard: Shard): BatchSource {
  return {
    get runs(): readonly InputRun[] {
      return source.runs;
    },
    get progress() {
      return source.progress;
    },
    async *batches(): AsyncGenerator<RunBatch> {
      for await (const placed of source.batches()) {
        const ranges = rangesOf(placed, shard);
        const count = placed.batch.spans.length / 2;
        if (ranges.length === 1 && ranges[0]?.from === 0 && ranges[0].to === count) {
          yield placed;
          continue;
        }
        for (const { from, to } of ranges)
          yield {
            ...placed,
            batch: piece(placed.batch, from, to),
            firstPosition: placed.firstPosition + from,
          };
        releaseBatch(placed.batch);
      }
    },
  };
}

interface Range {
  readonly from: number;
  /** Exclusive. */
  readonly to: number;
}

/** The shard's records of a batch, as ranges of places in it. */
function rangesOf({ batch, firstPosition }: RunBatch, { number, of }: Shard): Range[] {
  const { spans, documents } = batch;
  const ranges: Array<{ from: number; to: number }> = [];
  let first = 0;
  for (let record = 0; record < spans.length / 2; record++) {
    if (!isWithLast(documents, record)) first = record;
    const block = Math.floor((firstPosition + first) / BLOCK_RECORDS);
    if (block % of !== number - 1) continue;
    const last = ranges.at(-1);
    if (last?.to === record) last.to = record + 1;
    else ranges.push({ from: record, to: record + 1 });
  }
  return ranges;
}

/** Whether a record is of the same document as the one before it. */
function isWithLast(documents: Uint32Array | undefined, record: number): boolean {
  if (documents === undefined || record === 0) return false;
  const start = documents[2 * record];
  const end = documents[2 * record + 1];
  return start !== end && start === documents[2 * record - 2] && end === documents[2 * record - 1];
}

/** Records `from` to before `to` of a batch, with a copy of their bytes. */
function piece(batch: Batch, from: number, to: number): Batch {
  const spans = batch.spans.slice(2 * from, 2 * to);
  const documents = batch.documents?.slice(2 * from, 2 * to);
  let start = Infinity;
  let end = 0;
  for (let i = 0; i < spans.length; i += 2) {
    const [low = 0, high = 0] = spans.subarray(i, i + 2);
    const [documentLow = 0, documentHigh = 0] = documents?.subarray(i, i + 2) ?? [];
    // Of a record that stands alone the document is empty, and has no place.
    const isInDocument = documentLow < documentHigh;
    start = Math.min(start, low, isInDocument ? documentLow : low);
    end = Math.max(end, high, isInDocument ? documentHigh : high);
  }
  const bytes = batchBytes(end - start);
  bytes.set(batch.bytes.subarray(start, end));
  return {
    bytes,
    spans: spans.map((place) => place - start),
    byteOffset: batch.byteOffset === undefined ? undefined : batch.byteOffset + start,
    firstRecord: batch.firstRecord + from,
    lines: batch.lines?.slice(from, to),
    documents: documents?.map((place, i) => (documents[i & ~1] === documents[i | 1] ? 0 : place - start)),
  };
}
