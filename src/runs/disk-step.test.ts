import { expect, test } from "vitest";
import { diskStep } from "./disk-step.js";
import { UsageError } from "./exit-codes.js";

const failing = (code: string) => () => Promise.reject(Object.assign(new Error(`${code}: said`), { code }));

test.each([
  ["ENOSPC", 1, /^disk full while writing out\/feeds; make room/],
  ["EDQUOT", 1, /^disk full while writing out\/feeds/],
  ["EACCES", 2, /^out\/feeds cannot be written: no permission$/],
  ["EROFS", 2, /no permission/],
  ["EISDIR", 1, /^out\/feeds cannot be written: EISDIR: said$/],
])("%s is told in a sentence, with the place", async (code, exitCode, message) => {
  await expect(diskStep("out/feeds", failing(code))).rejects.toMatchObject({
    exitCode,
    message: expect.stringMatching(message),
  });
});

test("what is told already, and what is no refusal of a file system, comes as it is", async () => {
  for (const error of [new UsageError("told"), new TypeError("a bug")])
    await expect(diskStep("out", () => Promise.reject(error))).rejects.toBe(error);
  expect(await diskStep("out", async () => 7)).toBe(7);
});
