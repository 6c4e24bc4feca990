/** `fetch here`: every id comes out once, whatever the server does, and nothing that was retrieved is lost. */
import { existsSync, readFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  badRequest,
  contentId,
  contentIds,
  listAnswer,
  recordText,
} from "../fetching/here-server.test-support.js";
import { hereReportSchema } from "../fetching/here-report.js";
import {
  type Answer,
  answer,
  dropped,
  droppedAfter,
  gzipped,
  impatientClock,
  inChunks,
  tooMany,
  wrongLength,
} from "../fetching/replay-server.test-support.js";
import { fetchHereFeed } from "./fetch-here.js";
import { API_KEY, BEGINNING, HereFolder, idsIn, outputOf } from "./fetch-here.test-support.js";
import { SILENT } from "./convert.test-support.js";

let folder: HereFolder;

beforeEach(() => {
  folder = new HereFolder();
});
afterEach(() => folder.close());

describe("a download", () => {
  it("asks for 100 content ids a request and writes the records as they were sent, in the order of the ids", async () => {
    const server = await folder.here({ key: API_KEY });
    const ids = contentIds(250);
    const report = await folder.fetch(folder.feed(server.baseUrl, ids));
    expect(server.lookups.map((asked) => asked.length).sort()).toEqual([100, 100, 50]);
    expect(folder.read("out.ndjson")).toBe(outputOf(ids, BEGINNING));
    expect(report).toMatchObject({
      asked: 250,
      records: 250,
      retrieved: 250,
      kept: 0,
      missing: [],
      requests: 3,
    });
    const [request] = server.requests;
    expect(request?.query.get("fields")).toBe("address,evses,locationInfo,connectorGroups");
    expect(request?.query.has("connectorTypes")).toBe(false);
    expect(folder.names).toEqual(["ids", "key", "out.ndjson"]);
  });

  it("asks for 50 at once where they are no content ids", async () => {
    const server = await folder.here();
    const ids = Array.from({ length: 120 }, (_, index) => `plain-${index}`);
    await folder.fetch(folder.feed(server.baseUrl, ids));
    expect(server.lookups.map((asked) => asked.length).sort()).toEqual([20, 50, 50]);
    expect(idsIn(folder.read("out.ndjson"))).toEqual(ids);
  });

  it("keeps addresses short enough, however long the ids are", async () => {
    const server = await folder.here();
    const ids = Array.from({ length: 100 }, (_, index) => contentId(10 ** 15 + index).padEnd(300, "A"));
    await folder.fetch(folder.feed(server.baseUrl, ids));
    for (const { query, path } of server.requests)
      expect(`${server.origin}${path}?${query}`.length).toBeLessThan(8200);
    expect(idsIn(folder.read("out.ndjson"))).toEqual(ids);
  });

  it("has no more requests under way than allowed", async () => {
    const server = await folder.here();
    await folder.fetch(folder.feed(server.baseUrl, contentIds(2000), { concurrency: 3 }));
    expect(server.mostAtOnce).toBeLessThanOrEqual(3);
    expect(server.lookups).toHaveLength(20);
  });

  it("is compressed where its name ends in .gz, and gone on with from there", async () => {
    const server = await folder.here();
    const output = folder.file("out.ndjson.gz");
    await folder.fetch(folder.feed(server.baseUrl, contentIds(5)), { output });
    expect([...readFileSync(output).subarray(0, 2)]).toEqual([0x1f, 0x8b]);
    const report = await folder.fetch(folder.feed(server.baseUrl, contentIds(8)), { output });
    expect(report).toMatchObject({ kept: 5, retrieved: 3 });
    expect(server.lookups.at(-1)).toEqual(contentIds(3, 6));
    expect(folder.read("out.ndjson.gz")).toBe(outputOf(contentIds(8), BEGINNING));
  });

  it("tells run what it came to", async () => {
    const server = await folder.here({ without: new Set([contentId(2)]) });
    const feed = folder.feed(server.baseUrl, contentIds(3));
    expect(await fetchHereFeed(feed, folder.file("out.ndjson"), SILENT)).toMatchObject({
      file: folder.file("out.ndjson"),
      records: 2,
      retrieved: 2,
      missing: [contentId(2)],
      notModified: false,
      requests: 1,
      retries: 0,
    });
  });
});

