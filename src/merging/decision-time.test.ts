import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compareTimes, isDecisionTime } from "./decision-time.js";

describe("the time of a decision", () => {
  it("is one instant however it is written", () => {
    const before = "2026-01-01T23:29:59Z";
    const after = "2026-01-02";
    for (const same of ["2026-01-02T01:30:00+02:00", "2026-01-01T23:30:00.5Z", "2026-01-01 18:30-05:00"]) {
      expect(compareTimes(before, same)).toBeLessThan(0);
      expect(compareTimes(after, same)).toBeGreaterThan(0);
    }
    expect(compareTimes(undefined, before)).toBeLessThan(0);
    expect(compareTimes(undefined, undefined)).toBe(0);
  });

  it("sorts as the clock does, in any zone", () => {
    const time = fc.date({ min: new Date("1990-01-01"), max: new Date("2090-01-01"), noInvalidDate: true });
    const zone = fc.integer({ min: -14 * 60, max: 14 * 60 });
    const written = (instant: Date, minutes: number): string => {
      const two = (value: number): string => String(value).padStart(2, "0");
      const away = Math.abs(minutes);
      const local = new Date(instant.getTime() + minutes * 60_000).toISOString().slice(0, -1);
      return `${local}${minutes < 0 ? "-" : "+"}${two(Math.floor(away / 60))}:${two(away % 60)}`;
    };
    fc.assert(
      fc.property(time, zone, time, zone, (a, zoneA, b, zoneB) => {
        expect(Math.sign(compareTimes(written(a, zoneA), written(b, zoneB)))).toBe(
          Math.sign(a.getTime() - b.getTime()),
        );
      }),
    );
  });

  it.each([
    "yesterday",
    "",
    "2026-13-01",
    "2026-02-30",
    "31.1.2026",
    "2026-01-31T12:00:00",
    "2026-01-31T25:00Z",
  ])("is not %j", (text) => {
    expect(isDecisionTime(text)).toBe(false);
  });
});
