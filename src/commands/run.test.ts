/** What the person who owns the nightly job may rely on. */
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { gunzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { feedText } from "./diff.test-support.js";
import { jsonLines, readJson, runCli } from "./run-cli.test-support.js";
import { Night, source, treeOf } from "./run.test-support.js";

/** A night is several processes, and other tests run beside it. */
vi.setConfig({ testTimeout: 120_000 });

let night: Night;

beforeEach(() => {
  night = new Night();
  night.feed("alpha", 4);
  night.feed("beta", 3);
});
afterEach(() => night.remove());

/** A hook that writes what it gets beside the config. */
const noting = (name: string, then = "") => ["sh", "-c", `cat > ${name}.json; env > ${name}.env; ${then}`];

describe("a run", () => {
  it("publishes each source as a dated folder that latest points to, and keeps its state", async () => {
    night.config([source("alpha"), source("beta", { state: "beta.ndjson" })]);
    const { code, stdout, stderr } = await night.run();
    expect({ code, stdout: stdout.toString() }).toEqual({ code: 0, stdout: "" });
    const { run, sources, exit_code } = night.report();
    expect(exit_code).toBe(0);
    for (const name of ["alpha", "beta"]) {
      expect(night.published(name)).toEqual([run]);
      expect(night.latest(name)).toBe(run);
      expect(stderr).toContain(`${name}: published ${night.out(`${name}/${run}`)}`);
    }
    expect(sources).toMatchObject([
      {
        name: "alpha",
        outcome: "published",
        folder: night.out(`alpha/${run}`),
        counts: { proposals: { create: 4 } },
      },
      { name: "beta", outcome: "published", counts: { proposals: { create: 3 } } },
    ]);
    expect(gunzipSync(readFileSync(night.out("alpha/state.ndjson.gz"))).toString()).toContain(
      '"key":"LT*ABC*4"',
    );
    expect(readFileSync(night.path("beta.ndjson"), "utf8")).toContain('"key":"LT*ABC*3"');
    expect(existsSync(night.out("beta/state.ndjson.gz"))).toBe(false);
    expect(readdirSync(night.out("alpha")).filter((name) => name.startsWith("."))).toEqual([]);
  });

  it("remembers the night before, and what it published can be replayed", async () => {
    night.config([source("alpha", { thresholds: { patience: 9, maxDisappear: 2 } })]);
    await night.run();
    night.feed("alpha", 4, [4]);
    for (const missing of [1, 2]) {
      expect((await night.run()).code).toBe(0);
      const state = gunzipSync(readFileSync(night.out("alpha/state.ndjson.gz"))).toString();
      expect(state).toMatch(new RegExp(`"key":"LT\\*ABC\\*4".*"absent":${missing}`));
    }
    expect(night.published("alpha")).toHaveLength(3);
    expect(await runCli(["verify", night.out("alpha/latest")])).toMatchObject({ code: 0 });
  });

  it("reads several feeds of a source as one, and files by patterns", async () => {
    mkdirSync(night.path("feeds"));
    writeFileSync(night.path("feeds/one.json"), feedText(2));
    writeFileSync(
      night.path("more.json"),
      feedText(5, (id) => (id > 2 ? {} : undefined)),
    );
    const decided = { decisions: ["decided/*.ndjson"] };
    night.config([
      source("alpha", { feed: [{ files: ["feeds/*.json"] }, { files: ["more.json"] }], ...decided }),
    ]);
    expect((await night.run()).code).toBe(0);
    expect(night.report().sources[0]?.counts?.records.read).toBe(5);
  });

  it("takes what reviewers decided", async () => {
    night.config([source("alpha", { decisions: "decided/*.ndjson" })]);
    await night.run();
    mkdirSync(night.path("decided"));
    writeFileSync(night.path("decided/one.ndjson"), '{"proposal":"create/LT*ABC*1","decision":"reject"}\n');
    await night.run();
    expect(night.report().sources[0]?.counts?.proposals.create).toBe(3);
  });

  it("has settings of a source go through to the comparison", async () => {
    const profile = { name: "alpha", thresholds: { maxRejects: "1%" } };
    const thresholds = { maxRejects: 7, maxDisappear: "9%", patience: 5 };
    const others = {
      country: ["LT"],
      tags: "extended",
      chargePoints: true,
      split: "country",
      prefilter: "never",
    };
    night.config([source("alpha", { profile, thresholds, source: "ocpi", ...others })]);
    expect(await night.run()).toMatchObject({ code: 0 });
    expect(readJson(night.out("alpha/latest/report.json"))).toMatchObject({
      settings: {
        read: { source: "ocpi" },
        tagging: { extended: true, chargePoints: true, countries: ["LT"] },
        maxRejects: "7",
        maxDisappear: "9%",
        patience: 5,
        split: "country",
      },
    });
  });

  it("logs JSON lines that say which source they are about", async () => {
    night.config([source("alpha"), source("beta", { feed: { files: ["none.json"] } })]);
    const { stderr } = await night.run(["--log-format", "json"]);
    const lines = jsonLines(stderr);
    expect(lines).toContainEqual(expect.objectContaining({ level: "info", source: "alpha" }));
    expect(lines).toContainEqual(
      expect.objectContaining({
        level: "error",
        source: "beta",
        message: expect.stringContaining("none.json"),
      }),
    );
  });

  it("does only the sources named, also those switched off", async () => {
    night.config([source("alpha"), source("beta", { enabled: false })]);
    await night.run();
    expect(night.report().sources.map(({ name }) => name)).toEqual(["alpha"]);
    await night.run(["--source", "beta"]);
    expect(night.report().sources.map(({ name }) => name)).toEqual(["beta"]);
    expect(await night.run(["--source", "gamma"])).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/no such source; it has alpha, beta/),
    });
  });

  it("keeps as many folders as the config says", async () => {
    night.config([source("alpha", { keep: 1 }), source("beta")], { keep: 2 });
    for (let time = 0; time < 3; time += 1) await night.run();
    expect(night.published("alpha")).toEqual([night.report().run]);
    expect(night.published("beta")).toHaveLength(2);
    expect(night.latest("beta")).toBe(night.report().run);
  });

  it("says when a state that was there is gone", async () => {
    night.config([source("alpha")]);
    await night.run();
    rmSync(night.out("alpha/state.ndjson.gz"));
    const { code, stderr } = await night.run();
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: expect.stringMatching(/warning: alpha: there is no state/),
    });
  });
});