describe("whatever goes wrong on the way", () => {
  const once: ReadonlyArray<readonly [string, (text: string) => Answer]> = [
    ["429", () => tooMany()],
    ["429 with Retry-After", () => tooMany("7")],
    ["500", () => answer(500, "{}")],
    ["503 of a proxy", () => answer(503, "<html>busy</html>")],
    ["a connection that is dropped", () => dropped],
    ["a connection that is dropped in the middle", (text) => droppedAfter(text, 500)],
    ["a body shorter than its Content-Length", (text) => wrongLength(text, 50)],
    ["a body longer than its Content-Length", (text) => wrongLength(text, -50)],
    ["chunks without an end", (text) => inChunks([text.slice(0, 900)], false)],
    ["JSON that ends in the middle", (text) => answer(200, text.slice(0, 900))],
  ];

  it.each(once)("%s: every record arrives once", async (_, bad) => {
    const server = await folder.here({
      instead: (_request, ids, number) =>
        number % 2 === 0 ? bad(`{"items":[${ids.map(recordText).join(",")}]}`) : undefined,
    });
    const ids = contentIds(300);
    const report = await folder.fetch(folder.feed(server.baseUrl, ids, { concurrency: 1 }));
    expect(folder.read("out.ndjson").replaceAll(/"retrieved_at":"[^"]+"/g, "")).toBe(
      outputOf(ids, BEGINNING).replaceAll(/"retrieved_at":"[^"]+"/g, ""),
    );
    expect(report).toMatchObject({ records: 300, retrieved: 300, requests: 6, retries: 3 });
  });

  it("a storm of 429s: all come in the end", async () => {
    let calm = 0;
    const server = await folder.here({ instead: () => (calm++ < 12 ? tooMany("1") : undefined) });
    const ids = contentIds(1000);
    await folder.fetch(folder.feed(server.baseUrl, ids, { attempts: 20 }));
    expect(idsIn(folder.read("out.ndjson"))).toEqual(ids);
  });

  it("compressed answers are read", async () => {
    const server = await folder.here({
      instead: (_request, ids) => gzipped(`{"items":[${ids.map(recordText).join(",")}]}`),
    });
    await folder.fetch(folder.feed(server.baseUrl, contentIds(150)));
    expect(idsIn(folder.read("out.ndjson"))).toEqual(contentIds(150));
  });

  it("is told in lines that can be read, however many ids were asked for", async () => {
    const server = await folder.here({
      instead: (_request, _ids, number) => answer(number % 2 ? 500 : 418, "{}"),
    });
    const failed = folder.fetch(folder.feed(server.baseUrl, contentIds(100), { concurrency: 1 }));
    const message = await failed.then(
      () => "",
      (error: unknown) => String(error),
    );
    expect(message).toContain("answered 418");
    for (const line of [message, ...folder.said.split("\n")]) expect(line.length).toBeLessThan(400);
  });

  it("a server that stays broken: what came is kept, the output is as it was, and the next run goes on", async () => {
    let broken = true;
    const server = await folder.here({
      instead: (_request, ids) => (broken && ids.includes(contentId(450)) ? answer(500, "{}") : undefined),
    });
    const feed = folder.feed(server.baseUrl, contentIds(600), { concurrency: 1 });
    folder.write("out.ndjson", outputOf([contentId(1)], "2026-11-20T00:00:00Z"));
    await expect(folder.fetch(feed)).rejects.toMatchObject({
      exitCode: 3,
      message: expect.stringContaining("HERE's service failed"),
    });
    expect(folder.said).toContain("400 of 599 ids were done before it failed");
    expect(folder.read("out.ndjson")).toBe(outputOf([contentId(1)], "2026-11-20T00:00:00Z"));
    broken = false;
    const before = server.lookups.length;
    const report = await folder.fetch(feed);
    expect(server.lookups.slice(before).flat()).toEqual(contentIds(199, 402));
    expect(report).toMatchObject({ kept: 401, retrieved: 199, records: 600 });
    expect(idsIn(folder.read("out.ndjson"))).toEqual(contentIds(600));
    expect(folder.names).not.toContain("out.ndjson.part");
  });
});

