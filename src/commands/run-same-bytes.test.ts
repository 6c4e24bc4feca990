/** What `run` publishes is what `diff` writes for the same feed, extract and profile. */
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { comparable } from "./diff.test-support.js";
import { fixture, runCli } from "./run-cli.test-support.js";
import { Night, source } from "./run.test-support.js";

const lakd = (date: string) =>
  fileURLToPath(new URL(`../../../shared/feeds/ocpi_2_2_locations-lakd.lt.${date}.json`, import.meta.url));

/** A night is several processes, and other tests run beside it. */
vi.setConfig({ testTimeout: 120_000 });

let night: Night;

beforeEach(() => {
  night = new Night();
});
afterEach(() => night.remove());

/** All files but those that name places of this machine. */
function results(folder: string): Readonly<Record<string, string>> {
  const {
    "report.json": _json,
    "report.md": _page,
    "state.ndjson.gz": _state,
    ...files
  } = comparable(folder);
  return files;
}

it.for<readonly [string, readonly string[]]>([
  ["of the demonstration", [fixture("demo.json"), fixture("demo.json")]],
  ["of Lithuania's roads, a week later", [lakd("2024-05-30"), lakd("2024-06-06")]],
])("for the feed %s", async ([, feeds], context) => {
  const absent = feeds.find((feed) => !existsSync(feed));
  if (absent !== undefined) return context.skip(`${absent} is not here`);
  const profile = fixture("profiles/example.jsonc");
  const osm = fixture("osm/demo.osm");
  for (const [index, feed] of feeds.entries()) {
    night.config([source("alpha", { feed: { files: [feed] }, profile, osm, split: 20 })]);
    const state = index === 0 ? [] : ["--state", night.out("alpha/state.ndjson.gz")];
    const args = [
      "diff",
      feed,
      "--osm",
      osm,
      "--profile",
      profile,
      "--split",
      "20",
      "--workers",
      "0",
      ...state,
    ];
    const next = index === 0 ? [] : ["--state-to", night.path("next.ndjson.gz")];
    expect(await runCli([...args, ...next, "-o", night.path("alone")])).toMatchObject({ code: 0 });
    expect(await night.run()).toMatchObject({ code: 0 });
    expect(results(night.out("alpha/latest"))).toEqual(results(night.path("alone")));
  }
});