describe("a source that fails", () => {
  const threshold = { maxDisappear: 0 };

  it("leaves the others to finish, and what it published before", async () => {
    night.config([
      source("gone", { feed: { files: ["alpha.json"] } }),
      source("alpha", { thresholds: threshold }),
      source("beta"),
    ]);
    await night.run();
    const first = night.report().run;
    const before = treeOf(night.out("alpha"));
    const config = [
      source("gone", { feed: { files: ["none.json"] } }),
      source("alpha", { thresholds: threshold }),
      source("beta"),
    ];
    night.config(config);
    night.feed("alpha", 4, [1, 2]);
    const { code, stderr } = await night.run();
    expect(code).toBe(3);
    expect(stderr).toMatch(
      /error: 2 of 3 sources not published: gone \(failed, exit code 3\), alpha \(refused, exit code 4\)/,
    );
    const { run, sources, exit_code } = night.report();
    expect(exit_code).toBe(3);
    expect(sources).toMatchObject([
      {
        name: "gone",
        outcome: "failed",
        exit_code: 3,
        message: expect.stringMatching(/none\.json: no such file/),
      },
      {
        name: "alpha",
        outcome: "refused",
        exit_code: 4,
        message: expect.stringMatching(/2 of 4 known Locations vanished/),
        thresholds: [{ name: "disappearance", limit: "0", measured: 2, of: 4, crossed: true }],
      },
      { name: "beta", outcome: "published" },
    ]);
    expect(night.latest("gone")).toBe(first);
    expect(night.latest("beta")).toBe(run);
    const after = treeOf(night.out("alpha"));
    for (const [path, bytes] of before) expect(after.get(path)).toBe(bytes);
    expect([...after.keys()].filter((path) => !before.has(path))).toEqual([
      night.out("alpha/refused-rejects.ndjson"),
      night.out("alpha/refused-report.json"),
    ]);
  });

  it("alone decides the exit code", async () => {
    night.config([source("alpha", { thresholds: threshold }), source("beta")]);
    await night.run();
    night.feed("alpha", 4, [1, 2]);
    expect((await night.run()).code).toBe(4);
    night.feed("alpha", 4);
    expect((await night.run()).code).toBe(0);
    expect(readdirSync(night.out("alpha"))).not.toContain("refused-report.json");
  });

  it.each([
    ["by a profile that is not there", { profile: "none.jsonc" }, 2, /none\.jsonc: no such file/],
    ["by an extract that is not there", { osm: "none.osm" }, 3, /none\.osm: no such file/],
    ["by a damaged state", { state: "damaged" }, 3, /damaged/],
    [
      "by a secret that is not there",
      { feed: { ocpi: { url: "http://127.0.0.1:9/", token: { env: "NONE_SUCH" } } } },
      2,
      /NONE_SUCH/,
    ],
  ])(
    "%s tells why",
    async (_, others, code, message) => {
      writeFileSync(night.path("damaged"), "<osm/>");
      night.config([source("alpha", others), source("beta")]);
      const ended = await night.run();
      expect(ended).toMatchObject({ code });
      expect(night.report().sources).toMatchObject([
        { outcome: "failed", exit_code: code, message: expect.stringMatching(message) },
        { outcome: "published" },
      ]);
    },
    90_000,
  );
});

