/** Survey respect: rule D3. Dates are compared as texts, days only, and in doubt for the mapper. */
import { socketName, socketOfOutput } from "./socket-keys.js";

/** Which keys a survey date speaks for; `check_date:KEY` speaks for KEY besides. */
export const SURVEY_KEYS: readonly (readonly [dateKey: string, covers: (key: string) => boolean])[] = [
  ["check_date", () => true],
  ["survey:date", () => true],
  [
    "check_date:socket",
    (key) => key === "capacity" || socketName(key) !== undefined || socketOfOutput(key) !== undefined,
  ],
];

const DATE = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?/;
const DAY = /^\d{4}-\d{2}-\d{2}/;

/**
 * Whether somebody looked at the key on the ground on or after the day of the feed's last update. A month or a year
 * counts as its last day, a date nobody can read as new, and without `lastUpdated` (RFC 3339) so does any date.
 */
export function isSurveyed(
  key: string,
  tags: ReadonlyMap<string, string>,
  lastUpdated: string | undefined,
): boolean {
  const [updated = ""] = DAY.exec(lastUpdated?.trim() ?? "") ?? [];
  const dates = SURVEY_KEYS.filter(([, covers]) => covers(key)).map(([dateKey]) => tags.get(dateKey));
  dates.push(tags.get(`check_date:${key}`));
  return dates.some((date) => date !== undefined && lastDay(date) >= updated);
}

/** The latest day the text can mean, of several the latest; what is no date sorts after every date. */
function lastDay(text: string): string {
  const days = text.split(";").map((part) => {
    const [, year, month, day] = DATE.exec(part.trim()) ?? [];
    return year === undefined ? "9999" : `${year}-${month ?? "12"}-${day ?? "31"}`;
  });
  return days.reduce((latest, day) => (day > latest ? day : latest), "");
}
