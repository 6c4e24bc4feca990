import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createLog, printable, type LogSettings } from "./log.js";

function logTo(settings: Partial<LogSettings> & { isTTY?: boolean; columns?: number }) {
  const written: string[] = [];
  const { isTTY = false, columns } = settings;
  const stream = { isTTY, columns, write: (text: string) => written.push(text) };
  const log = createLog({ format: "text", quiet: false, env: {}, ...settings, stream });
  return { log, written };
}

describe("text", () => {
  test("one line a message, with its level", () => {
    const { log, written } = logTo({});
    log.info("reading");
    log.warn("odd");
    log.error("broken");
    expect(written).toEqual(["reading\n", "warning: odd\n", "error: broken\n"]);
  });

  test("quiet leaves warnings and errors", () => {
    const { log, written } = logTo({ quiet: true });
    log.info("reading");
    log.warn("odd");
    expect(written).toEqual(["warning: odd\n"]);
  });

  test.each([
    [{ isTTY: true }, true],
    [{ isTTY: false }, false],
    [{ isTTY: true, env: { NO_COLOR: "1" } }, false],
    [{ isTTY: true, env: { NO_COLOR: "" } }, true],
    [{ isTTY: true, env: { TERM: "dumb" } }, false],
  ])("%j coloured: %s", (settings, coloured) => {
    const { log, written } = logTo(settings);
    log.warn("odd");
    expect(written.join("").includes("\u001B[")).toBe(coloured);
  });

  test("whatever a feed holds, it cannot steer the terminal", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        // oxlint-disable-next-line no-control-regex
        expect(printable(text)).not.toMatch(/[\u0000-\u0009\u000B-\u001F\u007F-\u009F]/);
      }),
    );
    expect(printable("a\u001B[2Jb")).toBe("a\\u001b[2Jb");
    expect(printable("Grüße, 充电\nzwei")).toBe("Grüße, 充电\nzwei");
  });
});

describe("JSON", () => {
  test("one object a line, with facts", () => {
    const { log, written } = logTo({ format: "json", isTTY: true });
    log.warn("two\nlines", { file: "a.json", records: 3 });
    expect(written).toHaveLength(1);
    expect(written[0]).toMatch(/^[^\n]+\n$/);
    expect(JSON.parse(written.join(""))).toEqual({
      time: expect.stringMatching(/^\d{4}-.*Z$/),
      level: "warn",
      message: "two\nlines",
      file: "a.json",
      records: 3,
    });
  });
});

describe("the line at the bottom", () => {
  test("makes way for messages and comes back", () => {
    const { log, written } = logTo({ isTTY: true });
    log.status("50 %");
    log.info("hello");
    log.status(undefined);
    log.info("done");
    expect(written).toEqual(["\r\u001B[2K50 %", "\r\u001B[2Khello\n50 %", "\r\u001B[2K", "done\n"]);
  });

  test.each([
    [20, 19],
    [0, 79],
    [undefined, 79],
  ])("never wraps, on a terminal of %s columns", (columns, shown) => {
    const { log, written } = logTo({ isTTY: true, ...(columns === undefined ? {} : { columns }) });
    log.status("x".repeat(100));
    expect(written.join("")).toBe(`\r\u001B[2K${"x".repeat(shown)}`);
  });
});
