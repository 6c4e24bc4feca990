import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { itWith } from "../../src/runs/tools.test-support.js";
import {
  RECIPES,
  type Ran,
  binFolder,
  demoConfig,
  publishedFiles,
  recipe,
  runBare,
  scratchFolder,
} from "./recipe.js";

/** As cron reads a line: `NAME=value`, or five fields and a command. */
const CRON_LINE = /^(?:(?<name>[A-Z_]+)=(?<value>.*)|(?<time>(?:\S+ +){4}\S+) +(?<command>.+))$/;

const lines = recipe("crontab")
  .split("\n")
  .filter((line) => line !== "" && !line.startsWith("#"))
  .map((line) => CRON_LINE.exec(line)?.groups ?? {});
const jobs = lines.filter(({ command }) => command !== undefined);
const variables = Object.fromEntries(
  lines.flatMap(({ name, value = "" }) => (name === undefined ? [] : [[name, value]])),
);

test("the crontab runs one line, which cron passes on as it stands", () => {
  expect(jobs.map(({ time }) => time)).toEqual(["15 4 * * *"]);
  // cron makes line breaks of %, and leaves out a last line that has no end.
  expect(jobs[0]?.["command"]).not.toContain("%");
  expect(recipe("crontab").endsWith("\n")).toBe(true);
});

itWith("crontab", "cron takes the crontab", () => {
  const { status, stderr } = spawnSync("crontab", ["-n", join(RECIPES, "crontab")], { encoding: "utf8" });
  expect(status, stderr).toBe(0);
});

/** The line as cron runs it: with /bin/sh, in the home folder, with hardly any environment. */
function asCron(folder: string, config: string): Ran {
  const bin = binFolder(folder);
  const env = {
    HOME: folder,
    LOGNAME: "ocpi2osm",
    SHELL: "/bin/sh",
    ...variables,
    PATH: (variables["PATH"] ?? "").replace("/usr/local/bin", bin),
  };
  const command = (jobs[0]?.["command"] ?? "").replace("/etc/ocpi2osm/nightly.jsonc", config);
  return runBare(folder, env, "/bin/sh", "-c", command);
}

test("what cron runs publishes, and prints nothing for cron to mail", () => {
  const folder = scratchFolder();
  const { status, stdout, stderr } = asCron(folder, demoConfig(folder, "etc/nightly.jsonc"));
  expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: "", stderr: "" });
  expect(publishedFiles(folder)).toContain("review.html");
});

test("where a feed is not there it prints the reason, which cron mails", () => {
  const folder = scratchFolder();
  const config = demoConfig(folder, "etc/nightly.jsonc");
  writeFileSync(config, readFileSync(config, "utf8").replace("demo.json", "gone.json"));
  const { status, stderr } = asCron(folder, config);
  expect(status).not.toBe(0);
  expect(stderr).toContain("gone.json");
});
