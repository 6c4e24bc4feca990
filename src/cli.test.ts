import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { fixture, generateFeed, jsonLines, runCli, runShell } from "./commands/run-cli.test-support.js";
import { temporaryFolder } from "./runs/compiled.test-support.js";
import { EXIT_CODES } from "./runs/exit-codes.js";
import { TOOL } from "./version.js";

const folder = temporaryFolder();
afterAll(() => folder.remove());
const path = (name: string) => join(folder.path, name);
const demo = fixture("demo.json");
writeFileSync(path("broken.jsonc"), '{\n  "name": "x",\n  "licens": {}\n}');

test("the version is the package's", async () => {
  const { version }: { version: string } = JSON.parse(
    readFileSync(new URL("../package.json", import.meta.url), "utf8"),
  );
  expect(TOOL.version).toBe(version);
  expect(await runCli(["--version"])).toMatchObject({
    code: 0,
    stdout: Buffer.from(`${version}\n`),
    stderr: "",
  });
});

test.each([[["--help"]], [["help"]], [["convert", "--help"]], [["help", "convert"]]])(
  "%s goes to stdout and is success",
  async (args) => {
    const { code, stdout, stderr } = await runCli(args);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout.toString()).toMatch(/^Usage: ocpi2osm /);
  },
);

test("--help has a line of every exit code", async () => {
  const { stdout } = await runCli(["--help"]);
  for (const { code, meaning } of EXIT_CODES)
    expect(stdout.toString()).toMatch(new RegExp(`^ +${code} +${meaning.replace(/[()]/g, "\\$&")}$`, "m"));
});

describe("bad usage ends with 2, says what is wrong on stderr, and writes nothing", () => {
  test.each([
    ["no command", [], /^error: no known command given\n\nUsage: ocpi2osm/],
    ["an unknown command", ["frobnicate"], /unknown command 'frobnicate'/],
    ["help for an unknown command", ["help", "frobnicate"], /no known command given\n\nUsage: ocpi2osm/],
    ["an unknown option", ["convert", demo, "--nope"], /unknown option '--nope'/],
    ["an option of another command", ["convert", demo, "--json"], /unknown option '--json'/],
    ["no input", ["convert"], /missing required argument 'input'/],
    ["an empty input name", ["convert", ""], /an input has no name/],
    ["an empty output name", ["convert", demo, "-o", ""], /an output has no name/],
    ["stdin twice", ["convert", "-", "-"], /stdin.*more than once/],
    ["negative workers", ["convert", demo, "--workers", "-1"], /--workers.*'-1'.*whole number from 0 to 64/],
    ["half a worker", ["convert", demo, "--workers", "1.5"], /--workers.*'1\.5'/],
    ["too many workers", ["convert", demo, "--workers", "65"], /--workers.*'65'/],
    ["a date that is none", ["convert", demo, "--as-of", "2026-02-30"], /--as-of.*'2026-02-30'.*2026-11-21/],
    ["a country that is none", ["convert", demo, "--country", "DE,XX"], /--country XX: not an ISO 3166/],
    ["no country", ["convert", demo, "--country", ""], /--country : not an ISO 3166/],
    ["a limit that is none", ["convert", demo, "--max-rejects", "lots"], /--max-rejects: "lots" is neither/],
    ["more than all", ["convert", demo, "--max-rejects", "101%"], /--max-rejects: "101%"/],
    ["an unknown form", ["convert", demo, "--format", "xlsx"], /--format.*'xlsx'.*osm, csv, geojson/],
    ["an unknown source", ["convert", demo, "--source", "gtfs"], /--source.*'gtfs'.*here-v3/],
    ["an unknown reader", ["convert", demo, "--reader", "sax"], /--reader.*'sax'.*bytes, tokens/],
    ["unknown tags", ["convert", demo, "--tags", "all"], /--tags.*'all'.*extended/],
    ["a log format", ["convert", demo, "--log-format", "xml"], /--log-format.*'xml'.*text, json/],
    ["a progress mode", ["convert", demo, "--progress", "often"], /--progress.*'often'.*auto, always, never/],
    ["a missing profile", ["convert", demo, "--profile", "no.jsonc"], /--profile no\.jsonc: no such file/],
    [
      "a bad profile",
      ["convert", demo, "--profile", path("broken.jsonc")],
      /broken\.jsonc:3: licens: there is no such setting/,
    ],
    ["JSON of an unsaid kind", ["convert", demo, "-o", "x.json"], /x\.json: say which JSON with --format/],
    ["output to be compressed", ["convert", demo, "-o", "x.osm.gz"], /x\.osm\.gz: output is not compressed/],
    [
      "output of a named form to be compressed",
      ["convert", demo, "--format", "csv", "-o", "x.gz"],
      /x\.gz: output is not compressed.* -o - --format csv \| gzip > x\.gz/,
    ],
    [
      "output to be compressed otherwise",
      ["convert", demo, "-o", "x.csv.zst"],
      /--format csv \| zstd > x\.csv/,
    ],
    [
      "lines to be compressed",
      ["convert", "--filter", "--source", "ocpi", demo, "-o", "x.ndjson.gz"],
      /x\.ndjson\.gz: output is not compressed.* -o - \| gzip/,
    ],
    [
      "an output folder that is missing",
      ["convert", demo, "-o", "no/x.osm"],
      /no\/x\.osm: there is no folder/,
    ],
    ["a folder as output", ["convert", demo, "-o", "."], /\. is a folder/],
    ["explain without an id", ["explain", demo], /required option '--id <id>'/],
    ["explain with an id nobody has", ["explain", demo, "--id", "nobody"], /no Location with id "nobody"/],
  ])("%s", async (_what, args, message) => {
    const { code, stdout, stderr } = await runCli(args, { cwd: folder.path });
    expect({ code, stdout: stdout.toString() }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/^ {4}at /m);
  });
});

