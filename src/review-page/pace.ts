/** How fast somebody decides, and how long the rest takes at that. */

/** Gaps longer than this are pauses. */
const PAUSE_MS = 5 * 60_000;
/** Fewer gaps than this tell nothing. */
const ENOUGH = 5;
/** Only the last ones: people get faster. */
const REMEMBERED = 40;

export class Pace {
  #last: number | undefined;
  readonly #gaps: number[] = [];

  /** A proposal was decided at `now` (milliseconds of any clock that goes on). */
  decided(now: number): void {
    const gap = this.#last === undefined ? undefined : now - this.#last;
    this.#last = now;
    if (gap === undefined || gap < 0 || gap > PAUSE_MS) return;
    this.#gaps.push(gap);
    if (this.#gaps.length > REMEMBERED) this.#gaps.shift();
  }

  /** Milliseconds that `left` proposals take at the usual gap; undefined while nobody can tell. */
  timeFor(left: number): number | undefined {
    if (this.#gaps.length < ENOUGH) return undefined;
    const sorted = [...this.#gaps].sort((a, b) => a - b);
    return (sorted[Math.floor(sorted.length / 2)] ?? 0) * left;
  }
}

/** `about 12 min`, `about 3 h`. */
export function timeWords(milliseconds: number): string {
  const minutes = milliseconds / 60_000;
  if (minutes < 1) return "less than a minute";
  if (minutes < 90) return `about ${Math.round(minutes)} min`;
  return `about ${Math.round(minutes / 60)} h`;
}
