import { expect, test } from "vitest";
import {
  EXIT_CODES,
  exitCodeOf,
  LockedError,
  OutputError,
  ProposalsFoundError,
  ReaderGoneError,
  ThresholdError,
  UnreadableInputError,
  UsageError,
} from "./exit-codes.js";

test("the exit codes scripts rely on", () => {
  expect(EXIT_CODES.map(({ code }) => code)).toEqual([0, 1, 2, 3, 4, 5, 6, 129, 130, 143]);
});

test.each([
  [new ReaderGoneError("x"), 0],
  [new OutputError("x"), 1],
  [new UsageError("x"), 2],
  [new UnreadableInputError("x"), 3],
  [new ThresholdError("x"), 4],
  [new LockedError("x"), 5],
  [new ProposalsFoundError("x"), 6],
  [new TypeError("x"), 1],
  ["thrown text", 1],
])("%s ends with its code", (error, code) => {
  expect(exitCodeOf(error)).toBe(code);
});
