import * as fc from "fast-check";
import OpeningHours from "opening_hours";
import { describe, expect, test } from "vitest";
import type { Hours } from "../ocpi/location.js";
import { openingHours } from "./opening-hours.js";

type Period = readonly [weekday: number, begin: string, end: string];

function hoursOf(periods: readonly Period[]): Hours {
  return {
    regular_hours: periods.map(([weekday, period_begin, period_end]) => ({
      weekday,
      period_begin,
      period_end,
    })),
  };
}

function valueOf(...periods: Period[]): string | undefined {
  const reading = openingHours(hoursOf(periods));
  return reading !== undefined && "value" in reading ? reading.value : undefined;
}

const WEEK = [1, 2, 3, 4, 5, 6, 7];
const everyDay = (begin: string, end: string): Period[] => WEEK.map((day) => [day, begin, end]);

describe("T5.2: what opening_times become", () => {
  test("around the clock is 24/7, whatever else is stated", () => {
    expect(openingHours({ twentyfourseven: true })).toEqual({ value: "24/7" });
    expect(openingHours({ ...hoursOf([[1, "08:00", "17:00"]]), twentyfourseven: true })).toEqual({
      value: "24/7",
    });
  });

  test("no hours, no tag", () => {
    expect(openingHours(undefined)).toBeUndefined();
    expect(openingHours({})).toBeUndefined();
    expect(openingHours({ twentyfourseven: false })).toBeUndefined();
    expect(openingHours({ regular_hours: [] })).toBeUndefined();
  });

  test.each<[string, Period[], string]>([
    ["one day", [[3, "08:00", "17:00"]], "We 08:00-17:00"],
    [
      "two periods of a day, in the order of the clock",
      [
        [1, "13:00", "17:00"],
        [1, "08:00", "12:00"],
      ],
      "Mo 08:00-12:00,13:00-17:00",
    ],
    [
      "the rule's example",
      [
        ...[1, 2, 3, 4, 5].flatMap((day): Period[] => [
          [day, "08:00", "12:00"],
          [day, "13:00", "17:00"],
        ]),
        [6, "09:00", "12:00"],
      ],
      "Mo-Fr 08:00-12:00,13:00-17:00; Sa 09:00-12:00",
    ],
    [
      "equal days apart from each other are not one run",
      [
        [1, "08:00", "17:00"],
        [3, "08:00", "17:00"],
      ],
      "Mo 08:00-17:00; We 08:00-17:00",
    ],
    [
      "two days are a run",
      [
        [4, "08:00", "17:00"],
        [5, "08:00", "17:00"],
      ],
      "Th-Fr 08:00-17:00",
    ],
    ["all days alike", everyDay("08:00", "22:30"), "Mo-Su 08:00-22:30"],
    [
      "days in any order, periods twice",
      [
        [2, "08:00", "17:00"],
        [1, "08:00", "17:00"],
        [2, "08:00", "17:00"],
      ],
      "Mo-Tu 08:00-17:00",
    ],
    ["23:59 is midnight", [[1, "08:00", "23:59"]], "Mo 08:00-24:00"],
    ["24:00 is midnight", [[1, "08:00", "24:00"]], "Mo 08:00-24:00"],
    ["00:00 is midnight", [[1, "08:00", "00:00"]], "Mo 08:00-24:00"],
    ["a whole day that ends at 00:00", [[1, "00:00", "00:00"]], "Mo 00:00-24:00"],
    ["whole days to 23:59", everyDay("00:00", "23:59"), "24/7"],
    ["whole days to 00:00", everyDay("00:00", "00:00"), "24/7"],
    ["whole days to 24:00", everyDay("00:00", "24:00"), "24/7"],
    ["six whole days are no 24/7", everyDay("00:00", "24:00").slice(1), "Tu-Su 00:00-24:00"],
    ["past midnight", [[5, "22:00", "06:00"]], "Fr 22:00-06:00"],
    [
      "a comma where a night runs into the next rule's day, for ; would take it back",
      [
        [4, "22:00", "06:00"],
        [5, "22:00", "06:00"],
        [6, "10:00", "12:00"],
        [7, "10:00", "12:00"],
      ],
      "Th-Fr 22:00-06:00, Sa-Su 10:00-12:00",
    ],
    ["seconds are dropped", [[1, "08:00:00", "17:30:59"]], "Mo 08:00-17:30"],
    ["seconds are dropped before midnight is looked for", [[1, "08:00", "23:59:59"]], "Mo 08:00-24:00"],
    ["hours of one digit", [[1, "8:00", "9:30"]], "Mo 08:00-09:30"],
  ])("%s", (_what, periods, value) => expect(valueOf(...periods)).toBe(value));

  test.each<[string, Period, string]>([
    ["weekday 0", [0, "08:00", "17:00"], "/regular_hours/1/weekday"],
    ["weekday 8", [8, "08:00", "17:00"], "/regular_hours/1/weekday"],
    ["half a weekday", [1.5, "08:00", "17:00"], "/regular_hours/1/weekday"],
    ["a word", [1, "вы:ходной", "17:00"], "/regular_hours/1"],
    ["25:00", [1, "08:00", "25:00"], "/regular_hours/1"],
    ["24:30", [1, "08:00", "24:30"], "/regular_hours/1"],
    ["minute 60", [1, "08:60", "17:00"], "/regular_hours/1"],
    ["a begin of 24:00", [1, "24:00", "06:00"], "/regular_hours/1"],
    ["begin and end the same", [1, "08:00", "08:00"], "/regular_hours/1"],
    ["begin and end a minute before midnight", [1, "23:59", "23:59"], "/regular_hours/1"],
  ])("%s: no tag at all, and the place of the fault", (_what, period, path) => {
    expect(openingHours(hoursOf([[1, "08:00", "12:00"], period]))).toEqual({
      bad: expect.any(String),
      path,
    });
  });

  test("a missing weekday or time is a fault too", () => {
    expect(openingHours({ regular_hours: [{ period_begin: "08:00", period_end: "12:00" }] })).toHaveProperty(
      "bad",
    );
    expect(openingHours({ regular_hours: [{ weekday: 1, period_begin: "08:00" }] })).toHaveProperty("bad");
  });
});

