/** OSM's data model, as far as files are written here. */

export interface OsmTag {
  readonly key: string;
  readonly value: string;
}

/** A node to write. A negative id stands for one that OSM does not have yet. */
export interface OsmNode {
  readonly id: number;
  /** Degrees as decimal text, 7 decimals at most. */
  readonly lat: string;
  readonly lon: string;
  /** Sorted by key, no key twice. */
  readonly tags: readonly OsmTag[];
}
