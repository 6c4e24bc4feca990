/** Counts of one comparison (D6 report): nothing that was looked at goes uncounted. */
import {
  type ComparisonCounts,
  type LocationVerdict,
  type TagCount,
  type Verdict,
  VERDICTS,
} from "./comparison.js";
import type { Outcome } from "./merge-table.js";
import type { MergedTag } from "./merged-tag.js";
import { type Change, CHANGES, type Proposal } from "./proposal.js";
import { compareTexts } from "./text-order.js";

export class ComparisonTally {
  /** Name → the count so far, and what is counted. */
  readonly #tags = new Map<string, { readonly tag: Omit<TagCount, "count">; count: number }>();

  addTag({ class: tagClass, reason }: Pick<MergedTag, "class" | "reason">, outcome: Outcome): void {
    const name = `${tagClass} ${outcome} ${reason}`;
    const known = this.#tags.get(name);
    if (known === undefined) this.#tags.set(name, { tag: { class: tagClass, outcome, reason }, count: 1 });
    else known.count += 1;
  }

  counts(proposals: readonly Proposal[], verdicts: readonly LocationVerdict[]): ComparisonCounts {
    return {
      proposals: numbers(CHANGES, proposals, ({ change }: Proposal): Change => change),
      verdicts: numbers(VERDICTS, verdicts, ({ verdict }: LocationVerdict): Verdict => verdict),
      tags: [...this.#tags]
        .sort(([a], [b]) => compareTexts(a, b))
        .map(([, { tag, count }]) => counted(tag, count)),
      withheld: proposals.filter(({ withheld }) => withheld !== undefined).length,
    };
  }
}

function counted({ class: tagClass, outcome, reason }: Omit<TagCount, "count">, count: number): TagCount {
  return { class: tagClass, outcome, reason, count };
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
