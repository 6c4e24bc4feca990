import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { temporaryFolder } from "../runs/compiled.test-support.js";
import { exitCodeOf } from "../runs/exit-codes.js";
import { reportSchema } from "../runs/report.js";
import { SILENT, optionsOf } from "./convert.test-support.js";
import { convert } from "./convert.js";
import { fixture, generateFeed, jsonLines, locationJson, readJson, runCli } from "./run-cli.test-support.js";

let folder: ReturnType<typeof temporaryFolder>;
const path = (name: string) => join(folder.path, name);
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

const OUTPUTS = ["out.osm", "report.json", "rejects.ndjson"];
const demo = fixture("demo.json");
/** A user without rights: whoever runs the tests as root may read everything. */
const NOBODY = 65_534;

/** `convert INPUT…` with all three outputs, of which an earlier run has left some. */
function publishing(...inputs: string[]): string[] {
  for (const name of OUTPUTS) writeFileSync(path(name), `before ${name}`);
  const [output = "", report = "", rejects = ""] = OUTPUTS.map(path);
  return ["convert", ...inputs, "-o", output, "--report", report, "--rejects", rejects];
}

/** That the earlier outputs are as they were, and no temporary file is left. */
function expectUntouched(): void {
  for (const name of OUTPUTS) expect(readFileSync(path(name), "utf8")).toBe(`before ${name}`);
  expect(readdirSync(folder.path).filter((name) => name.endsWith(".tmp"))).toEqual([]);
}

const array = `[${locationJson("a")},${locationJson("b")}]`;

