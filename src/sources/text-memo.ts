/** What was made of texts, remembered: a feed holds a handful of words many times over, a hostile one may hold millions. */

const MEMO_LIMIT = 4096;
const MEMO_KEY_LIMIT = 64;

/** `work` for each text once, while there is room. */
export class TextMemo<Result> {
  readonly #work: (text: string) => Result;
  readonly #known = new Map<string, Result>();

  constructor(work: (text: string) => Result) {
    this.#work = work;
  }

  get(text: string): Result {
    const known = this.#known.get(text);
    if (known !== undefined) return known;
    const result = this.#work(text);
    if (this.#known.size < MEMO_LIMIT && text.length <= MEMO_KEY_LIMIT) this.#known.set(text, result);
    return result;
  }
}

/** What stands behind the words so far. */
interface Branch<Result> {
  readonly next: Map<string, Branch<Result>>;
  /** The first list ends here; this is where the second begins. */
  second: Branch<Result> | undefined;
  result: Result | undefined;
}

/**
 * `work` for each pair of lists of words once, while there is room: found word by word, so that no key is put together.
 * `undefined` is not remembered.
 */
export class WordLists<Result extends object> {
  readonly #work: (first: readonly string[], second: readonly string[]) => Result | undefined;
  readonly #root = newBranch<Result>();
  #branches = 1;

  constructor(work: (first: readonly string[], second: readonly string[]) => Result | undefined) {
    this.#work = work;
  }

  get(first: readonly string[], second: readonly string[] = NOTHING): Result | undefined {
    let branch = this.#along(first, this.#root);
    if (branch !== undefined && second.length > 0) {
      if (branch.second === undefined) {
        this.#branches++;
        branch.second = newBranch();
      }
      branch = this.#along(second, branch.second);
    }
    if (branch === undefined) return this.#work(first, second);
    return (branch.result ??= this.#work(first, second));
  }

  #along(words: readonly string[], from: Branch<Result>): Branch<Result> | undefined {
    let branch = from;
    for (const word of words) {
      let next = branch.next.get(word);
      if (next === undefined) {
        if (this.#branches >= MEMO_LIMIT || word.length > MEMO_KEY_LIMIT) return undefined;
        this.#branches++;
        branch.next.set(word, (next = newBranch()));
      }
      branch = next;
    }
    return branch;
  }
}

const NOTHING: readonly string[] = [];

function newBranch<Result>(): Branch<Result> {
  return { next: new Map(), second: undefined, result: undefined };
}
