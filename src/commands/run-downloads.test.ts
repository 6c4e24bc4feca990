/** Downloads of a run, and that a secret goes to its server and nowhere else. */
import { execFileSync } from "node:child_process";
import {
  closeSync,
  openSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { contentIds, hereServer } from "../fetching/here-server.test-support.js";
import {
  type ReplayServer,
  answer,
  json,
  replayServer,
  silence,
} from "../fetching/replay-server.test-support.js";
import { feedText } from "./diff.test-support.js";
import { readJson, runCli, until } from "./run-cli.test-support.js";
import { Night, source, treeOf } from "./run.test-support.js";

/** A night is several processes, and other tests run beside it. */
vi.setConfig({ testTimeout: 120_000 });

let night: Night;
let server: ReplayServer;

const TOKEN = "t0ken-that-nobody-may-see";
const HEADER = "an0ther-secret-of-a-header";
const SPELLINGS = [
  TOKEN,
  HEADER,
  Buffer.from(TOKEN).toString("base64"),
  Buffer.from(HEADER).toString("base64"),
];
const env = { CPO_TOKEN: TOKEN };

beforeEach(() => {
  night = new Night();
});
afterEach(async () => {
  night.remove();
  await server.close();
});

/** What a Locations endpoint answers; `quote` stands in it as a server that repeats what it was sent would have it. */
const page = (count: number, quote = "") =>
  json(
    {
      status_code: 1000,
      data: JSON.parse(feedText(count, () => (quote === "" ? {} : { name: quote }))),
      timestamp: "2026-11-21T00:00:00Z",
    },
    { etag: `"${count}"` },
  );

/** A config with secrets in the environment and in a file. */
function configure(
  others: Readonly<Record<string, unknown>> = {},
  ofSource: Readonly<Record<string, unknown>> = {},
): void {
  writeFileSync(night.path("header.secret"), `${HEADER}\n`);
  const headers = { "x-api-key": { file: "header.secret" } };
  const ocpi = {
    url: `${server.origin}/ocpi/2.2.1/locations`,
    token: { env: "CPO_TOKEN" },
    headers,
    attempts: 1,
  };
  const hooks = { success: ["sh", "-c", "cat; env"], failure: ["sh", "-c", "cat; env"] };
  night.config([source("alpha", { feed: { ocpi }, hooks, ...ofSource })], { hooks, ...others });
}

describe("a feed that is downloaded", () => {
  it("is kept beside what was made from it, and told in the report", async () => {
    server = await replayServer(() => page(3));
    configure({ keep: 2 });
    const { code } = await night.run([], { env });
    expect(code).toBe(0);
    const { run, sources } = night.report();
    expect(readdirSync(night.out("alpha/feeds")).sort()).toEqual([
      `${run}.ndjson`,
      `${run}.ndjson.fetch.json`,
    ]);
    expect(sources).toMatchObject([
      {
        fetched: [{ from: `${server.origin}/ocpi/2.2.1/locations`, records: 3 }],
        counts: { proposals: { create: 3 } },
      },
    ]);
    for (let time = 0; time < 2; time += 1) await night.run([], { env });
    const kept = night
      .published("alpha")
      .flatMap((stamp) => [`${stamp}.ndjson`, `${stamp}.ndjson.fetch.json`]);
    expect(readdirSync(night.out("alpha/feeds")).sort()).toEqual(kept);
    expect(kept).toHaveLength(4);
  });

  it("that fails leaves what was published, and what was fetched last", async () => {
    let status = 200;
    server = await replayServer(() => (status === 200 ? page(3) : answer(status, "no")));
    configure();
    await night.run([], { env });
    const before = treeOf(night.out("alpha"));
    status = 403;
    const { code } = await night.run([], { env });
    expect(code).toBe(3);
    expect(treeOf(night.out("alpha"))).toEqual(before);
  });

  it("that is refused night after night does not fill the disk", async () => {
    let count = 3;
    server = await replayServer(() => page(count));
    configure({}, { thresholds: { maxDisappear: 0 } });
    await night.run([], { env });
    const [first] = night.published("alpha");
    for (count = 2; count > 0; count -= 1) expect((await night.run([], { env })).code).toBe(4);
    const feeds = readdirSync(night.out("alpha/feeds"));
    expect(feeds.filter((name) => name.endsWith(".ndjson")).sort()).toEqual([
      `${first}.ndjson`,
      `${night.report().run}.ndjson`,
    ]);
    expect(feeds).toHaveLength(4);
  });

  it("in a dry run goes nowhere", async () => {
    server = await replayServer(() => page(3));
    configure();
    await night.run([], { env });
    const before = treeOf(night.folder);
    const { code, stderr } = await night.run(["--dry-run"], { env });
    expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringContaining("3 proposals") });
    expect(treeOf(night.folder)).toEqual(before);
  });
});

