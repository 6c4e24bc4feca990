/** `fetch here` as a process: killed at any time, and with secrets that must not be seen anywhere. */
import { mkdirSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  badRequest,
  contentId,
  contentIds,
  credentialsText,
  tokenNumber,
} from "../fetching/here-server.test-support.js";
import { answer } from "../fetching/replay-server.test-support.js";
import { API_KEY, HereFolder, idsIn, outputOf } from "./fetch-here.test-support.js";
import { type RunOptions, fixture, jsonLines, runCli, runShell, until } from "./run-cli.test-support.js";

let folder: HereFolder;

beforeEach(() => {
  folder = new HereFolder();
});
afterEach(() => folder.close());

/** `fetch here` with the key in the environment, and a home where no credentials are. */
function fetchHere(baseUrl: string, args: readonly string[], options: RunOptions = {}) {
  const env = { HERE_API_KEY: API_KEY, HOME: folder.path, ...options.env };
  return runCli(["fetch", "here", "--base-url", baseUrl, "-o", folder.file("out.ndjson"), ...args], {
    ...options,
    env,
  });
}

describe("kill -9", () => {
  it("at any time, and the same command again: every id once, nothing fetched twice that was on the disk", async () => {
    let slow = true;
    const { baseUrl, lookups } = await folder.here({
      instead: () => {
        if (slow && lookupsNow() % 4 === 0) return () => new Promise(() => undefined);
        return undefined;
      },
    });
    const lookupsNow = (): number => lookups.length;
    const ids = contentIds(1500);
    const list = folder.write("ids", ids.join("\n"));
    for (let round = 0; round < 3; round++) {
      const before = lookupsNow();
      const ended = await fetchHere(baseUrl, ["--ids", list, "--concurrency", "2"], {
        started: (child) => void until(() => lookupsNow() >= before + 5).then(() => child.kill("SIGKILL")),
      });
      expect(ended.code).toBe(null);
      expect(folder.names).not.toContain("out.ndjson");
    }
    slow = false;
    const stored = idsIn(folder.read("out.ndjson.part")).filter(
      (id, index, all) => all.indexOf(id) === index,
    );
    expect(stored.length).toBeGreaterThan(300);
    const before = lookupsNow();
    const ended = await fetchHere(baseUrl, ["--ids", list]);
    expect(ended).toMatchObject({ code: 0 });
    expect(lookups.slice(before).flat().sort()).toEqual(ids.filter((id) => !stored.includes(id)).sort());
    expect(idsIn(folder.read("out.ndjson"))).toEqual(ids);
    expect(folder.names).toEqual(["ids", "out.ndjson"]);
  });
});

it("stopped, it says where it goes on, and does", async () => {
  let slow = true;
  const { baseUrl, lookups } = await folder.here({
    instead: (_request, ids) =>
      slow && ids.includes(contentId(250)) ? () => new Promise(() => undefined) : undefined,
  });
  const list = folder.write("ids", contentIds(300).join("\n"));
  const ended = await fetchHere(baseUrl, ["--ids", list, "--concurrency", "1"], {
    started: (child) => void until(() => lookups.length >= 3).then(() => child.kill("SIGTERM")),
  });
  expect(ended.code).toBe(143);
  expect(ended.stderr).toContain("out.ndjson.part; the same command goes on from there");
  slow = false;
  expect((await fetchHere(baseUrl, ["--ids", list])).code).toBe(0);
  expect(lookups.map((asked) => asked.length)).toEqual([100, 100, 100, 100]);
  expect(idsIn(folder.read("out.ndjson"))).toEqual(contentIds(300));
});

it("where the disk takes no more, it says so, leaves the output and goes on from there", async () => {
  const { baseUrl, lookups } = await folder.here();
  const earlier = outputOf(contentIds(1), "2026-11-20T00:00:00Z");
  folder.write("out.ndjson", earlier);
  folder.write("ids", contentIds(1000).join("\n"));
  folder.write("key", API_KEY);
  const fetch = `$CLI fetch here --base-url ${baseUrl} --api-key-file key --ids ids -o out.ndjson`;
  const full = await runShell(`ulimit -f 150; ${fetch}`, folder.path);
  expect(full.code).toBe(1);
  expect(full.stderr).toMatch(/while writing out\.ndjson\.part; what was retrieved before is in it/);
  expect(folder.read("out.ndjson")).toBe(earlier);
  const before = lookups.length;
  const well = await runShell(fetch, folder.path);
  expect(well.code).toBe(0);
  expect(lookups.slice(before).flat().length).toBeLessThan(900);
  expect(idsIn(folder.read("out.ndjson"))).toEqual(contentIds(1000));
});

