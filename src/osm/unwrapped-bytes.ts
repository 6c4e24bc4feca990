/** Stored bytes of an extract → its own bytes: gzip and bzip2 undone, by content, never by name. */
import { Buffer } from "node:buffer";
import { Readable, pipeline } from "node:stream";
import { createGunzip } from "node:zlib";
import unbzip2Stream from "unbzip2-stream";
import { DAMAGED, InputError } from "../input-error.js";

export type Compression = "gzip" | "bzip2";

/** Enough of the beginning for `compressionOf`. */
export const MAGIC_BYTES = 6;
/** Node's default of 16 KiB makes gunzip four times slower. */
const INFLATED_CHUNK_BYTES = 1 << 18;
/** Small pieces, so that little is unpacked at a time: a block of 900 kB takes 40 bytes at least. */
const BZIP2_PIECE_BYTES = 1 << 14;
/** OSM XML in bzip2 unpacks to 20 times its size, and no more than 1 MB is unpacked at a time; a bomb to a million. */
const MOST_PENDING_BYTES = 1 << 26;

const MAGIC: ReadonlyArray<readonly [magic: readonly number[], name: Compression]> = [
  [[0x1f, 0x8b], "gzip"],
  [[0x42, 0x5a, 0x68], "bzip2"],
];
const UNREAD: ReadonlyArray<readonly [magic: readonly number[], name: string, unpack: string]> = [
  [[0x28, 0xb5, 0x2f, 0xfd], "zstd", "zstd -d FILE"],
  [[0xfd, 0x37, 0x7a, 0x58, 0x5a], "xz", "xz -dk FILE"],
  [[0x50, 0x4b, 0x03, 0x04], "zip", "unzip FILE"],
  [[0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c], "7z", "7z x FILE"],
];

/**
 * How an extract that begins so is compressed; `undefined` when it is not.
 *
 * @throws {InputError} for a compression that is not undone here.
 */
export function compressionOf(head: Uint8Array, file: string): Compression | undefined {
  const unread = UNREAD.find(([magic]) => startsWith(head, magic));
  if (unread !== undefined) {
    throw new InputError({
      file,
      problem: `is compressed with ${unread[1]}, which is not read`,
      advice: `Unpack it first (${unread[2]}) and give the unpacked file.`,
    });
  }
  return MAGIC.find(([magic]) => startsWith(head, magic))?.[1];
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
  if (compression === "gzip") return gunzipped(stream, file);
  return compression === "bzip2" ? unbzipped(stream, file) : stream;
}

async function* gunzipped(stream: AsyncIterable<Uint8Array>, file: string): AsyncGenerator<Uint8Array> {
  let sourceFailed = false;
  async function* watched(): AsyncGenerator<Uint8Array> {
    try {
      yield* stream;
    } catch (error) {
      sourceFailed = true;
      throw error;
    }
  }
  const gunzip = createGunzip({ chunkSize: INFLATED_CHUNK_BYTES });
  pipeline(Readable.from(watched(), { objectMode: false }), gunzip, () => {});
  try {
    for await (const chunk of gunzip) if (chunk instanceof Uint8Array) yield chunk;
  } catch (error) {
    if (sourceFailed || !(error instanceof Error)) throw error;
    throw damaged(file, gunzip.bytesWritten, error);
  }
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
  const reason = cause instanceof Error ? cause.message : String(cause);
  const problem = `cannot be unpacked (${reason}; offset in the compressed file)`;
  return new InputError({ file, byte, problem, advice: DAMAGED }, { cause });
}

function startsWith(bytes: Uint8Array, prefix: readonly number[]): boolean {
  return prefix.every((byte, index) => bytes[index] === byte);
}
