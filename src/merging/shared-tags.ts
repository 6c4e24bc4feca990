/** What several Locations that OSM maps as one object say of it together (D2.3). */
import { compareNaturally } from "../ocpi/evse-id.js";
import { byKey, type Tag } from "../tagging/tagged-point.js";
import type { TaggedLocation } from "../tagging/tagged-location.js";
import { sameMeaning } from "./meaning.js";
import { countOf, socketName, socketOfOutput } from "./socket-keys.js";

const LISTS: ReadonlySet<string> = new Set(["ref:EU:EVSE", "ref:ocpi:location:id"]);

/**
 * Counts added up, ids and outputs as one list, and of everything else what all that say something agree on. The
 * same for the Locations in any order; one Location's tags are its own.
 */
export function sharedTags(locations: readonly TaggedLocation[]): readonly Tag[] {
  const [only, ...others] = locations;
  if (only !== undefined && others.length === 0) return only.tags;
  const byTag = new Map<string, Tag[]>();
  for (const { tags } of locations) {
    for (const tag of tags) {
      const known = byTag.get(tag.key);
      if (known === undefined) byTag.set(tag.key, [tag]);
      else known.push(tag);
    }
  }
  return [...byTag.values()].flatMap((tags) => together(tags) ?? []).sort(byKey);
}

function together(tags: readonly Tag[]): Tag | undefined {
  const sorted = tags.toSorted((a, b) => compareNaturally(a.value, b.value));
  const [first] = sorted;
  if (first === undefined) return undefined;
  const values = sorted.map(({ value }) => value);
  const { key, rule } = first;
  if (key === "capacity" || socketName(key) !== undefined) {
    return { key, rule, value: String(values.reduce((sum, value) => sum + (countOf(value) ?? 0), 0)) };
  }
  const parts = values.flatMap((value) => value.split(";"));
  if (LISTS.has(key)) return { key, rule, value: unique(parts.sort(compareNaturally)).join(";") };
  if (socketOfOutput(key) !== undefined) {
    return { key, rule, value: unique(parts.sort((a, b) => compareNaturally(b, a))).join(";") };
  }
  return values.every((value) => sameMeaning(key, value, first.value)) ? first : undefined;
}

function unique(values: readonly string[]): string[] {
  return [...new Set(values)];
}

/** The earliest of their updates; `undefined` when one states none. */
export function earliestUpdate(locations: readonly TaggedLocation[]): string | undefined {
  const updates = locations.map(({ lastUpdated }) => lastUpdated);
  return updates.reduce((a, b) => (a === undefined || b === undefined ? undefined : a < b ? a : b));
}
