/** Which decisions hold for the tags of one Location: rule D5, "until the feed's value changes". */
import type { Decision, DecisionBook } from "./decisions.js";
import { sameMeaning } from "./meaning.js";
import type { TagDecision } from "./merge-tags.js";
import type { StateEntry } from "./state-entry.js";

type Refusals = NonNullable<StateEntry["refused"]>;

/** The decisions about one Location's tags, and what has to be remembered of those that name no value. */
export class TagDecisions {
  readonly #book: DecisionBook;
  readonly #location: string;
  readonly #entry: StateEntry | undefined;
  readonly #country: string | undefined;
  readonly #refused: Record<string, Refusals[string]> = {};

  /** `entry`: what the state has of the Location, if anything. `country`: ISO alpha-2. */
  constructor(
    book: DecisionBook,
    location: string,
    entry: StateEntry | undefined,
    country: string | undefined,
  ) {
    this.#book = book;
    this.#location = location;
    this.#entry = entry;
    this.#country = country;
  }

  /** What holds for the tag with the feed's value `ours`; `undefined` is its removal. */
  readonly of = (key: string, ours: string | undefined): TagDecision => {
    for (const decision of this.#book.aboutTag(this.#location, key)) {
      if (decision.decision !== "accept" && this.#holds(decision, key, ours)) return decision.decision;
    }
    return undefined;
  };

  /** For the state: the values that decisions without a value stand for, as far as they were asked for. */
  get refused(): Refusals | undefined {
    return Object.keys(this.#refused).length === 0 ? undefined : this.#refused;
  }

  #holds(decision: Decision, key: string, ours: string | undefined): boolean {
    const values = decision.key === undefined ? decision.values : undefined;
    if (values !== undefined && !Object.hasOwn(values, key)) return false;
    const stated = values === undefined ? decision.value : values[key];
    if (stated !== undefined) return this.#same(key, stated, ours);
    const known = this.#entry?.refused?.[key];
    if (known !== undefined && known.when === decision.when) {
      this.#refused[key] = known;
      return this.#same(key, known.value, ours);
    }
    if (!this.#wasShown(decision, key, ours)) return false;
    this.#refused[key] = {
      value: ours ?? null,
      ...(decision.when !== undefined && { when: decision.when }),
    };
    return true;
  }

  /** Whether the reviewer saw this value: it was the one published last. Without a state nobody can tell. */
  #wasShown(decision: Decision, key: string, ours: string | undefined): boolean {
    const entry = this.#entry;
    if (entry === undefined) return true;
    const published = entry.base[key];
    if (published === undefined && entry.pending?.[key] === undefined) return decision.key !== undefined;
    return sameMeaning(key, published, ours, this.#country);
  }

  #same(key: string, decided: string | null, ours: string | undefined): boolean {
    return sameMeaning(key, decided ?? undefined, ours, this.#country);
  }
}
