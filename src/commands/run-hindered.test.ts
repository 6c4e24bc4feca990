/** What may stand in the way of a night, and what it says of it. */
import { chmodSync, existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type Holder, holderText, thisHolder } from "../runs/lock-holder.js";
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

describe("what the comparison says", () => {
  it("speaks of settings, where it has options of its own", async () => {
    night.config([source("alpha", { profile: "none.jsonc" }), source("beta")]);
    const { stderr } = await night.run();
    expect(stderr).toMatch(/alpha: "profile" .*none\.jsonc: no such file/);
    expect(stderr).toMatch(/beta: .*record that in the source profile \("profile"\)/);
    expect(stderr).not.toMatch(/ \(?--\w/);
  });
});

describe("what lies in the way of a source", () => {
  it.each([
    ["a file where its folder is to be", "alpha", /alpha must be a folder, but a file is in the way/],
    ["a file where its feeds are to be", "alpha/feeds", /feeds must be a folder, but a file is in the way/],
  ])("%s is told, and the others finish", async (_, file, message) => {
    mkdirSync(dirname(night.out(file)), { recursive: true });
    writeFileSync(night.out(file), "");
    night.config([source("alpha"), source("beta")]);
    expect((await night.run()).code).toBe(2);
    expect(night.report().sources).toMatchObject([
      { outcome: "failed", exit_code: 2, message: expect.stringMatching(message) },
      { outcome: "published" },
    ]);
    const check = await night.run(["--check"]);
    expect(check).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/sources\.0\.name: .*must be a folder/),
    });
  });

  it("is found by --check: a latest that is no link, a state that is no file, an output that leads nowhere", async () => {
    night.config([source("alpha"), source("beta")]);
    for (const folder of ["alpha/latest", "beta/state.ndjson.gz", "history.ndjson"])
      mkdirSync(night.out(folder), { recursive: true });
    const { code, stderr } = await night.run(["--check"]);
    expect(code).toBe(2);
    for (const expected of [
      /output: .*history\.ndjson is a folder/,
      /sources\.0\.name: .*latest is no link/,
      /sources\.1\.name: .*state\.ndjson\.gz is a folder/,
    ])
      expect(stderr).toMatch(expected);
    symlinkSync("nowhere", night.path("linked"));
    night.config([source("alpha")], { output: "linked" });
    for (const options of [[], ["--check"]])
      expect(await night.run(options)).toMatchObject({
        code: 2,
        stderr: expect.stringMatching(/linked is a link that leads nowhere/),
      });
  });

  it("an old night that is somebody else's, and cannot be removed, is told every time and stops nothing", async () => {
    night.config([source("alpha", { keep: 1 })]);
    const uid = process.getuid?.() === 0 ? 65_534 : undefined;
    const foreign = night.out("alpha/2020-01-01T000000Z");
    mkdirSync(foreign, { recursive: true });
    writeFileSync(join(foreign, "state.ndjson.gz"), "");
    for (const path of [night.folder, night.out(), night.out("alpha")]) chmodSync(path, 0o777);
    // Its owner may not remove what is in it, nor may others.
    chmodSync(foreign, 0o555);
    const first = await night.run([], { uid });
    expect(first).toMatchObject({ code: 0 });
    const hidden = existsSync(foreign) ? foreign : night.out("alpha/.2020-01-01T000000Z.removed");
    expect(first.stderr).toContain(`${hidden} is older than what is kept, but could not be removed`);
    const second = await night.run([], { uid });
    expect(second).toMatchObject({ code: 0, stderr: expect.stringContaining(hidden) });
    expect(night.published("alpha").filter((name) => !name.startsWith("2020"))).toHaveLength(1);
    chmodSync(hidden, 0o755);
  });
});

describe("a config whose reports would overwrite", () => {
  it.each([
    ["itself", "run.jsonc", /reports\.json: would overwrite this config/],
    ["a feed by another name", "link.json", /reports\.json: would overwrite .*alpha\.json, which sources\.0/],
  ])("%s is refused before anything is done", async (_, json, message) => {
    symlinkSync("alpha.json", night.path("link.json"));
    night.config([source("alpha")], { reports: { json } });
    const before = treeOf(night.folder);
    for (const options of [[], ["--check"]])
      expect(await night.run(options)).toMatchObject({ code: 2, stderr: expect.stringMatching(message) });
    expect(treeOf(night.folder)).toEqual(before);
  });
});

describe("a dry run", () => {
  it("that was killed is tidied up by the next run; what another one works in is not", async () => {
    mkdirSync(night.path("tmp"));
    const env = { TMPDIR: night.path("tmp") };
    const scratch = async (name: string, holder: Partial<Holder>) => {
      mkdirSync(night.path(`tmp/ocpi2osm-dry-run-${name}`));
      const text = holderText({ ...(await thisHolder()), ...holder });
      writeFileSync(night.path(`tmp/ocpi2osm-dry-run-${name}/.holder`), text);
    };
    await scratch("killed", { pid: 999_999_999 });
    await scratch("at-work", {});
    await scratch("elsewhere", { numbering: "another machine" });
    mkdirSync(night.path("tmp/ocpi2osm-dry-run-unknown"));
    night.config([source("alpha")]);
    expect((await night.run(["--dry-run"], { env })).code).toBe(0);
    expect(readdirSync(night.path("tmp")).sort()).toEqual([
      "ocpi2osm-dry-run-at-work",
      "ocpi2osm-dry-run-elsewhere",
      "ocpi2osm-dry-run-unknown",
    ]);
  });

  it("says where it finds no room for its files", async () => {
    night.config([source("alpha")]);
    const ended = await night.run(["--dry-run"], { env: { TMPDIR: night.path("no-tmp") } });
    expect(ended).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/no-tmp: .*there is no such folder.*TMPDIR/),
    });
  });
});
