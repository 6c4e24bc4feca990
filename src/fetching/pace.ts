/** When the next request may begin: not faster than agreed, and not while its server has asked for a pause. */
import type { Clock } from "./clock.js";

export class Pace {
  readonly #clock: Clock;
  /** Milliseconds from one beginning to the next. */
  readonly #interval: number;
  /** The earliest time for the next request to begin. */
  #next = 0;
  /** By host: until when it is to be left alone. */
  readonly #paused = new Map<string, number>();

  constructor(clock: Clock, requestsPerSecond: number | undefined) {
    this.#clock = clock;
    this.#interval = requestsPerSecond === undefined ? 0 : 1000 / requestsPerSecond;
  }

  /** Resolves when a request to `host` may begin; rejects when `signal` aborts. */
  async turn(host: string, signal: AbortSignal): Promise<void> {
    // A pause may begin while others are waited for, so it is looked up again after every wait.
    for (;;) {
      await this.#until(this.#paused.get(host) ?? 0, signal);
      if (this.#interval === 0) return;
      const begin = Math.max(this.#next, this.#clock.now());
      this.#next = begin + this.#interval;
      await this.#until(begin, signal);
      if ((this.#paused.get(host) ?? 0) <= this.#clock.now()) return;
    }
  }

  /** No request to `host` begins for so many milliseconds from now; a longer pause that is under way stays. */
  pause(host: string, milliseconds: number): void {
    const until = this.#clock.now() + milliseconds;
    this.#paused.set(host, Math.max(until, this.#paused.get(host) ?? 0));
  }

  async #until(time: number, signal: AbortSignal): Promise<void> {
    for (let left = time - this.#clock.now(); left > 0; left = time - this.#clock.now())
      await this.#clock.sleep(left, signal);
  }
}