describe("hooks", () => {
  it("of success get the report, and know where the results are", async () => {
    night.config([source("alpha", { hooks: { success: noting("one"), failure: noting("none") } })], {
      hooks: { success: noting("all", "ls published/report.md"), failure: noting("none") },
    });
    const { code, stderr } = await night.run();
    expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringContaining("sh: published/report.md") });
    const { run } = night.report();
    expect(readJson(night.path("one.json"))).toMatchObject({ name: "alpha", outcome: "published" });
    expect(readJson(night.path("all.json"))).toMatchObject({ run_report: 1, run, exit_code: 0 });
    const env = readFileSync(night.path("one.env"), "utf8");
    for (const line of [
      `OCPI2OSM_RUN=${run}`,
      "OCPI2OSM_SOURCE=alpha",
      `OCPI2OSM_FOLDER=${night.out(`alpha/${run}`)}`,
      "OCPI2OSM_EXIT_CODE=0",
    ])
      expect(env.split("\n")).toContain(line);
    expect(existsSync(night.path("none.json"))).toBe(false);
    expect(night.report()).toMatchObject({
      hooks: [{ exit_code: 0 }],
      sources: [{ hooks: [{ exit_code: 0 }] }],
    });
  });

  it("of failure are run when a source was not published, and its exit code stays", async () => {
    night.config(
      [source("alpha", { feed: { files: ["none.json"] }, hooks: { failure: noting("one", "exit 9") } })],
      {
        hooks: { success: noting("none"), failure: noting("all") },
      },
    );
    expect((await night.run()).code).toBe(3);
    expect(readJson(night.path("one.json"))).toMatchObject({ outcome: "failed", exit_code: 3 });
    expect(readJson(night.path("all.json"))).toMatchObject({ exit_code: 3 });
    expect(readFileSync(night.path("all.env"), "utf8")).toContain("OCPI2OSM_EXIT_CODE=3");
    expect(existsSync(night.path("none.json"))).toBe(false);
  });

  it("of success that fail make it 1; what is published stays", async () => {
    night.config([source("alpha", { hooks: { success: ["sh", "-c", "exit 4"] } })]);
    const { code, stderr } = await night.run();
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: expect.stringMatching(/hook on success: sh ended with exit code 4/),
    });
    expect(night.latest("alpha")).toBe(night.report().run);
    expect(night.report().exit_code).toBe(1);
  });
});

