/** Overpass JSON: read whole, because it is an answer, not a planet. */
import { Buffer, constants } from "node:buffer";
import { visit } from "jsonc-parser";
import { chargingForm } from "./charging-form.js";
import { historyOf } from "./element-history.js";
import { DAMAGED, InputError } from "../input-error.js";
import type { LatLon } from "./osm-object.js";
import { type OverpassElement, overpassAnswer, overpassElement } from "./overpass-shape.js";
import { centreOf, positionAt } from "./positions.js";
import {
  type ElementReader,
  type ElementRequest,
  type ReadElement,
  type StatedPlace,
  sortedTags,
} from "./read-element.js";

/** Kinds of things in an answer besides elements: `out count`, areas. */
const OTHER_TYPES: readonly unknown[] = ["count", "area", "timeline", "tags"];
const ASK_AGAIN = "Ask again, with a longer [timeout:…] or for a smaller area.";
const SHOWN_KEYS = 8;
const KNOWN_TYPES: readonly unknown[] = ["node", "way", "relation"];
/** What a query must end with. */
const OUT = "out meta center";

export class OverpassFileReader implements ElementReader {
  readonly #file: string;
  readonly #open: () => AsyncIterable<Uint8Array>;
  #elements: readonly ReadElement[] | undefined;
  #timestamp: string | undefined;

  /** `open` is called once. */
  constructor(file: string, open: () => AsyncIterable<Uint8Array>) {
    this.#file = file;
    this.#open = open;
  }

  timestamp(): string | undefined {
    return this.#timestamp;
  }

  /** A query may ask for anything; its answer does not tell for where. */
  bounds(): undefined {
    return undefined;
  }

