/** A compressed stream → its content, by one of Node's unpackers. */
import { Readable, type Transform, pipeline } from "node:stream";
import { createGunzip } from "node:zlib";

/** Node's default of 16 KiB makes gunzip four times slower. */
const INFLATED_CHUNK_BYTES = 1 << 18;

/** What undoes gzip; several members in one file are one content. */
export function gunzip(): Transform {
  return createGunzip({ chunkSize: INFLATED_CHUNK_BYTES });
}

/**
 * What `unpacker` makes of `stream`, as fast as it is taken. For damaged or truncated bytes it throws what `damaged`
 * makes of the unpacker's error and the offset it came to, in the compressed stream; what `stream` itself throws passes
 * through.
 */
export async function* inflated(
  stream: AsyncIterable<Uint8Array>,
  unpacker: Transform,
  damaged: (byte: number, cause: Error) => Error,
): AsyncGenerator<Uint8Array, void, undefined> {
  let given = 0;
  let sourceFailed = false;
  async function* watched(): AsyncGenerator<Uint8Array> {
    try {
      for await (const chunk of stream) {
        given += chunk.length;
        yield chunk;
      }
    } catch (error) {
      sourceFailed = true;
      throw error;
    }
  }
  pipeline(Readable.from(watched(), { objectMode: false }), unpacker, () => {});
  try {
    for await (const chunk of unpacker) if (chunk instanceof Uint8Array) yield chunk;
  } catch (error) {
    if (sourceFailed || !(error instanceof Error)) throw error;
    const used: unknown = Reflect.get(unpacker, "bytesWritten");
    throw damaged(typeof used === "number" ? used : given, error);
  }
}
