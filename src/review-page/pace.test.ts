import { expect, it } from "vitest";
import { Pace, timeWords } from "./pace.js";

const SECOND = 1000;

it("tells nothing before it knows the usual gap, and leaves pauses out", () => {
  const pace = new Pace();
  let now = 0;
  for (const gap of [8, 9, 10, 3600]) pace.decided((now += gap * SECOND));
  expect(pace.timeFor(100)).toBeUndefined();
  for (const gap of [11, 12, 13]) pace.decided((now += gap * SECOND));
  expect(pace.timeFor(100)).toBe(11 * SECOND * 100);
});

it("says times as one would", () => {
  expect(timeWords(20 * SECOND)).toBe("less than a minute");
  expect(timeWords(15 * 60 * SECOND)).toBe("about 15 min");
  expect(timeWords(3 * 3600 * SECOND)).toBe("about 3 h");
});
