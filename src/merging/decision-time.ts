/** When a decision was made, so that two of them can be put in order wherever their clocks stood (D5). */
import { compareTexts } from "./text-order.js";

/** RFC 3339; seconds may be missing, and so may all of the time: then the day begins. */
const TIME =
  /^(\d{4})-(\d\d)-(\d\d)(?:[Tt ]([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d|60)(?:\.(\d+))?)?(?:[Zz]|([+-])(\d\d):?(\d\d)))?$/;

export const TIME_PROBLEM = "is no time as 2026-01-31T12:00:00Z";

/** Whether a decision's `when` can be put in order. */
export function isDecisionTime(when: string): boolean {
  return utcOf(when) !== undefined;
}

/** Earlier ones first, those without a time before all; what is no time by its text. */
export function compareTimes(a: string | undefined, b: string | undefined): number {
  if (a === b) return 0;
  return compareTexts(orderOf(a), orderOf(b));
}

function orderOf(when: string | undefined): string {
  return when === undefined ? "" : (utcOf(when) ?? when);
}

/** `2026-01-31T11:00:00.000`: such texts sort as their times do. */
function utcOf(when: string): string | undefined {
  const parts = TIME.exec(when.trim());
  if (parts === null) return undefined;
  const [, year, month, day, hour = 0, minute = 0, second = 0, fraction = "", sign, hours = 0, minutes = 0] =
    parts;
  const offset = (sign === "-" ? 1 : -1) * (Number(hours) * 60 + Number(minutes));
  const time = Date.UTC(
    Number(year),
    Number(month) - 1,
    Number(day),
    Number(hour),
    Number(minute) + offset,
    Number(second),
  );
  const isDay = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day))).getUTCDate() === Number(day);
  if (!isDay || Number(month) > 12) return undefined;
  return `${new Date(time).toISOString().slice(0, 19)}.${fraction.padEnd(9, "0")}`;
}
