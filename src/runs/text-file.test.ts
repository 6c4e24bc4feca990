import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openOutput } from "./output-file.js";
import { readTextFile, writeTexts } from "./text-file.js";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "ocpi2osm-text-"));
});
afterEach(() => rmSync(folder, { recursive: true }));
const path = (name: string): string => join(folder, name);

describe("readTextFile", () => {
  it("reads plain and gzip alike, whatever the name", async () => {
    writeFileSync(path("a.ndjson"), "ä\n");
    writeFileSync(path("b.ndjson"), gzipSync("ä\n"));
    expect((await readTextFile(path("a.ndjson")))?.text).toBe("ä\n");
    expect((await readTextFile(path("b.ndjson")))?.text).toBe("ä\n");
  });

  it("tells a missing file from a damaged one", async () => {
    expect(await readTextFile(path("none"))).toBeUndefined();
    writeFileSync(path("cut"), gzipSync("text".repeat(100)).subarray(0, 20));
    await expect(readTextFile(path("cut"))).rejects.toThrow(/cut: is damaged/);
    writeFileSync(path("latin1"), Buffer.from([0x41, 0xe4, 0x41]));
    await expect(readTextFile(path("latin1"))).rejects.toThrow(/is damaged/);
    await expect(readTextFile(folder)).rejects.toThrow(folder);
  });
});

describe("writeTexts", () => {
  it("writes what readTextFile reads, compressed or not, in pieces or not", async () => {
    const lines = Array.from({ length: 30_000 }, (_, index) => `line ${index} ${"ž".repeat(40)}\n`);
    for (const compressed of [false, true]) {
      const output = await openOutput(path(`out-${compressed}`));
      await writeTexts(output, lines, compressed);
      await output.commit();
      expect((await readTextFile(path(`out-${compressed}`)))?.text).toBe(lines.join(""));
    }
    expect(readFileSync(path("out-true")).length).toBeLessThan(readFileSync(path("out-false")).length / 4);
  });
});
