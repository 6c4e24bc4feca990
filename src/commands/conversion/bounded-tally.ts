/** Counting values of which a hostile feed may have any number, in memory that has a ceiling. */

/** Distinct values counted; those that first come up later count together. */
const MOST_DISTINCT = 10_000;
/** Code points kept of a text. */
const MOST_CHARACTERS = 200;

type Counted<Row> = Row & { count: number };

/** What was counted most often, and how much is not in `rows`. */
export interface Tallied<Row> {
  /** Different values; at least so many when `capped`. */
  readonly distinct: number;
  readonly capped: boolean;
  /** The most frequent first; equals in the order of their keys. */
  readonly rows: Array<Counted<Row>>;
  /** Occurrences of all values that are not in `rows`. */
  readonly others: number;
}

export class BoundedTally<Row extends object> {
  readonly #counted = new Map<string, Counted<Row>>();
  readonly #most: number;
  #beyond = 0;
  #total = 0;

  constructor(most = MOST_DISTINCT) {
    this.#most = most;
  }

  /** Counts a value known by `key`; `row` tells it, and is asked for once a key. */
  add(key: string, row: () => Row): void {
    this.#total++;
    const short = shortened(key);
    const counted = this.#counted.get(short);
    if (counted !== undefined) counted.count++;
    else if (this.#counted.size < this.#most) this.#counted.set(short, { ...row(), count: 1 });
    else this.#beyond++;
  }

  /** The `most` most frequent values. */
  top(most: number): Tallied<Row> {
    const rows = [...this.#counted]
      .sort(([a, { count: timesA }], [b, { count: timesB }]) => timesB - timesA || (a < b ? -1 : 1))
      .slice(0, most)
      .map(([, counted]) => counted);
    return {
      distinct: this.#counted.size,
      capped: this.#beyond > 0,
      rows,
      others: this.#total - rows.reduce((sum, { count }) => sum + count, 0),
    };
  }
}

/** A tally of plain texts, `null` standing for absent. */
export class TextTally {
  readonly #tally = new BoundedTally<{ readonly value: string | null }>();

  add(value: string | undefined): void {
    this.#tally.add(value === undefined ? "" : `=${value}`, () => ({
      value: value === undefined ? null : shortened(value),
    }));
  }

  top(most: number): Tallied<{ readonly value: string | null }> {
    return this.#tally.top(most);
  }
}

/** A text of at most 200 characters, the last an ellipsis where it was cut; a copy, so that the whole can go. */
export function shortened(text: string): string {
  if (text.length <= MOST_CHARACTERS) return text;
  const start = Array.from(text.slice(0, 2 * MOST_CHARACTERS));
  return start.length <= MOST_CHARACTERS && text.length <= 2 * MOST_CHARACTERS
    ? text
    : `${start.slice(0, MOST_CHARACTERS - 1).join("")}…`;
}
