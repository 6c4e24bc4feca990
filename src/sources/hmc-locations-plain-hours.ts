/** Opening hours the short way (`PlainReader`): what `readHours` gives, of days and times that are any. */
import type { Hours } from "../ocpi/location.js";
import { PLAIN_KEYS } from "./hmc-locations-plain-keys.js";
import type { Json, PlainValues } from "./hmc-locations-plain-values.js";
import { PLAIN_WORDS } from "./hmc-locations-plain-words.js";
import { type RegularHour, byWeekdayAndBegin, clockOf, endOfPeriod, MIDNIGHT } from "./here-v3-hours.js";
import { TextMemo } from "./text-memo.js";

const clocks = new TextMemo<string | null>((text) => clockOf(text) ?? null);

/** As `readHours`; a day or a time that is none is declined. */
export function plainHours(values: PlainValues, value: unknown): Hours | undefined {
  const hours = values.record(value, PLAIN_KEYS.hours);
  if (hours === undefined) return undefined;
  const open24x7 = values.flag(hours["open24x7"]);
  const regular: RegularHour[] = [];
  for (const schedule of values.records(hours["regularSchedule"], PLAIN_KEYS.schedule)) {
    const periods = values.records(schedule["periods"], PLAIN_KEYS.period).map((period) => {
      const { from, to } = period;
      if (lacksOneFor(period, from, to)) values.declined = true;
      return {
        period_begin: values.word(clocks, from) ?? MIDNIGHT,
        period_end: endOfPeriod(values.word(clocks, to)),
      };
    });
    const days = values.texts(schedule["days"]);
    if (lacksOneFor(schedule, schedule["days"], schedule["periods"])) values.declined = true;
    // Periods of no day, which the long way carries on to be told of.
    if (days.length === 0 && periods.length > 0) values.declined = true;
    for (const day of days) {
      const weekday = PLAIN_WORDS.weekday.get(day);
      if (weekday === null) values.declined = true;
      else {
        for (const { period_begin, period_end } of periods) {
          regular.push({ weekday, period_begin, period_end });
        }
      }
    }
  }
  if (open24x7 === true) return { twentyfourseven: true };
  if (regular.length === 0) return open24x7 === undefined ? undefined : { twentyfourseven: false };
  regular.sort(byWeekdayAndBegin);
  return { twentyfourseven: false, regular_hours: regular };
}

/** Whether one of two parts is missing and something else is there, which the long way looks at. */
function lacksOneFor(holder: Json, one: unknown, other: unknown): boolean {
  const known = (one == null ? 0 : 1) + (other == null ? 0 : 1);
  return known < 2 && Object.keys(holder).length > known;
}
