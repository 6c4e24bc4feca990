/** The content of an answer: counted as it comes, decompressed, and known to be whole when it ends. */
import { pipeline, type Readable, type Transform } from "node:stream";
import { createBrotliDecompress, createGunzip, createInflate } from "node:zlib";
import { counted } from "../runs/counted.js";
import { BrokenAnswerError } from "./http-error.js";
import { troubleOf } from "./unreachable.js";

type Bytes = Uint8Array<ArrayBuffer>;

/** Only gzip is asked for; some servers do not care. */
const DECOMPRESSORS: Readonly<Record<string, () => Transform>> = {
  gzip: () => createGunzip(),
  "x-gzip": () => createGunzip(),
  deflate: () => createInflate(),
  br: () => createBrotliDecompress(),
};

/** Whether content in this `Content-Encoding` can be read. */
export function isReadableEncoding(encoding: string | undefined): boolean {
  const name = encodingName(encoding);
  return name === undefined || Object.hasOwn(DECOMPRESSORS, name);
}

function encodingName(encoding: string | undefined): string | undefined {
  const name = encoding?.trim().toLowerCase() ?? "";
  return name === "" || name === "identity" ? undefined : name;
}

/** A server that sends fewer bytes than this in the time in which it must not be silent is as good as silent. */
const LEAST_BYTES = 1000;

export interface AnswerBodySettings {
  readonly encoding: string | undefined;
  /** In milliseconds; only what is waited counts, not what a reader takes for itself. */
  readonly idleTimeout: number;
  /** Told of bytes as received. */
  readonly received: (bytes: number) => void;
}

/** The body of one answer. Its bytes can be read once. */
export class AnswerBody {
  readonly #raw: Readable;
  readonly #settings: AnswerBodySettings;
  #failure: BrokenAnswerError | undefined;
  #ended = false;

  constructor(raw: Readable, settings: AnswerBodySettings) {
    this.#raw = raw;
    this.#settings = settings;
  }

  /** Why it ended before its end; undefined where it did not. */
  get failure(): BrokenAnswerError | undefined {
    return this.#failure;
  }

  /** The content. Throws BrokenAnswerError where it is cut short. */
  async *bytes(): AsyncGenerator<Bytes, void, undefined> {
    if (this.#ended) return;
    this.#ended = true;
    let received = 0;
    const raw = this.#raw;
    const { encoding, idleTimeout, received: tell } = this.#settings;
    async function* counting() {
      const rate = new Rate(idleTimeout);
      for await (const chunk of chunks(raw)) {
        rate.came(chunk.length);
        received += chunk.length;
        tell(chunk.length);
        yield chunk;
        rate.waits();
      }
    }
    try {
      yield* this.#decompressed(counting(), encodingName(encoding));
    } catch (error) {
      const { why } = troubleOf(error, idleTimeout);
      this.#failure = new BrokenAnswerError(`the answer broke off after ${received} bytes: ${why}`, {
        cause: error,
      });
      throw this.#failure;
    }
  }

  /** Takes in what is left, so that it is known to be whole and the connection can serve again. */
  async drain(): Promise<void> {
    for await (const chunk of this.bytes()) void chunk;
  }

  /** Wants no more of it. */
  abandon(): void {
    this.#ended = true;
    this.#raw.on("error", () => undefined);
    this.#raw.destroy();
  }

  #decompressed(raw: AsyncGenerator<Bytes>, encoding: string | undefined): AsyncIterable<Bytes> {
    const make = encoding === undefined ? undefined : DECOMPRESSORS[encoding];
    if (make === undefined) return raw;
    const decompressor = make();
    // Its failure comes out of the decompressor too, where it is waited for.
    pipeline(raw, decompressor, () => undefined);
    return chunks(decompressor);
  }
}

/** Notices a body that comes so slowly that it will not end. */
class Rate {
  readonly #period: number;
  #waiting = performance.now();
  #waited = 0;
  #bytes = 0;

  constructor(period: number) {
    this.#period = period;
  }

  /** The next bytes are waited for. */
  waits(): void {
    this.#waiting = performance.now();
  }

  came(bytes: number): void {
    this.#waited += performance.now() - this.#waiting;
    this.#bytes += bytes;
    if (this.#waited < this.#period) return;
    if (this.#bytes < LEAST_BYTES)
      throw new BrokenAnswerError(
        `only ${counted(this.#bytes, "byte")} came in ${Math.round(this.#waited / 1000)} s`,
      );
    this.#waited = 0;
    this.#bytes = 0;
  }
}

async function* chunks(stream: AsyncIterable<unknown>): AsyncGenerator<Bytes, void, undefined> {
  for await (const chunk of stream) {
    if (!(chunk instanceof Uint8Array)) throw new TypeError("a body gave something else than bytes");
    yield chunk.buffer instanceof ArrayBuffer
      ? new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength)
      : new Uint8Array(chunk);
  }
}
