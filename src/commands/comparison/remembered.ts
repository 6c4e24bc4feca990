/** Telling what repeats in a feed of any length, in memory that has a ceiling. */
import { FirstSeen } from "../../runs/first-seen.js";

/** At about 30 bytes each, 60 MB. */
const MOST_REMEMBERED = 2_000_000;

/** Keys that came before, up to a number; once it is `full`, no key is looked at any more. */
export class Remembered {
  readonly #seen = new FirstSeen();
  readonly #most: number;
  #full = false;

  constructor(most = MOST_REMEMBERED) {
    this.#most = most;
  }

  get full(): boolean {
    return this.#full;
  }

  /** Whether the key came before. */
  again(key: string): boolean {
    this.#full ||= this.#seen.size >= this.#most;
    return !this.#full && this.#seen.seen(key, { input: 0, byte: 0, length: 0 }) !== undefined;
  }
}
