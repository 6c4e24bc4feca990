/** All decisions of a review, by proposal, with undo. */
import type { Decision } from "../merging/decisions.js";

/** Proposal id → its decisions; none: all of them are taken back. */
export type DecisionChange = ReadonlyMap<string, readonly Decision[]>;

interface Step {
  readonly what: string;
  readonly before: DecisionChange;
}

export class DecisionLog {
  readonly #byProposal = new Map<string, readonly Decision[]>();
  readonly #steps: Step[] = [];

  /** Every decision, in no order that means anything. */
  all(): Decision[] {
    return [...this.#byProposal.values()].flat();
  }

  /** The decisions that name the proposal. */
  of(proposal: string): readonly Decision[] {
    return this.#byProposal.get(proposal) ?? [];
  }

  /** Proposals that somebody decided something about. */
  get proposals(): Iterable<string> {
    return this.#byProposal.keys();
  }

  /** How many steps `undo` can take back. */
  get steps(): number {
    return this.#steps.length;
  }

  /** What the next `undo` takes back, in words. */
  get lastStep(): string | undefined {
    return this.#steps.at(-1)?.what;
  }

  /** Puts decisions in the place of those that a proposal has, as one step. `what`: in words, for who undoes it. */
  change(what: string, change: DecisionChange): void {
    this.#steps.push({ what, before: new Map([...change.keys()].map((id) => [id, this.of(id)])) });
    this.replace(change);
  }

  /** The same without a step: what another tab did, or what was kept from last time. */
  replace(change: DecisionChange): void {
    for (const [id, decisions] of change) {
      if (decisions.length === 0) this.#byProposal.delete(id);
      else this.#byProposal.set(id, decisions);
    }
  }

  /** Takes the last step back. Returns what it was in words and the decisions that hold again; undefined: no step. */
  undo(): { readonly what: string; readonly change: DecisionChange } | undefined {
    const step = this.#steps.pop();
    if (step === undefined) return undefined;
    this.replace(step.before);
    return { what: step.what, change: step.before };
  }
}