describe("reports", () => {
  it("are where the config says, and not where it says none", async () => {
    mkdirSync(night.path("textfile"));
    night.config([source("alpha")], {
      reports: { metrics: "textfile/night.prom", junit: false, markdown: "night.md" },
    });
    await night.run();
    expect(readFileSync(night.path("textfile/night.prom"), "utf8")).toMatch(
      /^ocpi2osm_run_success\{config=".*run\.jsonc"\} 1$/m,
    );
    expect(readFileSync(night.path("night.md"), "utf8")).toContain("alpha");
    expect(readdirSync(night.out()).sort()).toEqual([".lock.1", "alpha", "history.ndjson", "report.json"]);
  });

  it("that cannot be written are told; the run is done, and ends with 1", async () => {
    writeFileSync(night.path("file"), "");
    night.config([source("alpha")], { reports: { metrics: "file/night.prom" } });
    const { code, stderr } = await night.run();
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: expect.stringMatching(/night\.prom: this report could not be written/),
    });
    expect(night.published("alpha")).toHaveLength(1);
    expect(readdirSync(night.out())).toContain("junit.xml");
  });

  it("grow a history of at most 400 lines, which a torn one does not stop", async () => {
    night.config([source("alpha")]);
    await night.run();
    const [line = ""] = readFileSync(night.out("history.ndjson"), "utf8").split("\n");
    writeFileSync(night.out("history.ndjson"), `{"torn":\n${`${line}\n`.repeat(405)}`);
    expect((await night.run()).code).toBe(0);
    const lines = readFileSync(night.out("history.ndjson"), "utf8").trimEnd().split("\n");
    expect(lines).toHaveLength(400);
    expect(lines.at(-1)).toContain(`"run":"${night.report().run}"`);
  });
});

describe("a dry run", () => {
  it("tells what would be published and leaves all as it was, byte for byte", async () => {
    night.config([
      source("alpha", { hooks: { success: noting("none") } }),
      source("beta", { state: "beta.ndjson" }),
    ]);
    await night.run();
    night.feed("alpha", 6);
    night.config([source("alpha"), source("beta", { feed: { files: ["none.json"] } })], {
      hooks: { failure: noting("none") },
    });
    rmSync(night.path("none.json"));
    rmSync(night.path("none.env"));
    const before = treeOf(night.folder);
    mkdirSync(night.path("tmp"));
    const { code, stderr } = await night.run(["--dry-run"], { env: { TMPDIR: night.path("tmp") } });
    expect(code).toBe(3);
    expect(stderr).toMatch(/alpha: a dry run: .*published\/alpha\/.* would be published \(6 proposals\)/);
    expect(readdirSync(night.path("tmp"))).toEqual([]);
    rmSync(night.path("tmp"), { recursive: true });
    expect(treeOf(night.folder)).toEqual(before);
  });

  it("before the first run makes no output", async () => {
    night.config([source("alpha")]);
    expect((await night.run(["--dry-run"])).code).toBe(0);
    expect(existsSync(night.out())).toBe(false);
  });
});

describe("an output that cannot be used", () => {
  it.each([
    ["in a folder that is not there", () => undefined, "no/published", /there is no folder/],
    ["that is a file", () => writeFileSync(night.path("published"), ""), "published", /published/],
  ])("%s ends with 2", async (_, prepare, output, message) => {
    prepare();
    night.config([source("alpha")], { output });
    expect(await night.run()).toMatchObject({ code: 2, stderr: expect.stringMatching(message) });
  });

  it("for one source leaves the others to finish", async () => {
    night.config([source("alpha"), source("beta")]);
    mkdirSync(night.out("alpha/latest"), { recursive: true });
    writeFileSync(night.out("alpha/latest/mine"), "");
    symlinkSync("nowhere", night.out("beta"));
    rmSync(night.out("beta"));
    expect(await night.run()).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/alpha: .*latest is no link/),
    });
    expect(night.published("beta")).toHaveLength(1);
  });
});
