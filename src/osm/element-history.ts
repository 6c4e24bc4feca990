/** Version, time and author of an element, the same from every format. */
import type { ElementHistory } from "./osm-object.js";

const UTC_SECONDS = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;
const LAST_SECOND = Date.UTC(9999, 11, 31, 23, 59, 59) / 1000;

/**
 * The history without what says nothing: formats write version 0, changeset 0, uid 0, an empty user or the year 1970
 * where they know none.
 */
export function historyOf({ version, timestamp, changeset, uid, user }: ElementHistory): ElementHistory {
  return {
    ...(isNumber(version) ? { version } : {}),
    ...(timestamp !== undefined && UTC_SECONDS.test(timestamp) ? { timestamp } : {}),
    ...(isNumber(changeset) ? { changeset } : {}),
    ...(isNumber(uid) ? { uid } : {}),
    ...(user === undefined || user === "" ? {} : { user }),
  };
}

/** Seconds since 1970 as RFC 3339; `undefined` for 0 and for what no four-digit year holds. */
export function timestampOf(seconds: number): string | undefined {
  if (!(seconds > 0 && seconds <= LAST_SECOND)) return undefined;
  return new Date(Math.floor(seconds) * 1000).toISOString().replace(".000Z", "Z");
}

/** Positive when `a` is the newer of two versions of an element, 0 when nothing tells. */
export function compareHistory(a: ElementHistory, b: ElementHistory): number {
  const byVersion = (a.version ?? 0) - (b.version ?? 0);
  if (byVersion !== 0) return byVersion;
  const [timeA, timeB] = [a.timestamp ?? "", b.timestamp ?? ""];
  return timeA === timeB ? 0 : timeA > timeB ? 1 : -1;
}

function isNumber(value: number | undefined): value is number {
  return value !== undefined && Number.isSafeInteger(value) && value > 0;
}