describe("ids without a record", () => {
  it("are listed in the order asked for, as they were asked for", async () => {
    const server = await folder.here({ without: new Set([contentId(2), contentId(5)]) });
    const ids = contentIds(6).map((id) => `here:evcp:charginglocation:${id}`);
    const report = await folder.fetch(folder.feed(server.baseUrl, ids), {
      missing: folder.file("missing"),
      report: folder.file("report.json"),
    });
    expect(report.missing).toEqual([ids[1], ids[4]]);
    expect(folder.read("missing")).toBe(`${ids[1]}\n${ids[4]}\n`);
    expect(hereReportSchema.parse(JSON.parse(folder.read("report.json")))).toEqual(report);
    expect(folder.said).toContain("HERE does not have 2 ids of those asked for");
  });

  it("of which HERE says nothing are asked for again, each alone", async () => {
    const silent = contentId(3);
    const lost = contentId(4);
    const server = await folder.here({
      instead: (_request, ids) =>
        ids.length > 1 || ids[0] === silent
          ? listAnswer(ids.filter((id) => id !== silent && id !== lost))
          : undefined,
    });
    const report = await folder.fetch(folder.feed(server.baseUrl, contentIds(6)));
    expect(server.lookups.slice(1)).toEqual([[silent], [lost]]);
    expect(report).toMatchObject({ records: 5, missing: [silent], unanswered: [silent] });
    expect(idsIn(folder.read("out.ndjson"))).toEqual(contentIds(6).filter((id) => id !== silent));
    expect(folder.said).toContain("HERE said nothing of 1 id, not even when asked for them alone");
  });

  it("that HERE takes for none are found and told; all others come", async () => {
    const bad = new Set(["no.such.form", "neither this"]);
    const server = await folder.here({
      instead: (_request, ids) =>
        ids.some((id) => bad.has(id) || id === "neither")
          ? badRequest("querystring/ids/3 must match pattern")
          : undefined,
    });
    const ids = [...contentIds(120), "neither", ...contentIds(50, 200), "no.such.form"];
    const report = await folder.fetch(folder.feed(server.baseUrl, ids));
    expect(report.missing).toEqual(["neither", "no.such.form"]);
    expect(report.refused).toEqual(
      report.missing.map((id) => ({ id, cause: "querystring/ids/3 must match pattern" })),
    );
    expect(idsIn(folder.read("out.ndjson"))).toEqual(ids.filter((id) => !report.missing.includes(id)));
  });

  it("are not looked for where it is something else that HERE refuses", async () => {
    const fields = await folder.here({
      instead: () => badRequest("querystring/fields/2 must be equal to one of"),
    });
    await expect(folder.fetch(folder.feed(fields.baseUrl, contentIds(100)))).rejects.toMatchObject({
      exitCode: 3,
      message: expect.stringContaining("querystring/fields/2"),
    });
    expect(fields.requests).toHaveLength(1);
    const unclear = await folder.here({ instead: () => badRequest("it is Sunday") });
    const feed = folder.feed(unclear.baseUrl, contentIds(1000), { concurrency: 1 });
    await expect(folder.fetch(feed)).rejects.toMatchObject({
      message: expect.stringContaining("it is Sunday"),
    });
    expect(unclear.requests.length).toBeLessThan(60);
  });

  it("all of them: the output stays as it was", async () => {
    const server = await folder.here({ without: new Set(contentIds(9)) });
    folder.write("out.ndjson", outputOf(["other"], BEGINNING));
    await expect(
      folder.fetch(folder.feed(server.baseUrl, contentIds(9)), { missing: folder.file("missing") }),
    ).rejects.toMatchObject({ exitCode: 3, message: expect.stringContaining("HERE has none of the ids") });
    expect(folder.read("out.ndjson")).toBe(outputOf(["other"], BEGINNING));
    expect(folder.read("missing").trim().split("\n")).toEqual(contentIds(9));
    expect(folder.names).not.toContain("out.ndjson.part");
  });
});

it("records that nobody asked for are not taken, and are told", async () => {
  const server = await folder.here({
    instead: (_request, ids) => listAnswer([...ids, "stranger", ...ids.slice(0, 1)]),
  });
  const report = await folder.fetch(folder.feed(server.baseUrl, contentIds(4)));
  expect(report).toMatchObject({ records: 4, unasked: 2 });
  expect(idsIn(folder.read("out.ndjson"))).toEqual(contentIds(4));
  expect(folder.said).toContain("2 records twice or unasked, which were not taken: stranger");
});

it("two downloads into one file: the second ends with exit code 5", async () => {
  let release = () => {};
  const held = new Promise<void>((done) => (release = done));
  const server = await folder.here({
    instead: (_request, ids) => async (socket, seen) => {
      await held;
      await listAnswer(ids)(socket, seen);
    },
  });
  const feed = folder.feed(server.baseUrl, contentIds(2));
  const first = folder.fetch(feed);
  while (server.requests.length === 0) await new Promise((later) => setTimeout(later, 5));
  await expect(folder.fetch(feed)).rejects.toMatchObject({ exitCode: 5 });
  release();
  await first;
  expect(idsIn(folder.read("out.ndjson"))).toEqual(contentIds(2));
});

it("of 20,000 ids nothing piles up: each request waits until earlier answers are on the disk", async () => {
  let ahead = 0;
  let asked = 0;
  const part = folder.file("out.ndjson.part");
  const server = await folder.here({
    instead: (_request, ids) => {
      const written = existsSync(part) ? readFileSync(part, "utf8").split("\n").length - 1 : 0;
      ahead = Math.max(ahead, asked - written);
      asked += ids.length;
      return undefined;
    },
  });
  const report = await folder.fetch(folder.feed(server.baseUrl, contentIds(20_000)), {
    clock: impatientClock(),
  });
  expect(report.records).toBe(20_000);
  expect(ahead).toBeLessThanOrEqual(400);
  expect(idsIn(folder.read("out.ndjson"))).toEqual(contentIds(20_000));
});
