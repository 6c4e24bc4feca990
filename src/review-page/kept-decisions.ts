/**
 * Decisions kept in the browser: an entry a proposal, so that a decision writes little and parts of one review that
 * are open in several tabs do not write over each other.
 */
import type { Decision } from "../merging/decisions.js";
import type { DecisionChange } from "./decision-log.js";
import { decisionLines, readDecisionLines } from "./decision-lines.js";

/** What is needed of `localStorage`. */
export type KeyValueStore = Pick<Storage, "length" | "key" | "getItem" | "setItem" | "removeItem">;

export class KeptDecisions {
  readonly #store: KeyValueStore;
  readonly #prefix: string;

  /** `source`: decisions of other sources are left alone. */
  constructor(store: KeyValueStore, source: string) {
    this.#store = store;
    this.#prefix = `ocpi2osm review ${encodeURIComponent(source)} `;
  }

  /** Everything that was kept. */
  read(): DecisionChange {
    const kept = new Map<string, readonly Decision[]>();
    for (let at = 0; at < this.#store.length; at += 1) {
      const name = this.#store.key(at);
      const id = name === null ? undefined : this.proposalOf(name);
      if (name !== null && id !== undefined) kept.set(id, this.parse(this.#store.getItem(name)));
    }
    return kept;
  }

  /** The proposal that an entry of the store is about; undefined: not one of ours. */
  proposalOf(name: string): string | undefined {
    return name.startsWith(this.#prefix) ? name.slice(this.#prefix.length) : undefined;
  }

  /** The decisions of an entry; null: none. */
  parse(text: string | null): readonly Decision[] {
    return text === null ? [] : readDecisionLines(text).decisions;
  }

  /** Throws what the store throws when it is full or not available. */
  write(change: DecisionChange): void {
    for (const [id, decisions] of change) {
      const name = `${this.#prefix}${id}`;
      if (decisions.length === 0) this.#store.removeItem(name);
      else this.#store.setItem(name, decisionLines(decisions));
    }
  }
}
