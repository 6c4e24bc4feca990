/** Servers that never end: those that hardly send anything, and those that send for ever. */
import { Buffer } from "node:buffer";
import type { Socket } from "node:net";
import { expect, test } from "vitest";
import { lengthOfTime } from "../runs/length-of-time.js";
import { maxTimeOf } from "./max-time.js";
import * as replay from "./replay-server.test-support.js";
import { serving } from "./served-client.test-support.js";

/** Sends these bytes every so many milliseconds, until the connection is closed. */
function forEver(head: string, piece: string, milliseconds: number): replay.Answer {
  return (socket: Socket) =>
    new Promise((done) => {
      socket.write(`HTTP/1.1 ${head}\r\n\r\n`);
      const timer = setInterval(() => socket.write(piece), milliseconds);
      socket.on("close", () => {
        clearInterval(timer);
        done();
      });
    });
}

const CHUNKED = "200 OK\r\nTransfer-Encoding: chunked";
const chunk = (text: string) => `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`;

test("a body of which next to nothing comes is broken off, and asked for again", async () => {
  const { get, client } = await serving([forEver(CHUNKED, chunk(" "), 40), replay.answer(200, "it")]);
  expect(await get()).toBe("it");
  expect(client.counts).toMatchObject({ requests: 2, retries: 1 });
});

test("one that stays so is an error that says how little came", async () => {
  const { get } = await serving([forEver(CHUNKED, chunk(" "), 40)], { attempts: 2 });
  await expect(get()).rejects.toThrow(
    /broke off after \d+ bytes: only \d bytes? came in \d+ s \(tried 2 times\)/,
  );
});

test("a reader that takes its time is not held against the server", async () => {
  const { client, server } = await serving([replay.drip(["a", "b", "c"], 20)]);
  const read = await client.send({ url: server.origin }, async ({ body }) => {
    let text = "";
    for await (const bytes of body) {
      text += Buffer.from(bytes).toString();
      await new Promise((done) => setTimeout(done, 300));
    }
    return text;
  });
  expect(read).toBe("abc");
  expect(client.counts.requests).toBe(1);
});

test.each([
  ["a body", forEver(CHUNKED, chunk("x".repeat(5000)), 20)],
  ["early hints", forEver("103 Early Hints", "HTTP/1.1 103 Early Hints\r\n\r\n", 20)],
  ["nothing", replay.silence],
])("%s without end is given up when the download has taken all of its time", async (_what, answer) => {
  const { get, server } = await serving([answer], { maxTime: 300, idleTimeout: 60_000 });
  await expect(get()).rejects.toMatchObject({
    exitCode: 3,
    message: expect.stringMatching(
      /^http:.*: the download was given up after 1 s, the most it may take; .*--max-time/,
    ),
  });
  // What comes after the time is not begun any more.
  await expect(get()).rejects.toThrow(/given up/);
  expect(server.requests).toHaveLength(1);
});

test("requests without end are given up too, and those that wait for their turn", async () => {
  const { get } = await serving(() => replay.answer(200, "page"), { maxTime: 300, concurrency: 1 });
  const endless = async (): Promise<never> => {
    for (;;) await get();
  };
  const ends = await Promise.allSettled([endless(), endless(), endless()]);
  for (const end of ends) expect(end).toMatchObject({ status: "rejected", reason: { exitCode: 3 } });
});

test("the most it may take is half a day unless said, and 0 is for any time", () => {
  expect(maxTimeOf(undefined)).toBe(lengthOfTime("12h"));
  expect(maxTimeOf("90m")).toBe(lengthOfTime("90m"));
  expect(maxTimeOf("0")).toBeUndefined();
  expect(() => maxTimeOf("soon")).toThrow(/length of time/);
});

test("a time longer than timers can count is no time at once", async () => {
  const { get } = await serving([replay.answer(200, "it")], { maxTime: lengthOfTime("400d") });
  expect(await get()).toBe("it");
});
