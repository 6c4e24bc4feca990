import { describe, expect, it } from "vitest";
import { lengthOfTime, lengthOfTimeSchema } from "./length-of-time.js";

describe("a length of time", () => {
  it.each([
    ["0", 0],
    ["45s", 45_000],
    ["30m", 1_800_000],
    ["12h", 43_200_000],
    ["7d", 604_800_000],
    ["2w", 1_209_600_000],
  ])("%s", (text, milliseconds) => {
    expect(lengthOfTime(text)).toBe(milliseconds);
    expect(lengthOfTimeSchema.safeParse(text).success).toBe(true);
  });

  it.each(["", "7", "d", "-1d", "1.5h", "7 days", "1y", "1d2h", "1234567s"])("%j is none", (text) => {
    expect(() => lengthOfTime(text)).toThrow(/not a length of time such as/);
    expect(lengthOfTimeSchema.safeParse(text).success).toBe(false);
  });
});
