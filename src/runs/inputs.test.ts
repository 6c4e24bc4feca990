import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { compileInto, runScript, temporaryFolder } from "./compiled.test-support.js";
import { UnreadableInputError, UsageError } from "./exit-codes.js";
import { expandInputs, fingerprinted, type Input } from "./inputs.js";

const folder = temporaryFolder();
const path = (name: string) => join(folder.path, name);

beforeAll(() => {
  mkdirSync(path("feeds/deep"), { recursive: true });
  mkdirSync(path("feeds/.cache"));
  mkdirSync(path("empty"));
  for (const name of ["b.json", "a.ndjson", "B.JSON.gz", "deep/c.jsonl", "deep/d.jsonl.zst"])
    writeFileSync(path(`feeds/${name}`), name);
  for (const name of ["README.md", ".hidden.json", ".cache/x.json", "deep/picture.png"])
    writeFileSync(path(`feeds/${name}`), "");
  symlinkSync("b.json", path("feeds/latest.json"));
  symlinkSync("..", path("feeds/deep/up.json"));
});
afterAll(() => folder.remove());

async function names(...args: string[]): Promise<string[]> {
  return (await expandInputs(args)).inputs.map(({ name }) => relative(folder.path, name));
}

async function bytesOf(input: Input | undefined): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of input?.open() ?? []) chunks.push(chunk);
  return Buffer.concat(chunks);
}

describe("which files", () => {
  test("a folder stands for the feeds beneath it, in code-unit order; the rest is counted", async () => {
    const { inputs, ignored } = await expandInputs([path("feeds")]);
    expect(inputs.map(({ name }) => relative(path("feeds"), name))).toEqual([
      "B.JSON.gz",
      "a.ndjson",
      "b.json",
      "deep/c.jsonl",
      "deep/d.jsonl.zst",
      "latest.json",
    ]);
    // README.md, .hidden.json, deep/picture.png, and the link to a folder; .cache is not entered.
    expect(ignored).toBe(4);
  });

  test("the order of arguments and repeats do not matter", async () => {
    const args = [path("feeds/b.json"), path("feeds/*.ndjson"), path("feeds/deep"), path("feeds/./b.json")];
    const expected = await names(...args);
    expect(expected).toEqual([
      "feeds/a.ndjson",
      "feeds/b.json",
      "feeds/deep/c.jsonl",
      "feeds/deep/d.jsonl.zst",
    ]);
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(args, { minLength: args.length }), async (shuffled) => {
        expect(await names(...shuffled)).toEqual(expected);
      }),
      { numRuns: 10 },
    );
  });

  test("a file given by two names is read once, by the same name whatever came first", async () => {
    const [absolute, relativeToHere] = [path("feeds/b.json"), relative(process.cwd(), path("feeds/b.json"))];
    const inputsOf = async (...args: string[]) => (await expandInputs(args)).inputs.map(({ name }) => name);
    const expected = [[absolute, relativeToHere].sort()[0]];
    expect(await inputsOf(absolute, relativeToHere)).toEqual(expected);
    expect(await inputsOf(relativeToHere, absolute)).toEqual(expected);
  });

  test("a file named is read whatever its name; a file whose name holds a wildcard is itself", async () => {
    writeFileSync(path("feed[1].txt"), "");
    writeFileSync(path("feed1.txt"), "");
    expect(await names(path("feed[1].txt"))).toEqual(["feed[1].txt"]);
  });

  test.each([
    ["a missing file", "nowhere.json", /nowhere\.json: no such file/],
    ["a pattern that matches nothing", "feeds/*.xml", /\*\.xml: no file matches/],
    ["a folder without feeds", "empty", /empty: no feed in this folder/],
    ["a file used as a folder", "feeds/b.json/x.json", /part of this path is a file/],
  ])("%s is an error that names it", async (_what, name, message) => {
    await expect(expandInputs([path(name)])).rejects.toThrow(UnreadableInputError);
    await expect(expandInputs([path(name)])).rejects.toThrow(message);
  });

  test("no input, or stdin twice, is bad usage", async () => {
    await expect(expandInputs([])).rejects.toThrow(UsageError);
    await expect(expandInputs(["-", "-"])).rejects.toThrow(/more than once/);
  });
});

