/** A PrimitiveBlock of OSM PBF taken apart as far as is needed: text table, groups, units. */
import { Buffer } from "node:buffer";
import { CHARGING_VALUES } from "./charging-form.js";
import { timestampOf } from "./element-history.js";
import type { LatLon } from "./osm-object.js";
import { type Span, NOTHING, bytesField, eachField, reading } from "./pbf-message.js";
import { positionAt } from "./positions.js";

const NANODEGREES = 1e9;
const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** @throws {Error} of any kind, from the constructor and all methods, for bytes that are no PrimitiveBlock. */
export class PbfBlock {
  readonly bytes: Uint8Array;
  readonly groups: readonly Span[];
  readonly #table: Span;
  readonly #granularity: number;
  readonly #latOffset: number;
  readonly #lonOffset: number;
  readonly #dateGranularity: number;
  #places: readonly Span[] | undefined;
  readonly #texts = new Map<number, string>();

  constructor(bytes: Uint8Array) {
    const pbf = reading(bytes);
    const groups: Span[] = [];
    const found = { table: NOTHING, granularity: 100, latOffset: 0, lonOffset: 0, dateGranularity: 1000 };
    eachField(pbf, bytes.length, (field) => {
      if (field === 1) found.table = bytesField(pbf, bytes.length);
      else if (field === 2) groups.push(bytesField(pbf, bytes.length));
      else if (field === 17) found.granularity = pbf.readVarint(true);
      else if (field === 18) found.dateGranularity = pbf.readVarint(true);
      else if (field === 19) found.latOffset = pbf.readVarint(true);
      else if (field === 20) found.lonOffset = pbf.readVarint(true);
    });
    this.bytes = bytes;
    this.groups = groups;
    this.#table = found.table;
    this.#granularity = found.granularity;
    this.#latOffset = found.latOffset;
    this.#lonOffset = found.lonOffset;
    this.#dateGranularity = found.dateGranularity;
  }

  /** Table indices of the texts that hold a charging value (D1.1): without them, nothing here is a charging object. */
  chargingTexts(): ReadonlySet<number> {
    const table = Buffer.from(
      this.bytes.buffer,
      this.bytes.byteOffset + this.#table.start,
      length(this.#table),
    );
    const indices = new Set<number>();
    for (const value of CHARGING_VALUES) {
      for (let at = table.indexOf(value); at !== -1; at = table.indexOf(value, at + 1)) {
        const index = this.#textAround(this.#table.start + at);
        if (index !== undefined) indices.add(index);
      }
    }
    return indices;
  }

  /** The text of a table index. */
  text(index: number): string {
    const known = this.#texts.get(index);
    if (known !== undefined) return known;
    const place = this.#textPlaces()[index];
    if (place === undefined) throw new RangeError(`there is no text ${index}`);
    const text = utf8.decode(this.bytes.subarray(place.start, place.end));
    this.#texts.set(index, text);
    return text;
  }

  /** The position of a node from its stored units; `undefined` off the globe. */
  position(lat: number, lon: number): LatLon | undefined {
    return positionAt(
      (this.#latOffset + this.#granularity * lat) / NANODEGREES,
      (this.#lonOffset + this.#granularity * lon) / NANODEGREES,
    );
  }

  /** RFC 3339 from the stored units. */
  timestamp(units: number): string | undefined {
    return timestampOf((units * this.#dateGranularity) / 1000);
  }

  #textPlaces(): readonly Span[] {
    if (this.#places !== undefined) return this.#places;
    const places: Span[] = [];
    const pbf = reading(this.bytes);
    pbf.pos = this.#table.start;
    const { end } = this.#table;
    eachField(pbf, end, (field) => {
      if (field === 1) places.push(bytesField(pbf, end));
    });
    this.#places = places;
    return places;
  }

  #textAround(offset: number): number | undefined {
    const places = this.#textPlaces();
    let low = 0;
    let high = places.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((places[middle]?.end ?? 0) <= offset) low = middle + 1;
      else high = middle;
    }
    const place = places[low];
    return place !== undefined && place.start <= offset ? low : undefined;
  }
}

function length({ start, end }: Span): number {
  return end - start;
}
