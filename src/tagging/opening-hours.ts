/** `opening_hours` from OCPI opening_times: rule T5.2. */
import type { TaggingHours } from "../ocpi/location.js";

export type HoursReading =
  | { readonly value: string }
  /** The hours cannot be understood: no tag, note `bad-hours`. `path` points below opening_times. */
  | { readonly bad: string; readonly path: string };

const DAY_NAMES = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"] as const;
/** As OCPI writes it, and no more to check. */
const PLAIN_CLOCK = /^(?:[01]\d|2[0-3]):[0-5]\d$/;
const CLOCK = /^(\d{1,2}):(\d{2})(?::\d{2}(?:\.\d+)?)?$/;
const WHOLE_DAY = "00:00-24:00";
/** Ends that mean midnight: OCPI cannot write 24:00, so feeds write its neighbours. */
const MIDNIGHT_ENDS: readonly string[] = ["23:59", "24:00", "00:00"];

/**
 * The value of `opening_hours`, why there is none, or `undefined` when the feed states no hours. Days equal in
 * their periods and next to each other are one run (`Mo-Fr 08:00-12:00,13:00-17:00; Sa 09:00-12:00`); seven whole
 * days are `24/7`; an end before its begin runs past midnight. Exceptional periods are not written.
 */
export function openingHours(hours: TaggingHours | undefined): HoursReading | undefined {
  if (hours === undefined) return undefined;
  if (hours.twentyfourseven === true) return { value: "24/7" };
  const regular = hours.regular_hours;
  if (regular === undefined || regular.length === 0) return undefined;

  const days: string[][] = DAY_NAMES.map(() => []);
  for (let i = 0; i < regular.length; i++) {
    const { weekday, period_begin, period_end } = regular[i] ?? {};
    const path = `/regular_hours/${i}`;
    const periods = weekday === undefined ? undefined : days[weekday - 1];
    if (periods === undefined) return { bad: `weekday ${weekday ?? "missing"}`, path: `${path}/weekday` };
    const period = periodText(period_begin, period_end);
    if (period === undefined) {
      return { bad: `${period_begin ?? "no begin"} to ${period_end ?? "no end"}`, path };
    }
    if (!periods.includes(period)) periods.push(period);
  }
  return { value: weekText(days.map((periods) => periods.toSorted().join(","))) };
}

/** `08:00-24:00`, or `undefined` when either end is no time or the two are the same (nothing, or a whole day?) and not 00:00. */
function periodText(begin: string | undefined, end: string | undefined): string | undefined {
  const from = clock(begin);
  const until = clock(end);
  if (from === undefined || until === undefined || from === "24:00") return undefined;
  const to = MIDNIGHT_ENDS.includes(until) ? "24:00" : until;
  return from === until && from !== "00:00" ? undefined : `${from}-${to}`;
}

function clock(text: string | undefined): string | undefined {
  if (text !== undefined && PLAIN_CLOCK.test(text)) return text;
  const match = text === undefined ? null : CLOCK.exec(text);
  if (match === null) return undefined;
  const [, hour = "", minute = ""] = match;
  const valid = Number(hour) < 24 ? Number(minute) < 60 : Number(hour) === 24 && minute === "00";
  return valid ? `${hour.padStart(2, "0")}:${minute}` : undefined;
}

/**
 * The rules of the week. `;` takes the whole day from the rules before, and with it what ran past midnight into it;
 * so after a night that runs into the next rule's first day a comma, which only adds (`Fr 22:00-06:00, Sa 10:00-12:00`).
 */
function weekText(days: readonly string[]): string {
  if (days.every((periods) => periods.split(",").includes(WHOLE_DAY))) return "24/7";
  let text = "";
  let first = 0;
  while (first < days.length) {
    const periods = days[first] ?? "";
    let last = first;
    while (last + 1 < days.length && days[last + 1] === periods) last++;
    if (periods !== "") {
      const run = last === first ? DAY_NAMES[first] : `${DAY_NAMES[first]}-${DAY_NAMES[last]}`;
      const separator = runsPastMidnight(days[first - 1] ?? "") ? ", " : "; ";
      text += `${text === "" ? "" : separator}${run} ${periods}`;
    }
    first = last + 1;
  }
  return text;
}

function runsPastMidnight(periods: string): boolean {
  return periods.split(",").some((period) => period.slice(6) < period.slice(0, 5));
}
