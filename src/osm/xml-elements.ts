/** Tags of an OSM XML document → elements, those of JOSM and Overpass included. */
import { Buffer } from "node:buffer";
import type { Bounds } from "./bounds.js";
import { chargingForm } from "./charging-form.js";
import { historyOf } from "./element-history.js";
import type { ElementType, LatLon, RelationMember } from "./osm-object.js";
import { centreOf, degreesFrom, positionAt } from "./positions.js";
import { type ElementRequest, type ReadElement, type StatedPlace, sortedTags } from "./read-element.js";

export type XmlAttributes = Readonly<Record<string, string>>;

export interface XmlElementsOptions {
  readonly request: ElementRequest;
  readonly emit: (element: ReadElement) => void;
  /** Throws, with the line. */
  readonly fail: (problem: string, advice?: string) => never;
}

const TYPES: ReadonlyMap<string, ElementType> = new Map([
  ["node", "node"],
  ["way", "way"],
  ["relation", "relation"],
]);
const CHANGES: readonly string[] = ["create", "modify", "delete", "action"];
const INTEGER = /^-?\d{1,16}$/;
/** The most that an element of OSM may have is 32,000. */
const MOST_PARTS = 100_000;

/** An element being read. */
interface Draft {
  readonly type: ElementType;
  readonly id: number;
  readonly attributes: XmlAttributes;
  readonly tags: Map<string, string>;
  readonly nodes: number[];
  readonly members: RelationMember[];
  center: LatLon | undefined;
  readonly lines: Array<Array<LatLon | undefined>>;
}

export class XmlElements {
  readonly #options: XmlElementsOptions;
  readonly #path: string[] = [];
  readonly #last: Record<ElementType, number> = { node: -Infinity, way: -Infinity, relation: -Infinity };
  readonly #texts = new Map<string, string>();
  #draft: Draft | undefined;
  #remark = "";
  /** No id came twice or out of order so far. */
  eachOnce = true;
  /** Overpass: when its data was taken. */
  timestamp: string | undefined;
  /** What `<bounds>` say of the area covered; of several, all that lies between them. */
  bounds: Bounds | undefined;
  #isOurs = false;

  constructor(options: XmlElementsOptions) {
    this.#options = options;
  }

  open(name: string, attributes: XmlAttributes): void {
    const depth = this.#path.push(name);
    if (depth === 1) this.#root(name, attributes);
    else if (depth === 2) this.#topLevel(name, attributes);
    else if (this.#draft !== undefined && depth === 3) this.#child(this.#draft, name, attributes);
    else if (this.#draft !== undefined && depth === 4 && name === "nd") {
      this.#draft.lines.at(-1)?.push(this.#position(attributes));
    }
  }

  close(): void {
    const name = this.#path.pop();
    if (this.#path.length !== 1) return;
    if (name === "remark") this.#refuseRemark();
    const draft = this.#draft;
    this.#draft = undefined;
    if (draft !== undefined) this.#finish(draft);
  }

  text(text: string): void {
    if (this.#path.length === 2 && this.#path[1] === "remark") this.#remark += text;
  }

  #root(name: string, { generator = "" }: XmlAttributes): void {
    this.#isOurs = generator.startsWith("ocpi2osm");
    if (name !== "osm") this.#options.fail(`the root is <${name}>, not <osm>`, "Give an OSM extract.");
  }

  #topLevel(name: string, attributes: XmlAttributes): void {
    const type = TYPES.get(name);
    if (type !== undefined) this.#begin(type, attributes);
    else if (CHANGES.includes(name)) {
      this.#options.fail(
        `<${name}>: these are changes, not a state`,
        "Give the extract that they belong to.",
      );
    } else if (name === "bounds") this.#widen(attributes);
    else if (name === "meta") {
      this.timestamp = historyOf({ timestamp: attributes["osm_base"] }).timestamp;
    }
  }

  /** What this program writes has the bounds of its content there, which is no area that was looked at. */
  #widen({ minlat, minlon, maxlat, maxlon }: XmlAttributes): void {
    const [minLat, minLon, maxLat, maxLon] = [minlat, minlon, maxlat, maxlon].map((text = "") =>
      text === "" ? Number.NaN : Number(text),
    );
    if (this.#isOurs || minLat === undefined || minLon === undefined) return;
    if (maxLat === undefined || maxLon === undefined) return;
    if (![minLat, minLon, maxLat, maxLon].every(Number.isFinite)) return;
    this.bounds = {
      minLat: Math.min(minLat, this.bounds?.minLat ?? minLat),
      minLon: Math.min(minLon, this.bounds?.minLon ?? minLon),
      maxLat: Math.max(maxLat, this.bounds?.maxLat ?? maxLat),
      maxLon: Math.max(maxLon, this.bounds?.maxLon ?? maxLon),
    };
  }

