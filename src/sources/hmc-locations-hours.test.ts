import { describe, expect, it } from "vitest";
import { DEFAULT_TAGGING, tagLocation } from "../tagging/tag-location.js";
import { readLocation } from "./hmc-locations.test-support.js";

function tagOf(openingHours: unknown): string | undefined {
  const record = readLocation({
    id: "1",
    geometry: { latitude: 52.5, longitude: 13.4 },
    openingHours,
    evses: [{ uid: "a" }],
  });
  const tagged = tagLocation(record, DEFAULT_TAGGING);
  if ("reason" in tagged) throw new Error(tagged.reason);
  const told = tagged.notes.some(({ code }) => code === "bad-hours") ? "bad-hours" : undefined;
  return tagged.station.tags.find(({ key }) => key === "opening_hours")?.value ?? told;
}

const days = ["MONDAY", "TUESDAY"];

describe("opening hours of the map content (T5.2)", () => {
  it.each<[string, unknown, string | undefined]>([
    ["v3's flag", { open24x7: true }, "24/7"],
    ["its flag from another printer", { OPEN_24_X_7: { value: true } }, "24/7"],
    ["a word", "OPEN_24_X_7", "24/7"],
    [
      "v3's schedule",
      { regularSchedule: [{ days, periods: [{ from: "08:00:00", to: "18:00:00" }] }] },
      "Mo-Tu 08:00-18:00",
    ],
    [
      "v3's schedule without its defaults",
      { regularSchedule: [{ days, periods: [{ to: "18:00:00" }] }] },
      "Mo-Tu 00:00-18:00",
    ],
    [
      "the older layer's list",
      [
        { daysOfWeek: { dayOfWeek: days }, timeRange: { startTimeOfDay: "08:00", endTimeOfDay: "18:00" } },
        {
          daysOfWeek: { dayOfWeek: ["SATURDAY"] },
          timeRange: { startTimeOfDay: "10:00", endTimeOfDay: "12:00" },
        },
      ],
      "Mo-Tu 08:00-18:00; Sa 10:00-12:00",
    ],
    [
      "one of the older layer's",
      { daysOfWeek: { dayOfWeek: days }, timeRange: { startTimeOfDay: "08:00" } },
      "Mo-Tu 08:00-24:00",
    ],
    [
      "the older layer's list in an object",
      {
        operatingTime: [{ daysOfWeek: days, timeRange: { startTimeOfDay: "08:00", endTimeOfDay: "09:00" } }],
      },
      "Mo-Tu 08:00-09:00",
    ],
    [
      "OCPI's",
      {
        regularHours: [
          { weekday: 1, periodBegin: "08:00", periodEnd: "18:00" },
          { weekday: 7, periodBegin: "10:00", periodEnd: "12:00" },
        ],
      },
      "Mo 08:00-18:00; Su 10:00-12:00",
    ],
    [
      "times in parts",
      [{ days, timeRange: { startTimeOfDay: { hours: 8, minutes: 30 }, endTimeOfDay: { hours: 18 } } }],
      "Mo-Tu 08:30-18:00",
    ],
    [
      "seconds since midnight",
      [{ days, timeRange: { startTimeOfDay: 0, endTimeOfDay: 64800 } }],
      "Mo-Tu 00:00-18:00",
    ],
    [
      "milliseconds since midnight, as text",
      [{ days, timeRange: { startTimeOfDay: "28800000", endTimeOfDay: "64800000" } }],
      "Mo-Tu 08:00-18:00",
    ],
    [
      "numbers that may be minutes or seconds",
      [{ days, timeRange: { startTimeOfDay: 480, endTimeOfDay: 1080 } }],
      "bad-hours",
    ],
    [
      "a clock without its colon, which might be seconds",
      [{ days, timeRange: { startTimeOfDay: "0800", endTimeOfDay: "1800" } }],
      "bad-hours",
    ],
    [
      "a clock with seconds without its colons, which might be milliseconds",
      [{ days, timeRange: { startTimeOfDay: 80000, endTimeOfDay: 180000 } }],
      "bad-hours",
    ],
    [
      "a list in a wrapper",
      {
        regularSchedule: {
          value: [
            { days, to: "12:00" },
            { days: ["SUNDAY"], to: "13:00" },
          ],
        },
      },
      "Mo-Tu 00:00-12:00; Su 00:00-13:00",
    ],
    [
      "a list in a list",
      {
        regularSchedule: [
          [
            { days, to: "12:00" },
            { days: ["SUNDAY"], to: "13:00" },
          ],
        ],
      },
      "bad-hours",
    ],
    ["times under keys that nobody knows", [{ days, timeRange: { opensAt: "08:00" } }], "bad-hours"],
    ["one time under such a key", [{ days, timeRange: { opensAt: "08:00", to: "12:00" } }], "bad-hours"],
    ["periods under such a key", [{ days, slots: [{ from: "08:00", to: "12:00" }] }], "bad-hours"],
    ["no days", [{ timeRange: { startTimeOfDay: "08:00", endTimeOfDay: "12:00" } }], "bad-hours"],
    ["several days in a word", [{ days: ["WEEKDAYS"], timeRange: { to: "12:00" } }], "bad-hours"],
    ["numbers beyond any day", [{ days, timeRange: { startTimeOfDay: 1, endTimeOfDay: 1e9 } }], "bad-hours"],
    ["a day that is none", [{ days: ["DOOMSDAY"], timeRange: { startTimeOfDay: "08:00" } }], "bad-hours"],
    ["nothing", {}, undefined],
  ])("%s", (_what, hours, tag) => expect(tagOf(hours)).toBe(tag));

  it("the tile itself is not changed", () => {
    const hours = { regularSchedule: [{ days: [1], from: 28800, to: 64800 }] };
    const before = structuredClone(hours);
    expect(tagOf(hours)).toBe("Mo 08:00-18:00");
    expect(hours).toEqual(before);
  });
});
