import { expect, test } from "vitest";
import { Pace } from "./pace.js";
import { impatientClock } from "./replay-server.test-support.js";

const never = new AbortController().signal;

test("no more requests begin a second than agreed, however many wait", async () => {
  const clock = impatientClock();
  const pace = new Pace(clock, 4);
  const begun: number[] = [];
  await Promise.all(
    Array.from({ length: 9 }, async () => {
      await pace.turn("a", never);
      begun.push(clock.now());
    }),
  );
  expect(begun).toEqual([0, 250, 500, 750, 1000, 1250, 1500, 1750, 2000]);
});

test("time in which nobody asked is not made up for by a burst", async () => {
  const clock = impatientClock();
  const pace = new Pace(clock, 1);
  await pace.turn("a", never);
  await clock.sleep(10_000, never);
  await pace.turn("a", never);
  await pace.turn("a", never);
  expect(clock.now()).toBe(11_000);
});

test("a host that asked for a pause is left alone by all, others are not", async () => {
  const clock = impatientClock();
  const pace = new Pace(clock, undefined);
  pace.pause("a", 5000);
  pace.pause("a", 1000);
  await pace.turn("b", never);
  expect(clock.now()).toBe(0);
  await Promise.all([pace.turn("a", never), pace.turn("a", never)]);
  expect(clock.now()).toBe(5000);
});

test("a pause that begins while others wait for their turn holds for them too", async () => {
  const clock = impatientClock();
  const pace = new Pace(clock, 1);
  await pace.turn("a", never);
  const waiting = pace.turn("a", never);
  pace.pause("a", 30_000);
  await waiting;
  expect(clock.now()).toBeGreaterThanOrEqual(30_000);
});
