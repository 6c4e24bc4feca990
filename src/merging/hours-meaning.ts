/**
 * `opening_hours` as they are compared (D3): the minutes of a week that are open. Values that say more than weekdays,
 * `PH` and times are compared as texts, so that nothing is taken for equal that might not be.
 */

const DAYS: readonly string[] = ["mo", "tu", "we", "th", "fr", "sa", "su"];
const DAY_MINUTES = 1440;
const WEEK_MINUTES = 7 * DAY_MINUTES;
const RULE =
  /^(?<days>(?:(?:mo|tu|we|th|fr|sa|su|ph)(?:\s*-\s*(?:mo|tu|we|th|fr|sa|su))?(?:\s*,\s*)?)+)?:?\s*(?<times>.*)$/;
const PERIOD = /^(\d{1,2}):(\d{2})\s*-\s*(\d{1,2}):(\d{2})$/;
/** A value has a handful of rules; what is longer than OSM takes is not worth reading. */
const LONGEST = 255;

type Period = readonly [from: number, to: number];
/** Periods in minutes of the day; a night's end is over 1440. */
type Periods = readonly Period[];

interface Week {
  /** By weekday; nothing said is closed. */
  readonly days: Periods[];
  /** Public holidays; `undefined` when nothing is said of them. */
  holidays: Periods | undefined;
}

/** A text equal for hours that are the same, however they are spelt (`Mo-Su 00:00-24:00` = `24/7`). */
export function hoursMeaning(value: string): string {
  const text = value.trim().replace(/\s+/g, " ").toLowerCase();
  const week = text.length > LONGEST ? undefined : readWeek(text);
  if (week === undefined) return text;
  const open = openMinutes(week.days);
  const daily = new Set(week.days.map(periodsText));
  const holidays = week.holidays === undefined ? undefined : periodsText(week.holidays);
  // Holidays like every other day need not be said.
  const asEveryDay = daily.size === 1 && (holidays === undefined || daily.has(holidays));
  return asEveryDay ? open : `${open} ph ${holidays}`;
}

/** `undefined` where it says something that is not understood here. */
function readWeek(text: string): Week | undefined {
  const week: Week = { days: DAYS.map(() => []), holidays: undefined };
  for (const [index, part] of text.split(/\s*;\s*/).entries()) {
    if (part === "" && index > 0) continue;
    for (const [place, rule] of additiveRules(part).entries()) {
      if (!applyRule(week, rule, place > 0)) return undefined;
    }
  }
  return week;
}

/** A comma after a time and before a day begins a rule that only adds: `Fr 22:00-06:00, Sa 10:00-12:00`. */
function additiveRules(part: string): readonly string[] {
  return part.split(/(?<=\d)\s*,\s*(?=[a-z])/);
}

function applyRule(week: Week, rule: string, adds: boolean): boolean {
  const groups = RULE.exec(rule)?.groups;
  const times = groups?.["times"];
  if (rule === "" || times === undefined) return false;
  const days = daysOf(groups?.["days"]);
  const periods = periodsOf(times, groups?.["days"] !== undefined);
  if (days === undefined || periods === undefined) return false;
  for (const day of days) {
    if (day === HOLIDAY) {
      week.holidays = adds ? [...(week.holidays ?? []), ...periods] : periods;
    } else if (adds) {
      week.days[day] = [...(week.days[day] ?? []), ...periods];
    } else {
      // A rule takes the whole day, and with it what ran past midnight into it: told apart by nobody, so not read.
      if (!days.has((day + 6) % 7) && runsPastMidnight(week.days[(day + 6) % 7] ?? [])) return false;
      week.days[day] = periods;
    }
  }
  return true;
}

const HOLIDAY = 7;

/** Weekdays from Monday, 0, and `HOLIDAY`; every day when none is named. */
function daysOf(text: string | undefined): ReadonlySet<number> | undefined {
  if (text === undefined) return new Set(DAYS.keys());
  const days = new Set<number>();
  for (const part of text.split(",").map((part) => part.trim())) {
    if (part === "") continue;
    if (part === "ph") {
      days.add(HOLIDAY);
      continue;
    }
    const [first = "", last = first] = part.split(/\s*-\s*/);
    const from = DAYS.indexOf(first);
    const to = DAYS.indexOf(last);
    if (from < 0 || to < 0) return undefined;
    for (let day = from; ; day = (day + 1) % 7) {
      days.add(day);
      if (day === to) break;
    }
  }
  return days;
}

function periodsOf(times: string, hasDays: boolean): Periods | undefined {
  if (times === "off" || times === "closed") return [];
  if (times === "24/7" || (times === "" && hasDays) || times === "open") return [[0, DAY_MINUTES]];
  const periods: Period[] = [];
  for (const part of times.split(/\s*,\s*/)) {
    const [, h1 = "", m1 = "", h2 = "", m2 = ""] = PERIOD.exec(part) ?? [];
    if (h1 === "") return undefined;
    const from = Number(h1) * 60 + Number(m1);
    let to = Number(h2) * 60 + Number(m2);
    if (Number(m1) > 59 || Number(m2) > 59 || from >= DAY_MINUTES || to > 2 * DAY_MINUTES) return undefined;
    if (to === DAY_MINUTES - 1) to = DAY_MINUTES; // 23:59 means midnight
    if (to === from && from !== 0) return undefined;
    if (to <= from) to += DAY_MINUTES;
    periods.push([from, to]);
  }
  return periods;
}

function runsPastMidnight(periods: Periods): boolean {
  return periods.some(([, to]) => to > DAY_MINUTES);
}

/** The week as one text: open stretches, in minutes from Monday, joined where they touch; Sunday night goes on on Monday. */
function openMinutes(days: readonly Periods[]): string {
  const stretches = days.flatMap((periods, day) =>
    periods.flatMap(([from, to]): Period[] => {
      const begin = day * DAY_MINUTES + from;
      const end = day * DAY_MINUTES + to;
      return end <= WEEK_MINUTES
        ? [[begin, end]]
        : [
            [begin, WEEK_MINUTES],
            [0, end - WEEK_MINUTES],
          ];
    }),
  );
  return periodsText(stretches);
}

function periodsText(periods: Periods): string {
  const joined: [number, number][] = [];
  for (const [from, to] of periods.toSorted((a, b) => a[0] - b[0] || a[1] - b[1])) {
    const last = joined.at(-1);
    if (last !== undefined && from <= last[1]) last[1] = Math.max(last[1], to);
    else joined.push([from, to]);
  }
  return joined.map(([from, to]) => `${from}-${to}`).join(",");
}