  async scan(request: ElementRequest, emit: (element: ReadElement) => void): Promise<boolean> {
    this.#elements ??= this.#read(await this.#text());
    for (const element of this.#elements) {
      const isCharging = request.charging && chargingForm(element.tags) !== undefined;
      if (isCharging || request.ids[element.type].has(element.id)) emit(element);
    }
    const names = new Set(this.#elements.map(({ type, id }) => `${type}${id}`));
    return names.size === this.#elements.length;
  }

  async #text(): Promise<string> {
    const chunks: Uint8Array[] = [];
    let bytes = 0;
    for await (const chunk of this.#open()) {
      bytes += chunk.length;
      if (bytes > constants.MAX_STRING_LENGTH) {
        throw this.#error({
          problem: "an Overpass answer of more than 512 MB",
          advice: "Use an extract in PBF for areas of this size (download.geofabrik.de has them).",
        });
      }
      chunks.push(chunk);
    }
    try {
      return new TextDecoder("utf-8", { fatal: true }).decode(Buffer.concat(chunks));
    } catch (cause) {
      throw this.#error({ problem: "text that is not UTF-8", advice: DAMAGED, cause });
    }
  }

  #read(text: string): readonly ReadElement[] {
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch (cause) {
      throw this.#error({
        problem: `no JSON: ${String(cause)}`,
        byte: byteOf(text),
        advice: DAMAGED,
        cause,
      });
    }
    const answer = overpassAnswer.safeParse(value);
    if (!answer.success) {
      throw this.#error({
        problem: `this is JSON, but no answer of Overpass: ${looksLike(value)}`,
        advice: `Give an OSM extract, or an answer to [out:json] with ${OUT}.`,
      });
    }
    const { elements, remark, osm3s } = answer.data;
    if (remark !== undefined) {
      throw this.#error({ problem: `Overpass did not answer in full: ${remark.trim()}`, advice: ASK_AGAIN });
    }
    this.#timestamp = historyOf({ timestamp: osm3s?.timestamp_osm_base }).timestamp;
    const read = elements.flatMap((element, index) => this.#element(element, index));
    if (elements.length > 0 && read.every(({ tags, deleted }) => tags.length === 0 && !deleted)) {
      // Told from an area without stations, which has no elements at all: every station would be proposed anew.
      throw this.#error({
        problem: "no element of this answer has tags, so no station can be told (out ids, skel or count?)",
        advice: `Ask again with ${OUT}.`,
      });
    }
    return read;
  }

  #element(element: unknown, index: number): readonly ReadElement[] {
    const type: unknown = isObject(element) ? Reflect.get(element, "type") : undefined;
    if (OTHER_TYPES.includes(type)) return [];
    if (typeof type === "string" && !KNOWN_TYPES.includes(type)) {
      throw this.#error({
        problem: `/elements/${index} is of the type ${JSON.stringify(type)}, neither node, way nor relation`,
        advice: `Ask for elements of OSM only (${OUT}), nothing made of them (make, convert).`,
      });
    }
    const read = overpassElement.safeParse(element);
    if (read.success) return [elementOf(read.data)];
    const issue = read.error.issues[0];
    const where = ["elements", index, ...(issue?.path ?? [])].map(String).join("/");
    throw this.#error({
      problem: `/${where} is no part of an OSM element: ${issue?.message}`,
      advice: DAMAGED,
    });
  }

  #error({
    cause,
    ...problem
  }: {
    problem: string;
    advice: string;
    byte?: number | undefined;
    cause?: unknown;
  }): InputError {
    return new InputError({ file: this.#file, ...problem }, { cause });
  }
}

function elementOf(element: OverpassElement): ReadElement {
  const { type, id, lat, lon, visible, tags, nodes, members } = element;
  const position = lat === undefined || lon === undefined ? undefined : positionAt(lat, lon);
  const stated = statedPlace(element);
  return {
    type,
    id,
    deleted: visible === false,
    ...(position === undefined ? {} : { position }),
    tags: sortedTags(new Map(Object.entries(tags ?? {}))),
    nodes: type === "way" ? (nodes ?? []) : [],
    members:
      type === "relation" ? (members ?? []).map(({ type, ref, role = "" }) => ({ type, ref, role })) : [],
    ...(stated === undefined ? {} : { stated }),
    ...historyOf(element),
  };
}

function statedPlace({ center, bounds, geometry, members }: OverpassElement): StatedPlace | undefined {
  const lines =
    geometry === undefined
      ? members?.map(({ lat, lon, geometry }) => geometry?.map(pointOf) ?? [pointOf({ lat, lon })])
      : [geometry.map(pointOf)];
  const hasLine = lines?.some((line) => line.some((position) => position !== undefined)) ?? false;
  const stated = pointOf(center) ?? (bounds === undefined ? undefined : centreOfBounds(bounds));
  if (stated === undefined && !hasLine) return undefined;
  return { ...(stated === undefined ? {} : { center: stated }), ...(hasLine ? { lines } : {}) };
}

function pointOf(
  point: { lat?: number | undefined; lon?: number | undefined } | null | undefined,
): LatLon | undefined {
  return point?.lat === undefined || point.lon === undefined ? undefined : positionAt(point.lat, point.lon);
}

function centreOfBounds({
  minlat,
  minlon,
  maxlat,
  maxlon,
}: NonNullable<OverpassElement["bounds"]>): LatLon | undefined {
  const corners = [positionAt(minlat, minlon), positionAt(maxlat, maxlon)];
  return centreOf(corners.filter((corner) => corner !== undefined));
}

/** Where the text stops being JSON, in bytes: `JSON.parse` does not always say. */
function byteOf(text: string): number | undefined {
  const offsets: number[] = [];
  visit(text, { onError: (_, offset) => void offsets.push(offset) }, { disallowComments: true });
  const [first] = offsets;
  return first === undefined ? undefined : Buffer.byteLength(text.slice(0, first));
}

function looksLike(value: unknown): string {
  if (!isObject(value)) return "it is no object";
  if (Reflect.get(value, "type") === "FeatureCollection") return "it is GeoJSON";
  const keys = Object.keys(value).slice(0, SHOWN_KEYS);
  return Array.isArray(value)
    ? "it is a list"
    : `its keys are ${keys.map((key) => JSON.stringify(key)).join(", ")}`;
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
