/** Accepted things that no proposal asks for: what a reviewer should hear of rather than miss (D8). */
import type { Refusal } from "./accepted-proposals.js";
import type { Decision, DecisionBook } from "./decisions.js";
import { proposalId } from "./proposal-parts.js";
import type { Proposal } from "./proposal.js";

/** Goes through proposals and keeps what was accepted and is in none of them. */
export class UnmetDecisions {
  readonly #unmet = new Map<string, Refusal>();

  /** Of decisions about one thing only the last counts; those about a match are met by matching. */
  constructor(decisions: readonly Decision[], book: DecisionBook) {
    for (const made of decisions) {
      const { proposal, key, decision, osm } = made;
      if (decision !== "accept" || osm !== undefined) continue;
      const location = locationOf(proposal);
      const holds =
        key === undefined
          ? book.aboutProposal(proposal) === made
          : book.aboutTag(location, key).includes(made);
      if (!holds) continue;
      this.#unmet.set(key === undefined ? proposal : tagName(location, key), {
        proposal,
        key,
        reason: "not-proposed",
      });
    }
  }

  /** Takes note of a proposal. */
  meet({ id, reason, location, tags, chargePoints }: Proposal): void {
    if (this.#unmet.size === 0) return;
    this.#unmet.delete(id);
    const create = proposalId("create", location.key);
    if (reason === "accepted-but-absent" && this.#unmet.has(create))
      this.#unmet.set(create, { proposal: create, reason: "asked-again" });
    for (const { key } of tags) this.#unmet.delete(tagName(location.key, key));
    for (const [index, point] of chargePoints.entries()) {
      const name = `cp${index + 1}`;
      this.#unmet.delete(`${id}/${name}`);
      for (const { key } of point.tags) this.#unmet.delete(tagName(`${location.key}/${name}`, key));
    }
  }

  /** Sorted by proposal and key. */
  get refusals(): readonly Refusal[] {
    return [...this.#unmet].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, refusal]) => refusal);
  }
}

/** Never the id of a proposal. */
function tagName(location: string, key: string): string {
  return JSON.stringify([location, key]);
}

function locationOf(proposal: string): string {
  return proposal.slice(proposal.indexOf("/") + 1);
}
