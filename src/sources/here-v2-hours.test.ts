import { assert, integer, property, subarray } from "fast-check";
import { describe, expect, it } from "vitest";
import { aGroup, aStation, readStation, tagged } from "../commands/here-v2.test-support.js";

const BITS = { su: 1, mo: 2, tu: 4, we: 8, th: 16, fr: 32, sa: 64 };
const WEEKDAYS = { mo: 1, tu: 2, we: 3, th: 4, fr: 5, sa: 6, su: 7 };
const DAYS = ["mo", "tu", "we", "th", "fr", "sa", "su"] as const;

function withDetails(...details: readonly object[]) {
  return aStation(details.map((connectorDetails) => aGroup(31, 1, { connectorDetails })));
}

function withHours(...entries: readonly object[]) {
  return withDetails({ openingHours: { regularOpeningHours: entries } });
}

function hoursTag(station: object) {
  const { tags, notes } = tagged(station);
  return [tags["opening_hours"], ...notes.filter((note) => /hours|annual/.test(note))];
}

describe("T5.2 from v2", () => {
  it.each<[string, object, readonly unknown[]]>([
    ["open24x7", withDetails({ open24x7: true }), ["24/7"]],
    [
      "all days, 00:00:00..24:00:00",
      withHours({ daymask: 127, period: [{ from: "00:00:00", to: "24:00:00" }] }),
      ["24/7"],
    ],
    [
      "weekdays and Sunday, one period as an object, a mask as text",
      withHours(
        { daymask: "62", period: { from: "08:00:00", to: "18:30:00" } },
        { daymask: 1, period: [{ from: "10:00:00", to: "00:00:00" }] },
      ),
      ["Mo-Fr 08:00-18:30; Su 10:00-24:00"],
    ],
    [
      "lunch break",
      withHours({
        daymask: 64,
        period: [
          { from: "08:00", to: "12:00" },
          { from: "13:00", to: "18:00" },
        ],
      }),
      ["Sa 08:00-12:00,13:00-18:00"],
    ],
    [
      "wrapped lists",
      withDetails({
        openingHours: {
          regularOpeningHours: {
            regularOpeningHour: { daymask: 2, period: { from: "08:00:00", to: "09:00:00" } },
          },
        },
      }),
      ["Mo 08:00-09:00"],
    ],
    ["nothing said", withDetails({}), [undefined]],
    ["closed all year round is nothing said", withDetails({ open24x7: false }), [undefined]],
    ["groups that agree", withDetails({ open24x7: true }, {}, { open24x7: "true" }), ["24/7"]],
    [
      "groups that do not",
      withDetails(
        { open24x7: true },
        { openingHours: { regularOpeningHours: { daymask: 2, period: { from: "08:00:00" } } } },
      ),
      [undefined, "bad-hours: groups of connectors have different hours"],
    ],
    [
      "hours of the station itself",
      aStation(aGroup(31, 1), { evStationDetails: { open24x7: true } }),
      ["24/7"],
    ],
    [
      "annual openings",
      withDetails({
        openingHours: {
          regularOpeningHours: [{ daymask: 2, period: [{ from: "08:00:00", to: "09:00:00" }] }],
          annualOpenings: [{ from: "2026-12-24", to: "2026-12-26" }],
        },
      }),
      ["Mo 08:00-09:00", "annual-openings: "],
    ],
  ])("%s", (_what, station, left) => expect(hoursTag(station)).toEqual(left));

  it.each([0, 128, -1, 1.5, "x"])("a daymask of %s is none, so no hours are claimed", (daymask) => {
    const [tag, note] = hoursTag(withHours({ daymask, period: { from: "08:00:00", to: "09:00:00" } }));
    expect(tag).toBeUndefined();
    expect(note).toMatch(/^bad-hours/);
  });

  it("a daymask is the sum of its days", () => {
    assert(
      property(subarray([...DAYS], { minLength: 1 }), integer({ min: 0, max: 22 }), (days, hour) => {
        const daymask = days.reduce((sum, day) => sum + BITS[day], 0);
        const from = `${String(hour).padStart(2, "0")}:00`;
        const record = readStation(withHours({ daymask, period: { from: `${from}:00`, to: "23:30:00" } }));
        expect(record.location.opening_times?.regular_hours).toEqual(
          days.map((day) => ({ weekday: WEEKDAYS[day], period_begin: from, period_end: "23:30" })),
        );
      }),
    );
  });

  it.each<[string, unknown]>([
    ["an entry in a text", "Sa 8-12"],
    ["periods in a text", { daymask: 2, period: "8-12" }],
    ["a period in a text", { daymask: 2, period: ["8-12"] }],
    ["a begin that is an object", { daymask: 2, period: { from: { h: 8 }, to: "12:00:00" } }],
    ["times under other names", { daymask: 2, period: { start: "08:00:00", end: "12:00:00" } }],
  ])("%s: no hours are claimed, not even the others", (_what, entry) => {
    const other = { daymask: 64, period: [{ from: "08:00:00", to: "12:00:00" }] };
    const station = withDetails({ openingHours: { regularOpeningHours: [other, entry] } });
    const [tag, note] = hoursTag(station);
    expect(tag).toBeUndefined();
    expect(note).toMatch(/^bad-hours/);
  });
});
