/** Counts the keys that a dialect does not read, for formats whose keys are not public. */
import { quoted } from "../../sources/json-value.js";
import type { UnusualKey } from "../../sources/dialect.js";
import { shortened } from "./bounded-tally.js";

export interface UnknownKeyCount {
  /** RFC 6901, with `*` for any place in a list. */
  readonly pointer: string;
  readonly count: number;
  /** The first value, as JSON, shortened. */
  readonly example: string;
}

/**
 * A tile has some dozens; a hostile one has as many as it likes. More than a batch of usual size has room for: how
 * records happen to come in batches must not show in the counts.
 */
const MOST_KEYS = 200_000;
const EXAMPLE_CHARACTERS = 80;

export class UnknownKeys {
  readonly #counted = new Map<string, { readonly example: string; count: number }>();

  /** `decode`: that of the records the keys are from. Keys that are read as a field of the format do not count. */
  add(keys: readonly UnusualKey[], decode: (text: string) => string): void {
    for (const { pointer, value, readAs } of keys) {
      if (readAs !== undefined) continue;
      const place = shortened(decode(pointer));
      const known = this.#counted.get(place);
      if (known !== undefined) known.count++;
      else if (this.#counted.size < MOST_KEYS)
        this.#counted.set(place, { example: quoted(value, EXAMPLE_CHARACTERS, decode), count: 1 });
    }
  }

  /** In the order they first came up. */
  counts(): UnknownKeyCount[] {
    return [...this.#counted].map(([pointer, { count, example }]) => ({ pointer, count, example }));
  }
}
