/** How many proposals there are of each kind, for the report. */
import { CHANGES, type Change, type Proposal } from "../merging/proposal.js";
import { TAG_REASONS, type TagReason } from "../merging/reasons.js";
import type { TagClass } from "../tagging/tag-class.js";
import { type Withheld, WITHHELD_MEANINGS, withheldOf } from "./loadable-edits.js";

export type ChangeCounts = Record<Change, number>;

/** Lists are sorted by name, but for what has none: last. */
export interface ProposalCounts {
  readonly by_change: ChangeCounts;
  /** Tags of all proposals, by T8 class, change and the outcome of the merge. */
  readonly tags: ReadonlyArray<{
    readonly class: TagClass;
    readonly change: Change;
    readonly reason: TagReason;
    readonly meaning: string;
    readonly count: number;
  }>;
  readonly by_country: ReadonlyArray<{
    readonly country: string | undefined;
    readonly proposals: ChangeCounts;
  }>;
  readonly by_operator: ReadonlyArray<{
    readonly operator: string | undefined;
    readonly proposals: ChangeCounts;
  }>;
  /** Edits that are not in the files for editors. */
  readonly withheld: ReadonlyArray<{
    readonly reason: Withheld;
    readonly meaning: string;
    readonly count: number;
  }>;
}

/** Counted in any order, the result is the same. */
export function countProposals(proposals: Iterable<Proposal>): ProposalCounts {
  const changes = noChanges();
  const tags = new Map<string, { class: TagClass; change: Change; reason: TagReason; count: number }>();
  const countries = new Map<string | undefined, ChangeCounts>();
  const operators = new Map<string | undefined, ChangeCounts>();
  const withheld = new Map<Withheld, number>();
  for (const proposal of proposals) {
    const { change, location } = proposal;
    changes[change] += 1;
    countsOf(countries, location.country)[change] += 1;
    countsOf(operators, location.operator)[change] += 1;
    const why = withheldOf(proposal);
    if (why !== undefined) withheld.set(why, (withheld.get(why) ?? 0) + 1);
    for (const { class: tagClass, reason } of proposal.tags) {
      const kind = `${tagClass} ${CHANGES.indexOf(change)} ${reason}`;
      const known = tags.get(kind);
      if (known === undefined) tags.set(kind, { class: tagClass, change, reason, count: 1 });
      else known.count += 1;
    }
  }
  return {
    by_change: changes,
    tags: byName(tags).map(([, { class: tagClass, change, reason, count }]) => ({
      class: tagClass,
      change,
      reason,
      meaning: TAG_REASONS[reason].meaning,
      count,
    })),
    by_country: byName(countries).map(([country, proposals]) => ({ country, proposals })),
    by_operator: byName(operators).map(([operator, proposals]) => ({ operator, proposals })),
    withheld: byName(withheld).map(([reason, count]) => ({
      reason,
      meaning: WITHHELD_MEANINGS[reason],
      count,
    })),
  };
}

function noChanges(): ChangeCounts {
  return { create: 0, modify: 0, relink: 0, review: 0, conflict: 0, close: 0 };
}

function countsOf(counts: Map<string | undefined, ChangeCounts>, name: string | undefined): ChangeCounts {
  const known = counts.get(name);
  if (known !== undefined) return known;
  const none = noChanges();
  counts.set(name, none);
  return none;
}

function byName<Name extends string | undefined, Value>(
  counts: ReadonlyMap<Name, Value>,
): Array<[Name, Value]> {
  return [...counts].sort(([a], [b]) => {
    if (a === undefined || b === undefined) return a === b ? 0 : a === undefined ? 1 : -1;
    return a < b ? -1 : a > b ? 1 : 0;
  });
}
