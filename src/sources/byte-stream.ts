/** Raw bytes of an input → plain UTF-8 text: decompressed by content, never by name. */
import { Readable, Transform, pipeline } from "node:stream";
import * as zlib from "node:zlib";

import { InputError } from "../input-error.js";
import { peek } from "./peeked-stream.js";

/** Node's default of 16 KiB makes gunzip four times slower. */
const INFLATED_CHUNK_BYTES = 1 << 18;

type Decompressor = () => Transform | undefined;

/** How the kinds of file a feed may be wrapped in begin, and what undoes each; without it, what a person can do. */
const WRAPPINGS: ReadonlyArray<{
  readonly name: string;
  readonly magic: readonly number[];
  readonly decompressor?: Decompressor;
  readonly advice: string;
}> = [
  {
    name: "gzip",
    magic: [0x1f, 0x8b],
    decompressor: () => zlib.createGunzip({ chunkSize: INFLATED_CHUNK_BYTES }),
    advice: "The file is damaged or was cut off: download it again.",
  },
  {
    name: "zstd",
    magic: [0x28, 0xb5, 0x2f, 0xfd],
    decompressor: zstdDecompressor,
    advice:
      "The file is damaged or was cut off: download it again, or pipe it in: zstd -dc FILE | ocpi2osm … -",
  },
  { name: "zip", magic: [0x50, 0x4b, 0x03, 0x04], advice: "Unpack it first: unzip -p FILE | ocpi2osm … -" },
  { name: "bzip2", magic: [0x42, 0x5a, 0x68], advice: "Unpack it first: bzip2 -dc FILE | ocpi2osm … -" },
  {
    name: "xz",
    magic: [0xfd, 0x37, 0x7a, 0x58, 0x5a],
    advice: "Unpack it first: xz -dc FILE | ocpi2osm … -",
  },
];

const UTF8_MARK = [0xef, 0xbb, 0xbf];
/** Enough of the beginning for `isCompressed`. */
export const MAGIC_BYTES = 5;

/** Whether an input that begins so is compressed, so that offsets in its text are not offsets in the file. */
export function isCompressed(head: Uint8Array): boolean {
  return WRAPPINGS.some(({ magic }) => startsWith(head, magic));
}

/**
 * The decompressed UTF-8 text of an input. gzip (several members too) and, where this Node has it, zstd are undone.
 * A UTF-8 byte order mark is overwritten with blanks, so that offsets stay those of the input.
 *
 * Throws `InputError` for other compressions, for damaged or truncated ones (with the offset in the compressed
 * file) and for UTF-16; what `stream` itself throws passes through.
 */
export async function* plainBytes(
  stream: AsyncIterable<Uint8Array>,
  name: string,
): AsyncGenerator<Uint8Array, void, undefined> {
  const raw = await peek(stream, MAGIC_BYTES);
  const wrapping = WRAPPINGS.find(({ magic }) => startsWith(raw.head, magic));
  if (wrapping === undefined) {
    yield* utf8(raw.stream, name);
    return;
  }
  const decompressor = wrapping.decompressor?.();
  if (decompressor === undefined) {
    await raw.close();
    const problem = `is compressed with ${wrapping.name}, which ${wrapping.decompressor === undefined ? "is not read" : `Node ${process.versions.node} cannot undo`}`;
    throw new InputError({ file: name, problem, advice: wrapping.advice });
  }
  yield* utf8(inflated(raw.stream, decompressor, { name, advice: wrapping.advice }), name);
}

async function* inflated(
  stream: AsyncIterable<Uint8Array>,
  decompressor: Transform,
  about: { readonly name: string; readonly advice: string },
): AsyncGenerator<Uint8Array, void, undefined> {
  let taken = 0;
  let sourceFailed = false;
  async function* counted(): AsyncGenerator<Uint8Array> {
    try {
      for await (const chunk of stream) {
        taken += chunk.length;
        yield chunk;
      }
    } catch (error) {
      sourceFailed = true;
      throw error;
    }
  }
  pipeline(Readable.from(counted(), { objectMode: false }), decompressor, () => {});
  try {
    for await (const chunk of decompressor) if (chunk instanceof Uint8Array) yield chunk;
  } catch (error) {
    if (sourceFailed || !(error instanceof Error)) throw error;
    const used = Reflect.get(decompressor, "bytesWritten");
    const byte = typeof used === "number" ? used : taken;
    const problem = `cannot be decompressed (${error.message}; offset in the compressed file)`;
    throw new InputError({ file: about.name, byte, problem, advice: about.advice }, { cause: error });
  }
}

async function* utf8(
  stream: AsyncIterable<Uint8Array>,
  name: string,
): AsyncGenerator<Uint8Array, void, undefined> {
  const text = await peek(stream, MAGIC_BYTES);
  if (isUtf16(text.head)) {
    await text.close();
    throw new InputError({
      file: name,
      byte: 0,
      problem: "is UTF-16 or UTF-32 text, and JSON feeds are UTF-8",
      advice: "Convert it first: iconv -f UTF-16 -t UTF-8 FILE | ocpi2osm … -",
    });
  }
  if (!startsWith(text.head, UTF8_MARK)) {
    yield* text.stream;
    return;
  }
  let first = true;
  for await (const chunk of text.stream) {
    if (first) {
      first = false;
      yield new Uint8Array(UTF8_MARK.length).fill(0x20);
      yield chunk.subarray(UTF8_MARK.length);
    } else yield chunk;
  }
}

/** A byte order mark, or the NULs that UTF-16 puts beside every ASCII character. */
function isUtf16(head: Uint8Array): boolean {
  const [a, b, c] = head;
  if ((a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff)) return true;
  return (a === 0 && b !== undefined && b !== 0) || (a !== 0 && b === 0 && c !== undefined && c !== 0);
}

function startsWith(bytes: Uint8Array, prefix: readonly number[]): boolean {
  return prefix.every((byte, index) => bytes[index] === byte);
}

/** zstd came with Node 22.15; older ones have no such function. */
function zstdDecompressor(): Transform | undefined {
  const make: unknown = Reflect.get(zlib, "createZstdDecompress");
  if (typeof make !== "function") return undefined;
  const made: unknown = make.call(zlib);
  return made instanceof Transform ? made : undefined;
}
