import { describe, expect, it } from "vitest";
import { DEFAULT_TAGGING, tagLocation } from "../tagging/tag-location.js";
import { recordOf, tileOfOne } from "./hmc-stations.test-support.js";

function hoursIn(operatingTime: readonly object[]): string | undefined {
  const tagged = tagLocation(recordOf(tileOfOne({ operatingTime }), 0), DEFAULT_TAGGING);
  if ("reason" in tagged) throw new Error(tagged.reason);
  return tagged.station.tags.find(({ key }) => key === "opening_hours")?.value;
}

describe("operatingTime (T5.2)", () => {
  const hoursFor = (...periods: unknown[]) => {
    return hoursIn(periods.map((period) => ({ operatingTime: [period] })));
  };
  const range = (startTimeOfDay?: string, endTimeOfDay?: string) => ({ startTimeOfDay, endTimeOfDay });

  it("of all days and all hours is 24/7", () => {
    const daysOfWeek = { dayOfWeek: ["EVERYDAY"] };
    expect(hoursFor({ daysOfWeek, timeRange: range("00:00:00", "24:00:00") })).toBe("24/7");
    expect(hoursFor({ daysOfWeek, timeRange: range("00:00", "23:59:59") })).toBe("24/7");
    expect(hoursFor({ daysOfWeek, timeRange: range("0s", "86400s") })).toBe("24/7");
  });

  it("in several attributes is one week", () => {
    const weekdays = { daysOfWeek: { dayOfWeek: ["WEEKDAYS"] }, timeRange: range("T08:00", "T20:00:00") };
    const weekend = { daysOfWeek: { dayOfWeek: ["sat", "SUNDAY"] }, timeRange: range("22:00", "06:00") };
    expect(hoursFor(weekdays, weekend)).toBe("Mo-Fr 08:00-20:00; Sa-Su 22:00-06:00");
  });

  it.each([
    ["a day that is none", { daysOfWeek: { dayOfWeek: ["FEASTDAY"] }, timeRange: range("08:00", "20:00") }],
    ["a number for a day", { daysOfWeek: { dayOfWeek: [1] }, timeRange: range("08:00", "20:00") }],
    ["no days", { timeRange: range("08:00", "20:00") }],
    ["no end", { daysOfWeek: { dayOfWeek: ["MONDAY"] }, timeRange: range("08:00") }],
    ["no times", { daysOfWeek: { dayOfWeek: ["MONDAY"] } }],
    [
      "a day that is an object",
      { daysOfWeek: { dayOfWeek: ["MONDAY", {}] }, timeRange: range("08:00", "9:00") },
    ],
    ["a blank day", { daysOfWeek: { dayOfWeek: ["MONDAY", ""] }, timeRange: range("08:00", "09:00") }],
    ["a text for a period", "Mo 8-20"],
    ["a time that is none", { daysOfWeek: { dayOfWeek: ["MONDAY"] }, timeRange: range("early", "20:00") }],
  ])("with %s is withheld", (_, period) => {
    const good = { daysOfWeek: { dayOfWeek: ["TUESDAY"] }, timeRange: range("08:00", "20:00") };
    expect(hoursFor(good)).toBe("Tu 08:00-20:00");
    expect(hoursFor(good, period)).toBeUndefined();
  });

  it("of days in a list in the list, or in a wrapper, has all of them", () => {
    const days = ["MONDAY", "TUESDAY"];
    const timeRange = range("08:00", "20:00");
    expect(hoursFor({ daysOfWeek: { dayOfWeek: [days] }, timeRange })).toBe("Mo-Tu 08:00-20:00");
    expect(hoursFor({ daysOfWeek: { dayOfWeek: { value: days } }, timeRange })).toBe("Mo-Tu 08:00-20:00");
  });

  it("of more periods than a week has is withheld, not cut", () => {
    const period = { daysOfWeek: { dayOfWeek: ["MONDAY"] }, timeRange: range("08:00", "20:00") };
    expect(hoursFor(...Array.from({ length: 200 }, () => period))).toBe("Mo 08:00-20:00");
    const last = { daysOfWeek: { dayOfWeek: ["SUNDAY"] }, timeRange: range("08:00", "20:00") };
    expect(hoursFor(...Array.from({ length: 200 }, () => period), last)).toBeUndefined();
  });
});