describe("stderr", () => {
  test("has the summary; --quiet leaves warnings and errors", async () => {
    const spoken = await runCli(["convert", fixture("ocpi/states.json")]);
    expect(spoken.stderr).toContain("5 records read = 1 emitted + 4 skipped + 0 rejected");
    const quiet = await runCli(["convert", fixture("ocpi/states.json"), "--quiet"]);
    expect(quiet.stderr).toBe("");
    expect(quiet.stdout).toEqual(spoken.stdout);
    expect((await runCli(["convert", "missing.json", "--quiet"])).stderr).toContain("missing.json");
  });

  test("is JSON, a line each, with --log-format json: messages, usage errors and failures", async () => {
    for (const args of [
      ["convert", demo],
      ["convert", demo, "--nope"],
      ["convert", "missing.json"],
      ["frobnicate"],
    ]) {
      for (const format of [["--log-format", "json"], ["--log-format=json"]]) {
        const lines = jsonLines((await runCli([...args, ...format])).stderr);
        expect(lines.length).toBeGreaterThan(0);
        for (const line of lines)
          expect(line).toMatchObject({
            time: expect.any(String),
            level: expect.any(String),
            message: expect.any(String),
          });
      }
    }
  });

  test("has no stack unless OCPI2OSM_DEBUG=1 asks for it", async () => {
    expect((await runCli(["convert", "missing.json"])).stderr).toBe(
      "error: missing.json: no such file or folder\n",
    );
    const debugged = await runCli(["convert", "missing.json"], { env: { OCPI2OSM_DEBUG: "1" } });
    expect(debugged.stderr).toMatch(/^ {4}at /m);
  });

  test("shows no escape sequence a feed holds", async () => {
    writeFileSync(path("escape.json"), '[{"id":"\\u001b[2J","\\u001b]0;x":1,"evses":"\\u001b[31m"}]');
    const { stderr } = await runCli(["convert", path("escape.json")]);
    expect(stderr).not.toContain("\u001b");
    const named = await runCli(["convert", "\u001b[31mmissing.json"]);
    expect(named.stderr).not.toContain("\u001b");
  });

  test("may be closed by whoever read it", async () => {
    const { code, stdout } = await runShell(`$CLI convert ${demo} -o closed.osm 2>&-; echo $?`, folder.path);
    expect({ code, stdout: stdout.toString() }).toEqual({ code: 0, stdout: "0\n" });
  });
});

test.each(["0", "2"])(
  "a reader of stdout that has seen enough is no failure (%s workers)",
  async (workers) => {
    generateFeed(path("large.json"), 1500);
    const line = `$CLI convert large.json --format ocpi --workers ${workers} | head -c 7; echo \${PIPESTATUS[*]}`;
    const { stdout, stderr } = await runShell(line, folder.path);
    expect(stdout.toString()).toBe('{"count0 0\n');
    expect(stderr).toBe("");
  },
);
