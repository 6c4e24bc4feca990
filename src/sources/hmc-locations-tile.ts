/** The lists of shared parts of a tile ("pools"), which its locations point into by index. */
import { DocumentMemory } from "./document-memory.js";
import { isRecord, pointerOf } from "./json-value.js";
import { knownKey } from "./hmc-locations-field-table.js";
import { CHARGING_LOCATION, POOLS_OF_FIELDS } from "./hmc-locations-fields.js";
import { foldedKey, wholeNumber } from "./proto-json.js";

export interface Pool {
  /** As the tile spells it. */
  readonly key: string;
  readonly parts: readonly unknown[];
}

/** The elements of these are the locations themselves. */
const LOCATION_LISTS: readonly string[] = ["charginglocation", "charginglocations"];

const tiles = new DocumentMemory((document) => new Tile(document));

/** The tile of a document, worked out once while its records are read. */
export function tileOf(document: Readonly<Record<string, unknown>>): Tile {
  return tiles.of(document);
}

export class Tile {
  readonly #pools = new Map<string, Pool>();
  readonly #found = new Map<string, Pool | undefined>();
  #places: ReadonlyMap<unknown, string> | undefined;
  #locations: readonly unknown[] | undefined;
  #saysNoZero: boolean | undefined;

  constructor(document: Readonly<Record<string, unknown>>) {
    for (const key of Object.keys(document)) {
      const parts = document[key];
      const name = foldedKey(key);
      if (Array.isArray(parts) && !this.#pools.has(name)) this.#pools.set(name, { key, parts });
    }
  }

  /** Where a location stands in the document (RFC 6901); `""` for what is none of the tile's. */
  placeOfLocation(value: unknown): string {
    if (this.#places === undefined) {
      const places = new Map<unknown, string>();
      for (const { key, parts } of this.#locationLists()) {
        for (const [index, part] of parts.entries()) places.set(part, `${pointerOf([key])}/${index}`);
      }
      this.#places = places;
    }
    return this.#places.get(value) ?? "";
  }

  get locations(): readonly unknown[] {
    this.#locations ??= this.#locationLists().flatMap(({ parts }) => parts);
    return this.#locations;
  }

  #locationLists(): readonly Pool[] {
    return LOCATION_LISTS.map((name) => this.#pools.get(name)).filter((pool) => pool !== undefined);
  }

  /**
   * The list that an index for `field` points into: the one named as the key is without its `Index` (`stem`, folded),
   * in the singular or plural, else the one such parts are usually in.
   */
  pool(stem: string, field: string): Pool | undefined {
    const name = `${stem} ${field}`;
    if (this.#found.has(name)) return this.#found.get(name);
    const others = Object.hasOwn(POOLS_OF_FIELDS, field) ? (POOLS_OF_FIELDS[field] ?? []) : [];
    const names = [stem, `${stem}s`, `${stem}es`, stem.replace(/s$/, ""), ...others];
    const pool = names.map((candidate) => this.#pools.get(candidate)).find((found) => found !== undefined);
    this.#found.set(name, pool);
    return pool;
  }

  /**
   * Whether no location of the tile has an index that is 0, lists of them aside. One that is left out may then have
   * been 0, which is what protobuf leaves out where the index is no wrapper.
   */
  get saysNoZero(): boolean {
    this.#saysNoZero ??= !this.locations.some((location) => isRecord(location) && saysZero(location));
    return this.#saysNoZero;
  }
}

function saysZero(location: Readonly<Record<string, unknown>>): boolean {
  for (const key in location) {
    if (knownKey(CHARGING_LOCATION, key)?.pool !== undefined && wholeNumber(location[key]) === 0) return true;
  }
  return false;
}
