import { describe, expect, test } from "vitest";
import { createLog, type LogFormat } from "./log.js";
import { createProgress, progressLine, type ProgressMode } from "./progress.js";

/** Ten seconds of updates every 10 ms; returns what was written. */
function watch(mode: ProgressMode, format: LogFormat, isTTY: boolean, quiet = false): string[] {
  const written: string[] = [];
  const stream = { isTTY, write: (text: string) => written.push(text) };
  let now = 0;
  const log = createLog({ format, quiet, stream, env: {} });
  const progress = createProgress(log, mode, 10_000_000, () => now);
  for (now = 0; now <= 10_000; now += 10) progress.update({ records: now, bytes: now * 1000 });
  progress.finish();
  return written;
}

describe("where progress shows", () => {
  test.each([
    ["auto", "text", true, 50],
    ["auto", "text", false, 0],
    ["always", "text", false, 2],
    ["never", "text", true, 0],
    ["auto", "json", false, 2],
    ["never", "json", false, 0],
  ] as const)("%s, %s log, terminal %s: %i times in ten seconds", (mode, format, isTTY, times) => {
    const written = watch(mode, format, isTTY).filter((text) => text !== "\r\u001B[2K");
    expect(written).toHaveLength(times);
  });

  test("the line is gone at the end", () => {
    expect(watch("auto", "text", true).at(-1)).toBe("\r\u001B[2K");
  });

  test("quiet is quiet", () => {
    expect(watch("always", "text", true, true)).toEqual([]);
  });

  test("a JSON log gets numbers", () => {
    expect(JSON.parse(watch("auto", "json", false)[0] ?? "")).toMatchObject({
      event: "progress",
      records: 5000,
      bytes: 5_000_000,
      total_bytes: 10_000_000,
      seconds: 5,
    });
  });
});

describe("the line", () => {
  test.each([
    [
      { records: 12_345, bytes: 118_200_000 },
      241_800_000,
      1.5,
      "12,345 records  118.2 of 241.8 MB (48 %)  78.8 MB/s  2 s left",
    ],
    [{ records: 1, bytes: 1_000_000 }, undefined, 1, "1 record  1.0 MB  1.0 MB/s"],
    [{ records: 0, bytes: 0 }, 5, 0, "0 records  0.0 of 0.0 MB (0 %)  0.0 MB/s"],
    [{ records: 9, bytes: 1e6 }, 1e9, 10, "9 records  1.0 of 1000.0 MB (0 %)  0.1 MB/s  2 h 46 min left"],
    [{ records: 9, bytes: 10e6 }, 100e6, 10, "9 records  10.0 of 100.0 MB (10 %)  1.0 MB/s  1 min 30 s left"],
    [{ records: 9, bytes: 2e6 }, 1e6, 1, "9 records  2.0 of 1.0 MB (100 %)  2.0 MB/s  0 s left"],
  ])("%j of %s after %s s", (state, total, seconds, line) => {
    expect(progressLine(state, total, seconds)).toBe(line);
  });
});
