/** Framing of whole JSON documents: a list of records, envelopes around one, single records, or several of these. */
import type { Batch } from "./batch.js";
import { BATCH_BYTES, BatchBuilder, pieces, type RecordSink } from "./batch-builder.js";
import { DocumentWalk, type WalkOptions } from "./document-walk.js";
import type { EnvelopeMembers } from "./envelope.js";
import { ScanWindow } from "./scan-window.js";

export const MAX_RECORD_BYTES = 16 << 20;
/** Of documents with shared parts, which are held whole. */
export const MAX_DOCUMENT_BYTES = 64 << 20;

export interface FramingOptions {
  /** The input's name, for messages. */
  readonly file: string;
  /** Records over this size are passed over: their span has `start === end`. */
  readonly maxRecordBytes: number;
  /** Gets what stands beside the records; where it is absent nobody asks. */
  readonly members?: EnvelopeMembers | undefined;
}

/**
 * The records of UTF-8 `bytes`, in order, about a MiB a batch. Holds one open record and one batch at most,
 * whatever the input. A record is whatever stands between the commas of a list, so malformed ones and scalars come
 * out as well and harm no neighbour. Throws `InputError` when the input is cut off, when brackets do not match or
 * when something that is no JSON follows the last document.
 */
export async function* documentBatches(
  bytes: AsyncIterable<Uint8Array>,
  options: FramingOptions,
): AsyncGenerator<Batch, void, undefined> {
  const window = new ScanWindow();
  const builder = new BatchBuilder((from, to) => window.copy(from, to));
  const walk = new DocumentWalk({ ...options, window, sink: builder });
  const steps = walk.documents();
  try {
    for await (const chunk of bytes) {
      for (const piece of pieces(chunk)) {
        window.release(Math.min(builder.pendingFrom ?? window.position, walk.heldFrom()));
        window.append(piece);
        steps.next();
        const { pendingFrom } = builder;
        if (pendingFrom !== undefined && window.position - pendingFrom >= BATCH_BYTES) builder.flush();
        yield* builder.take();
      }
    }
    window.ended = true;
    steps.next();
    builder.flush();
    yield* builder.take();
  } finally {
    window.close();
  }
}

/** Where the records of one text stand in it: the same framing for bytes that are all there. */
export function spansOf(
  text: Uint8Array,
  window: ScanWindow,
  options: Pick<WalkOptions, "file" | "members" | "envelope">,
): readonly number[] {
  const spans: number[] = [];
  const sink: RecordSink = {
    record: (start, end) => spans.push(start, end),
    tooLarge: (start) => spans.push(start, start),
  };
  window.reset();
  window.append(text);
  window.ended = true;
  new DocumentWalk({ ...options, window, sink, maxRecordBytes: Infinity }).documents().next();
  return spans;
}
