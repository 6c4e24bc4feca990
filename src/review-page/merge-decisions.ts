/** Decisions of several files and reviewers put together: later wins, and who disagreed is told (D5). */
import type { Decision } from "../merging/decisions.js";
import { compareTimes } from "../merging/decision-time.js";
import { compareTexts } from "../merging/text-order.js";
import type { DecisionChange } from "./decision-log.js";

/** Reviewers who decided one thing differently; the last one holds. */
export interface Conflict {
  readonly proposal: string;
  readonly key?: string | undefined;
  readonly osm?: string | undefined;
  /** The last of each reviewer, in time. */
  readonly decisions: readonly Decision[];
}

/** What an import changes: of one reviewer and one thing the later decision stays. Only proposals that change. */
export function mergeDecisions(
  known: (proposal: string) => readonly Decision[],
  imported: readonly Decision[],
): DecisionChange {
  const change = new Map<string, readonly Decision[]>();
  for (const decision of imported) {
    const made = change.get(decision.proposal) ?? known(decision.proposal);
    const earlier = made.find((old) => thingOf(old) === thingOf(decision) && old.who === decision.who);
    if (earlier !== undefined) {
      // The same file twice, or an older one.
      const order = compareTimes(earlier.when, decision.when);
      if (order > 0 || (order === 0 && isSame(earlier, decision))) continue;
    }
    change.set(decision.proposal, [...made.filter((old) => old !== earlier), decision]);
  }
  return change;
}

/** What reviewers disagree about, by proposal, key and element. */
export function conflictsAmong(decisions: readonly Decision[]): readonly Conflict[] {
  const byThing = new Map<string, Decision[]>();
  for (const decision of [...decisions].sort((a, b) => compareTimes(a.when, b.when))) {
    const thing = thingOf(decision);
    const made = byThing.get(thing);
    if (made === undefined) byThing.set(thing, [decision]);
    else made.push(decision);
  }
  return [...byThing]
    .sort(([a], [b]) => compareTexts(a, b))
    .flatMap(([, made]) => {
      const last = new Map<string, Decision>();
      for (const decision of made) {
        last.delete(decision.who ?? "");
        last.set(decision.who ?? "", decision);
      }
      const [first] = made;
      if (first === undefined || new Set([...last.values()].map((one) => one.decision)).size < 2) return [];
      const { proposal, key, osm } = first;
      return [{ proposal, key, osm, decisions: [...last.values()] }];
    });
}

/** What a decision is about. */
function thingOf({ proposal, key, osm }: Decision): string {
  return JSON.stringify([proposal, key ?? null, osm ?? null]);
}

function isSame(a: Decision, b: Decision): boolean {
  return a.decision === b.decision && a.note === b.note && a.value === b.value;
}
