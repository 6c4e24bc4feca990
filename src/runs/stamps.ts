/**
 * What runs are called: the time of their beginning (UTC), `2026-11-21T020000Z`, good for a folder's name everywhere. Names
 * always go up. Where the clock does not (it was set back, two runs in a second), a counter does: `2026-11-21T020000Z.01`.
 */

const STAMP = /^(\d{4}-\d\d-\d\dT\d{6}Z)(?:\.(\d{2,6}))?$/;

/** Whether a name is that of a run. */
export function isStamp(name: string): boolean {
  return STAMP.test(name);
}

/** The order of runs; for `sort`. Both must be names of runs. */
export function compareStamps(a: string, b: string): number {
  const [timeA, countA] = partsOf(a);
  const [timeB, countB] = partsOf(b);
  if (timeA !== timeB) return timeA < timeB ? -1 : 1;
  return countA - countB;
}

/** The name of a run that begins now, after a run called `newest` (undefined: there was none). */
export function nextStamp(now: Date, newest: string | undefined): string {
  const stamp = now.toISOString().replace(/:(\d\d):(\d\d)\.\d+Z$/, "$1$2Z");
  if (newest === undefined || compareStamps(stamp, newest) > 0) return stamp;
  const [time, count] = partsOf(newest);
  return `${time}.${String(count + 1).padStart(2, "0")}`;
}

function partsOf(stamp: string): readonly [time: string, count: number] {
  const [, time = stamp, count = "0"] = STAMP.exec(stamp) ?? [];
  return [time, Number(count)];
}
