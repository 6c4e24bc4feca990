import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { backOff, retryAfter } from "./retry-delay.js";

const NOW = Date.UTC(2026, 10, 21, 18, 0, 0);
const seconds = (value: string, date?: string) => {
  const wait = retryAfter(value, date, NOW);
  return wait === undefined ? undefined : wait / 1000;
};

describe("Retry-After", () => {
  test.each([
    ["0", 0],
    ["120", 120],
    [" 7 ", 7],
    ["1.5", 1.5],
    ["Sat, 21 Nov 2026 18:01:00 GMT", 60],
    ["Saturday, 21-Nov-26 18:01:00 GMT", 60],
    ["Sat Nov 21 18:01:00 2026", 60],
    ["Sat, 21 Nov 2026 17:00:00 GMT", 0],
  ])("%s means %d s", (value, wait) => {
    expect(seconds(value)).toBe(wait);
  });

  test.each([
    "",
    "-5",
    "soon",
    "1e9",
    "0x10",
    "2026-11-21",
    "12:00",
    "NaN",
    "Infinity",
    "Sat, 99 Foo 2026 18:01:00 GMT",
  ])("%j means nothing", (value) => {
    expect(seconds(value)).toBeUndefined();
  });

  test("a date counts from the server's own date, so that a wrong clock here changes nothing", () => {
    const there = "Wed, 01 Jan 2020 00:00:00 GMT";
    expect(seconds("Wed, 01 Jan 2020 00:00:30 GMT", there)).toBe(30);
    expect(seconds("Wed, 01 Jan 2020 00:00:30 GMT", "no date")).toBe(0);
  });

  test("seconds are waited out whole, however many digits they have", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 40n }), (wait) => {
        const milliseconds = retryAfter(String(wait), undefined, NOW);
        const longest = 366 * 24 * 3600 * 1000;
        expect(milliseconds).toBe(wait > 31_622_400n ? longest : Number(wait) * 1000);
      }),
    );
  });

  test("a date of any server comes back as the time until then", () => {
    const time = fc.integer({ min: 0, max: 4_102_444_800 });
    fc.assert(
      fc.property(time, fc.integer({ min: 0, max: 86_400 }), (then, wait) => {
        const date = new Date(then * 1000).toUTCString();
        expect(retryAfter(new Date((then + wait) * 1000).toUTCString(), date, NOW)).toBe(wait * 1000);
      }),
    );
  });

  test("whatever a server sends, it is nothing or a time that can be waited", () => {
    fc.assert(
      fc.property(fc.string(), fc.option(fc.string(), { nil: undefined }), (value, date) => {
        const wait = retryAfter(value, date, NOW) ?? 0;
        expect(wait).toBeGreaterThanOrEqual(0);
        expect(Number.isFinite(wait)).toBe(true);
      }),
    );
  });
});

test("back-off: anything up to a limit that doubles, at most a minute", () => {
  expect([1, 2, 3, 7, 100].map((failures) => backOff(failures, 0.999_999))).toEqual([
    expect.closeTo(1000, 0),
    expect.closeTo(2000, 0),
    expect.closeTo(4000, 0),
    expect.closeTo(60_000, 0),
    expect.closeTo(60_000, 0),
  ]);
  expect(backOff(5, 0)).toBe(0);
});
