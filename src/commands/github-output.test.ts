/** What `inspect` and `explain` print in a step of GitHub Actions, where the runner looks for commands in it. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { commandsIn } from "../runs/github-commands.test-support.js";
import { jsonLines, locationJson, runCli } from "./run-cli.test-support.js";

const EVIL = "::error::a\n::stop-commands::b ##[error]c";
const folder = mkdtempSync(join(tmpdir(), "ocpi2osm-github-output-"));
afterAll(() => rmSync(folder, { recursive: true }));
/** What a feed says may begin a line: of what it calls itself, its stations and its keys. */
const feed = join(folder, "feed.json");
const location = locationJson("L1", {
  name: EVIL,
  operator: { name: EVIL },
  related_locations: EVIL,
  [EVIL]: EVIL,
});
writeFileSync(feed, `{"status_message":${JSON.stringify(EVIL)},"data":[${location}]}`);

const ACTIONS = { GITHUB_ACTIONS: "true" };
const COMMANDS: ReadonlyArray<readonly [string, ...string[]]> = [
  ["inspect", feed],
  ["inspect", feed, "--markdown"],
  ["explain", feed, "--id", "L1"],
];

describe.each(COMMANDS)("%s %s %s", (...args) => {
  test("tells what the feed says, and the runner finds no command in it", async () => {
    const { code, stdout } = await runCli(args, { env: ACTIONS });
    expect(code).toBe(0);
    expect(stdout.toString()).toContain("stop-commands");
    expect(commandsIn(stdout.toString())).toEqual([]);
  });
});

test("JSON is data: it is the same in a job as anywhere else", async () => {
  for (const args of [
    ["inspect", feed, "--json"],
    ["explain", feed, "--id", "L1", "--json"],
    ["convert", feed],
  ]) {
    const [here, there] = await Promise.all([runCli(args), runCli(args, { env: ACTIONS })]);
    expect(there.stdout.equals(here.stdout)).toBe(true);
  }
  const { stdout } = await runCli(["explain", feed, "--id", "L1", "--json"], { env: ACTIONS });
  expect(jsonLines(stdout)).toMatchObject([{ name: expect.stringContaining("::error::a") }]);
});
