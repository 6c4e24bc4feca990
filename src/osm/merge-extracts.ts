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
 * All objects of all extracts. Of an element in several the newest version counts; of equal ones the one whose area is
 * known best, so that the result is the same whatever the order of the extracts.
 */
export function mergeExtracts(extracts: readonly OsmExtract[]): OsmExtract {
  const objects = new Map<string, OsmObject>();
  const nodes = new Map<number, WayNode>();
  for (const extract of extracts) {
    for (const object of extract.objects) keepBetter(objects, elementName(object), object);
    for (const node of extract.wayNodes.values()) keepBetter(nodes, node.id, node);
  }
  const merged = [...objects.values()].sort(compareElements);
  const used = new Set(merged.flatMap((object) => object.nodes));
  const wayNodes = [...nodes.values()].filter(({ id }) => used.has(id)).sort((a, b) => a.id - b.id);
  const byId = new Map(wayNodes.map((node) => [node.id, node]));
  return { objects: merged.map((object) => placedAnew(object, byId)), wayNodes: byId };
}

function keepBetter<K, T extends Candidate>(kept: Map<K, T>, key: K, candidate: T): void {
  const known = kept.get(key);
  if (known === undefined || isBetter(candidate, known)) kept.set(key, candidate);
}

type Candidate = ElementHistory & Partial<Pick<OsmObject, "outlines">>;

function isBetter(a: Candidate, b: Candidate): boolean {
  const order = compareHistory(a, b) || cornersOf(a) - cornersOf(b);
  return order === 0 ? JSON.stringify(a) < JSON.stringify(b) : order > 0;
}

function cornersOf({ outlines = [] }: Candidate): number {
  return outlines.reduce((sum, outline) => sum + outline.length, 0);
}

/** A way that every extract had only a part of may now have all of its nodes. */
function placedAnew(object: OsmObject, wayNodes: ReadonlyMap<number, WayNode>): OsmObject {
  if (object.type !== "way" || object.nodes.length === 0) return object;
  if (!object.nodes.every((id) => wayNodes.has(id))) return object;
  const node = (id: number): LatLon | undefined => {
    const known = wayNodes.get(id);
    return known === undefined ? undefined : { lat: known.lat, lon: known.lon };
  };
  return { ...object, ...placeElement({ ...object, deleted: false }, { node, way: () => undefined }) };
}
