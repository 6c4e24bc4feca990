// @ts-check
/** A small seeded generator (mulberry32): the same seed and stream give the same numbers on every machine. */

export class Random {
  #state;

  /**
   * @param {number} seed
   * @param {number} stream one independent series for each value, so that record n does not depend on n-1
   */
  constructor(seed, stream) {
    this.#state = (Math.imul(seed + 1, 0x9e3779b1) ^ Math.imul(stream + 1, 0x85ebca6b)) >>> 0;
    this.next();
    this.next();
  }

  /** @returns {number} from 0 up to, not including, 1 */
  next() {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  }

  /**
   * A whole number, both ends included.
   * @param {number} low
   * @param {number} high
   */
  whole(low, high) {
    return low + Math.floor(this.next() * (high - low + 1));
  }

  /**
   * @param {number} low
   * @param {number} high
   */
  between(low, high) {
    return low + this.next() * (high - low);
  }

  /** @param {number} share */
  chance(share) {
    return this.next() < share;
  }

  /**
   * @template T
   * @param {readonly [T, ...T[]]} choices
   * @returns {T}
   */
  pick(choices) {
    return choices[Math.floor(this.next() * choices.length)] ?? choices[0];
  }

  /** @param {number} digits */
  hex(digits) {
    let text = "";
    while (text.length < digits) text += this.whole(0, 15).toString(16);
    return text;
  }
}
