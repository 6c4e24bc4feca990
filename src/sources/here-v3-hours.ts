/** HERE's openingHours → OCPI Hours (the input of rule T5.2). */
import type { Hours } from "../ocpi/location.js";
import type { DecodeText } from "./dialect.js";
import { type WireText, asFlag, asText, present } from "./here-v3-values.js";
import type { HereLocation } from "./here-v3-wire.js";

const CLOCK = /^(\d{1,2}:\d\d)(?::\d\d(?:\.\d+)?)?$/;
/** Where a period begins that does not say. */
export const MIDNIGHT = "00:00";
const END_OF_DAY = "24:00";

/**
 * `open24x7` → `twentyfourseven`; each day × period of the schedule → one regular hour, by weekday, then begin. A
 * period without `from` begins at 00:00; without `to`, or until 00:00:00, it ends at 24:00. A day without periods is
 * closed. Periods without a day, and a key that nobody knows where a part is missing, are no hours. A day or time that is none is carried on as it is (day: no weekday), for T5.2 to withhold the tag.
 * `exceptions` are local dates, which OCPI's UTC periods cannot say exactly; they are not carried.
 */
export function readHours(hours: HereLocation["openingHours"], decode: DecodeText): Hours | undefined {
  const open24x7 = asFlag(hours?.open24x7);
  if (open24x7 === true) return { twentyfourseven: true };
  const regular: RegularHour[] = [];
  for (const schedule of present(hours?.regularSchedule)) {
    const { days, periods } = schedule;
    const spans = present(periods).map((period) => ({
      period_begin: clock(asText(period.from, decode)) ?? unknownIn(period, decode) ?? MIDNIGHT,
      period_end: endOfPeriod(clock(asText(period.to, decode)) ?? unknownIn(period, decode)),
    }));
    const unknown = periods == null ? unknownIn(schedule, decode) : undefined;
    if (unknown !== undefined) spans.push({ period_begin: unknown, period_end: unknown });
    for (const weekday of weekdaysOf(days, decode)) {
      for (const { period_begin, period_end } of spans) regular.push({ weekday, period_begin, period_end });
    }
  }
  if (regular.length === 0) return open24x7 === undefined ? undefined : { twentyfourseven: false };
  regular.sort(byWeekdayAndBegin);
  return { twentyfourseven: false, regular_hours: regular };
}

const KNOWN_KEYS: ReadonlySet<string> = new Set(["days", "periods", "from", "to"]);

/** Whether a key is there that nobody knows: what is missing may be called so. A few words that are no time. */
function unknownIn(part: Readonly<Record<string, unknown>>, decode: DecodeText): string | undefined {
  const key = Object.keys(part).find((key) => !KNOWN_KEYS.has(key) && part[key] != null);
  return key === undefined ? undefined : `unknown key ${decode(key).slice(0, 40)}`;
}

/** One day's period. */
export interface RegularHour {
  weekday: number | undefined;
  period_begin: string;
  period_end: string;
}

/** In the order of OCPI's weekdays, then of the times they begin. */
export function byWeekdayAndBegin(a: RegularHour, b: RegularHour): number {
  if (a.weekday !== b.weekday) return (a.weekday ?? 0) - (b.weekday ?? 0);
  if (a.period_begin === b.period_begin) return 0;
  return a.period_begin < b.period_begin ? -1 : 1;
}

/** Where no day is stated, or an element states none, nobody knows which day is meant: no weekday. */
function weekdaysOf(
  days: readonly WireText[] | WireText,
  decode: DecodeText,
): readonly (number | undefined)[] {
  const stated = days == null || typeof days === "string" || typeof days === "number" ? [days] : days;
  if (stated.length === 0) return [undefined];
  return stated.map((day) => weekdayOf(asText(day, decode) ?? ""));
}

/** `mo`, `Mon`, `monday` → 1 … `su` → 7. A range (`mo-fr`) and words for several days are no day. */
export function weekdayOf(day: string): number | undefined {
  const word = day.trim().toLowerCase();
  const index = word.length < 2 ? -1 : DAY_NAMES.findIndex((name) => name.startsWith(word));
  return index === -1 ? undefined : index + 1;
}
const DAY_NAMES = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"] as const;

/** What is no time stays as it is. */
function clock(text: string | undefined): string | undefined {
  return text === undefined ? undefined : (clockOf(text) ?? text);
}

/** `08:00:00` → `08:00`; `undefined` for what is no time. */
export function clockOf(text: string): string | undefined {
  return CLOCK.exec(text.trim())?.[1]?.padStart(5, "0");
}

/** `time` as the end of a period: none, and midnight, are the end of the day. */
export function endOfPeriod(time: string | undefined): string {
  return time === undefined || time === MIDNIGHT ? END_OF_DAY : time;
}
