/** Stored bytes of an extract → its own bytes: gzip and bzip2 undone, by content, never by name. */
import { Buffer } from "node:buffer";
import unbzip2Stream from "unbzip2-stream";
import { gunzip, inflated } from "../bytes/inflated-stream.js";
import { type Wrapping, wrappingOf } from "../bytes/wrapping.js";
import { DAMAGED, InputError } from "../input-error.js";

export type Compression = "gzip" | "bzip2";

/** Small pieces, so that little is unpacked at a time: a block of 900 kB takes 40 bytes at least. */
const BZIP2_PIECE_BYTES = 1 << 14;
/** OSM XML in bzip2 unpacks to 20 times its size, and no more than 1 MB is unpacked at a time; a bomb to a million. */
const MOST_PENDING_BYTES = 1 << 26;

/** What a person can do about what is not undone here. */
const UNPACK: Readonly<Record<Exclude<Wrapping, Compression>, string>> = {
  zstd: "zstd -d FILE",
  xz: "xz -dk FILE",
  zip: "unzip FILE",
  "7z": "7z x FILE",
};

/**
 * How an extract that begins so is compressed; `undefined` when it is not.
 *
 * @throws {InputError} for a compression that is not undone here.
 */
export function compressionOf(head: Uint8Array, file: string): Compression | undefined {
  const wrapping = wrappingOf(head);
  if (wrapping === undefined || wrapping === "gzip" || wrapping === "bzip2") return wrapping;
  throw new InputError({
    file,
    problem: `is compressed with ${wrapping}, which is not read`,
    advice: `Unpack it first (${UNPACK[wrapping]}) and give the unpacked file.`,
  });
}

/**
 * The bytes under the compression, as fast as they are taken. Several members or streams in one file are one content.
 *
 * @throws {InputError} for damaged or truncated ones; what `stream` itself throws passes through.
 */
export function unwrapped(
  stream: AsyncIterable<Uint8Array>,
  compression: Compression | undefined,
  file: string,
): AsyncIterable<Uint8Array> {
  if (compression === "gzip") return inflated(stream, gunzip(), (byte, cause) => damaged(file, byte, cause));
  return compression === "bzip2" ? unbzipped(stream, file) : stream;
}

async function* unbzipped(stream: AsyncIterable<Uint8Array>, file: string): AsyncGenerator<Uint8Array> {
  const unbzip2 = unbzip2Stream();
  const state: { pending: Uint8Array[]; bytes: number; error: unknown } = {
    pending: [],
    bytes: 0,
    error: undefined,
  };
  unbzip2.on("data", (chunk) => {
    state.bytes += chunk.length;
    // The unpacker takes this for an error of its own and stops.
    if (state.bytes > MOST_PENDING_BYTES) throw new RangeError("it unpacks to far more than any OSM file");
    state.pending.push(chunk);
  });
  unbzip2.on("error", (error) => (state.error ??= error));
  const taken = (): Uint8Array[] => {
    const { pending } = state;
    state.pending = [];
    state.bytes = 0;
    return pending;
  };
  let byte = 0;
  for await (const chunk of stream) {
    for (let at = 0; at < chunk.length; at += BZIP2_PIECE_BYTES) {
      const piece = chunk.subarray(at, at + BZIP2_PIECE_BYTES);
      byte += piece.length;
      // It keeps what it is given until it has a whole block, and the chunk may be used again.
      unbzip2.write(Buffer.from(piece));
      if (state.error !== undefined) throw damaged(file, byte, state.error);
      yield* taken();
    }
  }
  unbzip2.end();
  if (state.error !== undefined) throw damaged(file, byte, state.error);
  yield* taken();
}

function damaged(file: string, byte: number, cause: unknown): InputError {
  // The unpacker trips over what is missing.
  const reason =
    cause instanceof TypeError
      ? "it is cut short or damaged"
      : String(cause instanceof Error ? cause.message : cause);
  const problem = `cannot be unpacked (${reason}; offset in the compressed file)`;
  return new InputError({ file, byte, problem, advice: DAMAGED }, { cause });
}
