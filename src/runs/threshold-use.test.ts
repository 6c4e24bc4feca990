import { expect, test } from "vitest";
import { thresholdUse } from "./threshold-use.js";

test.each([
  ["2%", 10, 1000, 0.5],
  ["2%", 20, 1000, 1],
  ["2 %", 40, 1000, 2],
  ["100", 25, 1000, 0.25],
  ["0", 0, 1000, 0],
  ["0", 1, 1000, Infinity],
  ["0%", 1, 1000, Infinity],
  ["5%", 0, 0, undefined],
  ["5", 0, 0, 0],
])("of a limit of %s, %d of %d use %s", (limit, measured, of, use) => {
  expect(thresholdUse({ name: "rejects", limit, measured, of, crossed: false })).toBe(use);
});