  #begin(type: ElementType, attributes: XmlAttributes): void {
    const id = this.#integer(attributes["id"], `the id of a ${type}`);
    if (id <= this.#last[type]) this.eachOnce = false;
    this.#last[type] = id;
    this.#draft = {
      type,
      id,
      attributes,
      tags: new Map(),
      nodes: [],
      members: [],
      center: undefined,
      lines: [],
    };
  }

  #child(draft: Draft, name: string, attributes: XmlAttributes): void {
    const { k, v } = attributes;
    if (name === "tag") {
      if (k === undefined || v === undefined) this.#options.fail("a <tag> without k or v");
      else draft.tags.set(k, v);
    } else if (name === "nd" && draft.type === "way") this.#wayNode(draft, attributes);
    else if (name === "member" && draft.type === "relation") this.#member(draft, attributes);
    else if (name === "center") draft.center = this.#position(attributes);
    else if (name === "bounds") draft.center ??= this.#centreOfBounds(attributes);
    else if (TYPES.has(name)) this.#options.fail(`a <${name}> inside a <${draft.type}>`);
    if (draft.nodes.length + draft.members.length + draft.tags.size > MOST_PARTS) {
      this.#options.fail(`a ${draft.type} with more than ${MOST_PARTS} parts`);
    }
  }

  #wayNode(draft: Draft, attributes: XmlAttributes): void {
    const { ref } = attributes;
    const isClipped = ref === undefined && draft.lines.length > 0;
    if (!isClipped) draft.nodes.push(this.#integer(ref, "the ref of a <nd>"));
    if (draft.lines.length === 0) draft.lines.push([]);
    draft.lines[0]?.push(this.#position(attributes));
  }

  #member(draft: Draft, attributes: XmlAttributes): void {
    const type = TYPES.get(attributes["type"] ?? "");
    if (type === undefined) this.#options.fail("a <member> that is neither node, way nor relation");
    else {
      const ref = this.#integer(attributes["ref"], "the ref of a <member>");
      draft.members.push({ type, ref, role: attributes["role"] ?? "" });
      const position = this.#position(attributes);
      draft.lines.push(position === undefined ? [] : [position]);
    }
  }

  #finish(draft: Draft): void {
    const { type, id, attributes } = draft;
    const { request, emit } = this.#options;
    const tags = sortedTags(draft.tags);
    const isCharging = request.charging && tags.length > 0 && chargingForm(tags) !== undefined;
    if (!isCharging && !request.ids[type].has(id)) return;
    const position = type === "node" ? this.#position(attributes) : undefined;
    const stated = statedPlace(draft);
    emit({
      type,
      id,
      deleted: attributes["visible"] === "false" || attributes["action"] === "delete",
      ...(position === undefined ? {} : { position }),
      tags: tags.map(({ key, value }) => ({ key: this.#own(key), value: this.#own(value) })),
      nodes: draft.nodes,
      members: draft.members.map((member) => Object.assign(member, { role: this.#own(member.role) })),
      ...(stated === undefined ? {} : { stated }),
      ...historyOf({
        version: numberOf(attributes["version"]),
        timestamp: this.#own(attributes["timestamp"] ?? ""),
        changeset: numberOf(attributes["changeset"]),
        uid: numberOf(attributes["uid"]),
        user: this.#own(attributes["user"] ?? ""),
      }),
    });
  }

  /** A copy: a text cut out of the document would keep all of the piece of the document that it was cut out of. */
  #own(text: string): string {
    const known = this.#texts.get(text);
    if (known !== undefined) return known;
    const copy = Buffer.from(text).toString();
    this.#texts.set(copy, copy);
    return copy;
  }

  #position({ lat, lon }: XmlAttributes): LatLon | undefined {
    if (lat === undefined || lon === undefined) return undefined;
    return positionAt(this.#degrees(lat, "latitude"), this.#degrees(lon, "longitude"));
  }

  #centreOfBounds({ minlat, minlon, maxlat, maxlon }: XmlAttributes): LatLon | undefined {
    const corners = [
      this.#position({ lat: minlat ?? "", lon: minlon ?? "" }),
      this.#position({ lat: maxlat ?? "", lon: maxlon ?? "" }),
    ];
    return centreOf(corners.filter((corner) => corner !== undefined));
  }

  #degrees(text: string, what: string): number {
    return degreesFrom(text) ?? this.#options.fail(`${JSON.stringify(text)} is no ${what}`);
  }

  #integer(text: string | undefined, what: string): number {
    const value = text !== undefined && INTEGER.test(text) ? Number(text) : NaN;
    if (!Number.isSafeInteger(value)) {
      this.#options.fail(
        `${what} is ${text === undefined ? "missing" : `${JSON.stringify(text)}, no whole number`}`,
      );
    }
    return value;
  }

  #refuseRemark(): void {
    this.#options.fail(
      `Overpass did not answer in full: ${this.#remark.trim()}`,
      "Ask again, with a longer [timeout:…] or for a smaller area.",
    );
  }
}

function statedPlace({ center, lines }: Draft): StatedPlace | undefined {
  const hasLine = lines.some((line) => line.some((position) => position !== undefined));
  if (center === undefined && !hasLine) return undefined;
  return { ...(center === undefined ? {} : { center }), ...(hasLine ? { lines } : {}) };
}

/** History is worth no error: what is no number counts as absent. */
function numberOf(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Number(text);
}
