/** `diff` that is stopped, killed, or runs out of disk: folder and state are as the run before left them. */
import { execFileSync } from "node:child_process";
import {
  closeSync,
  mkdirSync,
  openSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { temporaryFolder } from "../runs/compiled.test-support.js";
import { bytesOf, diffed, feedText } from "./diff.test-support.js";
import { OsmWorld } from "./osm-world.test-support.js";
import { type Ended, runCli, until } from "./run-cli.test-support.js";

let folder: ReturnType<typeof temporaryFolder>;
const path = (name: string) => join(folder.path, name);

/** An earlier run has left its results and its state; the feed has changed since. */
beforeEach(async () => {
  folder = temporaryFolder();
  writeFileSync(path("feed.json"), feedText(5));
  const osm = new OsmWorld().saveTo(path("osm.osm"));
  await diffed([path("feed.json")], osm, path("out"), { state: path("state") });
  writeFileSync(path("feed.json"), feedText(50));
  mkdirSync(path("tmp"));
});
afterEach(() => folder.remove());

/** `diff` with everything it can write. */
const publishing = (osm = path("osm.osm"), state = path("state"), out = path("out")) => {
  const args = ["diff", path("feed.json"), "--osm", osm, "-o", out, "--state", state];
  return [...args, "--rejects", path("rejects.ndjson")];
};
const temporaries = (name = "out") => readdirSync(path(name)).filter((file) => file.endsWith(".tmp"));

/** A pipe that is held open and that nobody reads. */
function pipe(name: string): { file: string; close(): void } {
  const file = path(name);
  execFileSync("mkfifo", [file]);
  const held = openSync(file, "r+");
  return { file, close: () => closeSync(held) };
}

describe.each(["0", "2"])("stopped while it reads OSM (%s threads)", (workers) => {
  /** Signals the run as soon as it waits for more of an extract that does not end. */
  function stopped(signal: NodeJS.Signals): Promise<Ended> {
    const spooling = () =>
      readdirSync(path("tmp")).some((name) => readdirSync(join(path("tmp"), name)).length > 0);
    return runCli([...publishing("-"), "--workers", workers], {
      stdin: '<osm version="0.6">\n',
      unending: true,
      env: { TMPDIR: path("tmp") },
      started: (child) =>
        void until(() => temporaries().length > 0 && spooling()).then(() => child.kill(signal)),
    });
  }

  it.each([
    ["SIGINT", 130, "interrupted"],
    ["SIGTERM", 143, "stopped"],
  ] as const)("by %s it cleans up and ends with %i", async (signal, code, word) => {
    const before = bytesOf(path("out"), path("state"));
    const ended = await stopped(signal);
    expect(ended.code).toBe(code);
    expect(ended.stderr).toContain(`${word}: unfinished output removed, previous output unchanged`);
    expect(bytesOf(path("out"), path("state"))).toEqual(before);
    expect(readdirSync(path("tmp"))).toEqual([]);
    expect(readdirSync(folder.path)).not.toContain("rejects.ndjson");
  });
});

describe("a feed that becomes another one while it is compared", () => {
  it.each<[string, () => void]>([
    ["written anew", () => writeFileSync(path("feed.json"), feedText(60))],
    ["replaced", () => renameSync(path("new.json"), path("feed.json"))],
    ["removed", () => rmSync(path("feed.json"))],
  ])("%s: nothing is written, as it would be of two", async (_, change) => {
    writeFileSync(path("new.json"), feedText(50));
    const before = bytesOf(path("out"), path("state"));
    const { code, stderr } = await runCli(publishing("-"), {
      stdin: '<osm version="0.6">\n',
      unending: true,
      env: { TMPDIR: path("tmp") },
      started: (child) =>
        void until(() => temporaries().length > 0).then(() => {
          change();
          child.stdin?.end("</osm>\n");
        }),
    });
    expect({ code, stderr }).toEqual({ code: 3, stderr: expect.stringMatching(/feed\.json: .*\n$/) });
    expect(bytesOf(path("out"), path("state"))).toEqual(before);
  });
});

describe("killed when all is written and nothing is published", () => {
  it("leaves the results as they were, and the next run tidies up", async () => {
    const before = bytesOf(path("out"), path("state"));
    // The report goes to a reader that does not read, and is too long to be kept in a pipe.
    const url = `https://example.org/${"x".repeat(200_000)}`;
    writeFileSync(
      path("p.json"),
      JSON.stringify({ name: "unnamed source", licence: { id: "CC0-1.0", url } }),
    );
    const report = pipe("report.pipe");
    const isWritten = () => {
      const last = temporaries().find((name) => name.startsWith(".report.json."));
      return last !== undefined && statSync(path(`out/${last}`)).size > url.length;
    };
    const args = [...publishing(), "--profile", path("p.json")];
    try {
      const { code } = await runCli([...args, "--report", report.file], {
        started: (child) => void until(isWritten).then(() => child.kill("SIGKILL")),
      });
      expect(code).toBeNull();
    } finally {
      report.close();
    }
    const after = bytesOf(path("out"), path("state"));
    expect(new Map([...after].filter(([name]) => !name.endsWith(".tmp")))).toEqual(before);
    expect(temporaries().length).toBeGreaterThan(5);
    expect(await runCli(args)).toMatchObject({ code: 0 });
    expect(temporaries()).toEqual([]);
    expect(readFileSync(path("state"), "utf8")).toContain('"key":"LT*ABC*50"');
  });
});

/** In CI nothing is skipped: where mounting is not allowed these tests fail there. */
const canMount =
  process.platform === "linux" && (process.getuid?.() === 0 || process.env["CI"] !== undefined);
describe.skipIf(!canMount)("a disk that is full (needs root, for a small one)", () => {
  const disk = (name = "") => join(path("disk"), name);
  beforeEach(() => {
    mkdirSync(disk());
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=640k", "tmpfs", disk()]);
  });
  afterEach(() => execFileSync("umount", [disk()]));

  it("for the results is told, and results and state are as they were", async () => {
    execFileSync("cp", ["-r", path("out"), disk("out")]);
    writeFileSync(path("feed.json"), feedText(60));
    const before = bytesOf(disk(), path("state"));
    const { code, stderr } = await runCli(publishing(undefined, undefined, disk("out")));
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: expect.stringMatching(/disk full while writing .*disk\/out/),
    });
    expect(bytesOf(disk(), path("state"))).toEqual(before);
  });

  it("for the state alone keeps the results back too", async () => {
    writeFileSync(disk("state"), readFileSync(path("state")));
    writeFileSync(disk("ballast"), Buffer.alloc(632 * 1024));
    const before = bytesOf(disk(), path("out"));
    const { code, stderr } = await runCli(publishing(undefined, disk("state")));
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: expect.stringMatching(/disk full while writing .*state/),
    });
    expect(bytesOf(disk(), path("out"))).toEqual(before);
    expect(readdirSync(folder.path)).not.toContain("rejects.ndjson");
  });
});
