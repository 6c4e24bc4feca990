/** What CI is told of a conversion and a comparison: JUnit XML and the summary of the job. */
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readXml } from "../../osm/xml.test-support.js";
import { temporaryFolder } from "../../runs/compiled.test-support.js";
import { createLog } from "../../runs/log.js";
import { convertFromArguments } from "../convert-arguments.js";
import { diffFromArguments } from "../diff-arguments.js";
import { feedText, fileAt, refusal } from "../diff.test-support.js";
import { OsmWorld, nodeOf } from "../osm-world.test-support.js";
import { runCli } from "../run-cli.test-support.js";

let folder: ReturnType<typeof temporaryFolder>;
let said: string[];
const path = (name: string) => join(folder.path, name);
const text = (name: string) => readFileSync(path(name), "utf8");

beforeEach(() => {
  folder = temporaryFolder();
  said = [];
  new OsmWorld([nodeOf(1, "55.01", "25.2797", { amenity: "charging_station" })]).saveTo(path("osm.osm"));
});
afterEach(() => folder.remove());

/** A log as in a step of GitHub Actions, which keeps the step's summary in `summary.md`. */
function actionsLog() {
  const env = { GITHUB_ACTIONS: "true", GITHUB_STEP_SUMMARY: path("summary.md") };
  return createLog({
    format: "text",
    quiet: true,
    stream: { write: (line: string) => said.push(line) },
    env,
  });
}

const COMMON = { source: "auto", reader: "bytes", progress: "never", workers: 0 };

function converting(input: string, options: Readonly<Record<string, unknown>> = {}): Promise<void> {
  const given = { ...COMMON, junit: path("junit.xml"), output: path("out.osm"), ...options };
  return convertFromArguments([input], given, actionsLog());
}

function diffing(input: string, options: Readonly<Record<string, unknown>> = {}): Promise<void> {
  const given = {
    ...COMMON,
    junit: path("junit.xml"),
    output: path("out"),
    osm: [path("osm.osm")],
    prefilter: "never",
    state: path("state"),
    ...options,
  };
  return diffFromArguments([input], given, actionsLog());
}

/** Results by case; and the messages of those that did not pass. */
function verdicts(): { results: Record<string, string>; messages: string[] } {
  const results: Record<string, string> = {};
  const messages: string[] = [];
  let current = "";
  for (const { name, attributes } of readXml(text("junit.xml"))) {
    if (name === "testcase") {
      current = attributes["name"] ?? "";
      results[current] = "passed";
    } else if (name === "failure" || name === "error" || name === "skipped") {
      results[current] = name;
      if (name !== "skipped") messages.push(attributes["message"] ?? "");
    }
  }
  return { results, messages };
}

const READABLE = "feed is readable";
const REJECTS = "rejects threshold";
const DISAPPEARANCE = "disappearance threshold";

describe("convert", () => {
  it("that went well passes, and leaves a small table", async () => {
    await converting(fileAt(path("feed.json"), feedText(3)), { maxRejects: "1" });
    expect(verdicts().results).toEqual({
      [READABLE]: "passed",
      [REJECTS]: "passed",
      [DISAPPEARANCE]: "skipped",
      published: "passed",
    });
    expect(text("summary.md")).toContain("| emitted | 3 |  |");
    expect(said).toEqual([]);
  });

  it("that rejected too many fails the case of that limit, with the numbers", async () => {
    const feed = fileAt(path("feed.json"), `[${feedText(1).slice(1, -1)},{"id":"x"},{"id":"y"}]`);
    expect(await refusal(converting(feed, { maxRejects: "50%" }))).toMatchObject({ code: 4 });
    expect(verdicts()).toEqual({
      results: {
        [READABLE]: "passed",
        [REJECTS]: "failure",
        [DISAPPEARANCE]: "skipped",
        published: "skipped",
      },
      messages: [expect.stringMatching(/2 of 3 records were rejected[^]*2 of 3, and the limit is 50%/)],
    });
    expect(text("summary.md")).toMatch(
      /\*\*Nothing was published of .*2 of 3 records[^]*\| rejected \| 2 \|/,
    );
    expect(existsSync(path("out.osm"))).toBe(false);
  });

  it("of what is no feed is an error, not a failure", async () => {
    const feed = fileAt(path("feed.json"), "<html>Log in</html>");
    expect(await refusal(converting(feed))).toMatchObject({ code: 3 });
    expect(verdicts()).toMatchObject({
      results: { [READABLE]: "error", published: "skipped" },
      messages: [expect.stringContaining("HTML")],
    });
    expect(text("summary.md")).toMatch(/^\*\*Nothing was published.*HTML/);
  });

  it("that cannot put its JUnit anywhere publishes nothing, and says so", async () => {
    const junit = path("no/junit.xml");
    const ended = await refusal(converting(fileAt(path("feed.json"), feedText(1)), { junit }));
    expect(ended).toMatchObject({ code: 2, message: expect.stringContaining(junit) });
    expect(existsSync(path("out.osm"))).toBe(false);
  });

  it.each(["feed.json", "out.osm"])("never writes its JUnit over %s", async (name) => {
    const feed = fileAt(path("feed.json"), feedText(1));
    expect(await refusal(converting(feed, { junit: path(name) }))).toMatchObject({ code: 2 });
    expect(text("feed.json")).toBe(feedText(1));
    expect(readdirSync(folder.path).sort()).toEqual(["feed.json", "osm.osm"]);
  });

  it("of part of a feed has no JUnit: the whole is judged when the parts are merged", async () => {
    const ended = await refusal(converting(fileAt(path("feed.json"), feedText(1)), { shard: "1/2" }));
    expect(ended).toMatchObject({ code: 2, message: expect.stringContaining("--junit") });
  });
});