describe("secrets", () => {
  const KEY_ID = "access-key-id-of-a-test";
  const KEY_SECRET = "access/key+secret=of&a test";
  /** In every spelling that is sent or written. */
  const SECRETS = [API_KEY, KEY_ID, KEY_SECRET, tokenNumber(1), tokenNumber(2)].flatMap((secret) => [
    secret,
    encodeURIComponent(secret),
    Buffer.from(secret).toString("base64"),
    JSON.stringify(secret).slice(1, -1),
  ]);

  function everythingWritten(stderr: string): string {
    const inputs = new Set(["ids", "here.properties"]);
    const files = readdirSync(folder.path).filter((name) => !inputs.has(name));
    expect(files).toContain("out.ndjson");
    return stderr + files.map((name) => readFileSync(join(folder.path, name), "utf8")).join("");
  }

  function expectNoSecret(text: string): void {
    for (const secret of SECRETS) expect(text).not.toContain(secret);
  }

  it.each(["text", "json"])(
    "are in nothing that is written, neither when all goes well nor when not (%s)",
    async (format) => {
      let bad = false;
      // What a server may do at worst: quote what it was sent.
      const quoting = (text: string) =>
        badRequest(`querystring/fields: ${text} and ${encodeURIComponent(text)}`);
      const { baseUrl } = await folder.here({
        instead: ({ query }) => (bad ? quoting(query.get("apiKey") ?? "") : undefined),
      });
      const list = folder.write("ids", contentIds(3).join("\n"));
      const args = [
        "--ids",
        list,
        "--report",
        folder.file("report.json"),
        "--missing",
        folder.file("missing"),
        "--log-format",
        format,
      ];
      const well = await fetchHere(baseUrl, args);
      expect(well.code).toBe(0);
      bad = true;
      const badly = await fetchHere(baseUrl, [...args, "--max-age", "0"], { env: { OCPI2OSM_DEBUG: "1" } });
      expect(badly.code).toBe(3);
      expect(badly.stderr).toContain("querystring/fields: ***");
      expectNoSecret(everythingWritten(well.stderr + badly.stderr));
    },
  );

  it("of credentials neither: a token that expires in the middle is renewed, and one that stays refused is told", async () => {
    const tokens = new Set<string>();
    const server = await folder.here({
      tokens,
      instead: (_request, ids) => {
        if (ids.includes(contentId(101))) tokens.delete(tokenNumber(1));
        return undefined;
      },
    });
    const list = folder.write("ids", contentIds(300).join("\n"));
    const properties = folder.write("here.properties", credentialsText(server, KEY_ID, KEY_SECRET));
    const args = [
      "--ids",
      list,
      "--credentials",
      properties,
      "--concurrency",
      "1",
      "--report",
      folder.file("report.json"),
    ];
    const well = await fetchHere(server.baseUrl, args);
    expect(well).toMatchObject({ code: 0 });
    expect(server.tokensGiven).toBe(2);
    expect(idsIn(folder.read("out.ndjson"))).toEqual(contentIds(300));
    expect(server.requests.every(({ query }) => !query.has("apiKey"))).toBe(true);
    const { baseUrl: other, tokenEndpoint } = await folder.here({
      instead: ({ headers }) =>
        answer(401, JSON.stringify({ error: "Unauthorized", error_description: headers["authorization"] })),
    });
    folder.write("here.properties", credentialsText({ tokenEndpoint }, KEY_ID, KEY_SECRET));
    const badly = await fetchHere(other, [...args, "--max-age", "0"]);
    expect(badly.code).toBe(3);
    expect(badly.stderr).toContain("HERE does not accept the token, not even a new one");
    expectNoSecret(everythingWritten(well.stderr + badly.stderr));
  });
});

