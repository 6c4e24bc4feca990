/** From passes over a file to the charging objects in it, placed and complete (D1.1). */
import { chargingForm } from "./charging-form.js";
import { compareHistory } from "./element-history.js";
import { placeElement } from "./element-placement.js";
import {
  type ElementType,
  type OsmExtract,
  type OsmObject,
  type WayNode,
  compareElements,
  elementName,
} from "./osm-object.js";
import { TagPool } from "./tag-pool.js";
import { ALL_CHARGING, type ElementReader, type ReadElement } from "./read-element.js";

export interface CollectedExtract extends OsmExtract {
  /** Charging objects that nothing in the file places, in order; they are not in `objects`. */
  readonly unplaced: readonly string[];
}

/**
 * Up to three passes, each only where it is needed: the charging objects; the ways that charging relations consist of
 * (and, in a file that may hold an element twice, whether a newer version is no charging object any more); the nodes
 * of all these. Members of members are not followed, so what is held is bounded by the charging objects.
 *
 * @throws {InputError} for a file that is damaged.
 */
export async function collectExtract(reader: ElementReader): Promise<CollectedExtract> {
  const newest = new NewestElements();
  const emit = (element: ReadElement): void => newest.add(element);
  const eachOnce = await reader.scan(ALL_CHARGING, emit);

  const again = idsByType(eachOnce ? [] : newest.all());
  for (const { members } of newest.charging()) {
    for (const { type, ref } of members) {
      if (type === "way" && newest.get("way", ref) === undefined) again.way.add(ref);
    }
  }
  if (again.node.size + again.way.size + again.relation.size > 0) {
    await reader.scan({ charging: false, ids: again }, emit);
  }

  const parts = idsByType([]);
  const wantNode = (id: number): void => {
    if (!eachOnce || newest.get("node", id) === undefined) parts.node.add(id);
  };
  for (const { nodes, members } of newest.charging()) {
    nodes.forEach(wantNode);
    for (const { type, ref } of members) {
      if (type === "node") wantNode(ref);
      if (type === "way") newest.get("way", ref)?.nodes.forEach(wantNode);
    }
  }
  if (parts.node.size > 0) await reader.scan({ charging: false, ids: parts }, emit);
  return placed(newest);
}

function placed(newest: NewestElements): CollectedExtract {
  const surroundings = {
    node: (id: number) => newest.get("node", id)?.position,
    way: (id: number) => newest.get("way", id),
  };
  const objects: OsmObject[] = [];
  const unplaced: string[] = [];
  const partlyPlaced = new Set<string>();
  const wayNodes: WayNode[] = [];
  for (const element of newest.charging().sort(compareElements)) {
    const known = placeElement(element, surroundings);
    if (known === undefined) {
      unplaced.push(elementName(element));
      continue;
    }
    if (known.isPartial) partlyPlaced.add(elementName(element));
    const { deleted: _deleted, position: _position, stated: _stated, ...rest } = element;
    objects.push({ ...rest, ...known.placement });
    for (const id of element.nodes) {
      const node = wayNodeOf(newest.get("node", id));
      if (node !== undefined) wayNodes.push(node);
    }
  }
  wayNodes.sort((a, b) => a.id - b.id);
  return {
    objects,
    wayNodes: new Map(wayNodes.map((node) => [node.id, node])),
    ...(partlyPlaced.size > 0 && { partlyPlaced }),
    unplaced,
  };
}

function wayNodeOf(element: ReadElement | undefined): WayNode | undefined {
  if (element?.position === undefined) return undefined;
  const {
    type: _type,
    deleted: _deleted,
    position,
    stated: _stated,
    nodes: _n,
    members: _m,
    ...rest
  } = element;
  return { ...rest, ...position };
}

/** Elements each in its newest version; of two that nothing tells apart, the later in the file. */
class NewestElements {
  readonly #byName: Record<ElementType, Map<number, ReadElement>> = {
    node: new Map(),
    way: new Map(),
    relation: new Map(),
  };

  readonly #tags = new TagPool();

  add(element: ReadElement): void {
    const known = this.#byName[element.type].get(element.id);
    if (known === undefined || compareHistory(element, known) >= 0) {
      this.#byName[element.type].set(element.id, { ...element, tags: this.#tags.of(element.tags) });
    }
  }

  /** `undefined` too where the newest version is deleted. */
  get(type: ElementType, id: number): ReadElement | undefined {
    const element = this.#byName[type].get(id);
    return element?.deleted === true ? undefined : element;
  }

  all(): ReadElement[] {
    const { node, way, relation } = this.#byName;
    return [...node.values(), ...way.values(), ...relation.values()];
  }

  charging(): ReadElement[] {
    return this.all().filter(({ deleted, tags }) => !deleted && chargingForm(tags) !== undefined);
  }
}

function idsByType(elements: readonly ReadElement[]): Record<ElementType, Set<number>> {
  const ids = { node: new Set<number>(), way: new Set<number>(), relation: new Set<number>() };
  for (const { type, id } of elements) ids[type].add(id);
  return ids;
}
