/** A run that is stopped, killed at any step, started twice, out of disk, or under a clock that jumps. */
import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  readdirSync,
  watch,
  writeFileSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { setTimeout as later } from "node:timers/promises";
import { gunzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { itWith } from "../runs/tools.test-support.js";
import { CLI, until } from "./run-cli.test-support.js";
import { Night, source, treeOf } from "./run.test-support.js";

/** A night is several processes, and other tests run beside it. */
vi.setConfig({ testTimeout: 120_000 });

let night: Night;

beforeEach(() => {
  night = new Night();
  night.feed("alpha", 4);
});
afterEach(() => night.remove());

/** An extract that does not come to its end: the comparison waits for it. */
function endlessExtract(): { close(): void } {
  execFileSync("mkfifo", [night.path("pipe.osm")]);
  const held = openSync(night.path("pipe.osm"), "r+");
  writeSync(held, '<osm version="0.6">');
  const writing = setInterval(() => writeSync(held, " "), 20);
  return {
    close() {
      clearInterval(writing);
      closeSync(held);
    },
  };
}

const endless = (others: Readonly<Record<string, unknown>> = {}) =>
  source("endless", { feed: { files: ["alpha.json"] }, osm: "pipe.osm", ...others });

/** Processes that a process has started. */
function childrenOf(pid: number | undefined): number[] {
  try {
    return execFileSync("pgrep", ["-P", `${pid}`])
      .toString()
      .trim()
      .split("\n")
      .map(Number);
  } catch {
    return [];
  }
}

/** Whether a process is at work. */
function isAtWork(pid: number): boolean {
  return existsSync(`/proc/${pid}/stat`) && !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
}

const isComparing = () => {
  const folder = night.out("endless");
  const [unpublished] = existsSync(folder)
    ? readdirSync(folder).filter((name) => name.endsWith(".unpublished"))
    : [];
  return unpublished !== undefined && readdirSync(join(folder, unpublished)).length > 0;
};

describe("two runs at once", () => {
  it("the second ends with 5 at once, and says who holds the lock", async () => {
    const extract = endlessExtract();
    night.config([endless()]);
    let first: ChildProcess | undefined;
    const ended = night.run([], { started: (child) => (first = child) });
    await until(isComparing);
    // But what the first one is at work on, and its lock, which shows so.
    const visible = () => [...treeOf(night.out())].filter(([path]) => !path.includes("/."));
    const before = visible();
    const second = await night.run();
    expect(second).toMatchObject({ code: 5, stderr: expect.stringContaining(`process ${first?.pid} on `) });
    expect(visible()).toEqual(before);
    expect(readdirSync(night.out()).filter((name) => name.startsWith(".lock"))).toEqual([".lock.1"]);
    first?.kill("SIGTERM");
    await ended;
    extract.close();
  });
});

describe("a run that slept until another machine took its lock", () => {
  it("ends with 5, and touches nothing that is the other's by now", async () => {
    night.config([source("alpha")]);
    await night.run();
    const extract = endlessExtract();
    night.config([endless(), source("alpha")]);
    let run: ChildProcess | undefined;
    const ended = night.run([], { started: (child) => (run = child) });
    await until(isComparing);
    const theirs = ["endless/.2046-01-01T000000Z.unpublished", ".lock.3", "report.json"];
    for (const name of theirs) writeFileSync(night.out(name), "theirs");
    const history = readFileSync(night.out("history.ndjson"), "utf8");
    for (const pid of childrenOf(run?.pid)) process.kill(pid, "SIGKILL");
    expect(await ended).toMatchObject({
      code: 5,
      stderr: expect.stringMatching(/another run has taken the lock/),
    });
    for (const name of theirs) expect(readFileSync(night.out(name), "utf8")).toBe("theirs");
    expect(readFileSync(night.out("history.ndjson"), "utf8")).toBe(history);
    expect(night.published("alpha")).toHaveLength(1);
    extract.close();
  });
});

describe("a run that is stopped while it compares", () => {
  it.each([
    ["SIGTERM", 143],
    ["SIGINT", 130],
    ["SIGHUP", 129],
  ] as const)("by %s publishes no more, runs no hook, and ends with %i", async (signal, code) => {
    const extract = endlessExtract();
    const hooks = { success: ["touch", "success"], failure: ["touch", "failure"] };
    night.config([source("alpha"), endless({ hooks }), source("beta")], { hooks });
    let children: number[] = [];
    const { code: ended } = await night.run([], {
      started: (child) =>
        void until(isComparing).then(() => {
          children = childrenOf(child.pid);
          child.kill(signal);
        }),
    });
    expect(ended).toBe(code);
    expect(children).toHaveLength(1);
    expect(children.filter(isAtWork)).toEqual([]);
    expect(readdirSync(night.out("endless"))).toEqual(["feeds"]);
    expect(readdirSync(night.folder)).not.toContain("failure");
    expect(readdirSync(night.folder)).not.toContain("success");
    const { sources, exit_code } = night.report();
    expect(exit_code).toBe(code);
    expect(sources.map(({ name, outcome }) => `${name} ${outcome}`)).toEqual([
      "alpha published",
      "endless interrupted",
      "beta interrupted",
    ]);
    extract.close();
    // The lock is free again.
    night.config([source("alpha")]);
    expect((await night.run()).code).toBe(0);
  });
});

describe("a run that is stopped while a hook works", () => {
  it("tells that its source is published", async () => {
    night.config([
      source("alpha", { hooks: { success: ["sh", "-c", "kill -TERM $PPID; sleep 9"] } }),
      source("beta"),
    ]);
    expect((await night.run()).code).toBe(143);
    expect(night.report().sources).toMatchObject([
      { name: "alpha", outcome: "published", folder: night.out(`alpha/${night.latest("alpha")}`) },
      { name: "beta", outcome: "interrupted", exit_code: 143 },
    ]);
  });
});

describe("a run that is killed", () => {
  it("takes with it what it started, and the next one does all of it", async () => {
    const extract = endlessExtract();
    night.config([endless()]);
    let children: number[] = [];
    await night.run([], {
      started: (child) =>
        void until(isComparing).then(() => {
          children = childrenOf(child.pid);
          child.kill("SIGKILL");
        }),
    });
    extract.close();
    await until(() => !children.some(isAtWork));
    night.config([source("endless", { feed: { files: ["alpha.json"] } })]);
    const { code } = await night.run();
    expect(code).toBe(0);
    expect(readdirSync(night.out("endless")).filter((name) => name.startsWith("."))).toEqual([]);
  });

  it("by lack of memory in one source leaves the others to finish", async () => {
    const extract = endlessExtract();
    night.config([endless(), source("alpha")]);
    const { code } = await night.run([], {
      started: (child) =>
        void until(isComparing).then(() => {
          for (const pid of childrenOf(child.pid)) process.kill(pid, "SIGKILL");
        }),
    });
    extract.close();
    expect(code).toBe(1);
    expect(night.report().sources).toMatchObject([
      {
        outcome: "failed",
        exit_code: 1,
        message: expect.stringMatching(/ended by SIGKILL.*too little memory/),
      },
      { outcome: "published" },
    ]);
  });

  /** State and names of files after so many nights on which nothing was killed; Location 4 is missing since the second. */
  async function undisturbed(nights: number): Promise<string[]> {
    const reference = new Night();
    const states: string[] = [];
    try {
      reference.feed("alpha", 4);
      reference.config([source("alpha", { thresholds: { maxDisappear: 4, patience: 99 }, keep: 99 })]);
      for (let done = 0; done < nights; done += 1) {
        await reference.run();
        reference.feed("alpha", 4, [4]);
        states.push(gunzipSync(readFileSync(reference.out("alpha/state.ndjson.gz"))).toString());
      }
    } finally {
      reference.remove();
    }
    return states;
  }

  it("at any moment is made up for: nothing is lost, half published or counted twice", async () => {
    night.config([source("alpha", { thresholds: { maxDisappear: 4, patience: 99 }, keep: 99 })]);
    await night.run();
    night.feed("alpha", 4, [4]);
    const files = readdirSync(night.out("alpha/latest")).sort();
    const killedAt = ["unpublished", "report.json", "dated", "state", "latest", "history"];
    for (const step of [...killedAt, 300, 700, 1000, 1300]) {
      await night.run([], { started: (child) => killAt(child, step) });
      const tree = readdirSync(night.out("alpha"));
      expect(tree).toContain("latest");
      expect(readdirSync(night.out("alpha/latest")).sort()).toEqual(
        [...files, ...(files.includes(BEFORE) ? [] : latestHasBefore())].sort(),
      );
    }
    expect((await night.run()).code).toBe(0);
    const published = night.published("alpha");
    expect(night.latest("alpha")).toBe(published.at(-1));
    for (const stamp of published.slice(1))
      expect(readdirSync(night.out(`alpha/${stamp}`)).sort()).toEqual([...files, BEFORE].sort());
    const states = await undisturbed(published.length);
    expect(gunzipSync(readFileSync(night.out("alpha/state.ndjson.gz"))).toString()).toBe(states.at(-1));
    for (const [index, stamp] of published.entries())
      expect(gunzipSync(readFileSync(night.out(`alpha/${stamp}/state.ndjson.gz`))).toString()).toBe(
        states[index],
      );
    expect(readdirSync(night.out("alpha")).filter((name) => name.startsWith("."))).toEqual([]);
  }, 240_000);

  const BEFORE = "state-before.ndjson.gz";
  const latestHasBefore = () => (existsSync(night.out(`alpha/latest/${BEFORE}`)) ? [BEFORE] : []);

  /** Kills a run after so many milliseconds, or as soon as something of this name shows in the source's folder. */
  function killAt(child: ChildProcess, step: string | number): void {
    if (typeof step === "number") {
      void later(step).then(() => child.kill("SIGKILL"));
      return;
    }
    const signs: Readonly<Record<string, RegExp>> = {
      unpublished: /\.unpublished$/,
      "report.json": /report\.json/,
      dated: /^\d{4}-/,
      state: /state\.ndjson\.gz/,
      latest: /latest/,
      history: /history/,
    };
    const folder = step === "history" ? night.out() : night.out("alpha");
    const watching = watch(folder, (_, name) => {
      if (name !== null && signs[step]?.test(name)) child.kill("SIGKILL");
    });
    child.on("exit", () => watching.close());
  }
});

describe("a clock that jumps", () => {
  /** A run that believes it is this time. */
  function runAt(time: string): Promise<number | null> {
    const child = spawn("faketime", [time, process.execPath, CLI, "run", night.path("run.jsonc")], {
      stdio: "ignore",
    });
    return new Promise((done) => child.on("close", done));
  }

  itWith(
    "faketime",
    "back neither overwrites, nor publishes before the latest, nor removes the newest",
    async () => {
      night.config([source("alpha")], { keep: 2 });
      expect(await runAt("2026-11-21 02:00:00 UTC")).toBe(0);
      const first = night.published("alpha")[0] ?? "";
      expect(first).toMatch(/^2026-11-21T0200/);
      expect(await runAt("1999-01-01 00:00:00 UTC")).toBe(0);
      expect(night.published("alpha")).toEqual([first, `${first}.01`]);
      expect(night.latest("alpha")).toBe(`${first}.01`);
      expect(await runAt("2026-11-20 02:00:00 UTC")).toBe(0);
      expect(night.published("alpha")).toEqual([`${first}.01`, `${first}.02`]);
      expect(night.latest("alpha")).toBe(`${first}.02`);
      expect(night.report().seconds).toBeLessThan(600);
      expect(await runAt("2026-11-22 02:00:00 UTC")).toBe(0);
      expect(night.latest("alpha")).toMatch(/^2026-11-22/);
    },
  );

  itWith("faketime", "does not free a lock that is held", async () => {
    const extract = endlessExtract();
    night.config([endless()]);
    let first: ChildProcess | undefined;
    const ended = night.run([], { started: (child) => (first = child) });
    await until(isComparing);
    expect(await runAt("2046-01-01 00:00:00 UTC")).toBe(5);
    expect(await runAt("1999-01-01 00:00:00 UTC")).toBe(5);
    first?.kill("SIGTERM");
    await ended;
    extract.close();
  });
});

/** In CI nothing is skipped: where mounting is not allowed these tests fail there. */
const canMount =
  process.platform === "linux" && (process.getuid?.() === 0 || process.env["CI"] !== undefined);
describe.skipIf(!canMount)("a disk that is full (needs root, for a small one)", () => {
  const disk = (name = "") => join(night.out(), name);
  beforeEach(() => {
    mkdirSync(disk());
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=1500k", "tmpfs", disk()]);
  });
  afterEach(() => execFileSync("umount", [disk()]));
  const fill = (left: number) => {
    const free = Number(execFileSync("df", ["--output=avail", "-k", disk()]).toString().split("\n")[1]);
    writeFileSync(disk("ballast"), Buffer.alloc(Math.max(0, free - left) * 1024));
  };

  it.each([0, 8, 40, 200])(
    "with %i kB left is told in a sentence, and what was published is as it was",
    async (left) => {
      night.config([source("alpha")]);
      expect((await night.run()).code).toBe(0);
      const latest = night.latest("alpha");
      const before = treeOf(night.out("alpha"));
      fill(left);
      night.feed("alpha", 200);
      const { code, stderr } = await night.run();
      expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringMatching(/disk (?:is )?full/) });
      expect(night.latest("alpha")).toBe(latest);
      expect(treeOf(night.out("alpha"))).toEqual(before);
      execFileSync("rm", [disk("ballast")]);
    },
  );

  it("for the state alone publishes nothing", async () => {
    const state = disk("state.ndjson");
    night.config([source("alpha", { state })], { output: "elsewhere" });
    expect((await night.run()).code).toBe(0);
    const before = [treeOf(night.path("elsewhere/alpha")), readFileSync(state, "utf8")];
    fill(0);
    night.feed("alpha", 200);
    expect(await night.run()).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/disk full while writing .*state\.ndjson/),
    });
    expect([treeOf(night.path("elsewhere/alpha")), readFileSync(state, "utf8")]).toEqual(before);
  });
});
