/** `verify`: a diff replayed from its own report gives the same bytes, or names what does not (D7). */
import {
  appendFileSync,
  copyFileSync,
  cpSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { temporaryFolder } from "../runs/compiled.test-support.js";
import { SILENT } from "./convert.test-support.js";
import { bytesOf, diffed, evses, feedText, refusal } from "./diff.test-support.js";
import { OsmWorld } from "./osm-world.test-support.js";
import { fixture, runCli } from "./run-cli.test-support.js";
import { verify } from "./verify.js";

const folder = temporaryFolder();
const kept = temporaryFolder();
const path = (name: string) => join(folder.path, name);
const OPTIONS = { chargePoints: true, split: "country", asOf: "2026-01-01", country: ["LT"] };

/** The second run of a source: it began with a state and wrote another in its place. */
beforeAll(async () => {
  const world = new OsmWorld();
  const options = {
    ...OPTIONS,
    state: path("state"),
    decisions: path("decisions"),
    profile: fixture("profiles/example.jsonc"),
  };
  writeFileSync(path("feed.json"), feedText(6));
  writeFileSync(path("decisions"), '{"proposal":"create/LT*ABC*6","decision":"reject"}\n');
  const first = await diffed([path("feed.json")], world.saveTo(path("osm.osm")), path("out"), options);
  world.upload(first.changes);
  writeFileSync(
    path("feed.json"),
    feedText(7, (id) => (id % 2 === 0 ? { evses: evses(id) } : {})),
  );
  await diffed([path("feed.json")], world.saveTo(path("osm.osm")), path("out"), options);
  cpSync(folder.path, kept.path, { recursive: true });
});
beforeEach(() => {
  folder.remove();
  cpSync(kept.path, folder.path, { recursive: true });
});
afterAll(() => {
  folder.remove();
  kept.remove();
});

const replay = () => verify(path("out"), { workers: 0, progress: "never" }, SILENT);

/** How `verify` ends that must find something; it never changes anything itself. */
async function found(): Promise<{ code: number; message: string }> {
  const before = bytesOf(folder.path);
  const ended = await refusal(replay());
  expect(bytesOf(folder.path)).toEqual(before);
  return ended;
}

describe("a folder that is as diff left it", () => {
  it("is fine, though the state has moved on", async () => {
    const before = bytesOf(folder.path);
    expect(await replay()).toBe(readdirSync(path("out")).length);
    expect(bytesOf(folder.path)).toEqual(before);
  });

  it("is fine without the state that came of it, on any number of threads", async () => {
    rmSync(path("state"));
    for (const workers of ["0", "2"]) {
      const { code, stderr } = await runCli(["verify", path("out"), "--workers", workers]);
      expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringMatching(/all \d+ files are what/) });
    }
  });

  it("is fine where it is moved to", async () => {
    const results = readdirSync(path("out"));
    mkdirSync(path("moved"));
    for (const file of results) copyFileSync(path(`out/${file}`), path(`moved/${file}`));
    expect(await verify(path("moved"), { workers: 0, progress: "never" }, SILENT)).toBe(results.length);
  });

  it("is fine after a first run, that had no state to begin with", async () => {
    await diffed([path("feed.json")], path("osm.osm"), path("first"), { state: path("new.state") });
    expect(await verify(path("first"), { workers: 0, progress: "never" }, SILENT)).toBeGreaterThan(5);
  });
});

describe("what is not as diff left it is named, and the exit code is 1", () => {
  it.each(["changes.osm", "changes-LT-1.osc", "changes.csv", "matches.csv", "proposals.ndjson", "report.md"])(
    "an edited %s",
    async (file) => {
      appendFileSync(path(`out/${file}`), " ");
      const { code, message } = await found();
      expect({ code, message }).toEqual({
        code: 1,
        message: `${path("out")} is not what the same run writes:\n  ${file}: edited since it was written`,
      });
    },
  );

  it("every file, where several are", async () => {
    rmSync(path("out/changes.osc"));
    appendFileSync(path("out/changes.csv"), "x\r\n");
    const { stderr, code } = await runCli(["verify", path("out")]);
    expect(code).toBe(1);
    expect(stderr).toContain("changes.osc: missing");
    expect(stderr).toContain("changes.csv: edited since it was written");
  });

  it("a report with other numbers", async () => {
    const report = readFileSync(path("out/report.json"), "utf8");
    writeFileSync(path("out/report.json"), report.replace(/"create": \d+/, '"create": 99'));
    const { code, message } = await found();
    expect({ code, message }).toEqual({ code: 1, message: expect.stringContaining("report.json: differs") });
  });
});

describe("what the run was made from has to be there, else the exit code is 3", () => {
  it.each(["feed.json", "osm.osm", "decisions"])("a changed %s is named", async (file) => {
    appendFileSync(path(file), "\n");
    const { code, message } = await found();
    expect({ code, message }).toEqual({ code: 3, message: expect.stringContaining(path(file)) });
    expect(message).toContain("not what");
  });

  it.each(["feed.json", "osm.osm", "decisions"])("a missing %s is named", async (file) => {
    rmSync(path(file));
    const { code, message } = await found();
    expect({ code, message }).toEqual({ code: 3, message: expect.stringContaining(path(file)) });
  });

  it("the state that it began with", async () => {
    rmSync(path("out/state-before.ndjson.gz"));
    const { code, message } = await found();
    expect({ code, message }).toEqual({
      code: 3,
      message: expect.stringContaining("the state it started from"),
    });
  });
});

it("an edited state that it began with is named", async () => {
  const file = path("out/state-before.ndjson.gz");
  const text = gunzipSync(readFileSync(file)).toString();
  writeFileSync(file, gzipSync(text.replace('"capacity":"1"', '"capacity":"8"')));
  const { code, message } = await found();
  expect({ code, message }).toEqual({
    code: 1,
    message: expect.stringContaining("state-before.ndjson.gz: edited"),
  });
});

it("a damaged state that it began with is named", async () => {
  writeFileSync(path("out/state-before.ndjson.gz"), gzipSync("{}"));
  const { code, message } = await found();
  expect({ code, message }).toEqual({
    code: 3,
    message: expect.stringContaining("state-before.ndjson.gz, line 1"),
  });
});

describe("what is no diff that can be replayed ends with 2", () => {
  it.each([
    ["a folder that is not there", "none", /report\.json: there is none/],
    ["a folder without a report", ".", /report\.json: there is none/],
  ])("%s", async (_, name, words) => {
    const ended = await refusal(verify(path(name), { workers: 0, progress: "never" }, SILENT));
    expect(ended).toEqual({ code: 2, message: expect.stringMatching(words) });
  });

  it("a report of something else", async () => {
    writeFileSync(path("out/report.json"), '{"report":1}');
    expect(await found()).toEqual({
      code: 2,
      message: expect.stringContaining("is not the report of ocpi2osm diff"),
    });
  });

  it("a feed that came from stdin", async () => {
    const args = ["diff", "-", "--osm", path("osm.osm"), "-o", path("piped")];
    expect(await runCli(args, { stdin: readFileSync(path("feed.json")) })).toMatchObject({ code: 0 });
    const ended = await refusal(verify(path("piped"), { workers: 0, progress: "never" }, SILENT));
    expect(ended).toEqual({ code: 2, message: expect.stringContaining("stdin, which cannot be read again") });
  });
});
