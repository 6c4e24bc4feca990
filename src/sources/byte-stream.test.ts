import { Buffer } from "node:buffer";
import { gzipSync } from "node:zlib";

import * as fc from "fast-check";
import { describe, expect, test } from "vitest";

import { plainBytes } from "./byte-stream.js";
import { chunkSizes, chunked, thrownBy } from "./framing.test-support.js";

async function plain(bytes: Uint8Array, sizes: readonly number[] = []): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of plainBytes(chunked(bytes, sizes), "feed")) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}

const text = JSON.stringify([{ name: "Süd 😀".repeat(300) }]);

describe("plain bytes", () => {
  test("what is not compressed passes through, whatever the chunks", async () => {
    await fc.assert(
      fc.asyncProperty(chunkSizes, async (sizes) => {
        expect(await plain(Buffer.from(text), sizes)).toBe(text);
      }),
      { numRuns: 30 },
    );
  });

  test("gzip is told by its content and undone, whatever the chunks", async () => {
    await fc.assert(
      fc.asyncProperty(chunkSizes, async (sizes) => {
        expect(await plain(gzipSync(text), sizes)).toBe(text);
      }),
      { numRuns: 30 },
    );
  });

  test("gzip of several members is read to the end", async () => {
    const members = Buffer.concat([gzipSync("[1,"), gzipSync("2,"), gzipSync("3]")]);
    expect(await plain(members, [7])).toBe("[1,2,3]");
  });

  test("an empty input is empty", async () => {
    expect(await plain(new Uint8Array(0))).toBe("");
    expect(await plain(gzipSync(""))).toBe("");
  });

  test("a byte order mark becomes blanks, so offsets stay true", async () => {
    expect(await plain(Buffer.from(`\ufeff${text}`), [1])).toBe(`   ${text}`);
    expect(await plain(gzipSync(`\ufeff${text}`))).toBe(`   ${text}`);
  });
});

describe("bytes that cannot be read", () => {
  test("gzip cut off at any byte is an InputError with an offset", async () => {
    const whole = gzipSync("[1,2,3]");
    for (let length = 2; length < whole.length; length++) {
      const error = await thrownBy(() => plain(whole.subarray(0, length)));
      expect(error).toMatchObject({ name: "InputError", file: "feed" });
      expect(error).toHaveProperty("byte", expect.any(Number));
    }
  });

  test("damaged gzip is an InputError", async () => {
    const damaged = gzipSync(text);
    damaged.fill(0xff, 20, 40);
    expect(await thrownBy(() => plain(damaged))).toMatchObject({
      name: "InputError",
      message: expect.stringMatching(/cannot be decompressed/),
    });
  });

  test.each([
    ["UTF-16 with a mark", Buffer.from("\ufeff[]", "utf16le"), /UTF-16/],
    ["UTF-16 without one", Buffer.from('[{"a":1}]', "utf16le"), /UTF-16/],
    ["big-endian UTF-16", Buffer.from('[{"a":1}]', "utf16le").swap16(), /UTF-16/],
    ["gzipped UTF-16", gzipSync(Buffer.from("[1,2]", "utf16le")), /UTF-16/],
    ["zip", Buffer.from("PK\u0003\u0004..."), /zip/],
    ["bzip2", Buffer.from("BZh9..."), /bzip2/],
    ["xz", Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0]), /xz/],
    ["7z", Buffer.from([0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c, 0]), /7z/],
  ])("%s is an InputError that says so and what to do", async (_, bytes, message) => {
    const error = await thrownBy(() => plain(bytes));
    expect(error).toMatchObject({
      name: "InputError",
      message: expect.stringMatching(message),
      advice: expect.stringContaining("first"),
    });
  });

  test("zstd is undone or named", async () => {
    const error = await thrownBy(() => plain(Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0, 0, 0])));
    expect(error).toMatchObject({ name: "InputError", message: expect.stringMatching(/zstd|decompressed/) });
  });

  test("an error of the source itself passes through, compressed or not", async () => {
    for (const first of [Buffer.from("[1"), gzipSync(text).subarray(0, 30)]) {
      async function* failing(): AsyncGenerator<Uint8Array> {
        yield first;
        throw new Error("disk on fire");
      }
      const read = async (): Promise<void> => {
        for await (const chunk of plainBytes(failing(), "feed")) expect(chunk).toBeDefined();
      };
      await expect(read()).rejects.toThrow("disk on fire");
    }
  });
});
