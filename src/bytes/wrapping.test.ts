import { Buffer } from "node:buffer";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { MAGIC_BYTES, isCompressed, wrappingOf } from "./wrapping.js";

test.each([
  ["gzip", gzipSync("[]")],
  ["bzip2", Buffer.from("BZh91AY&SY")],
  ["zstd", Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x24, 0x02, 0x11])],
  ["xz", Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00, 0x00])],
  ["zip", Buffer.from("PK\u0003\u0004\u0014\0")],
  ["7z", Buffer.from([0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c, 0x00])],
] as const)("%s is told by as many bytes as asked for, and not by fewer than its sign has", (name, bytes) => {
  expect(wrappingOf(bytes.subarray(0, MAGIC_BYTES))).toBe(name);
  expect(isCompressed(bytes.subarray(0, MAGIC_BYTES))).toBe(true);
  expect(wrappingOf(bytes.subarray(0, 1))).toBeUndefined();
});

test.each(["", "[", "PK", "<?xml", '{"data":[]}', "\u0000\u0000\u0000\rOSMHeader"])(
  "%j is not wrapped",
  (text) => {
    expect(wrappingOf(Buffer.from(text))).toBeUndefined();
  },
);
