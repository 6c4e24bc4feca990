/** Socket keys that are one thing when comparing with OSM: rules T3.5 and T3.6 as data. */

/**
 * The buckets of T3.6, each with the keys of T3.5 that mappers use for the same plug. The first key of a row names it.
 */
export const SOCKET_BUCKETS: readonly (readonly string[])[] = [
  ["type2", "type2_cable", "Mennekes"],
  ["nacs", "tesla_supercharger", "tesla_destination", "tesla_standard", "tesla"],
  ["type2_combo", "tesla_supercharger_ccs", "ccs", "ccs2", "type2_combo_cable"],
  ["type1", "type1_cable", "j1772"],
  ["type1_combo", "ccs1"],
  // The wiki's old keys name a family; these are the members that were built in numbers.
  ["type3c", "type3"],
  ["gb_dc", "gbt"],
  ["schuko", "domestic"],
];

const BUCKET_OF_KEY: ReadonlyMap<string, string> = new Map(
  SOCKET_BUCKETS.flatMap((keys) => keys.map((key): [string, string] => [key.toLowerCase(), keys[0] ?? key])),
);

/**
 * The name of the bucket that a socket key belongs to; keys that are alone in theirs name it themselves. `key` stands
 * without `socket:` and `:output`. Capitals do not matter to keys that are in a row (`Type2` is found in OSM).
 */
export function bucketOf(key: string): string {
  return BUCKET_OF_KEY.get(key) ?? BUCKET_OF_KEY.get(key.toLowerCase()) ?? key;
}
