/** Several extracts as one: neighbouring countries, or an older and a newer one. */
import { compareHistory } from "./element-history.js";
import { placeElement } from "./element-placement.js";
import {
  type ElementHistory,
  type LatLon,
  type OsmExtract,
  type OsmObject,
  type WayNode,
  compareElements,
  elementName,
} from "./osm-object.js";

/**
 * All objects of all extracts. Of an element in several the newest version counts; of equal ones the one that an
 * extract has all parts of, then the one whose area is known best. The result is the same whatever the order of the
 * extracts.
 */
export function mergeExtracts(extracts: readonly OsmExtract[]): OsmExtract {
  const objects = new Map<string, Candidate<OsmObject>>();
  const nodes = new Map<number, Candidate<WayNode>>();
  for (const extract of extracts) {
    for (const object of extract.objects) {
      const name = elementName(object);
      const isPartial = extract.partlyPlaced?.has(name) ?? false;
      keepBetter(objects, name, { element: object, isPartial, corners: cornersOf(object) });
    }
    for (const node of extract.wayNodes.values()) {
      keepBetter(nodes, node.id, { element: node, isPartial: false, corners: 0 });
    }
  }
  const kept = [...objects.values()].sort((a, b) => compareElements(a.element, b.element));
  const used = new Set(kept.flatMap(({ element }) => element.nodes));
  const wayNodes = [...nodes.values()].flatMap(({ element }) => (used.has(element.id) ? [element] : []));
  const byId = new Map(wayNodes.sort((a, b) => a.id - b.id).map((node) => [node.id, node]));
  const partlyPlaced = new Set<string>();
  const merged = kept.map(({ element, isPartial }) => {
    const anew = placedAnew(element, byId);
    if (anew === undefined && isPartial) partlyPlaced.add(elementName(element));
    return anew ?? element;
  });
  return { objects: merged, wayNodes: byId, ...(partlyPlaced.size > 0 && { partlyPlaced }) };
}

/** What one extract has of an element. */
interface Candidate<T extends ElementHistory> {
  readonly element: T;
  readonly isPartial: boolean;
  readonly corners: number;
}

function keepBetter<K, T extends ElementHistory>(
  kept: Map<K, Candidate<T>>,
  key: K,
  candidate: Candidate<T>,
): void {
  const known = kept.get(key);
  if (known === undefined || isBetter(candidate, known)) kept.set(key, candidate);
}

function isBetter<T extends ElementHistory>(a: Candidate<T>, b: Candidate<T>): boolean {
  const order =
    compareHistory(a.element, b.element) ||
    Number(b.isPartial) - Number(a.isPartial) ||
    a.corners - b.corners;
  return order === 0 ? JSON.stringify(a.element) < JSON.stringify(b.element) : order > 0;
}

function cornersOf({ outlines }: OsmObject): number {
  return outlines.reduce((sum, outline) => sum + outline.length, 0);
}

/** A way that every extract had only a part of may now have all of its nodes. */
function placedAnew(object: OsmObject, wayNodes: ReadonlyMap<number, WayNode>): OsmObject | undefined {
  if (object.type !== "way" || object.nodes.length === 0) return undefined;
  if (!object.nodes.every((id) => wayNodes.has(id))) return undefined;
  const node = (id: number): LatLon | undefined => {
    const known = wayNodes.get(id);
    return known === undefined ? undefined : { lat: known.lat, lon: known.lon };
  };
  const known = placeElement({ ...object, deleted: false }, { node, way: () => undefined });
  return known && { ...object, ...known.placement };
}
