/** Counts of one comparison (D6 report): nothing that was looked at goes uncounted. */
import {
  type ComparisonCounts,
  type LocationVerdict,
  type TagCount,
  type Verdict,
  VERDICTS,
} from "./comparison.js";
import type { MergedTag } from "./merged-tag.js";
import { type Change, CHANGES, type Proposal } from "./proposal.js";
import { compareTexts } from "./text-order.js";

export class ComparisonTally {
  readonly #tags = new Map<string, TagCount>();

  addTag({ class: tagClass, outcome, reason }: Pick<MergedTag, "class" | "outcome" | "reason">): void {
    const name = `${tagClass} ${outcome} ${reason}`;
    const count = (this.#tags.get(name)?.count ?? 0) + 1;
    this.#tags.set(name, { class: tagClass, outcome, reason, count });
  }

  counts(proposals: readonly Proposal[], verdicts: readonly LocationVerdict[]): ComparisonCounts {
    return {
      proposals: numbers(CHANGES, proposals, ({ change }: Proposal): Change => change),
      verdicts: numbers(VERDICTS, verdicts, ({ verdict }: LocationVerdict): Verdict => verdict),
      tags: [...this.#tags].sort(([a], [b]) => compareTexts(a, b)).map(([, count]) => count),
      withheld: proposals.filter(({ withheld }) => withheld !== undefined).length,
    };
  }
}

/** How many of `things` bear each name; 0 for names none bears. */
function numbers<Name extends string, Thing>(
  names: readonly Name[],
  things: readonly Thing[],
  nameOf: (thing: Thing) => Name,
): Record<Name, number> {
  const counts = new Map<Name, number>();
  for (const thing of things) counts.set(nameOf(thing), (counts.get(nameOf(thing)) ?? 0) + 1);
  return recordOf(names, (name) => counts.get(name) ?? 0);
}

function recordOf<Name extends string>(
  names: readonly Name[],
  value: (name: Name) => number,
): Record<Name, number>;
function recordOf(names: readonly string[], value: (name: string) => number): Record<string, number> {
  return Object.fromEntries(names.map((name) => [name, value(name)]));
}
