import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { osmXml, refusal, sourceOf } from "./osm-files.test-support.js";
import { readOsm } from "./read-osm.js";
import { unwrapped } from "./unwrapped-bytes.js";

const STATION = '<node id="1" lat="1" lon="2"><tag k="amenity" v="charging_station"/></node>';
const DOCUMENT = Buffer.from(osmXml(STATION));
const MEBIBYTE = 1 << 20;

function bzip2(content: Uint8Array): Buffer | undefined {
  const { stdout, error } = spawnSync("bzip2", ["-c"], { input: content, maxBuffer: 1 << 30 });
  if (error === undefined) return stdout;
  if (process.env["CI"] !== undefined) throw new Error("bzip2 is not installed; CI must have it");
  return undefined;
}

describe.each([
  ["gzip", (content: Uint8Array): Buffer | undefined => gzipSync(content)],
  ["bzip2", bzip2],
] as const)("an extract in %s", (name, compress) => {
  it("is read, in one piece or joined from several", async (context) => {
    const packed = compress(DOCUMENT);
    const halves = [compress(DOCUMENT.subarray(0, 60)), compress(DOCUMENT.subarray(60))];
    if (packed === undefined) return context.skip(`${name} is not installed`);
    expect((await readOsm(sourceOf(packed, 3))).objects).toHaveLength(1);
    const { objects, facts } = await readOsm(sourceOf(Buffer.concat(halves.map((half) => half ?? packed))));
    expect(objects).toHaveLength(1);
    expect(facts).toMatchObject({ format: "OSM XML", compression: name });
  });

  it("is refused wherever it was cut off", async (context) => {
    const packed = compress(DOCUMENT);
    if (packed === undefined) return context.skip(`${name} is not installed`);
    for (let length = 4; length < packed.length; length++) {
      expect(await refusal(packed.subarray(0, length)), `${length}`).toMatch(/cannot be unpacked/);
    }
  });

  it("is refused with a byte of it changed", async (context) => {
    const packed = compress(DOCUMENT);
    if (packed === undefined) return context.skip(`${name} is not installed`);
    packed[packed.length >> 1] = (packed[packed.length >> 1] ?? 0) ^ 0xff;
    expect(await refusal(packed)).toMatch(/cannot be unpacked|not well-formed|no OSM extract/);
  });

  it("is unpacked as fast as it is taken, not faster", async (context) => {
    const packed = compress(randomBytes(4 * MEBIBYTE));
    if (packed === undefined) return context.skip(`${name} is not installed`);
    let given = 0;
    async function* pieces(bytes: Buffer): AsyncGenerator<Uint8Array> {
      for (let at = 0; at < bytes.length; at += 4096) {
        given = at;
        yield bytes.subarray(at, at + 4096);
      }
    }
    for await (const _ of unwrapped(pieces(packed), name, "x")) break;
    expect(given).toBeLessThan(packed.length / 2);
  });

  it("hands on what the source throws", async () => {
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield (compress(DOCUMENT) ?? Buffer.from("BZh9")).subarray(0, 10);
      throw new Error("EIO");
    }
    await expect(readOsm({ name: "x", open: broken })).rejects.toThrow("EIO");
  });
});

describe("a bzip2 bomb", () => {
  it("is refused before it fills the memory", async (context) => {
    const small = bzip2(Buffer.alloc(45 * MEBIBYTE));
    if (small === undefined) return context.skip("bzip2 is not installed");
    const bomb = Buffer.concat([small, small, small]);
    expect(await refusal(bomb)).toContain("far more than any OSM file");
  });
});
