import { array, assert, date, property } from "fast-check";
import { describe, expect, it, test } from "vitest";
import { compareStamps, isStamp, nextStamp } from "./stamps.js";

describe("the name of a run", () => {
  const now = new Date("2026-11-21T02:00:00.987Z");

  test.each([
    [undefined, "2026-11-21T020000Z"],
    ["2026-11-20T020000Z", "2026-11-21T020000Z"],
    ["2026-11-20T020000Z.07", "2026-11-21T020000Z"],
    ["2026-11-21T020000Z", "2026-11-21T020000Z.01"],
    ["2026-11-21T020000Z.01", "2026-11-21T020000Z.02"],
    ["2026-11-21T020000Z.99", "2026-11-21T020000Z.100"],
    ["2031-01-01T000000Z", "2031-01-01T000000Z.01"],
  ])("after %s is %s", (newest, name) => {
    expect(nextStamp(now, newest)).toBe(name);
    expect(isStamp(name)).toBe(true);
  });

  it("goes up, whatever the clock does", () => {
    const moments = date({
      min: new Date("1970-01-01T00:00:00Z"),
      max: new Date("2099-12-31T00:00:00Z"),
      noInvalidDate: true,
    });
    assert(
      property(array(moments, { minLength: 1, maxLength: 150 }), (clock) => {
        const names: string[] = [];
        for (const moment of clock) names.push(nextStamp(moment, names.at(-1)));
        expect(names.toSorted(compareStamps)).toEqual(names);
        expect(new Set(names).size).toBe(names.length);
      }),
    );
  });

  test.each(["latest", "feeds", "2026-11-21", ".2026-11-21T020000Z.unpublished", "2026-11-21T020000Z.1"])(
    "%s is none",
    (name) => expect(isStamp(name)).toBe(false),
  );
});
