/** Rule T8: what may be proposed for a key, by how far a feed can be trusted with it. */

/**
 * `A` is written and compared, `B` proposed only where OSM has no value, `C` off unless switched on.
 */
export type TagClass = "A" | "B" | "C";

/** The first row whose key is the tag's, or whose `PREFIX:*` it begins with, decides. */
export const CLASSES: readonly (readonly [key: string, tagClass: TagClass])[] = [
  ["amenity", "A"],
  ["man_made", "A"],
  ["capacity", "A"],
  ["socket:*", "A"],
  ["ref:EU:EVSE", "A"],
  ["ref:ocpi:location:id", "A"],
  ["opening_hours", "B"],
  ["access", "B"],
  ["payment:*", "B"],
  ["authentication:*", "B"],
  ["operator", "B"],
  ["operator:wikidata", "B"],
  ["brand", "B"],
  ["brand:wikidata", "B"],
];

/** The class of a key (T8); keys the rule does not name are switched on by hand, so they are `C`. */
export function tagClass(key: string): TagClass {
  const row = CLASSES.find(([name]) =>
    name.endsWith("*") ? key.startsWith(name.slice(0, -1)) : key === name,
  );
  return row?.[1] ?? "C";
}
