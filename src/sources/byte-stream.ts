/** Raw bytes of an input → plain UTF-8 text: decompressed by content, never by name. */
import { Transform } from "node:stream";
import * as zlib from "node:zlib";

import { gunzip, inflated } from "../bytes/inflated-stream.js";
import { peek } from "../bytes/peeked-stream.js";
import { MAGIC_BYTES, type Wrapping, startsWith, wrappingOf } from "../bytes/wrapping.js";
import { DAMAGED, InputError } from "../input-error.js";

/** What undoes each kind of file a feed may be wrapped in, and what to do where that fails; without it, where it is not read. */
const UNWRAPPED: Readonly<
  Record<Wrapping, { readonly unpacker?: () => Transform | undefined; readonly advice: string }>
> = {
  gzip: { unpacker: gunzip, advice: DAMAGED },
  zstd: {
    unpacker: zstdUnpacker,
    advice:
      "The file is damaged or was cut off: download it again, or pipe it in: zstd -dc FILE | ocpi2osm … -",
  },
  zip: { advice: "Unpack it first: unzip -p FILE | ocpi2osm … -" },
  bzip2: { advice: "Unpack it first: bzip2 -dc FILE | ocpi2osm … -" },
  xz: { advice: "Unpack it first: xz -dc FILE | ocpi2osm … -" },
  "7z": { advice: "Unpack it first: 7z x -so FILE | ocpi2osm … -" },
};

const UTF8_MARK = [0xef, 0xbb, 0xbf];
/** Enough of the text for a byte order mark, or to see that it is UTF-16. */
const SIGN_BYTES = 3;

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
  const wrapping = wrappingOf(raw.head);
  if (wrapping === undefined) {
    yield* utf8(raw.stream, name);
    return;
  }
  const { unpacker: unpackerOf, advice } = UNWRAPPED[wrapping];
  const unpacker = unpackerOf?.();
  if (unpacker === undefined) {
    await raw.close();
    const problem = `is compressed with ${wrapping}, which ${unpackerOf === undefined ? "is not read" : `Node ${process.versions.node} cannot undo`}`;
    throw new InputError({ file: name, problem, advice });
  }
  const damaged = (byte: number, cause: Error): InputError => {
    const problem = `cannot be decompressed (${cause.message}; offset in the compressed file)`;
    return new InputError({ file: name, byte, problem, advice }, { cause });
  };
  yield* utf8(inflated(raw.stream, unpacker, damaged), name);
}

async function* utf8(
  stream: AsyncIterable<Uint8Array>,
  name: string,
): AsyncGenerator<Uint8Array, void, undefined> {
  const text = await peek(stream, SIGN_BYTES);
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

/** zstd came with Node 22.15; older ones have no such function. */
function zstdUnpacker(): Transform | undefined {
  const make: unknown = Reflect.get(zlib, "createZstdDecompress");
  if (typeof make !== "function") return undefined;
  const made: unknown = make.call(zlib);
  return made instanceof Transform ? made : undefined;
}
