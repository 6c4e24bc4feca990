/** Reading all inputs of a run as one stream of batches, each with its place in the run. */
import { InputError } from "../../input-error.js";
import { UnreadableInputError } from "../../runs/exit-codes.js";
import { type Input, fingerprinted } from "../../runs/inputs.js";
import type { Batch } from "../../sources/batch.js";
import type { ConnectorTypeCrosswalk } from "../../sources/connector-type-crosswalk.js";
import type { SourceName } from "../../sources/dialect.js";
import type { DetectedFormat } from "../../sources/detect-format.js";
import type { EnvelopeFacts } from "../../sources/envelope.js";
import { openBatches } from "../../sources/open-batches.js";
import type { ReaderName } from "../../sources/reader-name.js";

export interface ReadOptions {
  readonly source: SourceName | "auto";
  readonly reader: ReaderName;
  /** What was saved of HERE's own crosswalk of connector type ids (`--connector-types`). */
  readonly connectorTypes?: ConnectorTypeCrosswalk | undefined;
  /** Whether each input's SHA-256 is wanted (it costs time). */
  readonly fingerprints: boolean;
}

/** One input, while and after it is read. */
export interface InputRun {
  /** Position among the inputs of the run. */
  readonly number: number;
  readonly input: Input;
  readonly format: DetectedFormat;
  /** Whether offsets in the content are not offsets in the file. */
  readonly compressed: boolean;
  /** Counted as batches come. */
  records: number;
  /** As stored; known once the input is read. */
  bytes: number | undefined;
  facts: EnvelopeFacts | undefined;
  fingerprint: { readonly bytes: number; readonly sha256: string } | undefined;
}

export interface RunBatch {
  readonly batch: Batch;
  readonly run: InputRun;
  /** Position of the batch's first record in the whole run. */
  readonly firstPosition: number;
}

/** Where the batches of a run come from. */
export interface BatchSource {
  /** The inputs begun so far, in order. */
  readonly runs: readonly InputRun[];
  /** Records handed out and bytes of input read (as they stand on the disk). */
  readonly progress: { readonly records: number; readonly bytes: number };
  /** All batches, in order. @throws {UnreadableInputError} at the first input that cannot be read. */
  batches(): AsyncGenerator<RunBatch>;
}

/** Reads inputs one after the other, in their order, and knows how far it has come. */
export class SourceRun implements BatchSource {
  readonly runs: InputRun[] = [];
  readonly #inputs: readonly Input[];
  readonly #options: ReadOptions;
  #records = 0;
  #finishedBytes = 0;
  #bytesOfCurrent: () => number = () => 0;

  constructor(inputs: readonly Input[], options: ReadOptions) {
    this.#inputs = inputs;
    this.#options = options;
  }

  /** Records handed out and bytes of input read (as they stand on the disk). */
  get progress(): { readonly records: number; readonly bytes: number } {
    return { records: this.#records, bytes: this.#finishedBytes + this.#bytesOfCurrent() };
  }

  /** @throws {UnreadableInputError} at the first input that cannot be read. */
  async *batches(): AsyncGenerator<RunBatch> {
    try {
      yield* this.#batches();
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      throw new UnreadableInputError(`${error.message}. ${error.advice}`, { cause: error });
    }
  }

  async *#batches(): AsyncGenerator<RunBatch> {
    for (const [number, input] of this.#inputs.entries()) {
      const raw = this.#options.fingerprints ? fingerprinted(input.open()) : undefined;
      const opened = await openBatches(
        { name: input.name, open: () => raw?.chunks ?? input.open() },
        { ...this.#options, amongOthers: this.#inputs.length > 1, before: this.runs.at(-1)?.format },
      );
      this.#bytesOfCurrent = opened.bytesRead;
      const { format, compressed } = opened;
      const run: InputRun = {
        number,
        input,
        format,
        compressed,
        records: 0,
        bytes: undefined,
        facts: undefined,
        fingerprint: undefined,
      };
      this.runs.push(run);
      for await (const batch of opened.batches) {
        const count = batch.spans.length / 2;
        yield { batch, run, firstPosition: this.#records };
        run.records += count;
        this.#records += count;
      }
      run.facts = opened.facts();
      run.fingerprint = raw?.fingerprint();
      run.bytes = opened.bytesRead();
      this.#finishedBytes += run.bytes;
      this.#bytesOfCurrent = () => 0;
    }
    const [first] = this.runs;
    if (first !== undefined && this.runs.every(({ format }) => format.errorAnswer !== undefined)) {
      throw new InputError({
        file: first.input.name,
        problem: `${first.format.description}, and so are all the other inputs`,
        advice: "Mend what it complains about and fetch the feed again.",
      });
    }
  }
}
