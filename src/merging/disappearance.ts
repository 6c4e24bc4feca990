/** Locations that are gone from the feed: rule D4. */
import type { ComparisonOptions, Disappearance } from "./comparison.js";
import type { StateEntry } from "./state-entry.js";
import { compareTexts } from "./text-order.js";

/**
 * How much vanished in this run, and whether it is too much to believe the feed. Only what was there at the last run
 * counts, on both sides: what is missing for longer was counted then.
 *
 * `vanished`: entries of Locations that are not in the feed, less those that came back under a new id.
 */
export function disappearance(
  state: readonly StateEntry[],
  vanished: readonly StateEntry[],
  maxDisappear: ComparisonOptions["maxDisappear"],
): Disappearance {
  const known = state.filter(wasPresent).length;
  const keys = vanished
    .filter(wasPresent)
    .map(({ key }) => key)
    .sort(compareTexts);
  const count = keys.length;
  const { limit, percent } = maxDisappear;
  const crossed = count > 0 && (percent ? limit < 100 && count * 100 >= limit * known : count > limit);
  return { known, count, share: known === 0 ? 0 : count / known, crossed, keys };
}

function wasPresent({ absent }: StateEntry): boolean {
  return absent === undefined;
}
