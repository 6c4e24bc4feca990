import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeEach, describe, expect, test } from "vitest";
import { temporaryFolder } from "../runs/compiled.test-support.js";
import { fixture, generateFeed, runCli, until } from "./run-cli.test-support.js";

let folder: ReturnType<typeof temporaryFolder>;
const path = (name: string) => join(folder.path, name);
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

const OUTPUTS = ["out.osm", "report.json", "rejects.ndjson"];
const demo = fixture("demo.json");

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

describe.each(["0", "2"])("a run stopped in the middle (%s workers)", (workers) => {
  const feed = join(temporary(), "feed.ndjson");
  const temporaries = () => readdirSync(folder.path).filter((name) => name.endsWith(".tmp"));
  const isWriting = () =>
    temporaries().some((name) => name.startsWith(".out.osm") && statSync(path(name)).size > 100_000);
  const stopped = (signal: NodeJS.Signals) =>
    runCli([...publishing("-"), "--workers", workers], {
      stdin: readFileSync(feed),
      unending: true,
      started: (child) => void until(isWriting).then(() => child.kill(signal)),
    });

  test.each([
    ["SIGINT", 130, "interrupted"],
    ["SIGTERM", 143, "stopped"],
  ] as const)("by %s cleans up and ends with %i", async (signal, code, word) => {
    const ended = await stopped(signal);
    expect(ended.code).toBe(code);
    expect(ended.stderr).toContain(`${word}: unfinished output removed, previous output unchanged`);
    expectUntouched();
  });

  test("by kill -9 leaves nothing under the final names, and the next run tidies up", async () => {
    expect((await stopped("SIGKILL")).code).toBeNull();
    for (const name of OUTPUTS) expect(readFileSync(path(name), "utf8")).toBe(`before ${name}`);
    expect(temporaries().length).toBeGreaterThan(0);
    expect(await runCli(publishing(demo))).toMatchObject({ code: 0 });
    expect(readdirSync(folder.path).toSorted()).toEqual(OUTPUTS.toSorted());
  });

  test("does not take the temporary file of a run that goes on", async () => {
    const ended = stopped("SIGTERM");
    await until(() => temporaries().length > 0);
    const [, another] = [temporaries(), await runCli(["convert", demo, "-o", path("out.osm")])];
    expect(another.code).toBe(0);
    expect((await ended).code).toBe(143);
    expect(readFileSync(path("out.osm"), "utf8")).toContain("</osm>");
  });
});

/** In CI nothing is skipped: where mounting is not allowed these tests fail there. */
const canMount =
  process.platform === "linux" && (process.getuid?.() === 0 || process.env["CI"] !== undefined);
describe.skipIf(!canMount)("a disk that is full (needs root, for a small one)", () => {
  const disk = () => path("disk");
  beforeEach(() => {
    mkdirSync(disk());
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=256k", "tmpfs", disk()]);
  });
  afterEach(() => execFileSync("umount", [disk()]));

  test.each(["0", "2"])("is told, and nothing is left half written (%s workers)", async (workers) => {
    const output = join(disk(), "out.osm");
    writeFileSync(output, "before");
    generateFeed(path("feed.json"), 1500);
    const args = [
      "convert",
      path("feed.json"),
      "-o",
      output,
      "--report",
      path("report.json"),
      "--workers",
      workers,
    ];
    const { code, stderr } = await runCli(args);
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /error: disk full while writing .*out\.osm \(\d+ bytes written\); the previous file is unchanged/,
    );
    expect(readdirSync(disk())).toEqual(["out.osm"]);
    expect(readFileSync(output, "utf8")).toBe("before");
    expect(existsSync(path("report.json"))).toBe(false);
  });

  test("for the report alone keeps the output back too", async () => {
    writeFileSync(join(disk(), "ballast"), Buffer.alloc(255 * 1024));
    writeFileSync(path("out.osm"), "before");
    const positions = fixture("ocpi/positions.json");
    const args = ["convert", positions, "-o", path("out.osm"), "--report", join(disk(), "report.json")];
    const { code, stderr } = await runCli(args);
    expect({ code, stderr }).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/disk full while writing .*report\.json/),
    });
    expect(readFileSync(path("out.osm"), "utf8")).toBe("before");
    expect(readdirSync(disk())).toEqual(["ballast"]);
  });
});

/** A folder for the whole file, with a feed that is longer than what is converted at once. */
function temporary(): string {
  const shared = temporaryFolder();
  generateFeed(join(shared.path, "feed.ndjson"), 1500, "ndjson");
  afterAll(() => shared.remove());
  return shared.path;
}