describe("diff", () => {
  it("passes, and the job's summary is that of the folder", async () => {
    await diffing(fileAt(path("feed.json"), feedText(5)), { junit: path("out/junit.xml") });
    expect(text("summary.md")).toBe(text("out/report.md"));
    expect(readXml(text("out/junit.xml"))[0]?.attributes).toMatchObject({ failures: "0", errors: "0" });
  });

  it("that found proposals, and was to say so by its exit code, passes all the same", async () => {
    const feed = fileAt(path("feed.json"), feedText(5));
    expect(await refusal(diffing(feed, { exitCode: true }))).toMatchObject({ code: 6 });
    expect(verdicts().results).toMatchObject({ [READABLE]: "passed", published: "passed" });
  });

  it("of which too many Locations vanished fails the case of that limit", async () => {
    await diffing(fileAt(path("feed.json"), feedText(10)));
    const before = text("out/proposals.ndjson");
    expect(await refusal(diffing(fileAt(path("feed.json"), feedText(5))))).toMatchObject({ code: 4 });
    expect(verdicts()).toEqual({
      results: {
        [READABLE]: "passed",
        [REJECTS]: "skipped",
        [DISAPPEARANCE]: "failure",
        published: "skipped",
      },
      messages: [expect.stringMatching(/5 of 10 known Locations vanished[^]*the limit is 5%/)],
    });
    expect(text("summary.md").match(/Nothing was published/g)).toHaveLength(1);
    expect(text("out/proposals.ndjson")).toBe(before);
  });

  it("without the extract it was given is an error", async () => {
    const feed = fileAt(path("feed.json"), feedText(1));
    expect(await refusal(diffing(feed, { osm: [path("none.osm")] }))).toMatchObject({ code: 3 });
    expect(verdicts()).toMatchObject({
      results: { [READABLE]: "error" },
      messages: [expect.stringContaining("none.osm")],
    });
  });

  it("is not held up by a summary that cannot be written", async () => {
    mkdirSync(path("summary.md"));
    await diffing(fileAt(path("feed.json"), feedText(1)));
    expect(said).toEqual([
      expect.stringMatching(/^::warning title=ocpi2osm::the job's summary cannot be written/),
    ]);
  });
});

describe("inspect", () => {
  it("adds what it found to the job's summary, unless the user says where the Markdown goes", async () => {
    writeFileSync(path("feed.json"), feedText(1));
    const step = { env: { GITHUB_ACTIONS: "true", GITHUB_STEP_SUMMARY: path("summary.md") } };
    const { stdout } = await runCli(["inspect", path("feed.json"), "--markdown"], step);
    expect(existsSync(path("summary.md"))).toBe(false);
    await runCli(["inspect", path("feed.json"), "--json"], step);
    expect(text("summary.md")).toBe(stdout.toString());
  });
});

it("a step of GitHub Actions gets the end of a failed command as an annotation", async () => {
  const step = { env: { GITHUB_ACTIONS: "true", GITHUB_STEP_SUMMARY: path("summary.md") } };
  const args = ["convert", path("none.json"), "--junit", path("junit.xml"), "-o", path("out.osm")];
  const { code, stderr } = await runCli(args, step);
  expect(code).toBe(3);
  expect(stderr).toMatch(/^::error title=ocpi2osm::[^\n]*none\.json[^\n]*\n$/);
  expect(verdicts().results).toMatchObject({ [READABLE]: "error" });
});