describe("the command line", () => {
  it("reads ids from stdin and finds credentials at home", async () => {
    const { baseUrl, tokenEndpoint } = await folder.here({ tokens: new Set() });
    mkdirSync(folder.file(".here"));
    folder.write(
      ".here/credentials.properties",
      credentialsText({ tokenEndpoint }, "some-key-id", "some-secret"),
    );
    const ended = await fetchHere(baseUrl, ["--ids", "-"], {
      stdin: `${contentId(1)},${contentId(2)}`,
      env: { HERE_API_KEY: "" },
    });
    expect(ended).toMatchObject({ code: 0 });
    expect(idsIn(folder.read("out.ndjson"))).toEqual(contentIds(2));
    expect(ended.stderr).toContain("2 ids asked for = 2 retrieved + 0 kept + 0 missing");
  });

  it("takes ids from map exports, from v2 and from earlier records, and tells what has none", async () => {
    const { baseUrl, lookups } = await folder.here();
    const ended = await fetchHere(baseUrl, [
      "--ids-from",
      fixture("hmc-locations/tile.json.geojson"),
      fixture("here-v3/list.json"),
      fixture("ocpi/positions.json"),
    ]);
    expect(ended).toMatchObject({ code: 0 });
    const { items } = JSON.parse(readFileSync(fixture("here-v3/list.json"), "utf8"));
    const listed = items.map(({ id }: { id: string }) => id.split(":").at(-1));
    expect(lookups.flat()).toEqual(expect.arrayContaining(listed));
    expect(ended.stderr).toMatch(/records? of \d+ in .* no id of HERE's EV Charge Points/);
    const again = await fetchHere(baseUrl, ["--ids-from", folder.file("out.ndjson")]);
    expect(again).toMatchObject({ code: 0 });
    expect(again.stderr).toContain("0 retrieved");
  });

  it("writes what convert and inspect read as HERE v3, with nothing that they do not know", async () => {
    const { baseUrl } = await folder.here();
    await fetchHere(baseUrl, ["--ids", folder.write("ids", contentIds(2).join("\n"))]);
    const inspected = await runCli(["inspect", "--json", folder.file("out.ndjson")]);
    expect(inspected.code).toBe(0);
    const told = inspected.stdout.toString();
    expect(told).toContain("here-v3");
    expect(told).not.toContain("retrieved_at");
    const converted = await runCli(["convert", folder.file("out.ndjson"), "--format", "ocpi", "-o", "-"]);
    expect(converted.code).toBe(0);
    expect(jsonLines(converted.stdout)).toHaveLength(2);
  });

  it.each([
    [[], "name a list (--ids FILE)"],
    [["--ids", "ids", "--api-key-env", "A", "--credentials", "b"], "--api-key-env and --credentials"],
    [["--ids", "ids", "--max-age", "soon"], "--max-age: not a length of time"],
    [["--ids", "ids", "--fields", "evses,no such"], "--fields"],
    [["--ids", "ids", "--rate", "0"], "--rate"],
    [["--ids", "ids", "--base-url", "http://evcp.example/v3"], "not encrypted"],
    [["--ids", "ids", "--base-url", "evcp.hereapi.com/v3"], "no address such as https://evcp.hereapi.com/v3"],
    [["--ids", "ids", "--api-key-env", "NO_SUCH_VARIABLE"], "the environment has no NO_SUCH_VARIABLE"],
    [["--ids", "ids", "--api-key-file", "no-such-file"], "there is no such file"],
    [["--ids", "ids", "-o", "-"], "-o must name a file"],
    [["--ids", "ids", "-o", "no-such-folder/x"], "no-such-folder"],
    [["--ids", "empty"], "there is no id of HERE in it"],
  ])("%j is bad usage", async (args, message) => {
    const { baseUrl, requests } = await folder.here();
    folder.write("ids", contentId(1));
    folder.write("empty", "# none\n");
    const ended = await fetchHere(baseUrl, args, { cwd: folder.path });
    expect(ended.stderr).toContain(message);
    expect(ended.code).toBe(2);
    expect(requests).toEqual([]);
  });

  it("without any key says where one may be put", async () => {
    const { baseUrl } = await folder.here();
    const ended = await fetchHere(baseUrl, ["--ids", folder.write("ids", contentId(1))], {
      env: { HERE_API_KEY: "" },
    });
    expect(ended.code).toBe(2);
    expect(ended.stderr).toMatch(/HERE_API_KEY.*--api-key-file.*--credentials/s);
  });

  it("warns where --fields has no evses, and says all as JSON where asked to", async () => {
    const { baseUrl, requests } = await folder.here({ without: new Set([contentId(2)]) });
    const list = folder.write("ids", contentIds(2).join("\n"));
    const ended = await fetchHere(baseUrl, [
      "--ids",
      list,
      "--fields",
      "address,locationInfo",
      "--log-format",
      "json",
    ]);
    expect(ended.code).toBe(0);
    expect(requests[0]?.query.get("fields")).toBe("address,locationInfo");
    expect(jsonLines(ended.stderr)).toContainEqual(
      expect.objectContaining({ level: "warn", message: expect.stringContaining("--fields has no evses") }),
    );
  });
});
