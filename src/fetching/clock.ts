/** Time and chance as the fetchers see them; tests bring their own. */
import { setTimeout as wait } from "node:timers/promises";

export interface Clock {
  /** Milliseconds of a clock that nobody sets: waiting times are reckoned by it. */
  now(): number;
  /** Milliseconds since 1970, as the machine believes; only to compare with a date a server gave. */
  date(): number;
  /** Resolves after so many milliseconds; rejects with the reason of `signal` as soon as that aborts. */
  sleep(milliseconds: number, signal: AbortSignal): Promise<void>;
  /** At least 0, below 1. */
  random(): number;
}

export const SYSTEM_CLOCK: Clock = {
  now: () => performance.now(),
  date: () => Date.now(),
  async sleep(milliseconds, signal) {
    await wait(milliseconds, undefined, { signal }).catch(() => signal.throwIfAborted());
  },
  random: () => Math.random(),
};
