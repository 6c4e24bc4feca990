/**
 * `--rejects FILE`: every record that was not emitted, as NDJSON, with its own text, so that it can be mended and run
 * again (T1.7). One line a record:
 * `{file, record, line?, byte?, id?, country_code?, party_id?, verdict, reason, detail, raw, raw_truncated?}`.
 */
import { openOutput, type Output } from "./output-file.js";
import type { ListedRecord } from "./report.js";

/** A record that was skipped or rejected. */
export interface RejectedRecord extends ListedRecord {
  readonly country_code?: string | undefined;
  readonly party_id?: string | undefined;
}

export interface RejectsFile {
  /** Writes one line. `raw`: the record's bytes as they stand in the (decompressed) input. */
  write(record: RejectedRecord, raw: Uint8Array): Promise<void>;
  /** All of it is on the disk for good, though not yet in its place. */
  finish(): Promise<void>;
}

/** Of longer records only so many bytes are kept, and `raw_truncated` says so. */
export const RAW_BYTES = 64 * 1024;
const WRITE_CHARACTERS = 1 << 18;

/** Opens the rejects file; atomic, as every output is. Throws what `openOutput` throws. */
export async function openRejectsFile(
  name: string,
): Promise<RejectsFile & Pick<Output, "commit" | "discard">> {
  const output = await openOutput(name);
  const file = rejectsTo([output]);
  return {
    ...file,
    async commit() {
      await file.finish();
      return output.commit();
    },
    discard: () => output.discard(),
  };
}

/** The same rejects to every output; to commit them is left to the caller. */
export function rejectsTo(outputs: readonly Output[]): RejectsFile {
  let waiting = "";
  const flush = async () => {
    const text = waiting;
    waiting = "";
    if (text !== "") for (const output of outputs) await output.write(text);
  };
  return {
    async write(record, raw) {
      waiting += rejectLine(record, raw);
      if (waiting.length > WRITE_CHARACTERS) await flush();
    },
    async finish() {
      await flush();
      for (const output of outputs) await output.finish();
    },
  };
}

/** One line of the rejects file, with its line break. Keys always come in the same order. */
export function rejectLine(record: RejectedRecord, raw: Uint8Array): string {
  const truncated = raw.length > RAW_BYTES;
  // `stream` keeps back the first bytes of a character that was cut.
  const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(raw.subarray(0, RAW_BYTES), {
    stream: truncated,
  });
  const { file, record: position, line, byte, id, country_code, party_id, verdict, reason, detail } = record;
  return `${JSON.stringify({
    file,
    record: position,
    line,
    byte,
    id,
    country_code,
    party_id,
    verdict,
    reason,
    detail,
    raw: text,
    raw_truncated: truncated ? true : undefined,
  })}\n`;
}
