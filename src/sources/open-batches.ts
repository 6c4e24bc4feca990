/** From an input to batches of whole records: the one entrance to framing. */
import { Buffer } from "node:buffer";
import { type PeekedStream, peek } from "../bytes/peeked-stream.js";
import { MAGIC_BYTES, isCompressed } from "../bytes/wrapping.js";
import { type Batch, releaseBatch } from "./batch.js";
import { plainBytes } from "./byte-stream.js";
import { detectFormat, SNIFF_BYTES, type DetectedFormat, type Detection } from "./detect-format.js";
import { DIALECT_SIGNS } from "./dialect-signs.js";
import type { SourceName } from "./dialect.js";
import { documentBatches, MAX_DOCUMENT_BYTES, MAX_RECORD_BYTES } from "./document-framing.js";
import { EnvelopeMembers, type EnvelopeFacts } from "./envelope.js";
import { InputError } from "../input-error.js";
import { lineBatches } from "./line-framing.js";
import type { ReaderName } from "./reader-name.js";
import { RecordLists } from "./record-lists.js";
import type * as TokenFraming from "./token-framing.js";

export type { DetectedFormat, EnvelopeFacts };

export interface Input {
  /** As the user gave it; messages use it. */
  readonly name: string;
  /** The bytes as they are stored, compressed or not. Called once. */
  open(): AsyncIterable<Uint8Array>;
}

export interface OpenOptions {
  /** A name skips the detection of the dialect, not that of the framing. */
  readonly source: SourceName | "auto";
  /** `bytes` is fast; `tokens` reads records over the size limit and lists in unusual places. */
  readonly reader: ReaderName;
  /** There are other inputs: an error answer among them is one unreadable record, not the end. */
  readonly amongOthers?: boolean | undefined;
  /** What the input before this one was. */
  readonly before?: DetectedFormat | undefined;
  /**
   * Longer records come out as empty spans. 16 MiB unless given, 64 MiB where it is whole documents that are held;
   * `tokens` knows no limit.
   */
  readonly maxRecordBytes?: number | undefined;
}

export interface OpenedBatches {
  readonly format: DetectedFormat;
  /** Whether the input is compressed, so that offsets in its text are not offsets in the file. */
  readonly compressed: boolean;
  /** In order, once. Reading them may throw `InputError`. To be read, or left with `break`, so that the input closes. */
  readonly batches: AsyncIterable<Batch>;
  /** What stood beside the records: complete when the batches have been read. */
  facts(): EnvelopeFacts;
  /** Bytes taken from the input so far, as stored: for progress. */
  bytesRead(): number;
}

/**
 * Detects what an input is and frames it. Throws `InputError` for input that is unreadable or of no known format.
 */
export async function openBatches(input: Input, options: OpenOptions): Promise<OpenedBatches> {
  let read = 0;
  async function* counted(): AsyncGenerator<Uint8Array> {
    for await (const chunk of input.open()) {
      read += chunk.length;
      yield chunk;
    }
  }
  const file = input.name;
  const stored = await peek(counted(), MAGIC_BYTES);
  const bytes = await peek(plainBytes(stored.stream, file), SNIFF_BYTES);
  let detection: Detection;
  try {
    const forced = options.source === "auto" ? undefined : options.source;
    detection = detectFormat(bytes.head, bytes.whole, { ...options, file, forced });
    const { source } = detection.format;
    if (detection.oddEnvelope && options.reader === "bytes") {
      throw new InputError({
        file,
        problem: `the records of this ${source} feed are in a list where envelopes have none`,
        advice: "Read it with --reader tokens.",
      });
    }
  } catch (error) {
    await bytes.close();
    throw error;
  }
  const { format, oddEnvelope } = detection;
  const members = new EnvelopeMembers();
  const { recordLists } = DIALECT_SIGNS[format.source];
  const most = recordLists === undefined ? MAX_RECORD_BYTES : MAX_DOCUMENT_BYTES;
  // What stands beside a tile's records are its pools, which are read with them.
  const framing = {
    file,
    members: recordLists === undefined ? members : undefined,
    maxRecordBytes: options.maxRecordBytes ?? most,
  };
  const batches =
    format.errorAnswer !== undefined
      ? wholeAsRecord(bytes.stream, framing.maxRecordBytes)
      : options.reader === "tokens"
        ? await batchesByTokens(bytes.stream, { file, members, anyList: oddEnvelope })
        : format.framing === "lines"
          ? lineBatches(bytes.stream, framing)
          : documentBatches(bytes.stream, framing);
  return {
    format,
    compressed: isCompressed(stored.head),
    batches:
      recordLists === undefined
        ? batches
        : recordsOfDocuments(batches, recordLists, bytes, framing.maxRecordBytes),
    facts: () => members,
    bytesRead: () => read,
  };
}

async function* recordsOfDocuments(
  documents: AsyncIterable<Batch>,
  lists: readonly string[],
  { head, whole, close }: PeekedStream,
  most: number,
): AsyncGenerator<Batch, void, undefined> {
  const finder = new RecordLists(lists);
  try {
    const sole = whole && head.length <= most ? finder.soleDocument(head) : undefined;
    if (sole !== undefined) {
      await close();
      yield sole;
      return;
    }
    for await (const batch of documents) {
      const records = finder.batch(batch);
      if (records === undefined) releaseBatch(batch);
      else yield records;
    }
  } finally {
    finder.close();
  }
}

/** An error answer is one record, also where it has an envelope with an empty list: its loss must be counted (T1.7). */
async function* wholeAsRecord(
  stream: AsyncIterable<Uint8Array>,
  maxRecordBytes: number,
): AsyncGenerator<Batch, void, undefined> {
  let chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of stream) {
    length += chunk.length;
    if (length <= maxRecordBytes) chunks.push(chunk);
    else chunks = [];
  }
  const bytes = new Uint8Array(Buffer.concat(chunks));
  yield { bytes, spans: Uint32Array.of(0, bytes.length), byteOffset: 0, firstRecord: 0, lines: undefined };
}

/** Loaded when asked for: most runs never need stream-json. */
async function batchesByTokens(
  ...framing: Parameters<typeof TokenFraming.tokenBatches>
): Promise<AsyncIterable<Batch>> {
  const { tokenBatches } = await import("./token-framing.js");
  return tokenBatches(...framing);
}
