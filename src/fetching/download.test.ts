import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createLog } from "../runs/log.js";
import { openOutput } from "../runs/output-file.js";
import { download } from "./download.js";
import { createHttpClient } from "./http-client.js";
import * as replay from "./replay-server.test-support.js";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "ocpi2osm-download-"));
});
const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const each of open.splice(0)) await each.close();
  rmSync(folder, { recursive: true, force: true });
});

const log = createLog({ format: "text", quiet: true, env: {}, stream: { write: () => true } });
const inFolder = (name: string) => join(folder, name);
const content = () => readFileSync(inFolder("extract.pbf"), "utf8");
const VERSION = { etag: '"v1"', "last-modified": "Sat, 21 Nov 2026 10:00:00 GMT" };

async function serving(script: replay.Script | readonly replay.Answer[]) {
  const server = await replay.replayServer(script);
  const client = createHttpClient({ attempts: 3, idleTimeout: 500 }, replay.impatientClock());
  open.push(client, server);
  const get = (path = "/extract.pbf") =>
    download({ url: server.origin + path, file: inFolder("extract.pbf") }, client, log);
  return { server, get };
}

describe("a download", () => {
  test("is the file, and what tells of its version is beside it", async () => {
    const { get, server } = await serving([replay.answer(200, "OSM data", VERSION)]);
    expect(await get()).toEqual({ notModified: false, bytes: 8 });
    expect(content()).toBe("OSM data");
    expect(JSON.parse(readFileSync(inFolder("extract.pbf.fetch.json"), "utf8"))).toMatchObject({
      url: `${server.origin}/extract.pbf`,
      etag: VERSION.etag,
      last_modified: VERSION["last-modified"],
      bytes: 8,
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect(server.requests[0]?.headers).not.toHaveProperty("if-none-match");
  });

  test("is not repeated when the server has nothing newer", async () => {
    const { get, server } = await serving([replay.answer(200, "OSM data", VERSION), replay.answer(304)]);
    await get();
    expect(await get()).toEqual({ notModified: true, bytes: 8 });
    expect(content()).toBe("OSM data");
    expect(server.requests[1]?.headers).toMatchObject({
      "if-none-match": VERSION.etag,
      "if-modified-since": VERSION["last-modified"],
    });
  });

  test("replaces the file when it does", async () => {
    const { get } = await serving([
      replay.answer(200, "old", VERSION),
      replay.answer(200, "newer data", { etag: '"v2"' }),
      replay.answer(304),
    ]);
    await get();
    expect(await get()).toEqual({ notModified: false, bytes: 10 });
    expect(content()).toBe("newer data");
    expect(await get()).toEqual({ notModified: true, bytes: 10 });
  });

  test.each([
    ["the file was changed", () => writeFileSync(inFolder("extract.pbf"), "OSM dat!")],
    ["the file was cut", () => writeFileSync(inFolder("extract.pbf"), "OSM")],
    ["the file is gone", () => rmSync(inFolder("extract.pbf"))],
    ["what tells of it is damaged", () => writeFileSync(inFolder("extract.pbf.fetch.json"), "{")],
    ["what tells of it is something else", () => writeFileSync(inFolder("extract.pbf.fetch.json"), "[1]")],
  ])("is made anew when %s", async (_what, damage) => {
    const { get, server } = await serving([
      replay.answer(200, "OSM data", VERSION),
      replay.answer(200, "OSM data", VERSION),
    ]);
    await get();
    damage();
    expect(await get()).toEqual({ notModified: false, bytes: 8 });
    expect(content()).toBe("OSM data");
    expect(server.requests[1]?.headers).not.toHaveProperty("if-none-match");
  });

  test("from another address is made anew", async () => {
    const { get, server } = await serving([
      replay.answer(200, "a", VERSION),
      replay.answer(200, "b", VERSION),
    ]);
    await get("/a.pbf");
    await get("/b.pbf");
    expect(content()).toBe("b");
    expect(server.requests[1]?.headers).not.toHaveProperty("if-none-match");
  });

  test("that breaks off is begun anew, and only the whole is kept", async () => {
    const { get } = await serving([
      replay.droppedAfter("OSM data", 3),
      replay.wrongLength("OSM data", 5),
      replay.answer(200, "OSM data"),
    ]);
    expect(await get()).toEqual({ notModified: false, bytes: 8 });
    expect(content()).toBe("OSM data");
  });
});

describe("the earlier file and what tells of it stay as they are", () => {
  const earlier = async () => {
    const { get } = await serving([replay.answer(200, "earlier", VERSION)]);
    await get();
    return readFileSync(inFolder("extract.pbf.fetch.json"), "utf8");
  };

  test.each([
    [
      "when the new one never comes whole",
      [replay.wrongLength("OSM data", 3)],
      /broke off after \d+ bytes: its answer is shorter/,
    ],
    [
      "when chunks have no end",
      [replay.inChunks(["OSM", "data"], false)],
      /broke off after \d+ bytes: its answer ends too early/,
    ],
    ["when it is not there", [replay.answer(404)], /404 Not Found/],
    [
      "when a login page comes instead",
      [replay.answer(200, "\n<!DOCTYPE HTML><p>Log in")],
      /page for people/,
    ],
    ["when nothing comes", [replay.answer(200, "")], /empty file/],
    [
      "when nothing was asked, but is said to be as it was",
      [replay.answer(304)],
      /although nobody asked that/,
    ],
  ])("%s", async (_when, answers, message) => {
    const sidecar = await earlier();
    const { get } = await serving(answers);
    await expect(get("/other.pbf")).rejects.toThrow(message);
    expect(content()).toBe("earlier");
    expect(readFileSync(inFolder("extract.pbf.fetch.json"), "utf8")).toBe(sidecar);
    expect(readdirSync(folder)).toHaveLength(2);
  });

  test("when there is none, there is none after", async () => {
    const { get } = await serving([replay.droppedAfter("OSM data", 3)]);
    await expect(get()).rejects.toThrow(/broke off|closed the connection/);
    expect(readdirSync(folder)).toEqual([]);
  });

  test("when the file cannot be written", async () => {
    await earlier();
    const { get, server } = await serving([replay.answer(200, "OSM data")]);
    const busy = await openOutput(inFolder("extract.pbf"));
    await expect(get("/other.pbf")).rejects.toMatchObject({ exitCode: 2 });
    await busy.discard();
    expect(content()).toBe("earlier");
    // Asking again would not have helped.
    expect(server.requests).toHaveLength(1);
  });
});

test("neither what is said nor what is kept shows a key of the address or the headers", async () => {
  const server = await replay.replayServer([replay.answer(200, "OSM data", VERSION), replay.answer(304)]);
  const client = createHttpClient({}, replay.impatientClock());
  open.push(client, server);
  const said: string[] = [];
  const talking = createLog({
    format: "text",
    quiet: false,
    env: {},
    stream: { write: (text: string) => said.push(text) },
  });
  const settings = {
    url: `${server.origin}/extract.pbf?token=t0k3n`,
    file: inFolder("extract.pbf"),
    headers: async () => ({ authorization: "Token t0k3n" }),
  };
  await download(settings, client, talking);
  expect((await download(settings, client, talking)).notModified).toBe(true);
  expect(server.requests[1]?.headers["authorization"]).toBe("Token t0k3n");
  expect(said.join("") + readFileSync(inFolder("extract.pbf.fetch.json"), "utf8")).not.toContain("t0k3n");
  expect(existsSync(inFolder("extract.pbf"))).toBe(true);
});