describe("records of HERE", () => {
  const ids = contentIds(250);
  const here = (baseUrl: string, others: Readonly<Record<string, unknown>> = {}) => {
    writeFileSync(night.path("ids.txt"), ids.join("\n"));
    const feed = {
      here: { ids: "ids.txt", apiKey: { env: "CPO_TOKEN" }, baseUrl, concurrency: 1, ...others },
    };
    night.config([source("alpha", { feed })]);
  };

  it("that a killed run had got are not asked for again", async () => {
    let isStuck = true;
    const stuck = await hereServer({
      instead: (_request, _ids, number) => (isStuck && number === 1 ? silence : undefined),
    });
    server = stuck;
    here(stuck.baseUrl);
    await night.run([], {
      env,
      started: (child) => void until(() => stuck.lookups.length === 2).then(() => child.kill("SIGKILL")),
    });
    isStuck = false;
    expect((await night.run([], { env })).stderr).toContain("250");
    const asked = stuck.lookups.slice(2).flat();
    expect(asked.toSorted()).toEqual(ids.slice(100).toSorted());
    const [feed = ""] = readdirSync(night.out("alpha/feeds"));
    expect(
      readFileSync(night.out(`alpha/feeds/${feed}`), "utf8")
        .trimEnd()
        .split("\n"),
    ).toHaveLength(250);
  });

  it("that are young enough are taken from the night before", async () => {
    const service = await hereServer();
    server = service;
    here(service.baseUrl, { maxAge: "1d" });
    await night.run([], { env });
    const asked = service.lookups.length;
    await night.run([], { env });
    expect(service.lookups).toHaveLength(asked);
    expect(night.report().sources[0]?.fetched).toMatchObject([{ records: 250, retrieved: 0 }]);
    here(service.baseUrl);
    await night.run([], { env });
    expect(service.lookups).toHaveLength(2 * asked);
  });

  it("of the night before are taken over whole or not at all, also by a run that is killed meanwhile", async () => {
    const service = await hereServer();
    server = service;
    here(service.baseUrl, { maxAge: "1d" });
    await night.run([], { env });
    const feeds = () => readdirSync(night.out("alpha/feeds"));
    const [name = ""] = feeds();
    const path = night.out(`alpha/feeds/${name}`);
    const records = readFileSync(path);
    // As much of it as a killed copy might have got: the rest never comes.
    rmSync(path);
    execFileSync("mkfifo", [path]);
    const pipe = openSync(path, "r+");
    writeSync(pipe, records.subarray(0, 1000));
    await night.run([], {
      env,
      started: (child) => void until(() => feeds().length > 1).then(() => child.kill("SIGKILL")),
    });
    expect(feeds().filter((each) => !each.startsWith("."))).toEqual([name]);
    closeSync(pipe);
    rmSync(path);
    writeFileSync(path, records);
    const asked = service.lookups.length;
    expect((await night.run([], { env })).code).toBe(0);
    expect(service.lookups).toHaveLength(asked);
    expect(feeds().filter((each) => each.startsWith("."))).toEqual([]);
  });
});

describe("a secret", () => {
  it.each([
    ["of a good run", () => page(2), 0, false],
    ["that the answer repeats", () => page(2, `${TOKEN} ${HEADER}`), 0, true],
    [
      "that a refusal repeats",
      () => answer(403, `no access with Token ${Buffer.from(TOKEN).toString("base64")} ${HEADER}`),
      3,
      false,
    ],
  ])("%s stands in no log, report, state or hook", async (_, answered, code, quoted) => {
    server = await replayServer(() => answered());
    configure();
    for (const format of ["text", "json"]) {
      const ended = await night.run(["--log-format", format], { env });
      expect(ended.code).toBe(code);
      expect(server.requests.at(-1)?.headers).toMatchObject({
        authorization: expect.stringMatching(/^Token /),
        "x-api-key": HEADER,
      });
      // Hooks print what they get, stdin and environment.
      expect(ended.stderr).toContain("OCPI2OSM_EXIT_CODE");
      expect(ended.stderr).not.toContain("CPO_TOKEN=");
      for (const secret of SPELLINGS) expect(ended.stderr).not.toContain(secret);
    }
    for (const [path, bytes] of treeOf(night.out())) {
      // What the server says of a station is its own affair: the feed is kept as it came.
      if (quoted && path.startsWith(night.out("alpha/"))) continue;
      for (const secret of SPELLINGS) expect(`${path} ${bytes}`).not.toContain(secret);
    }
  });
});

