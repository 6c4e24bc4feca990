/** Downloads of a run, and that a secret goes to its server and nowhere else. */
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type ReplayServer, answer, json, replayServer } from "../fetching/replay-server.test-support.js";
import { feedText } from "./diff.test-support.js";
import { readJson } from "./run-cli.test-support.js";
import { Night, source, treeOf } from "./run.test-support.js";

let night: Night;
let server: ReplayServer;

const TOKEN = "t0ken-that-nobody-may-see";
const HEADER = "an0ther-secret-of-a-header";
const SPELLINGS = [TOKEN, HEADER, Buffer.from(TOKEN).toString("base64"), Buffer.from(HEADER).toString("base64")];
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
    { status_code: 1000, data: JSON.parse(feedText(count, () => (quote === "" ? {} : { name: quote }))), timestamp: "2026-11-21T00:00:00Z" },
    { etag: `"${count}"` },
  );

/** A config with secrets in the environment and in a file. */
function configure(others: Readonly<Record<string, unknown>> = {}): void {
  writeFileSync(night.path("header.secret"), `${HEADER}\n`);
  const headers = { "x-api-key": { file: "header.secret" } };
  const ocpi = { url: `${server.origin}/ocpi/2.2.1/locations`, token: { env: "CPO_TOKEN" }, headers, attempts: 1 };
  const hooks = { success: ["sh", "-c", "cat; env"], failure: ["sh", "-c", "cat; env"] };
  night.config([source("alpha", { feed: { ocpi }, hooks })], { hooks, ...others });
}

describe("a feed that is downloaded", () => {
  it("is kept beside what was made from it, and told in the report", async () => {
    server = await replayServer(() => page(3));
    configure({ keep: 2 });
    const { code } = await night.run([], { env });
    expect(code).toBe(0);
    const { run, sources } = night.report();
    expect(readdirSync(night.out("alpha/feeds")).sort()).toEqual([`${run}.ndjson`, `${run}.ndjson.fetch.json`]);
    expect(sources).toMatchObject([
      { fetched: [{ from: `${server.origin}/ocpi/2.2.1/locations`, records: 3 }], counts: { proposals: { create: 3 } } },
    ]);
    for (let time = 0; time < 2; time += 1) await night.run([], { env });
    const kept = night.published("alpha").flatMap((stamp) => [`${stamp}.ndjson`, `${stamp}.ndjson.fetch.json`]);
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

describe("a secret", () => {
  it.each([
    ["of a good run", () => page(2), 0],
    ["that the answer repeats", () => page(2, `${TOKEN} ${HEADER}`), 0],
    ["that a refusal repeats", () => answer(403, `no access with Token ${Buffer.from(TOKEN).toString("base64")} ${HEADER}`), 3],
  ])("%s stands in no log, report, state or hook", async (_, answered, code) => {
    server = await replayServer(() => answered());
    configure();
    for (const format of ["text", "json"]) {
      const ended = await night.run(["--log-format", format], { env });
      expect(ended.code).toBe(code);
      expect(server.requests.at(-1)?.headers).toMatchObject({ authorization: expect.stringMatching(/^Token /), "x-api-key": HEADER });
      // Hooks print what they get, stdin and environment.
      expect(ended.stderr).toContain("OCPI2OSM_EXIT_CODE");
      expect(ended.stderr).not.toContain("CPO_TOKEN=");
      for (const secret of SPELLINGS) expect(ended.stderr).not.toContain(secret);
    }
    if (_ === "that the answer repeats") return;
    for (const [path, bytes] of treeOf(night.out())) {
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
    expect(await night.run()).toMatchObject({ code: 0, stderr: expect.stringMatching(/lithuania-latest\.osm\?key=\*\*\*|%2A%2A%2A/) });
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
});
