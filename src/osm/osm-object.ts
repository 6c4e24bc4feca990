/** OSM elements as they are read from an extract (D1). */
import type { OsmTag } from "./element.js";

export type ElementType = "node" | "way" | "relation";

/** A position in degrees. */
export interface LatLon {
  readonly lat: number;
  readonly lon: number;
}

export interface RelationMember {
  readonly type: ElementType;
  readonly ref: number;
  readonly role: string;
}

/** What OSM knows of an element's last change; absent where the extract does not say. */
export interface ElementHistory {
  readonly version?: number | undefined;
  /** RFC 3339, UTC, seconds. */
  readonly timestamp?: string | undefined;
  readonly changeset?: number | undefined;
  readonly uid?: number | undefined;
  readonly user?: string | undefined;
}

/** A charging object of the extract (D1.1), complete enough to be written back as a modify. */
export interface OsmObject extends ElementHistory {
  readonly type: ElementType;
  readonly id: number;
  /** A node's own position; of a way or relation the centre of its nodes' bounding box. */
  readonly lat: number;
  readonly lon: number;
  /** Sorted by key. */
  readonly tags: readonly OsmTag[];
  /** A way's node ids, in order; else empty. */
  readonly nodes: readonly number[];
  /** A relation's members, in order; else empty. */
  readonly members: readonly RelationMember[];
  /** A closed way's ring, or the outer rings of a multipolygon as far as they are known: the station's area. */
  readonly outlines: readonly (readonly LatLon[])[];
}

/** A node that a way among the charging objects is made of. */
export interface WayNode extends ElementHistory, LatLon {
  readonly id: number;
  readonly tags: readonly OsmTag[];
}

/** Everything a comparison needs of an OSM extract. */
export interface OsmExtract {
  /** Sorted: nodes, ways, relations, each by id. Each once, in its newest version. */
  readonly objects: readonly OsmObject[];
  /** The nodes of the ways in `objects`, by id, as far as the extract has them. */
  readonly wayNodes: ReadonlyMap<number, WayNode>;
  /** Ways and relations of `objects` (`w12`) that were placed by a part of theirs only: the extract lacks the rest. */
  readonly partlyPlaced?: ReadonlySet<string> | undefined;
}

/** `n123`, `w45`, `r6`: how an element is named in tables and state files (D6). */
export function elementName({ type, id }: { readonly type: ElementType; readonly id: number }): string {
  return `${type.charAt(0)}${id}`;
}

/** Nodes before ways before relations, each by id. */
export function compareElements(
  a: { readonly type: ElementType; readonly id: number },
  b: { readonly type: ElementType; readonly id: number },
): number {
  return TYPE_ORDER[a.type] - TYPE_ORDER[b.type] || a.id - b.id;
}

const TYPE_ORDER: Readonly<Record<ElementType, number>> = { node: 0, way: 1, relation: 2 };
