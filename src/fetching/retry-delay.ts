/** How long to wait before a request is sent again. */

const FIRST_DELAY = 1000;
const LONGEST_DELAY = 60_000;
/** Longer than any wait that makes sense, and still exact: a server may send any number of digits. */
const LONGEST_RETRY_AFTER = 366 * 24 * 3600 * 1000;

/**
 * Full jitter: anything from nothing to a limit that doubles with each failure (1 s after the first, at most 60 s), so
 * that clients who failed together do not come back together. In milliseconds.
 *
 * @param failures how often the request has failed, 1 or more.
 * @param random at least 0, below 1.
 */
export function backOff(failures: number, random: number): number {
  return random * Math.min(LONGEST_DELAY, FIRST_DELAY * 2 ** (failures - 1));
}

/**
 * What a `Retry-After` header asks for, in milliseconds from now; 0 for a date that is past. `undefined` where there is
 * no such header or it makes no sense.
 *
 * @param date the answer's own `Date` header: a date is reckoned against it, so that neither clock need be right.
 * @param now milliseconds since 1970, for answers without one.
 */
export function retryAfter(
  value: string | undefined,
  date: string | undefined,
  now: number,
): number | undefined {
  const text = value?.trim() ?? "";
  // Some servers send a fraction, which the standard does not have.
  if (/^\d+(?:\.\d+)?$/.test(text)) return Math.min(LONGEST_RETRY_AFTER, Math.ceil(Number(text) * 1000));
  const until = httpDate(text);
  if (until === undefined) return undefined;
  const wait = until - (httpDate(date?.trim() ?? "") ?? now);
  return Math.min(LONGEST_RETRY_AFTER, Math.max(0, wait));
}

/** An HTTP date in milliseconds since 1970. `Date.parse` alone would also take `-5` or `12`. */
function httpDate(text: string): number | undefined {
  if (!/^[A-Z][a-z]{2,8},? .*\d{2}:\d{2}:\d{2}/.test(text)) return undefined;
  // asctime, the oldest of the three forms, names no zone; it is always GMT.
  const time = Date.parse(/^[A-Z][a-z]{2} [A-Z]/.test(text) ? `${text} GMT` : text);
  return Number.isNaN(time) ? undefined : time;
}
