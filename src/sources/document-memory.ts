/** What is worked out of a document once, while its records are read. */

interface Kept<Made> {
  readonly document: object;
  readonly made: Made;
}

/**
 * Keeps what was made of the last two documents: the records of one come side by side, and at most two are read by
 * turns, as records are parsed and exactly. (A WeakMap of them all costs the garbage collector a third of the time that
 * reading takes.)
 */
export class DocumentMemory<Made> {
  readonly #make: (document: Readonly<Record<string, unknown>>) => Made;
  #last: Kept<Made> | undefined;
  #before: Kept<Made> | undefined;

  constructor(make: (document: Readonly<Record<string, unknown>>) => Made) {
    this.#make = make;
  }

  /** What `make` makes of the document, or made of it before. */
  of(document: Readonly<Record<string, unknown>>): Made {
    if (this.#last?.document === document) return this.#last.made;
    const known =
      this.#before?.document === document ? this.#before : { document, made: this.#make(document) };
    this.#before = this.#last;
    this.#last = known;
    return known.made;
  }
}
