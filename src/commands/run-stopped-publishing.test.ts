/** A run that is stopped at the very moment at which it publishes or reports. */
import { readFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Night, source, treeOf } from "./run.test-support.js";

/** A night is several processes, and other tests run beside it. */
vi.setConfig({ testTimeout: 120_000 });

let night: Night;

beforeEach(() => {
  night = new Night();
  night.feed("alpha", 4);
});
afterEach(() => night.remove());

/** Has the run get a signal just before a file or folder of this name takes it: `--import` for NODE_OPTIONS. */
function signalAtRename(signal: string, name: RegExp): Readonly<Record<string, string>> {
  const code = `
    import files from "node:fs/promises";
    import { syncBuiltinESMExports } from "node:module";
    import { setTimeout as later } from "node:timers/promises";
    const rename = files.rename;
    let isSent = false;
    files.rename = async (from, to) => {
      if (!isSent && process.argv[2] === "run" && ${name}.test(to)) {
        isSent = true;
        process.kill(process.pid, "${signal}");
        await later(20);
      }
      return rename(from, to);
    };
    syncBuiltinESMExports();`;
  return { NODE_OPTIONS: `--import "data:text/javascript,${encodeURIComponent(code)}"` };
}

describe("a run that is stopped", () => {
  const STEPS = [
    ["a folder takes its name", /alpha\/\d{4}-[^/]+$/],
    ["its state is written", /alpha\/state\.ndjson\.gz$/],
    ["latest is pointed to it", /alpha\/latest$/],
    ["the report is written", /published\/report\.json$/],
    ["the history is written", /history\.ndjson$/],
  ] as const;

  it.each(STEPS)("while %s tells truly whether it was published, once", async (_, name) => {
    night.config([source("alpha")]);
    await night.run();
    const before = night.latest("alpha");
    const { code, stderr } = await night.run([], { env: signalAtRename("SIGTERM", name) });
    expect(code).toBe(143);
    expect(stderr).not.toMatch(/could not be written/);
    const { run, exit_code, sources } = night.report();
    const isPublished = night.latest("alpha") !== before;
    expect(exit_code).toBe(143);
    expect(night.latest("alpha")).toBe(isPublished ? run : before);
    expect(sources.map(({ outcome }) => outcome)).toEqual([isPublished ? "published" : "interrupted"]);
    const history = readFileSync(night.out("history.ndjson"), "utf8").trim().split("\n");
    expect(history.map((line) => JSON.parse(line))).toMatchObject([
      { exit_code: 0 },
      { run, exit_code: 143 },
    ]);
    const hidden = [...treeOf(night.out()).keys()].filter((path) => /\/\.(?!lock\.\d+$)/.test(path));
    expect(hidden).toEqual([]);
    expect((await night.run()).code).toBe(0);
    expect(night.published("alpha")).toHaveLength(isPublished ? 3 : 2);
  });
});
