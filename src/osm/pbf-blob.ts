/** What is inside a PBF blob: raw or deflated bytes, never more than the format allows. */
import { inflateSync } from "node:zlib";
import { DAMAGED, InputError } from "../input-error.js";
import { MOST_BLOB_BYTES } from "./pbf-frames.js";
import { type Span, bytesField, eachField, reading } from "./pbf-message.js";

const RAW = 1;
const RAW_SIZE = 2;
const ZLIB = 3;
/** By field number. */
const OTHER_COMPRESSIONS: ReadonlyMap<number, string> = new Map([
  [4, "lzma"],
  [5, "bzip2"],
  [6, "lz4"],
  [7, "zstd"],
]);

/**
 * The bytes of a blob. The size it states is checked before anything is allocated, and more than that never comes out.
 *
 * @throws {InputError} for a damaged blob (with `byte`, its place in the file) and for compressions that Node has not.
 */
export function blobBytes(blob: Uint8Array, { file, byte }: { file: string; byte: number }): Uint8Array {
  const damaged = (problem: string, cause?: unknown): InputError =>
    new InputError({ file, byte, problem, advice: DAMAGED }, { cause });
  const found: { raw?: Span; deflated?: Span; rawSize?: number; other?: string | undefined } = {};
  try {
    const pbf = reading(blob);
    eachField(pbf, blob.length, (field) => {
      if (field === RAW) found.raw = bytesField(pbf, blob.length);
      else if (field === ZLIB) found.deflated = bytesField(pbf, blob.length);
      else if (field === RAW_SIZE) found.rawSize = pbf.readVarint(true);
      else found.other ??= OTHER_COMPRESSIONS.get(field);
    });
  } catch (error) {
    throw damaged("a block that cannot be read", error);
  }
  const { raw, deflated, rawSize = -1, other } = found;
  if (raw !== undefined) return part(blob, raw);
  if (deflated === undefined) {
    if (other === undefined) throw damaged("a block without data");
    throw new InputError({
      file,
      byte,
      problem: `a block is compressed with ${other}, which is not read`,
      advice: "Write it anew with osmium: osmium cat -f pbf,pbf_compression=zlib -o out.osm.pbf FILE",
    });
  }
  if (rawSize < 0 || rawSize > MOST_BLOB_BYTES) {
    throw damaged(`a block that unpacks to ${rawSize} bytes, where ${MOST_BLOB_BYTES} are allowed`);
  }
  let bytes: Uint8Array;
  try {
    // One byte more than will be used: zlib asks for another chunk when the first is exactly full.
    bytes = inflateSync(part(blob, deflated), {
      chunkSize: Math.max(rawSize + 1, 64),
      maxOutputLength: rawSize + 1,
    });
  } catch (error) {
    throw damaged("a block that cannot be unpacked", error);
  }
  if (bytes.length !== rawSize)
    throw damaged(`a block that does not unpack to the ${rawSize} bytes it states`);
  return bytes;
}

function part(bytes: Uint8Array, { start, end }: Span): Uint8Array {
  return bytes.subarray(start, end);
}
