/** What a file is wrapped in, told by its first bytes, never by its name. What is undone, each room decides for itself. */

export type Wrapping = "gzip" | "bzip2" | "zstd" | "xz" | "zip" | "7z";

/** Enough of the beginning for `wrappingOf`. */
export const MAGIC_BYTES = 6;

const MAGIC: ReadonlyArray<readonly [name: Wrapping, magic: readonly number[]]> = [
  ["gzip", [0x1f, 0x8b]],
  ["bzip2", [0x42, 0x5a, 0x68]],
  ["zstd", [0x28, 0xb5, 0x2f, 0xfd]],
  ["xz", [0xfd, 0x37, 0x7a, 0x58, 0x5a]],
  ["zip", [0x50, 0x4b, 0x03, 0x04]],
  ["7z", [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c]],
];

/** What a file that begins so is wrapped in; `undefined` where it stands as it is. */
export function wrappingOf(head: Uint8Array): Wrapping | undefined {
  return MAGIC.find(([, magic]) => startsWith(head, magic))?.[0];
}

/** Whether a file that begins so is compressed, so that offsets in its content are not offsets in the file. */
export function isCompressed(head: Uint8Array): boolean {
  return wrappingOf(head) !== undefined;
}

/** Whether these bytes begin with `prefix`. */
export function startsWith(bytes: Uint8Array, prefix: readonly number[]): boolean {
  return prefix.every((byte, index) => bytes[index] === byte);
}
