/** `ocpi2osm convert --filter`: lines in, lines out, one for each, for engines that split the input as they like. */
import { Buffer } from "node:buffer";
import { counted } from "../runs/counted.js";
import { UnreadableInputError } from "../runs/exit-codes.js";
import { type Input, expandInputs } from "../runs/inputs.js";
import type { Log } from "../runs/log.js";
import { type Output, openOutput } from "../runs/output-file.js";
import { refuseOverwriting } from "../runs/overwriting.js";
import type { Profile } from "../runs/profile.js";
import { releaseBatch } from "../sources/batch.js";
import { MAGIC_BYTES, isCompressed } from "../bytes/wrapping.js";
import { plainBytes } from "../sources/byte-stream.js";
import type { ConnectorTypeCrosswalk } from "../sources/connector-type-crosswalk.js";
import { DIALECT_SIGNS } from "../sources/dialect-signs.js";
import type { SourceName } from "../sources/dialect.js";
import { MAX_RECORD_BYTES } from "../sources/document-framing.js";
import { InputError } from "../input-error.js";
import { peek } from "../bytes/peeked-stream.js";
import { recordLines } from "../sources/record-lines.js";
import { filteredOutLine } from "../proposals/filter-form.js";
import type { TaggingOptions } from "../tagging/tag-location.js";
import type { BatchResult } from "./conversion/convert-batch.js";
import { startConverter } from "./conversion/converted-batches.js";
import { aboutOutput } from "./conversion/run-manifest.js";
import type { BatchSource, InputRun, RunBatch } from "./conversion/source-run.js";

export interface FilterOptions {
  /** Files, or `-`. */
  readonly inputs: readonly string[];
  /** File name, or `-` for stdout. */
  readonly output: string;
  readonly source: SourceName;
  readonly connectorTypes: ConnectorTypeCrosswalk | undefined;
  readonly profile: Profile;
  readonly tagging: TaggingOptions;
  /** Threads; 0 for none. */
  readonly workers: number;
}

/**
 * Writes a line for every line that holds anything, in their order, each as soon as what it is made from has been
 * read. A line that is no Location is no failure: its line says why.
 *
 * @throws {RunError} 2 for bad usage, 3 for an input that cannot be read.
 */
export async function filter(options: FilterOptions, log: Log): Promise<void> {
  const { output: name, source, connectorTypes, profile, tagging, workers } = options;
  const { inputs } = await expandInputs(options.inputs);
  await refuseOverwriting(inputs, [name]);
  const about = aboutOutput(profile, undefined);
  const converter = startConverter({ form: "filter", about, tagging, connectorTypes }, workers);
  let lines = 0;
  let emitted = 0;
  let output: Output | undefined;
  try {
    output = await openOutput(name);
    for await (const { result } of converter.converted(lineSource(inputs, source))) {
      const { text, left } = linesOf(result);
      await output.write(text);
      releaseBatch(result.batch);
      lines += result.keys.length;
      emitted += result.keys.length - left;
    }
    await output.commit();
    log.info(`${counted(lines, "line")} = ${emitted} emitted + ${lines - emitted} not, each with its reason`);
  } finally {
    await converter.close();
    await output?.discard();
    for (const input of inputs) input.close();
  }
}

/** The other reader, which is advised elsewhere, filters nothing. */
const TOO_LARGE = `the line is over ${MAX_RECORD_BYTES >> 20} MiB; convert --reader tokens, without --filter, reads it`;

/** The texts of emitted records, and between them the lines of those that are not: `left` of them. */
function linesOf({ text, ends, unemitted }: BatchResult): { text: Uint8Array; left: number } {
  if (unemitted.length === 0) return { text, left: 0 };
  const pieces: Uint8Array[] = [];
  let from = 0;
  for (const { record, reason, detail, ids } of unemitted) {
    const end = ends[record] ?? 0;
    pieces.push(text.subarray(from, end));
    const why = reason === "too-large" ? TOO_LARGE : detail;
    pieces.push(Buffer.from(filteredOutLine({ reason, detail: why, location: ids ?? {} })));
    from = end;
  }
  pieces.push(text.subarray(from));
  return { text: Buffer.concat(pieces), left: unemitted.length };
}

/** Lines of inputs whose dialect is not asked for but known. */
function lineSource(inputs: readonly Input[], source: SourceName): BatchSource {
  const runs: InputRun[] = [];
  const progress = { records: 0, bytes: 0 };
  return {
    runs,
    progress,
    async *batches(): AsyncGenerator<RunBatch> {
      for (const [number, input] of inputs.entries()) {
        const run: InputRun = {
          number,
          input,
          format: { source, framing: "lines", version: undefined, description: DIALECT_SIGNS[source].title },
          compressed: false,
          records: 0,
          bytes: undefined,
          facts: undefined,
          fingerprint: undefined,
        };
        runs.push(run);
        for await (const batch of linesIn(input)) {
          yield { batch, run, firstPosition: progress.records };
          progress.records += batch.spans.length / 2;
        }
      }
    },
  };
}

async function* linesIn(input: Input): ReturnType<typeof recordLines> {
  try {
    const { head, stream } = await peek(input.open(), MAGIC_BYTES);
    yield* recordLines(isCompressed(head) ? plainBytes(stream, input.name) : stream, MAX_RECORD_BYTES);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    throw new UnreadableInputError(`${error.message}. ${error.advice}`, { cause: error });
  }
}
