/** A small OSM for tests: mappers edit it, edits are uploaded to it as a server takes them, and it is saved as an extract. */
import { writeFileSync } from "node:fs";
import type { WritableElement } from "../osm/element-xml.js";
import { xmlOf } from "../osm/osm-data.test-support.js";
import { type RelationMember, compareElements, elementName } from "../osm/osm-object.js";
import { readXml } from "../osm/xml.test-support.js";

/** An element before and after an upload; `before` is undefined for a new one. */
export interface Uploaded {
  readonly name: string;
  readonly before: WritableElement | undefined;
  readonly after: WritableElement;
}

type Tags = Readonly<Record<string, string>>;

const HISTORY = { timestamp: "2020-01-01T00:00:00Z", changeset: 1, uid: 7, user: "mapper" };

/** A node as it stands in OSM. */
export function nodeOf(id: number, lat: number | string, lon: number | string, tags: Tags = {}) {
  const place = { lat: `${lat}`, lon: `${lon}` };
  return {
    ...HISTORY,
    type: "node",
    id,
    version: 1,
    ...place,
    tags: sorted(tags),
    nodes: [],
    members: [],
  } as const;
}

/** A way as it stands in OSM. */
export function wayOf(id: number, nodes: readonly number[], tags: Tags = {}) {
  return { ...HISTORY, type: "way", id, version: 1, tags: sorted(tags), nodes, members: [] } as const;
}

/** A relation as it stands in OSM. */
export function relationOf(id: number, members: readonly RelationMember[], tags: Tags = {}) {
  return { ...HISTORY, type: "relation", id, version: 1, tags: sorted(tags), nodes: [], members } as const;
}

export class OsmWorld {
  readonly #elements = new Map<string, WritableElement>();
  #lastId = 1_000_000;

  constructor(elements: Iterable<WritableElement> = []) {
    for (const element of elements) this.add(element);
  }

  /** All elements, in the order of OSM files. */
  get elements(): readonly WritableElement[] {
    return [...this.#elements.values()].sort(compareElements);
  }

  copy(): OsmWorld {
    const copy = new OsmWorld(this.#elements.values());
    copy.#lastId = this.#lastId;
    return copy;
  }

  add(element: WritableElement): void {
    this.#elements.set(elementName(element), element);
  }

  /** An id that no element has. */
  nextId(): number {
    return ++this.#lastId;
  }

  /** Throws where there is no such element. */
  get(name: string): WritableElement {
    const element = this.#elements.get(name);
    if (element === undefined) throw new Error(`no ${name}`);
    return element;
  }

  tags(name: string): ReadonlyMap<string, string> {
    return new Map(this.get(name).tags.map(({ key, value }) => [key, value]));
  }

  /** The element that has this tag. */
  named(key: string, value: string): string {
    const found = this.elements.find(({ tags }) =>
      tags.some((tag) => tag.key === key && tag.value === value),
    );
    if (found === undefined) throw new Error(`no element has ${key}=${value}`);
    return elementName(found);
  }

  /** A mapper changes tags; `undefined` deletes one. */
  edit(name: string, changes: Readonly<Record<string, string | undefined>>): void {
    const before = this.get(name);
    const tags = new Map(this.tags(name));
    for (const [key, value] of Object.entries(changes)) {
      if (value === undefined) tags.delete(key);
      else tags.set(key, value);
    }
    this.add({ ...before, version: (before.version ?? 0) + 1, tags: sorted(Object.fromEntries(tags)) });
  }

  /** A mapper deletes an element. */
  delete(name: string): void {
    if (!this.#elements.delete(name)) throw new Error(`no ${name} to delete`);
  }

  /**
   * Takes changes.osm as an OSM server does: new elements get ids and version 1, changed ones must be of the version
   * the server has. Elements that are only shown must be as they are.
   */
  upload(document: string): readonly Uploaded[] {
    return elementsIn(document).flatMap(({ action, element }) => {
      const isNew = element.id < 0;
      const before = isNew ? undefined : this.get(elementName(element));
      if (before !== undefined && before.version !== element.version)
        throw new Error(
          `409 ${elementName(element)}: version ${element.version}, server has ${before.version}`,
        );
      if (before !== undefined && action === undefined) return [];
      const id = isNew ? this.nextId() : element.id;
      const after = { ...element, ...HISTORY, id, version: (before?.version ?? 0) + 1 };
      this.add(after);
      return [{ name: elementName(after), before, after }];
    });
  }

  /** As OSM XML; returns the file. */
  saveTo(file: string): string {
    writeFileSync(file, xmlOf(this.elements));
    return file;
  }
}

function sorted(tags: Tags) {
  return Object.entries(tags)
    .map(([key, value]) => ({ key, value }))
    .sort((a, b) => (a.key < b.key ? -1 : 1));
}

interface Read {
  readonly action: string | undefined;
  readonly element: WritableElement & {
    tags: { key: string; value: string }[];
    nodes: number[];
    members: RelationMember[];
  };
}

/** The elements of an OSM XML document by an XML reader that knows nothing of ours. */
function elementsIn(document: string): readonly Read[] {
  const read: Read[] = [];
  let current: Read | undefined;
  for (const { name, attributes } of readXml(document)) {
    const type = typeOf(name);
    const { id, version, lat, lon, action, ref, role = "", k = "", v = "" } = attributes;
    if (type !== undefined) {
      const history = version === undefined ? {} : { version: Number(version) };
      const element = { type, id: Number(id), ...history, lat, lon, tags: [], nodes: [], members: [] };
      current = { action, element };
      read.push(current);
    } else if (name === "changeset") current = undefined;
    else if (name === "tag") current?.element.tags.push({ key: k, value: v });
    else if (name === "nd") current?.element.nodes.push(Number(ref));
    else if (name === "member") {
      const of = typeOf(attributes["type"] ?? "");
      if (of !== undefined) current?.element.members.push({ type: of, ref: Number(ref), role });
    }
  }
  return read;
}

function typeOf(name: string): "node" | "way" | "relation" | undefined {
  return name === "node" || name === "way" || name === "relation" ? name : undefined;
}
