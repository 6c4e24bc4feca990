/** When an edit needs a decision first: one row a reason (D2, D3, T1.6, T8). */
import type { TagReason } from "./reasons.js";
import { countOf } from "./socket-keys.js";
import { isSurveyed } from "./survey-dates.js";

/** What speaks against editing anything of a site without a look. */
export type SiteCaution = "lifecycle" | "far-id" | "outside-country" | "shared" | "cluster";

/** A tag that would be proposed, and what its site is like. */
export interface CautiousTag {
  readonly key: string;
  readonly ours: string | undefined;
  readonly theirs: string | undefined;
  readonly tags: ReadonlyMap<string, string>;
  readonly lastUpdated: string | undefined;
  readonly site: ReadonlySet<SiteCaution>;
  /** Proposed before, and the object was edited since. */
  readonly proposedBefore: boolean;
}

/** The first row that holds is the reason shown. */
export const CAUTIONS: readonly (readonly [reason: TagReason, holds: (tag: CautiousTag) => boolean])[] = [
  ["lifecycle", ({ site }) => site.has("lifecycle")],
  ["far-id", ({ site }) => site.has("far-id")],
  ["outside-country", ({ site }) => site.has("outside-country")],
  ["shared", ({ site }) => site.has("shared")],
  ["cluster", ({ site }) => site.has("cluster")],
  ["capacity-lowered", lowersCapacity],
  ["surveyed", ({ key, tags, lastUpdated }) => isSurveyed(key, tags, lastUpdated)],
  ["proposed-before", ({ proposedBefore }) => proposedBefore],
];

/** Why the tag goes to review instead of being proposed as an edit; `undefined` when nothing speaks against it. */
export function cautionOf(tag: CautiousTag): TagReason | undefined {
  return CAUTIONS.find(([, holds]) => holds(tag))?.[0];
}

/** T8: also where it would be removed, or OSM's value is no number. */
export function lowersCapacity({ key, ours, theirs }: Pick<CautiousTag, "key" | "ours" | "theirs">): boolean {
  if (key !== "capacity" || theirs === undefined) return false;
  const now = countOf(theirs);
  const then = ours === undefined ? undefined : countOf(ours);
  return now === undefined || then === undefined || then < now;
}
