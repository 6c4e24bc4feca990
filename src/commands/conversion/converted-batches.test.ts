import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import * as zlib from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { FORM_NAMES } from "../../proposals/output-form.js";
import { temporaryFolder } from "../../runs/compiled.test-support.js";
import { reportSchema } from "../../runs/report.js";
import { converted, optionsOf } from "../convert.test-support.js";
import { FEED_FIXTURES, fixture, generateFeed, readJson, runCli } from "../run-cli.test-support.js";

const folder = temporaryFolder();
afterAll(() => folder.remove());
const path = (name: string) => join(folder.path, name);
const all = FEED_FIXTURES.map(fixture);

describe("same input, same bytes", () => {
  const feed = path("feed.json");
  let expected: Buffer;
  beforeAll(async () => {
    generateFeed(feed, 600);
    expected = (await converted(optionsOf(folder.path, [feed]))).output;
    expect(expected.length).toBeGreaterThan(150_000);
  });
  const variant = async (file: string, content: Uint8Array | string): Promise<Buffer> => {
    writeFileSync(path(file), content);
    return (await converted(optionsOf(folder.path, [path(file)]))).output;
  };

  test.each(FORM_NAMES)("for any number of workers, as %s with charge points", async (form) => {
    const args = ["convert", feed, fixture("demo.json"), "--charge-points", "--format", form];
    const outputs: Buffer[] = [];
    // Which threads there are has nothing to do with the form: one of them is tried with every number.
    for (const workers of form === "osm" ? ["0", "1", "2", "3"] : ["0", "2"]) {
      const { code, stdout, stderr } = await runCli([...args, "--workers", workers]);
      expect({ code, stderr }).toMatchObject({ code: 0 });
      outputs.push(stdout);
    }
    for (const output of outputs) expect(output.equals(outputs[0] ?? Buffer.alloc(0))).toBe(true);
    expect(outputs[0]?.length).toBeGreaterThan(150_000);
  });

  test("the report too, but for `run`, and the rejects", async () => {
    const texts = [];
    for (const workers of ["0", "3"]) {
      const files = ["-o", path("w.osm"), "--report", path("w.json"), "--rejects", path("w.ndjson")];
      await runCli(["convert", feed, ...files, "--workers", workers]);
      const { run, ...report } = reportSchema.parse(readJson(path("w.json")));
      expect(run.workers).toBe(Number(workers));
      texts.push({ report, rejects: readFileSync(path("w.ndjson"), "utf8") });
    }
    expect(texts[1]).toEqual(texts[0]);
  });

  test.each([
    ["the order of inputs", [fixture("ocpi/states.json"), feed, fixture("demo.json")]],
    [
      "inputs named twice, in other ways",
      [feed, feed, fixture("../fixtures/demo.json"), fixture("ocpi/states.json")],
    ],
  ])("whatever %s", async (_what, inputs) => {
    const sorted = [feed, fixture("demo.json"), fixture("ocpi/states.json")];
    const { output } = await converted(optionsOf(folder.path, inputs, "csv"));
    expect(output.equals((await converted(optionsOf(folder.path, sorted, "csv"))).output)).toBe(true);
  });

  test("in any time zone and language", async () => {
    const outputs = [];
    for (const env of [
      { TZ: "UTC", LANG: "C", LC_ALL: "C" },
      { TZ: "Asia/Kathmandu", LANG: "tr_TR.UTF-8", LC_ALL: "tr_TR.UTF-8" },
      { TZ: "America/St_Johns", LANG: "de_DE.UTF-8", LC_ALL: "de_DE.UTF-8" },
    ])
      outputs.push(
        (await runCli(["convert", ...all, "--format", "csv", "--tags", "extended"], { env })).stdout,
      );
    expect(outputs[1]?.equals(outputs[0] ?? Buffer.alloc(0))).toBe(true);
    expect(outputs[2]?.equals(outputs[0] ?? Buffer.alloc(0))).toBe(true);
  });

  test("compressed, in an envelope, after a byte order mark, spread over lines, or a record a line", async () => {
    const text = readFileSync(feed, "utf8");
    const list: unknown[] = JSON.parse(text);
    const variants: Array<[string, Uint8Array | string]> = [
      ["feed.json.gz", gzipSync(text)],
      ["two-members.gz", Buffer.concat([gzipSync(text.slice(0, 70_000)), gzipSync(text.slice(70_000))])],
      ["envelope.json", `{"status_code":1000,"data":${text.trimEnd()},"timestamp":"2026-01-01T00:00:00Z"}`],
      ["mark.json", `\uFEFF${text}`],
      ["spread.json", JSON.stringify(list, undefined, 2)],
      ["lines.ndjson", list.map((record) => `${JSON.stringify(record)}\n`).join("")],
      ["crlf.ndjson", list.map((record) => JSON.stringify(record)).join("\r\n")],
      ["concatenated.json", list.map((record) => JSON.stringify(record)).join("")],
    ];
    for (const [name, content] of variants)
      expect({ name, same: (await variant(name, content)).equals(expected) }).toEqual({ name, same: true });
  });

  test("compressed with zstd, where this Node has it; elsewhere it says what to do", async () => {
    const zstdCompressSync: unknown = Reflect.get(zlib, "zstdCompressSync");
    if (typeof zstdCompressSync === "function") {
      const compressed: unknown = zstdCompressSync(readFileSync(feed));
      if (!(compressed instanceof Uint8Array)) throw new TypeError("expected bytes");
      expect((await variant("feed.zst", compressed)).equals(expected)).toBe(true);
    } else {
      const magic = new Uint8Array([0x28, 0xb5, 0x2f, 0xfd, 0, 0, 0, 0]);
      await expect(variant("feed.zst", magic)).rejects.toThrow(/zstd/);
    }
  });

  test("read as tokens", async () => {
    const options = optionsOf(folder.path, [feed, ...all]);
    const tokens = await converted({ ...options, read: { source: "auto", reader: "tokens" } });
    const bytes = await converted(options);
    expect(tokens.output.equals(bytes.output)).toBe(true);
    expect(tokens.report.counts).toEqual(bytes.report.counts);
  });

  test("from stdin, by pipe or as a file", async () => {
    const { stdout } = await runCli(["convert", "-"], { stdin: readFileSync(feed) });
    const withoutBounds = expected.toString().replace(/^ {2}<bounds.*$/m, (line) => " ".repeat(line.length));
    expect(stdout.toString()).toBe(withoutBounds);
    const zipped = await runCli(["convert", "-"], { stdin: gzipSync(readFileSync(feed)) });
    expect(zipped.stdout.equals(stdout)).toBe(true);
  });
});