describe("an input that cannot be read ends with 3, tells file and place, and touches nothing", () => {
  const gzip = gzipSync(array);
  test.each([
    ["missing", undefined, /: no such file or folder/],
    ["empty", "", /: the input is empty/],
    ["blank", " \n\t\n", /nothing but blanks/],
    ["a page", "<!DOCTYPE html><html><body>Log in</body></html>", /HTML page/],
    ["a table", "id;lat;lon\n1;54.6;25.2\n", /CSV or another table/],
    ["text", "Internal Server Error", /text that begins "Internal Server Error"/],
    ["other JSON", '{"type":"Topology","arcs":[]}', /"type", "arcs"/],
    ["GeoJSON of something else", '{"type":"FeatureCollection","features":[{"id":1}]}', /"id"/],
    ["GeoJSON of nothing", '{"type":"FeatureCollection","features":[]}', /FeatureCollection/],
    ["a list of no objects", "[1,2,3]", /JSON that holds no objects/],
    [
      "truncated gzip",
      gzip.subarray(0, gzip.length - 9),
      /byte \d+: cannot be decompressed \(unexpected end/,
    ],
    ["damaged gzip", Buffer.concat([gzip.subarray(0, 40), gzip.subarray(41)]), /cannot be decompressed/],
    ["a zip archive", Buffer.from("PK\u0003\u0004rest"), /zip.*unzip -p/],
    ["UTF-16", Buffer.from(`\uFEFF${array}`, "utf16le"), /UTF-16.*iconv/],
    ["cut off", array.slice(0, -30), /byte \d+: the input ends inside .*cut off/],
    ["a comma too many", `${array.slice(0, -1)},]`, /byte \d+: a comma in a list/],
    ["rubbish behind it", `${array}rubbish`, /byte \d+: found "rubbish" after the end/],
    ["an OCPI error", '{"status_code":2001,"status_message":"Bad"}', /OCPI status 2001.*Bad/],
    ["an empty list beside an OCPI error", '{"status_code":3000,"data":[]}', /OCPI status 3000/],
    [
      "a HERE error",
      '{"title":"Unauthorized","status":401,"code":"E611","cause":"Key expired","action":"Renew it"}',
      /status 401: Unauthorized: Key expired: Renew it/,
    ],
    ["another HERE error", '{"error":"Forbidden","error_description":"No rights"}', /Forbidden: No rights/],
  ])("%s", async (name, content, message) => {
    const input = path("feed.json");
    if (content !== undefined) writeFileSync(input, content);
    // Among feeds an error answer is one bad record; alone it is no input.
    const inputs = name.endsWith("error") ? [input] : [demo, input];
    const { code, stdout, stderr } = await runCli(publishing(...inputs));
    expect({ code, stdout: stdout.toString() }).toEqual({ code: 3, stdout: "" });
    expect(stderr).toMatch(message);
    expect(stderr).toContain(input);
    expect(stderr).not.toMatch(/^ {4}at /m);
    expectUntouched();
  });

  test("but an error answer among feeds is a rejected record, and what it says is told", async () => {
    const answers = [
      '{"status_code":3000,"status_message":"Maintenance","data":[]}',
      '{"title":"Unauthorized","status":401,"cause":"Key expired"}',
    ];
    for (const [i, answer] of answers.entries()) writeFileSync(path(`${i}.json`), answer);
    for (const options of [[], ["--reader", "tokens"], ["--workers", "2"], ["--max-rejects", "1"]]) {
      const args = publishing(demo, path("0.json"), path("1.json"));
      const { code, stderr } = await runCli([...args, ...options, "--quiet"]);
      expect({ options, code }).toEqual({ options, code: options[0] === "--max-rejects" ? 4 : 0 });
      expect(stderr).toMatch(/warning: .*0\.json: .*OCPI status 3000.*Maintenance.*rejected/);
      expect(stderr).toMatch(/warning: .*1\.json: .*Key expired.*rejected/);
      const { counts, listed } = reportSchema.parse(readJson(path("report.json")));
      expect(counts).toMatchObject({ read: 14, emitted: 12 });
      expect(listed.map(({ file, verdict }) => [file, verdict])).toEqual([
        [path("0.json"), "rejected"],
        [path("1.json"), "rejected"],
      ]);
      expect(jsonLines(readFileSync(path("rejects.ndjson")))).toMatchObject(answers.map((raw) => ({ raw })));
    }
  });

  test("on threads as well", async () => {
    generateFeed(path("long.json"), 900);
    writeFileSync(path("long.json"), readFileSync(path("long.json")).subarray(0, -500));
    const { code, stderr } = await runCli([...publishing(path("long.json")), "--workers", "2"]);
    expect(code).toBe(3);
    expect(stderr).toMatch(/long\.json, byte \d{7}: the input ends inside/);
    expectUntouched();
  });

  test("stdin that holds nothing leaves stdout empty", async () => {
    const { code, stdout, stderr } = await runCli(["convert", "-"]);
    expect({ code, stdout: stdout.toString() }).toEqual({ code: 3, stdout: "" });
    expect(stderr).toContain("-: the input is empty");
  });

  test("a folder or a pattern without feeds", async () => {
    mkdirSync(path("none"));
    writeFileSync(path("none/readme.txt"), "x");
    expect(await runCli(["convert", path("none")])).toMatchObject({
      code: 3,
      stderr: expect.stringMatching(/no feed in this folder.*1 other/),
    });
    expect(await runCli(["convert", path("none/*.json")])).toMatchObject({
      code: 3,
      stderr: expect.stringContaining("no file matches"),
    });
  });

  test("a file nobody may read", async () => {
    writeFileSync(path("secret.json"), array, { mode: 0 });
    const uid = process.getuid?.() === 0 ? NOBODY : undefined;
    const { code, stderr } = await runCli(["convert", path("secret.json")], { uid });
    expect({ code, stderr }).toMatchObject({ code: 3, stderr: expect.stringContaining("permission denied") });
  });
});

describe("cut off at any byte, an input is never taken for a whole one", () => {
  const short = `{"id":"ä","coordinates":{"latitude":"54.6","longitude":"25.2"},"evses":[{"connectors":[]}]}`;
  const documents: Array<[string, Uint8Array]> = [
    ["an array", Buffer.from(`[${short}, ${short}]`)],
    ["an envelope", Buffer.from(`{"status_code":1000,"data":[${short}],"timestamp":"2026-01-01T00:00:00Z"}`)],
    ["one object", Buffer.from(short)],
    ["spread over lines", Buffer.from(JSON.stringify([JSON.parse(short)], undefined, 1))],
    [
      "HERE's list",
      Buffer.from(`{"items":[${short.replace("coordinates", "location")}],"missingItems":["x"]}`),
    ],
    ["gzip", gzipSync(`[${short},${short}]`)],
  ];
  test.each(documents)("%s", async (_what, document) => {
    writeFileSync(path("out"), "before");
    for (let length = 0; length < document.length; length++) {
      writeFileSync(path("cut.json"), document.subarray(0, length));
      const code = await convert(optionsOf(folder.path, [path("cut.json")]), SILENT).then(
        () => 0,
        exitCodeOf,
      );
      expect({ length, code }).toEqual({ length, code: 3 });
    }
    expect(readFileSync(path("out"), "utf8")).toBe("before");
    writeFileSync(path("cut.json"), document);
    await convert(optionsOf(folder.path, [path("cut.json")]), SILENT);
    expect(readFileSync(path("out"), "utf8")).not.toBe("before");
  });

  test("lines: what is whole is whole, and a line that is not is noticed", async () => {
    const lines = Buffer.from(`${short}\n${short.replace("ä", "b")}\n`);
    const ends = new Set([lines.indexOf("\n"), lines.indexOf("\n") + 1, lines.length - 1]);
    for (let length = 0; length < lines.length; length++) {
      writeFileSync(path("cut.ndjson"), lines.subarray(0, length));
      const code = await convert(optionsOf(folder.path, [path("cut.ndjson")]), SILENT).then(
        () => 0,
        exitCodeOf,
      );
      expect({ length, code }).toEqual({ length, code: ends.has(length) ? 0 : 3 });
    }
  });
});

describe("--max-rejects", () => {
  const positions = fixture("ocpi/positions.json");
  test.each([
    ["2", 4],
    ["59%", 4],
    ["0", 4],
    ["3", 0],
    ["60 %", 0],
  ])("%s of 3 rejected in 5 ends with %i", async (limit, expected) => {
    const { code, stderr } = await runCli([...publishing(positions), "--max-rejects", limit]);
    expect(code).toBe(expected);
    expect(stderr.includes("3 of 5 records were rejected (60.00 %)")).toBe(expected === 4);
    expect(readFileSync(path("out.osm"), "utf8") === "before out.osm").toBe(expected === 4);
    const report = reportSchema.parse(readJson(path("report.json")));
    expect(report.counts).toMatchObject({ read: 5, emitted: 2 });
    expect(report.output === undefined).toBe(expected === 4);
    expect(jsonLines(readFileSync(path("rejects.ndjson")))).toHaveLength(3);
  });

  test("comes from the profile where the command line has none", async () => {
    writeFileSync(path("p.jsonc"), '{"name":"P","thresholds":{"maxRejects":2}}');
    const profile = ["--profile", path("p.jsonc")];
    expect(await runCli([...publishing(positions), ...profile])).toMatchObject({ code: 4 });
    expect(await runCli([...publishing(positions), ...profile, "--max-rejects", "3"])).toMatchObject({
      code: 0,
    });
  });
});

describe("what a run may not write to", () => {
  test.each([
    [
      "its input",
      ["convert", "feed.json", "--format", "ndjson", "-o", "feed.json"],
      /both an input.*and an output/,
    ],
    [
      "its input by another name",
      ["convert", "feed.json", "-o", "./sub/../linked.osm"],
      /linked\.osm is both/,
    ],
    ["its input with the report", ["convert", "feed.json", "--report", "feed.json"], /feed\.json is both/],
    ["a feed in the folder it reads", ["convert", ".", "-o", "old.ndjson"], /old\.ndjson is both/],
    ["one file twice", ["convert", "feed.json", "-o", "x.osm", "--report", "x.osm"], /two outputs.*x\.osm/],
    [
      "one file twice, again",
      ["convert", "feed.json", "-o", "x.osm", "--rejects", "sub/../x.osm"],
      /two outputs/,
    ],
    ["stdout twice", ["convert", "feed.json", "--report", "-"], /two outputs.*stdout/],
    [
      "a folder that is missing",
      ["convert", "feed.json", "-o", "x.osm", "--report", "no/r.json"],
      /no folder/,
    ],
    ["the same, for rejects", ["convert", "feed.json", "-o", "x.osm", "--rejects", "no/r.json"], /no folder/],
  ])("%s", async (_what, args, message) => {
    mkdirSync(path("sub"));
    writeFileSync(path("feed.json"), array);
    execFileSync("ln", ["-s", "feed.json", path("linked.osm")]);
    writeFileSync(path("old.ndjson"), '{"type":"FeatureCollection","features":[]}');
    const before = readdirSync(folder.path);
    const { code, stdout, stderr } = await runCli(args, { cwd: folder.path });
    expect({ code, stdout: stdout.toString() }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(message);
    expect(readFileSync(path("feed.json"), "utf8")).toBe(array);
    expect(readdirSync(folder.path)).toEqual(before);
  });

  test("but a device may be both", async () => {
    writeFileSync(path("feed.json"), array);
    const args = ["convert", path("feed.json"), "-o", "/dev/null", "--rejects", "/dev/null"];
    expect(await runCli(args)).toMatchObject({ code: 0 });
  });

  test("a report to stderr leaves the log that stderr leads to", async () => {
    writeFileSync(path("feed.json"), array);
    const line = `exec 2> log; echo first >&2; exec "$@"`;
    const { CLI } = await import("./run-cli.test-support.js");
    const args = [process.execPath, CLI, "convert", path("feed.json"), "--report", "/dev/stderr"];
    const { status } = spawnSync("bash", ["-c", line, "bash", ...args], { cwd: folder.path });
    expect(status).toBe(0);
    const log = readFileSync(path("log"), "utf8");
    expect(log).toMatch(/^first\n2 records read/);
    expect(log).toContain('"report": 1');
  });
});
