/** Elements as they come out of a file, whatever its format, before it is known which are needed and where they lie. */
import type { Bounds } from "./bounds.js";
import type { OsmTag } from "./element.js";
import type { ElementHistory, ElementType, LatLon, RelationMember } from "./osm-object.js";

export interface ReadElement extends ElementHistory {
  readonly type: ElementType;
  readonly id: number;
  /** A version that says the element is gone, or one that JOSM is told to delete. */
  readonly deleted: boolean;
  /** A node's; absent where the file has none or one off the globe. */
  readonly position?: LatLon | undefined;
  /** Sorted by key, no key twice. */
  readonly tags: readonly OsmTag[];
  /** A way's; else empty. */
  readonly nodes: readonly number[];
  /** A relation's; else empty. */
  readonly members: readonly RelationMember[];
  /** What Overpass says of a way's or relation's place besides its parts. */
  readonly stated?: StatedPlace | undefined;
}

export interface StatedPlace {
  /** `out center`. */
  readonly center?: LatLon | undefined;
  /** `out geom`: a line of positions; a way has one, a relation one for each member. Gaps are what was clipped away. */
  readonly lines?: ReadonlyArray<ReadonlyArray<LatLon | undefined>> | undefined;
}

/** Which elements a pass over a file is to find. */
export interface ElementRequest {
  /** All charging objects (D1.1), deleted ones too. */
  readonly charging: boolean;
  /** Elements by id, whatever their tags. */
  readonly ids: Readonly<Record<ElementType, ReadonlySet<number>>>;
}

/** A file of OSM elements that can be gone through several times. */
export interface ElementReader {
  /**
   * One pass: hands on what is requested, in the file's order. Answers whether the ids of each type only ever rise
   * through the whole file, so that it cannot hold an element twice; later passes may answer `true` untested.
   *
   * @throws {InputError} for a file that is damaged.
   */
  scan(request: ElementRequest, emit: (element: ReadElement) => void): Promise<boolean>;
  /** When the data was taken from OSM, as far as the file says (RFC 3339). Known after the first pass. */
  timestamp(): string | undefined;
  /** The area the file says it covers, if it says so. Known after the first pass. */
  bounds(): Bounds | undefined;
}

const NO_IDS: ReadonlySet<number> = new Set();
export const ALL_CHARGING: ElementRequest = {
  charging: true,
  ids: { node: NO_IDS, way: NO_IDS, relation: NO_IDS },
};

/** The tags sorted by key (UTF-16 order); of a key that stands twice, which OSM does not allow, the last. */
export function sortedTags(tags: ReadonlyMap<string, string>): OsmTag[] {
  return [...tags].map(([key, value]) => ({ key, value })).sort((a, b) => (a.key < b.key ? -1 : 1));
}
