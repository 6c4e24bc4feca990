/** Opening hours of HERE's map content → v3's `openingHours`. */
import { DAYS } from "./here-v3-tables.js";
import { isRecord } from "./json-value.js";
import { foldedKey, unwrapped } from "./proto-json.js";

const DIGITS = /^\d{1,9}$/;
/** As a number. */
const LATEST_CLOCK = 2400;
const LATEST_CLOCK_WITH_SECONDS = 240_000;
const SECONDS_A_DAY = 86_400;
const MILLISECONDS_A_DAY = 86_400_000;
/** Words that stand where the hours belong. */
const ALWAYS_OPEN: ReadonlySet<string> = new Set([
  "open24x7",
  "open247",
  "twentyfourseven",
  "24/7",
  "24x7",
  "247",
]);

/** Whether a text that stands where hours belong says that it is always open: `OPEN_24_X_7`. */
export function saysAlwaysOpen(value: unknown): boolean {
  return typeof value === "string" && value.length < 40 && ALWAYS_OPEN.has(foldedKey(value));
}

/**
 * A time of day as text: a text is its own, `{hours, minutes}` becomes `08:30` (what is left out is 0). A number is
 * handed on: what it counts can be told only from all times together.
 */
export function timeOfDay(value: unknown): unknown {
  const time = unwrapped(value);
  if (!isRecord(time)) return time;
  const keys = Object.keys(time);
  if (!keys.every((key) => TIME_PARTS.has(foldedKey(key)))) return time;
  const part = (name: string): number =>
    Number(unwrapped(time[keys.find((key) => foldedKey(key) === name) ?? ""]) ?? 0);
  return clock(part("hours") * 60 + part("minutes"));
}
const TIME_PARTS: ReadonlySet<string> = new Set(["hours", "minutes", "seconds", "nanos"]);

/**
 * Mends hours that have v3's keys in place: periods that stand in the schedule itself, weekdays by number (1 = Monday),
 * times counted from midnight. Seconds are told from minutes by the latest time; where that may be either, the
 * numbers stay, which are no times, and the tag is withheld (T5.2).
 */
export function mendHours(hours: Record<string, unknown>): Record<string, unknown> {
  const { regularSchedule, days, periods, from, to } = hours;
  if (regularSchedule === undefined && (days !== undefined || periods !== undefined)) {
    hours["regularSchedule"] = [{ days, periods, from, to }];
  }
  const schedules = recordsIn(hours["regularSchedule"]);
  const holders: Record<string, unknown>[] = [];
  for (const schedule of schedules) {
    const { days, from, to } = schedule;
    schedule["days"] = Array.isArray(days) ? days.map(dayOfNumber) : dayOfNumber(days);
    if (schedule["periods"] === undefined && (from !== undefined || to !== undefined)) {
      schedule["periods"] = [{ from, to }];
    }
    holders.push(...recordsIn(schedule["periods"]));
  }
  const numbers = holders.flatMap(({ from, to }) =>
    [numberOf(from), numberOf(to)].filter((n) => n !== undefined),
  );
  if (numbers.length === 0) return hours;
  const unit = secondsIn(Math.max(0, ...numbers.slice(0, 1000)));
  for (const holder of holders) {
    for (const name of ["from", "to"]) {
      const number = numberOf(holder[name]);
      if (number === undefined) continue;
      holder[name] = unit === undefined && number !== 0 ? String(number) : clock((number * (unit ?? 0)) / 60);
    }
  }
  return hours;
}

/**
 * How many seconds the numbers count by, given the greatest of them; `undefined` where it cannot be told: up to 2400
 * they may be minutes or a clock without its colon (1800 is 18:00), from a day's seconds to 240000 a clock with seconds.
 */
function secondsIn(greatest: number): number | undefined {
  if (greatest > MILLISECONDS_A_DAY) return undefined;
  if (greatest > LATEST_CLOCK_WITH_SECONDS) return 0.001;
  return greatest > LATEST_CLOCK && greatest <= SECONDS_A_DAY ? 1 : undefined;
}

function clock(minutes: number): string {
  const whole = Math.floor(minutes);
  const hour = String(Math.floor(whole / 60)).padStart(2, "0");
  return `${hour}:${String(whole % 60).padStart(2, "0")}`;
}

function dayOfNumber(day: unknown): unknown {
  const number = numberOf(day);
  return number === undefined ? day : (DAYS[number - 1] ?? String(number));
}

function numberOf(value: unknown): number | undefined {
  if (typeof value === "number") return value;
  return typeof value === "string" && DIGITS.test(value) ? Number(value) : undefined;
}

function recordsIn(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}