describe("bytes", () => {
  const content = Buffer.from(Array.from({ length: 1_500_000 }, (_, i) => (i * 7919) >> 3));
  let input: Input | undefined;
  beforeAll(async () => {
    writeFileSync(path("big.bin"), content);
    [input] = (await expandInputs([path("big.bin")])).inputs;
  });

  test("a file's bytes come whole, in chunks that own their memory", async () => {
    expect(input).toMatchObject({ size: content.length, seekable: true });
    expect((await bytesOf(input)).equals(content)).toBe(true);
    for await (const chunk of input?.open() ?? []) {
      expect(chunk.byteOffset).toBe(0);
      expect(chunk.buffer.byteLength).toBeGreaterThanOrEqual(1 << 18);
    }
  });

  test("any part of it can be read again", () => {
    fc.assert(
      fc.property(fc.nat(content.length), fc.nat(5000), (offset, length) => {
        const size = Math.min(length, content.length - offset);
        expect(
          Buffer.from(input?.readAt(offset, size) ?? []).equals(content.subarray(offset, offset + size)),
        ).toBe(true);
      }),
    );
    input?.close();
  });

  test.runIf(process.platform === "linux")(
    "small files do not stay open, however many are read again",
    async () => {
      mkdirSync(path("small"));
      for (let i = 0; i < 300; i++) writeFileSync(path(`small/${i}.json`), "[1]");
      const { inputs } = await expandInputs([path("small")]);
      const openBefore = readdirSync("/proc/self/fd").length;
      for (const each of inputs) expect(each.readAt(1, 1)).toEqual(new Uint8Array([0x31]));
      expect(readdirSync("/proc/self/fd").length).toBeLessThan(openBefore + 50);
    },
  );

  test("a file that became shorter is an error", () => {
    truncateSync(path("big.bin"), 1000);
    expect(() => input?.readAt(900, 200)).toThrow(/big\.bin: changed while it was being read/);
    input?.close();
  });

  test("a FIFO is read, but not again", async () => {
    execFileSync("mkfifo", [path("pipe")]);
    const [pipe] = (await expandInputs([path("pipe")])).inputs;
    expect(pipe).toMatchObject({ size: undefined, seekable: false });
    const script = `import { writeFileSync } from "node:fs"; writeFileSync("pipe", "x".repeat(200000));`;
    const [bytes] = await Promise.all([bytesOf(pipe), runScript(folder.path, script)]);
    expect(bytes.toString()).toBe("x".repeat(200_000));
    expect(() => pipe?.readAt(0, 1)).toThrow(/pipe/);
  });

  test("a folder in a file's place is an error when it is read", async () => {
    writeFileSync(path("fleeting.json"), "");
    const [fleeting] = (await expandInputs([path("fleeting.json")])).inputs;
    execFileSync("sh", ["-c", 'rm "$1" && mkdir "$1"', "sh", path("fleeting.json")]);
    await expect(bytesOf(fleeting)).rejects.toThrow(/fleeting\.json: is a folder/);
  });

  test("stdin comes from a pipe or from a file", async () => {
    compileInto(folder.path, ["inputs"]);
    writeFileSync(
      path("stdin.mjs"),
      `import { expandInputs } from "./inputs.js";
       const [input] = (await expandInputs(["-"])).inputs;
       let bytes = 0;
       for await (const chunk of input.open()) bytes += chunk.length;
       process.stdout.write(JSON.stringify([input.name, bytes, input.size ?? null, input.seekable]));`,
    );
    const shell = (command: string) => execFileSync("sh", ["-c", command], { cwd: folder.path }).toString();
    expect(JSON.parse(shell("head -c 300000 /dev/zero | node stdin.mjs"))).toEqual([
      "-",
      300_000,
      null,
      false,
    ]);
    expect(JSON.parse(shell("node stdin.mjs < feeds/b.json"))).toEqual(["-", 6, 6, false]);
  });
});

test("the fingerprint of what passed through", async () => {
  const chunks = async function* () {
    yield new Uint8Array([1, 2]);
    yield new Uint8Array([3]);
  };
  const passing = fingerprinted(chunks());
  const seen: number[] = [];
  for await (const chunk of passing.chunks) seen.push(...chunk);
  expect(seen).toEqual([1, 2, 3]);
  const sha256 = createHash("sha256")
    .update(new Uint8Array([1, 2, 3]))
    .digest("hex");
  expect(passing.fingerprint()).toEqual({ bytes: 3, sha256 });
});
