/** The feed's side of a comparison: every Location tagged, and later the sources of those that are shown. */
import { Buffer } from "node:buffer";
import type { OutputAbout } from "../../proposals/output-form.js";
import { type LocationLine, type RefusedLine, parseLocationLine } from "../../proposals/location-form.js";
import { type LocationSources, parseSourcesLine } from "../../proposals/sources-form.js";
import type { Input } from "../../runs/inputs.js";
import type { Progress } from "../../runs/progress.js";
import type { RejectsFile } from "../../runs/rejects-file.js";
import type { Tally } from "../../runs/report.js";
import { releaseBatch } from "../../sources/batch.js";
import type { TaggedLocation } from "../../tagging/tagged-location.js";
import type { TaggingOptions } from "../../tagging/tag-location.js";
import type { ChosenRecords } from "../conversion/convert-batch.js";
import { type ConvertedBatch, startConverter } from "../conversion/converted-batches.js";
import type { MergedFeed } from "../shards/merge-parts.js";
import { RecordAccounts } from "../conversion/record-accounts.js";
import { type InputRun, type ReadOptions, type RunBatch, SourceRun } from "../conversion/source-run.js";

export interface FeedReading {
  readonly inputs: readonly Input[];
  readonly read: Omit<ReadOptions, "fingerprints">;
  readonly about: OutputAbout;
  readonly tagging: TaggingOptions;
  readonly workers: number;
  /** The parts of the feed, where shards have tagged it: what stands in them is not converted again. */
  readonly merged?: MergedFeed | undefined;
}

export interface FeedLocations {
  /** In the order of the feed, each key once; Locations that were REMOVED among them. */
  readonly locations: readonly TaggedLocation[];
  /** Locations that are in the feed but not to be mapped (unpublished, planned, without coordinates …), by key. */
  readonly refused: ReadonlyMap<string, RefusedLine>;
  readonly tally: Tally;
  readonly runs: readonly InputRun[];
}

/** Reads and tags all inputs. @throws {UnreadableInputError} at the first that cannot be read. */
export async function feedLocations(
  reading: FeedReading,
  rejects: RejectsFile | undefined,
  progress: Progress,
): Promise<FeedLocations> {
  const { inputs, read, about, tagging, workers, merged } = reading;
  const source = merged?.source ?? new SourceRun(inputs, { ...read, fingerprints: true });
  const converter =
    merged?.converter ??
    startConverter({ form: "locations", about, tagging, connectorTypes: read.connectorTypes }, workers);
  const accounts = new RecordAccounts(rejects);
  const locations: TaggedLocation[] = [];
  const removed: TaggedLocation[] = [];
  const refused = new Map<string, RefusedLine>();
  try {
    for await (const converted of converter.converted(source)) {
      const repeated = await accounts.settle(converted);
      for (const line of linesOf(converted, repeated)) {
        const read: LocationLine = parseLocationLine(line);
        if ("refused" in read) refused.set(read.refused.key, read);
        else if (read.removed) removed.push(read);
        else locations.push(read);
      }
      releaseBatch(converted.result.batch);
      progress.update(source.progress);
    }
  } finally {
    await converter.close();
  }
  // A Location that is also stated in use is in use; of two that are REMOVED one is enough.
  const seen = new Set(locations.map(({ key }) => key));
  for (const location of removed) {
    if (seen.has(location.key)) continue;
    seen.add(location.key);
    locations.push(location);
  }
  for (const key of seen) refused.delete(key);
  return { locations, refused, tally: accounts.tally, runs: source.runs };
}

/** The keys of tags that are asked about, by position of the record in its input, by the input's name. */
export type AskedTags = ReadonlyMap<string, ReadonlyMap<number, readonly string[]>>;

/**
 * The sources of some tags of some Locations, by key: the inputs are read once more, and of them only the records
 * asked about.
 *
 * @throws {UnreadableInputError} where an input can no longer be read.
 */
export async function locationSources(
  reading: FeedReading,
  asked: AskedTags,
  use: (sources: LocationSources) => void,
): Promise<void> {
  const { read, about, tagging, workers, merged } = reading;
  const inputs = reading.inputs.filter(({ name }) => asked.has(name));
  if (inputs.length === 0) return;
  const source =
    merged?.again(new Set(asked.keys())) ?? new SourceRun(inputs, { ...read, fingerprints: false });
  const converter = startConverter(
    { form: "sources", about, tagging, connectorTypes: read.connectorTypes },
    workers,
  );
  try {
    const chosen = (placed: RunBatch): ChosenRecords => within(placed, asked.get(placed.run.input.name));
    for await (const converted of converter.converted(source, chosen)) {
      for (const line of linesOf(converted, NONE)) use(parseSourcesLine(line));
      releaseBatch(converted.result.batch);
    }
  } finally {
    await converter.close();
  }
}

const NONE: ReadonlySet<number> = new Set();

/** By positions within a batch. */
function within(
  { batch }: RunBatch,
  records: ReadonlyMap<number, readonly string[]> | undefined,
): ChosenRecords {
  const chosen = new Map<number, readonly string[]>();
  for (let record = 0; record < batch.spans.length / 2; record++) {
    const keys = records?.get(batch.firstRecord + record);
    if (keys !== undefined) chosen.set(record, keys);
  }
  return chosen;
}

function* linesOf({ result }: ConvertedBatch, leftOut: ReadonlySet<number>): Generator<string> {
  const { text, ends } = result;
  const bytes = Buffer.from(text.buffer, text.byteOffset, text.byteLength);
  let start = 0;
  for (const [record, end] of ends.entries()) {
    if (end > start && !leftOut.has(record)) yield bytes.toString("utf8", start, end - 1);
    start = end;
  }
}