describe("T5.2: read back by the opening_hours parser", () => {
  const minutesOfDay = 24 * 60;
  const minutesOfWeek = 7 * minutesOfDay;
  const clock = (minute: number): string =>
    `${`${Math.floor(minute / 60)}`.padStart(2, "0")}:${`${minute % 60}`.padStart(2, "0")}`;

  /** Which minutes of the week (0 = Monday 00:00) the periods say are open. */
  function openMinutes(periods: readonly Period[]): Uint8Array {
    const open = new Uint8Array(minutesOfWeek);
    for (const [weekday, begin, end] of periods) {
      const minuteOf = (text: string): number => Number(text.slice(0, 2)) * 60 + Number(text.slice(3));
      const from = minuteOf(begin);
      let to = ["23:59", "00:00", "24:00"].includes(end) ? minutesOfDay : minuteOf(end);
      if (to < from) to += minutesOfDay;
      const day = (weekday - 1) * minutesOfDay;
      for (let minute = from; minute < to; minute++) open[(day + minute) % minutesOfWeek] = 1;
    }
    return open;
  }

  /** The same by the parser, from the changes it reports in a week of August (no public holidays, no clock change). */
  function parsedMinutes(value: string): Uint8Array {
    const open = new Uint8Array(minutesOfWeek);
    const monday = new Date(2026, 7, 3);
    const intervals = new OpeningHours(value, undefined).getOpenIntervals(monday, new Date(2026, 7, 10));
    const minuteOf = (date: Date): number => Math.round((date.getTime() - monday.getTime()) / 60_000);
    for (const [from, to] of intervals) open.fill(1, minuteOf(from), minuteOf(to));
    return open;
  }

  const minute = fc.oneof(
    fc.integer({ min: 0, max: 1439 }),
    fc.integer({ min: 0, max: 95 }).map((q) => q * 15),
  );
  const period = fc
    .tuple(fc.integer({ min: 1, max: 7 }), minute, minute)
    .filter(([, from, to]) => from !== to)
    .map(([day, from, to]): Period => [day, clock(from), clock(to)]);

  test("any hours parse, and are open exactly at the minutes the periods say", () => {
    fc.assert(
      fc.property(fc.array(period, { minLength: 1, maxLength: 12 }), (periods) => {
        const value = valueOf(...periods) ?? "";
        const wanted = openMinutes(periods);
        const parsed = parsedMinutes(value);
        const differs = wanted.findIndex((open, i) => open !== parsed[i]);
        expect({ value, differs }).toEqual({ value, differs: -1 });
      }),
      { numRuns: 300 },
    );
  });
});
