import { afterEach, expect, test } from "vitest";
import { jsonOf } from "./body-text.js";
import { createHttpClient } from "./http-client.js";
import type { HttpAnswer } from "./http.js";
import * as replay from "./replay-server.test-support.js";

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const each of open.splice(0)) await each.close();
});

/** The same numbers every time (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const PAGES = 40;
const RECORDS_A_PAGE = 25;
/** A client tries six times. */
const MOST_FAILURES = 5;

type MakeAnswer = (page: string, random: () => number) => replay.Answer;

/** Ways to fail to give a page. */
const FAILURES: readonly MakeAnswer[] = [
  () => replay.tooMany("5"),
  () => replay.tooMany(),
  () => replay.answer(500, "oops"),
  () => replay.answer(503, "", { "retry-after": "1" }),
  () => replay.dropped,
  (page, random) => replay.droppedAfter(page, Math.floor(random() * page.length)),
  (page, random) => replay.wrongLength(page, 1 + Math.floor(random() * 50)),
  (page, random) => replay.wrongLength(page, -1 - Math.floor(random() * 50)),
  (page) => replay.inChunks([page.slice(0, 30), page.slice(30)], false),
  (page) => replay.gzipCutShort(page),
  () => replay.gzipBroken(),
  () => replay.gibberish,
];

/** Ways to give one. */
const SUCCESSES: readonly MakeAnswer[] = [
  (page) => replay.answer(200, page),
  (page) => replay.gzipped(page),
  (page) => replay.inChunks([page.slice(0, 10), page.slice(10)]),
  (page) => replay.drip([page.slice(0, 10), page.slice(10)], 1),
];

/** What becomes of the requests for a page, one after the other: failures, perhaps a token that expires, success. */
function planOf(page: string, random: () => number): replay.Answer[] {
  const one = (among: readonly MakeAnswer[]) =>
    among[Math.floor(random() * among.length)]?.(page, random) ?? replay.answer(200, page);
  const failures = Array.from({ length: Math.floor(random() * (MOST_FAILURES + 1)) }, () => one(FAILURES));
  const expired = random() < 0.3 ? [replay.answer(401, "expired")] : [];
  return [...failures, ...expired, one(SUCCESSES)];
}

test.each([1, 2, 3, 4])("in a storm of failures every record arrives once (storm %i)", async (seed) => {
  const random = seeded(seed);
  const pages = Array.from({ length: PAGES }, (_, page) =>
    JSON.stringify(
      Array.from({ length: RECORDS_A_PAGE }, (_each, at) => `record-${page * RECORDS_A_PAGE + at}`),
    ),
  );
  const plans = pages.map((page) => planOf(page, random));
  const planned = plans.flat().length;
  const server = await replay.replayServer((request) => {
    const number = Number(request.query.get("page"));
    return plans[number]?.shift() ?? replay.answer(404, "nothing more was to be asked");
  });
  const client = createHttpClient({ concurrency: 4, idleTimeout: 5000 }, replay.impatientClock(random));
  open.push(client, server);

  const arrived: string[] = [];
  const fetchPage = async (page: number) => {
    const request = { url: `${server.origin}/?page=${page}`, refused: async () => true };
    const read = async (answer: HttpAnswer) => linesOf(await jsonOf(answer));
    arrived.push(...(await client.send(request, read)));
  };
  await Promise.all(pages.map((_page, number) => fetchPage(number)));

  const all = pages.flatMap((page) => linesOf(JSON.parse(page)));
  expect(arrived.toSorted()).toEqual(all.toSorted());
  expect(client.counts).toMatchObject({ requests: planned, retries: planned - PAGES });
  expect(planned).toBeGreaterThan(2 * PAGES);
});

function linesOf(page: unknown): string[] {
  if (!Array.isArray(page)) throw new TypeError("no page");
  return page.map(String);
}
