/** Reading feeds record by record, for programs that use this one as a library. */
import type { Depth } from "../ocpi/location.js";
import type { SourceRecord, Unreadable } from "../ocpi/source-record.js";
import { byteOf } from "../sources/batch.js";
import { BatchRecords } from "../sources/batch-records.js";
import type { ConnectorTypeCrosswalk } from "../sources/connector-type-crosswalk.js";
import type { SourceName } from "../sources/dialect.js";
import { dialectOf } from "../sources/dialects.js";
import type { ReaderName } from "../sources/reader-name.js";
import { feedInputs } from "./conversion/feed-inputs.js";
import { SourceRun } from "./conversion/source-run.js";

/** A record of a feed, and where it stands. */
export interface FeedRecord {
  /** The input, as it was named. */
  readonly file: string;
  /** Position in the input, from 0. */
  readonly record: number;
  /** Offset in the decompressed input, where it is known. */
  readonly byte: number | undefined;
  /** 1-based, where the input has a record a line. */
  readonly line: number | undefined;
  /** What the input is. */
  readonly source: SourceName;
  /** The Location with what the reader noted, or why it is none. */
  readonly read: SourceRecord | Unreadable;
}

export interface ReadFeedOptions {
  readonly source?: SourceName | "auto";
  /** `tokens` is slower, for odd envelopes and records over 16 MiB. */
  readonly reader?: ReaderName;
  readonly depth?: Depth;
  /** See `crosswalkOf`. */
  readonly connectorTypes?: ConnectorTypeCrosswalk;
}

/**
 * The records of files, folders and patterns (`-` is stdin), in the order `convert` has them, one at a time: memory
 * stays flat whatever the size.
 *
 * @throws {RunError} for inputs that are missing, unreadable or of no known format.
 */
export async function* readFeed(
  inputs: readonly string[],
  { source = "auto", reader = "bytes", depth = "whole", connectorTypes }: ReadFeedOptions = {},
): AsyncGenerator<FeedRecord> {
  const expanded = await feedInputs(inputs, undefined);
  const sourceRun = new SourceRun(expanded.inputs, { source, reader, fingerprints: false });
  for await (const { batch, run } of sourceRun.batches()) {
    const dialect = dialectOf(run.format.source, connectorTypes);
    const records = new BatchRecords(batch, dialect);
    for (let index = 0; index < records.count; index++) {
      yield {
        file: run.input.name,
        record: batch.firstRecord + index,
        byte: byteOf(batch, index),
        line: batch.lines?.[index],
        source: run.format.source,
        read: records.read(index, depth),
      };
    }
  }
}
