/** What `diff` cannot read or write: told with file and place, and nothing published before is touched. */
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { temporaryFolder } from "../runs/compiled.test-support.js";
import { bytesOf, diffed, feedText, refusal } from "./diff.test-support.js";
import { OsmWorld, nodeOf } from "./osm-world.test-support.js";
import { fixture, runCli } from "./run-cli.test-support.js";

let folder: ReturnType<typeof temporaryFolder>;
const path = (name: string) => join(folder.path, name);
const station = nodeOf(1, "55.01", "25.2797", { amenity: "charging_station" });

/** A user without rights: whoever runs the tests as root may write everywhere. */
const NOBODY = 65_534;

/** An earlier run has left its results and its state. */
beforeEach(async () => {
  folder = temporaryFolder();
  writeFileSync(path("feed.json"), feedText(5));
  new OsmWorld([station]).saveTo(path("osm.osm"));
  await diffed([path("feed.json")], path("osm.osm"), path("out"), { state: path("state") });
});
afterEach(() => folder.remove());

/** How a run ends that must leave folder and state as they were. */
async function refused(
  options: Readonly<Record<string, unknown>>,
): Promise<{ code: number; message: string }> {
  const before = bytesOf(folder.path);
  const { input = path("feed.json"), osm = path("osm.osm"), output = path("out"), ...others } = options;
  const run = diffed([String(input)], String(osm), String(output), { state: path("state"), ...others });
  const ended = await refusal(run);
  expect(bytesOf(folder.path)).toEqual(before);
  return ended;
}

describe("an OSM extract that cannot be read ends with 3 and is named", () => {
  const xml = '<osm version="0.6"><node id="1" lat="1" lon="1"';
  it.each([
    ["that is not there", undefined, /no such file/],
    ["empty", "", /empty/],
    ["cut off", xml, /.+/],
    ["of changes", '<?xml version="1.0"?>\n<osmChange version="0.6"></osmChange>', /osmChange.*changes/],
    ["that is an HTML page", "<!DOCTYPE html><html><body>Log in</body></html>", /HTML page/],
    ["that is a feed", feedText(1), /./],
    ["compressed and cut off", gzipSync("<osm></osm>".repeat(99)).subarray(0, 40), /./],
    ["that is rubbish", Buffer.from([0, 1, 2, 3, 250, 251, 252]), /./],
  ])("%s", async (_, content, words) => {
    if (content !== undefined) writeFileSync(path("bad.osm"), content);
    const { code, message } = await refused({ osm: path("bad.osm") });
    expect({ code, message }).toEqual({ code: 3, message: expect.stringMatching(words) });
    expect(message).toContain(path("bad.osm"));
  });

  it("of which the first is fine", async () => {
    writeFileSync(path("bad.osm"), xml);
    const run = diffed([path("feed.json")], [path("osm.osm"), path("bad.osm")], path("out"));
    expect(await refusal(run)).toMatchObject({ code: 3, message: expect.stringContaining(path("bad.osm")) });
  });
});

describe("a feed that cannot be read ends with 3 and is named", () => {
  it.each([
    ["not there", undefined, /no such file/],
    ["cut off", feedText(3).slice(0, -40), /byte \d+: the input ends inside/],
    ["an error answer", '{"status_code":2001,"status_message":"Bad"}', /OCPI status 2001/],
  ])("%s", async (_, content, words) => {
    const input = path("bad.json");
    if (content !== undefined) writeFileSync(input, content);
    const { code, message } = await refused({ input });
    expect({ code, message }).toEqual({ code: 3, message: expect.stringMatching(words) });
    expect(message).toContain(input);
  });
});

