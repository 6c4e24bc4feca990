/** What tagging makes: tags on a point. */

export interface Tag {
  readonly key: string;
  readonly value: string;
  /** The rule that wrote it (`T3.1`). */
  readonly rule: string;
}

/** A point with its tags, sorted by key (T7), and its place in the file: a negative node id. */
export interface TaggedPoint {
  readonly id: number;
  /** Degrees, 7 decimals at most (T1.2). */
  readonly lat: string;
  readonly lon: string;
  readonly tags: readonly Tag[];
}

/** The order tags are written in (T7): by code units of the key, the same in every locale. */
export function byKey(a: Tag, b: Tag): number {
  return a.key < b.key ? -1 : a.key > b.key ? 1 : 0;
}
