import { describe, expect, test } from "vitest";
import { textOf } from "./body-text.js";
import type { Clock } from "./clock.js";
import { createHttpClient, HttpError } from "./http-client.js";
import * as replay from "./replay-server.test-support.js";
import { closedAfterTest, serving } from "./served-client.test-support.js";

/** Something to wait for. */
function gate(): { readonly opened: Promise<void>; readonly open: () => void } {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((done) => (open = done));
  return { opened, open: () => open() };
}

/** A clock that stands until it is moved on. */
function handClock(): Clock & { advance(milliseconds: number): void } {
  let now = 0;
  let waiting: { readonly until: number; readonly done: () => void }[] = [];
  return {
    now: () => now,
    date: () => now,
    random: () => 0.5,
    sleep: (milliseconds) =>
      new Promise((done) => {
        waiting.push({ until: now + milliseconds, done });
      }),
    advance(milliseconds) {
      now += milliseconds;
      const over = waiting.filter(({ until }) => until <= now);
      waiting = waiting.filter(({ until }) => until > now);
      for (const { done } of over) done();
    },
  };
}

const failureOf = (sent: Promise<unknown>) =>
  sent.then(
    () => undefined,
    (error: unknown) => error,
  );

describe("a server that has too much to do", () => {
  test("is left alone by every request until its Retry-After is over", async () => {
    const times: number[] = [];
    const clock = replay.impatientClock();
    // The first four are refused together, once all of them are there.
    const four = gate();
    const server = await replay.replayServer(async (_request, number) => {
      times.push(clock.now());
      if (number === 3) four.open();
      if (number < 4) await four.opened;
      return number < 4 ? replay.tooMany("90") : replay.answer(200);
    });
    const client = createHttpClient({ concurrency: 4 }, clock);
    closedAfterTest(client, server);
    const sent = Array.from({ length: 12 }, () =>
      client.send({ url: server.origin }, (answer) => textOf(answer)),
    );
    await Promise.all(sent);
    expect(times).toHaveLength(16);
    expect(times.slice(0, 4)).toEqual([0, 0, 0, 0]);
    expect(Math.min(...times.slice(4))).toBeGreaterThanOrEqual(90_000);
  });

  test("also by requests it has not refused, and by no longer than that", async () => {
    const bothThere = gate();
    const refusedOne = gate();
    const server = await replay.replayServer(async ({ path }, number) => {
      if (number === 1) bothThere.open();
      if (number < 2) await (path === "/first" ? bothThere : refusedOne).opened;
      return number < 2 && path === "/first" ? replay.tooMany("90") : replay.answer(200);
    });
    const clock = handClock();
    const client = createHttpClient({ concurrency: 2, onRetry: refusedOne.open }, clock);
    closedAfterTest(client, server);
    const get = (path: string) => client.send({ url: server.origin + path }, (answer) => textOf(answer));
    const first = get("/first");
    await get("/second");
    const third = get("/third");
    clock.advance(89_999);
    await new Promise((done) => setTimeout(done, 50));
    expect(server.requests.map(({ path }) => path)).not.toContain("/third");
    clock.advance(1);
    await third;
    clock.advance(500);
    await first;
    expect(server.requests.map(({ path }) => path).slice(2)).toEqual(["/third", "/first"]);
  });

  test("a Retry-After that is a date counts by the server's clock", async () => {
    const date = { date: "Wed, 01 Jan 2020 00:00:00 GMT" };
    const { clock, get } = await serving(
      [replay.tooMany("Wed, 01 Jan 2020 00:00:20 GMT", date), replay.answer(200)],
      {},
      () => 0,
    );
    await get();
    expect(clock.waits).toEqual([20_000]);
  });

  test("one that asks for hours is left to the next run: nothing more is sent", async () => {
    const { get, server } = await serving([replay.tooMany("7200")], { concurrency: 1 });
    const errors = await Promise.all([failureOf(get("/a")), failureOf(get("/b"))]);
    for (const error of errors) {
      expect(error).toBeInstanceOf(HttpError);
      expect(String(error)).toContain("it asks to be left alone for 2 hours; run again after that");
    }
    expect(server.requests).toHaveLength(1);
  });

  test("never more requests are under way than agreed", async () => {
    const { get, server } = await serving(() => replay.drip(["a", "b"], 5), { concurrency: 3 });
    await Promise.all(Array.from({ length: 12 }, () => get()));
    expect(server.requests).toHaveLength(12);
    expect(server.mostAtOnce).toBe(3);
  });
});

describe("closing", () => {
  test("ends what is under way and what waits, with an error", async () => {
    const { client, get } = await serving([replay.silence], { concurrency: 1, idleTimeout: 60_000 });
    const sent = [failureOf(get("/a")), failureOf(get("/b"))];
    await new Promise((done) => setTimeout(done, 20));
    await client.close();
    expect((await Promise.all(sent)).map(String)).toEqual([
      "RunError: the connections were closed",
      "RunError: the connections were closed",
    ]);
  });

  test("does not wait for the end of a pause", async () => {
    const server = await replay.replayServer([replay.tooMany("500")]);
    const client = createHttpClient();
    closedAfterTest(server);
    const waiting = new Promise<void>((done) => {
      void failureOf(client.send({ url: server.origin }, (answer) => textOf(answer))).then(() => done());
    });
    while (server.requests.length === 0) await new Promise((done) => setTimeout(done, 5));
    await client.close();
    await waiting;
  });
});