describe("an extract with an address", () => {
  it("is downloaded once a run, and only when it has changed", async () => {
    const extract = readFileSync(night.path("osm.osm"));
    server = await replayServer((request) =>
      request.headers["if-none-match"] === '"1"' ? answer(304) : answer(200, extract, { etag: '"1"' }),
    );
    const osm = `${server.origin}/europe/lithuania-latest.osm?key=s3cretkey`;
    night.feed("alpha", 2);
    night.feed("beta", 1);
    night.config([source("alpha", { osm }), source("beta", { osm: [osm] })]);
    expect(await night.run()).toMatchObject({
      code: 0,
      stderr: expect.stringMatching(/lithuania-latest\.osm\?key=\*\*\*|%2A%2A%2A/),
    });
    expect(server.requests).toHaveLength(1);
    const before = treeOf(night.out(".extracts"));
    expect(await night.run()).toMatchObject({ code: 0, stderr: expect.stringContaining("has not changed") });
    expect(server.requests).toHaveLength(2);
    expect(treeOf(night.out(".extracts"))).toEqual(before);
    const whole = treeOf(night.folder);
    expect((await night.run(["--dry-run"])).code).toBe(0);
    expect(server.requests.at(-1)?.headers).toMatchObject({ "if-none-match": '"1"' });
    expect(treeOf(night.folder)).toEqual(whole);
    expect(readJson(night.out("report.json"))).toMatchObject({ exit_code: 0 });
  });

  it("that no source names any more goes, with what was left of it; files of others stay", async () => {
    const extract = readFileSync(night.path("osm.osm"));
    server = await replayServer(() => answer(200, extract));
    night.feed("alpha", 1);
    const address = (name: string) => `${server.origin}/${name}.osm`;
    const off = source("beta", { osm: address("later"), enabled: false });
    night.config([source("alpha", { osm: [address("old"), address("kept")] }), off]);
    await night.run();
    await night.run(["--source", "beta"]);
    const extracts = () =>
      readdirSync(night.out(".extracts"))
        .filter((name) => !name.startsWith("used-by-"))
        .map((name) => name.replace(/^(\.?)[\da-f]{8}-/, "$1"));
    const files = (name: string) => [`${name}.osm`, `${name}.osm.fetch.json`];
    expect(extracts().sort()).toEqual(["kept", "later", "old"].flatMap(files));
    for (const name of [".0123abcd-half.osm.99.tmp", "mine.osm"])
      writeFileSync(night.out(`.extracts/${name}`), "");
    night.config([source("alpha", { osm: address("kept") }), off]);
    await night.run(["--dry-run"]);
    expect(extracts()).toHaveLength(8);
    expect((await night.run()).code).toBe(0);
    expect(extracts().sort()).toEqual([...["kept", "later"].flatMap(files), "mine.osm"]);
  });

  it("that another config with the same output names stays, as long as that config does", async () => {
    const extract = readFileSync(night.path("osm.osm"));
    server = await replayServer(() => answer(200, extract));
    night.feed("alpha", 1);
    const extracts = () => readdirSync(night.out(".extracts")).filter((name) => name.endsWith(".osm"));
    night.config([source("alpha", { osm: `${server.origin}/one.osm` })]);
    await night.run();
    renameSync(night.path("run.jsonc"), night.path("other.jsonc"));
    await runCli(["run", night.path("other.jsonc")]);
    night.config([source("alpha", { osm: `${server.origin}/two.osm` })]);
    await night.run();
    expect(extracts()).toHaveLength(2);
    await runCli(["run", night.path("other.jsonc")]);
    expect(extracts()).toHaveLength(2);
    rmSync(night.path("other.jsonc"));
    await night.run();
    expect(extracts()).toEqual([expect.stringMatching(/two\.osm$/)]);
  });

  it("that is not served any more fails the sources that need it, and is asked for once", async () => {
    server = await replayServer(() => answer(404, "gone"));
    const osm = `${server.origin}/gone.osm.pbf`;
    for (const name of ["alpha", "beta", "gamma"]) night.feed(name, 1);
    night.config([source("alpha", { osm }), source("beta", { osm }), source("gamma")]);
    expect((await night.run()).code).toBe(3);
    expect(server.requests).toHaveLength(1);
    expect(night.report().sources).toMatchObject([
      { outcome: "failed", exit_code: 3, message: expect.stringContaining("gone.osm.pbf") },
      { outcome: "failed", exit_code: 3 },
      { outcome: "published" },
    ]);
  });
});
