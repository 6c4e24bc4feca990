/** Extracts of a run that do not come, or cannot be kept. */
import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import {
  type Answer,
  type ReplayServer,
  answer,
  dropped,
  replayServer,
} from "../../fetching/replay-server.test-support.js";
import { temporaryFolder } from "../../runs/compiled.test-support.js";
import type { Log } from "../../runs/log.js";
import { SILENT } from "../convert.test-support.js";
import { runExtracts } from "./run-extracts.js";

let temporary: ReturnType<typeof temporaryFolder>;
let server: ReplayServer;

beforeEach(() => {
  temporary = temporaryFolder();
});
afterEach(async () => {
  await server.close();
  temporary.remove();
});

/** Sends bytes as long as anybody takes them. */
const endless: Answer = (socket) =>
  new Promise((done) => {
    socket.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
    const timer = setInterval(() => socket.write(`3e8\r\n${"x".repeat(1000)}\r\n`), 10);
    socket.on("close", () => {
      clearInterval(timer);
      done();
    });
  });

test("one that never ends is given up, so that the night goes on; each has the time for itself", async () => {
  server = await replayServer(({ path }) => (path === "/good.osm" ? answer(200, "it") : endless));
  const extracts = runExtracts(temporary.path, undefined, SILENT, { maxTime: 1500 });
  await expect(extracts.fileOf(`${server.origin}/endless.osm`)).rejects.toMatchObject({
    exitCode: 3,
    message: expect.stringMatching(/endless\.osm: the download was given up after 2 s.*name the file$/),
  });
  expect(await extracts.fileOf(`${server.origin}/good.osm`)).toMatch(/good\.osm$/);
  expect(readdirSync(join(temporary.path, ".extracts")).filter((name) => name.includes("endless"))).toEqual(
    [],
  );
  await extracts.close();
});

test("one that is asked for again says so", async () => {
  server = await replayServer([dropped, answer(200, "it")]);
  const said: string[] = [];
  const log: Log = { ...SILENT, info: (message) => void said.push(message) };
  await runExtracts(temporary.path, undefined, log).fileOf(`${server.origin}/it.osm`);
  expect(said).toContainEqual(expect.stringMatching(/waiting \d+ s before trying again/));
});

test("a file where their folder is to be is told in a sentence", async () => {
  server = await replayServer([answer(200, "it")]);
  writeFileSync(join(temporary.path, ".extracts"), "");
  await expect(
    runExtracts(temporary.path, undefined, SILENT).fileOf(`${server.origin}/it.osm`),
  ).rejects.toMatchObject({
    exitCode: 2,
    message: expect.stringMatching(/a file is in the way; move it away/),
  });
});
