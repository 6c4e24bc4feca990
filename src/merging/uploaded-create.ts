/** Whether a station that stands where a create was proposed is that create uploaded, or somebody else's mapping (D3). */
import type { OsmTag } from "../osm/element.js";
import { sameMeaning } from "./meaning.js";
import type { StateEntry } from "./state-entry.js";

/** Keys that say who wrote the object. */
const SIGNATURES = ["ref:ocpi:location:id", "ref:EU:EVSE"] as const;

/**
 * What a create published is the base of the station it became. A mapper who mapped the station without it never saw
 * those values: that a tag is missing there is no edit of theirs, and there is no base yet. Told by the ids the
 * create had; without any, by most of its tags standing there.
 */
export function isMappedByOthers(entry: StateEntry | undefined, tags: readonly OsmTag[]): boolean {
  if (entry?.create === undefined) return false;
  const values = new Map(tags.map(({ key, value }) => [key, value]));
  const stands = (key: string): boolean => sameMeaning(key, values.get(key), entry.base[key]);
  const signatures = SIGNATURES.filter((key) => entry.base[key] !== undefined);
  if (signatures.length > 0) return !signatures.some(stands);
  const keys = Object.keys(entry.base);
  return keys.filter(stands).length * 2 <= keys.length;
}
