import { describe, expect, it } from "vitest";
import { parseMaxAge } from "./here-max-age.js";

describe("a length of time", () => {
  it.each([
    ["0", 0],
    ["45s", 45_000],
    ["30m", 1_800_000],
    ["12h", 43_200_000],
    ["7d", 604_800_000],
    ["2w", 1_209_600_000],
  ])("%s", (text, milliseconds) => {
    expect(parseMaxAge(text, "--max-age")).toBe(milliseconds);
  });

  it.each(["", "7", "d", "-1d", "1.5h", "7 days", "1y", "1d2h"])("%j is none", (text) => {
    expect(() => parseMaxAge(text, "--max-age")).toThrow(/--max-age .*30m, 12h or 7d/);
  });
});