describe("a damaged memory ends with 3, and file and line are told", () => {
  const lines = () => readFileSync(path("state"), "utf8").split("\n");
  it.each([
    ["a line that is no JSON", () => lines().with(2, '{"key":'), 3, /not JSON/],
    ["a merge conflict of git", () => lines().toSpliced(2, 0, "<<<<<<< HEAD"), 3, /not JSON/],
    ["a line that is no entry", () => lines().with(1, '{"key":"LT*ABC*1","id":"1"}'), 2, /lat/],
    ["a Location twice", () => [...lines().slice(0, 3), ...lines().slice(1, 2)], 4, /stands twice/],
    ["no header", () => lines().slice(1), 1, /ocpi2osm_state/],
    ["nothing in it", () => [""], 1, /no header/],
    ["a newer version's header", () => ['{"ocpi2osm_state":99,"source":"x"}'], 1, /version 99/],
  ])("state with %s", async (_, content, line, words) => {
    writeFileSync(path("state"), content().join("\n"));
    const { code, message } = await refused({});
    expect({ code, message }).toEqual({ code: 3, message: expect.stringMatching(words) });
    expect(message).toContain(`${path("state")}, line ${line}:`);
  });

  it("state that is a damaged gzip file", async () => {
    writeFileSync(path("state"), gzipSync(lines().join("\n")).subarray(0, 60));
    const { code, message } = await refused({});
    expect({ code, message }).toEqual({
      code: 3,
      message: expect.stringContaining(`${path("state")}: is damaged`),
    });
  });

  it("state that is a folder", async () => {
    const { code, message } = await refused({ state: path("out") });
    expect({ code, message }).toEqual({ code: 3, message: expect.stringContaining(path("out")) });
  });

  const reject = '{"proposal":"create/LT*ABC*1","decision":"reject"}';
  it.each([
    ["a line that is no JSON", `${reject}\nreject all\n`, 2, /not JSON/],
    [
      "a word for a decision that there is none of",
      `\n${reject.replace("reject", "refuse")}\n`,
      2,
      /decision/,
    ],
    ["no proposal", '{"decision":"reject"}', 1, /proposal/],
  ])("decisions with %s", async (_, content, line, words) => {
    writeFileSync(path("decisions"), content);
    const { code, message } = await refused({ decisions: path("decisions") });
    expect({ code, message }).toEqual({ code: 3, message: expect.stringMatching(words) });
    expect(message).toContain(`${path("decisions")}, line ${line}:`);
  });

  it("decisions that are not there", async () => {
    const { code, message } = await refused({ decisions: path("none") });
    expect({ code, message }).toEqual({
      code: 3,
      message: expect.stringContaining(`${path("none")}: no such file`),
    });
  });
});

describe("bad usage ends with 2", () => {
  it("the state of another source", async () => {
    const { code, message } = await refused({ profile: fixture("profiles/example.jsonc") });
    expect({ code, message }).toMatchObject({ code: 2 });
    expect(message).toMatch(/is the state of unnamed source, not of Beispielstrom/);
  });

  it.each([
    ["an output that is a file", { output: "osm.osm" }, /osm\.osm is a file; name a folder/],
    ["an output in a folder that is not there", { output: "no/out" }, /folder above it does not exist/],
    ["no output", { output: "" }, /is a folder: name one with -o/],
    ["a state in a folder that is not there", { state: "no/state" }, /there is no folder/],
    ["a report in a folder that is not there", { report: "no/report.json" }, /there is no folder/],
    ["a report over the state", { report: "state" }, /state/],
    ["a report over the extract", { report: "osm.osm" }, /osm\.osm is both/],
    ["a report over the feed", { report: "feed.json" }, /feed\.json is both/],
    ["results over the extract", { osm: "out/changes.osm" }, /changes\.osm is both/],
    ["results over the feed", { input: "out/proposals.ndjson" }, /proposals\.ndjson is both/],
    ["a state over the feed", { state: "feed.json" }, /feed\.json is both/],
    ["a state over the decisions", { state: "decided", decisions: "decided" }, /decided/],
    ["a report over the decisions", { report: "decided", decisions: "decided" }, /decided/],
    ["a threshold that is none", { maxDisappear: "many" }, /--max-disappear/],
    ["a split that is none", { split: "0" }, /--split 0/],
    ["a split that is none either", { split: "01" }, /--split 01/],
  ])("%s", async (_, given, words) => {
    writeFileSync(path("decided"), "");
    const files = Object.entries(given).map(([option, value]) => {
      const isFile =
        ["input", "osm", "output", "state", "report", "decisions"].includes(option) && value !== "";
      return [option, isFile ? path(value) : value];
    });
    const { code, message } = await refused(Object.fromEntries(files));
    expect({ code, message }).toEqual({ code: 2, message: expect.stringMatching(words) });
  });

  it("no --osm, no output, options that are none", async () => {
    const before = bytesOf(folder.path);
    const base = ["diff", path("feed.json")];
    const complete = [...base, "--osm", path("osm.osm"), "-o", path("out")];
    for (const [args, words] of [
      [[...base, "-o", path("out")], /--osm/],
      [[...base, "--osm", path("osm.osm")], /--output/],
      [[...complete, "--patience", "0"], /--patience/],
      [[...complete, "--prefilter", "always"], /--prefilter/],
      [[...complete, "--as-of", "yesterday"], /--as-of/],
    ] as const) {
      const { code, stdout, stderr } = await runCli(args);
      expect({ code, stdout: stdout.toString(), stderr }).toEqual({
        code: 2,
        stdout: "",
        stderr: expect.stringMatching(words),
      });
    }
    expect(bytesOf(folder.path)).toEqual(before);
  });

  it("an output folder nobody may write to", async () => {
    mkdirSync(path("locked"));
    chmodSync(folder.path, 0o755);
    chmodSync(path("locked"), 0o555);
    const uid = process.getuid?.() === 0 ? NOBODY : undefined;
    const args = ["diff", path("feed.json"), "--osm", path("osm.osm"), "-o", path("locked")];
    const { code, stderr } = await runCli(args, { uid });
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining("no permission to write") });
    expect(bytesOf(path("locked"))).toEqual(new Map([[path("locked"), "folder"]]));
  });
});
