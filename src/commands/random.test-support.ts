/** Chance that is the same in every run of a test. */

export interface Chance {
  /** Whether something that is so likely (0 to 1) happens. */
  happens(share: number): boolean;
  /** A whole number from 0 to `most`. */
  number(most: number): number;
  /** One of these. Throws RangeError when there is none. */
  pick<Item>(items: readonly Item[]): Item;
  /** The same items in another order. */
  shuffled<Item>(items: readonly Item[]): Item[];
}

/** A mulberry32 generator. */
export function chance(seed: number): Chance {
  let state = seed * 0x9e3779b1;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const number = (most: number): number => Math.floor(next() * (most + 1));
  return {
    number,
    happens: (share) => next() < share,
    pick(items) {
      const item = items[number(items.length - 1)];
      if (item === undefined) throw new RangeError("nothing to pick from");
      return item;
    },
    shuffled(items) {
      const pairs = items.map((item) => ({ item, order: next() }));
      return pairs.sort((a, b) => a.order - b.order).map(({ item }) => item);
    },
  };
}
