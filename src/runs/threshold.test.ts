import * as fc from "fast-check";
import { expect, test } from "vitest";
import { ThresholdError, UsageError } from "./exit-codes.js";
import { crossedThreshold, parseThreshold } from "./threshold.js";

test.each([
  ["100", { limit: 100, percent: false }],
  [0, { limit: 0, percent: false }],
  ["2%", { limit: 2, percent: true }],
  [" 0.5 % ", { limit: 0.5, percent: true }],
  ["100%", { limit: 100, percent: true }],
])("%s is a threshold", (text, threshold) => {
  expect(parseThreshold(text, "--max-rejects")).toEqual(threshold);
});

test.each(["", "x", "-1", "1.5", "101%", "%", "1e3", "5%%", "Infinity", "0x10", 1.5, -1])(
  "%s is none",
  (text) => {
    expect(() => parseThreshold(text, "--max-rejects")).toThrow(UsageError);
    expect(() => parseThreshold(text, "--max-rejects")).toThrow(/^--max-rejects: /);
  },
);

test("as many rejects as allowed pass, one more does not", () => {
  fc.assert(
    fc.property(fc.nat(1000), (limit) => {
      const threshold = { limit, percent: false };
      expect(crossedThreshold(threshold, { read: 10_000, rejected: limit })).toBeUndefined();
      expect(crossedThreshold(threshold, { read: 10_000, rejected: limit + 1 })).toBeInstanceOf(
        ThresholdError,
      );
    }),
  );
  const share = parseThreshold("2%", "");
  expect(crossedThreshold(share, { read: 1000, rejected: 20 })).toBeUndefined();
  expect(crossedThreshold(share, { read: 1000, rejected: 21 })?.message).toMatch(
    /21 of 1,000 records.*2\.10 %.*2 %/,
  );
});

test("an empty feed crosses no threshold", () => {
  expect(crossedThreshold(parseThreshold("0%", ""), { read: 0, rejected: 0 })).toBeUndefined();
  expect(crossedThreshold(parseThreshold("0", ""), { read: 0, rejected: 0 })).toBeUndefined();
});
