import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openOutput } from "./output-file.js";
import { copyCompressed, readTextFile, writeTexts } from "./text-file.js";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "ocpi2osm-text-"));
});
afterEach(() => rmSync(folder, { recursive: true }));
const path = (name: string): string => join(folder, name);

async function linesOf(name: string): Promise<string[] | undefined> {
  const file = await readTextFile(path(name));
  return file && [...file.lines()];
}

describe("readTextFile", () => {
  it("reads plain and gzip alike, whatever the name, with or without a last line break", async () => {
    writeFileSync(path("a.ndjson"), "ä\n\nb");
    writeFileSync(path("b.ndjson"), gzipSync("ä\n\nb\n"));
    expect(await linesOf("a.ndjson")).toEqual(["ä", "", "b"]);
    expect(await linesOf("b.ndjson")).toEqual(["ä", "", "b"]);
  });

  it("tells a missing file from a damaged one", async () => {
    expect(await linesOf("none")).toBeUndefined();
    writeFileSync(path("cut"), gzipSync("text".repeat(100)).subarray(0, 20));
    await expect(linesOf("cut")).rejects.toThrow(/cut: is damaged/);
    writeFileSync(path("latin1"), Buffer.from([0x41, 0xe4, 0x41]));
    await expect(linesOf("latin1")).rejects.toThrow(/latin1, line 1: is damaged.*save it as UTF-8/);
  });

  it("says in plain words that a name is that of a folder, or a text is UTF-16", async () => {
    await expect(readTextFile(folder)).rejects.toThrow(`${folder}: it is a folder; name a file in it`);
    writeFileSync(path("wide"), Buffer.from("\uFEFFid-1\r\nid-2", "utf16le"));
    await expect(linesOf("wide")).rejects.toThrow(/wide: it is UTF-16 text.*save it as UTF-8/);
    // A table in UTF-16 is for who reads its bytes to decide.
    expect((await readTextFile(path("wide")))?.bytes()).toHaveLength(22);
  });
});

describe("writeTexts and copyCompressed", () => {
  const lines = Array.from({ length: 30_000 }, (_, index) => `line ${index} ${"ž".repeat(40)}`);
  const write = async (name: string, compressed: boolean): Promise<void> => {
    const output = await openOutput(path(name));
    await writeTexts(
      output,
      lines.map((line) => `${line}\n`),
      compressed,
    );
    await output.commit();
  };

  it("write what readTextFile reads, compressed or not, in pieces or not", async () => {
    for (const compressed of [false, true]) {
      await write(`out-${compressed}`, compressed);
      expect(await linesOf(`out-${compressed}`)).toEqual(lines);
    }
    expect(readFileSync(path("out-true")).length).toBeLessThan(readFileSync(path("out-false")).length / 4);
  });

  it("copy a file compressed, whether it was or not, and open nothing for one that is not there", async () => {
    for (const compressed of [false, true]) {
      await write("from", compressed);
      const output = await openOutput(path("copy"));
      await copyCompressed(path("from"), async () => output);
      await output.commit();
      expect(await linesOf("copy")).toEqual(lines);
      expect(readFileSync(path("copy")).length).toBeLessThan(lines.length * 20);
    }
    await copyCompressed(path("none"), () => Promise.reject(new Error("opened for nothing")));
  });
});
