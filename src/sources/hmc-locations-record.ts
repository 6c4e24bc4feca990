/**
 * From an element of a tile's `chargingLocation[]` to a record of the shape that v3's API answers with: keys by the
 * tables of `hmc-locations-fields.ts`, shared parts in place of the indexes that point at them.
 */
import type { Depth } from "../ocpi/location.js";
import { mendHours, saysAlwaysOpen, timeOfDay } from "./hmc-locations-hours.js";
import { type Field, type FieldTable, knownKey } from "./hmc-locations-field-table.js";
import type { Pool, Tile } from "./hmc-locations-tile.js";
import { mapped, onlyScalar, wordOf, wordsOf } from "./hmc-locations-values.js";
import { isRecord, pointerOf, quoted } from "./json-value.js";
import { plainText, unwrapped, wholeNumber } from "./proto-json.js";

type Members = Record<string, unknown>;

/** An index that leads nowhere. */
export interface MissingPart {
  /** v3's name of the field. */
  readonly field: string;
  readonly detail: string;
}

/** Where the values of the records made stand in the document, by the object (or list) and the member that holds them. */
export type Places = Map<object, Map<string, string>>;

interface Found {
  readonly value: unknown;
  readonly place: string;
}

/** A tile may have a million bad indexes; a reviewer reads the first few. */
const MAX_MISSING = 20;
export class RecordMaker {
  /** What was pointed at and not there; the first ones. */
  readonly missing: MissingPart[] = [];
  /** How many more. */
  moreMissing = 0;
  readonly #tile: Tile | undefined;
  readonly #depth: Depth;
  readonly #places: Places | undefined;

  /** With `places`, which costs time, every value's place is put into it. */
  constructor(tile: Tile | undefined, depth: Depth, places?: Places) {
    this.#tile = tile;
    this.#depth = depth;
    this.#places = places;
  }

  /**
   * The object in v3's spelling; the source itself where that is v3's already, which is never changed. `at` is its own
   * place (RFC 6901), and only asked for with `places`.
   */
  make(table: FieldTable, source: Readonly<Members>, at: string): Readonly<Members> {
    let made: Members | undefined = this.#places === undefined && !table.mended ? undefined : {};
    let firstChoices: ReadonlyMap<Field, string> | undefined;
    for (const key in source) {
      const known = knownKey(table, key);
      if (known === undefined && table.mended && made !== undefined) keep(made, key, source[key]);
      if (known === undefined || known.field.kind === "unread") continue;
      const raw = source[key] ?? undefined;
      if (raw === undefined) continue;
      const { field, pool } = known;
      if (pool === undefined && this.#leavesOut(field)) {
        made ??= this.#knownBefore(table, source, key);
        continue;
      }
      const { name } = field;
      if (key !== name) made ??= this.#knownBefore(table, source, key);
      const before = made?.[name];
      const joined = field.kind === "words" || field.kind === "texts";
      if (before !== undefined && !joined) {
        firstChoices ??= firstChoicesOf(table, source);
        if (firstChoices.get(field) !== key) continue;
      }
      const place = this.#below(at, key);
      const found = pool === undefined ? undefined : this.#pointedAt(field, pool, key, raw, place);
      const value = pool === undefined ? this.#value(field, raw, place) : found?.value;
      if (made === undefined && key === name && value === raw) continue;
      made ??= this.#knownBefore(table, source, key);
      if (value === undefined) continue;
      made[name] = before !== undefined && joined ? [before, value].flat() : value;
      if (before === undefined || !joined) this.#note(made, name, found?.place ?? place);
    }
    return made ?? source;
  }

  /** One value, or a list of them where the field is one. */
  #value(field: Field, raw: unknown, at: string): unknown {
    switch (field.kind) {
      case "texts":
        return Array.isArray(raw) ? mapped(raw, plainText) : plainText(raw);
      case "words":
        return wordsOf(field, raw);
      case "objects":
      case "positions":
        return this.#list(field, raw, at);
      default:
        return this.#item(field, raw, at);
    }
  }

  #list(field: Field, value: unknown, at: string): unknown {
    const raw = unwrapped(value);
    if (!Array.isArray(raw)) return isRecord(raw) ? this.#listOf([raw], [at], field) : raw;
    const places = this.#places === undefined ? [] : raw.map((_item, index) => this.#below(at, index));
    return this.#listOf(raw, places, field);
  }

  #listOf(items: readonly unknown[], places: readonly string[], field: Field): readonly unknown[] {
    const list = mapped(items, (item, index) => this.#item(field, item, places[index] ?? ""));
    if (this.#places !== undefined) {
      for (const [index, place] of places.entries()) this.#note(list, String(index), place);
    }
    return list;
  }

  /** One value, also of a field that is a list. */
  #item(field: Field, raw: unknown, at: string): unknown {
    switch (field.kind) {
      case "text":
        return onlyScalar(plainText(raw));
      case "texts":
        return plainText(raw);
      case "time":
        return timeOfDay(raw);
      case "word":
        return wordOf(field, unwrapped(raw));
      case "words":
        return wordsOf(field, raw);
      case "object":
      case "objects":
        return this.#object(field.of(), unwrapped(raw), at);
      case "position":
      case "positions":
        return this.#position(field.of(), unwrapped(raw), at);
      case "hours":
        return this.#hours(field.of(), unwrapped(raw), at);
      default:
        return unwrapped(raw);
    }
  }

  /** An object, or the only one of a list: of several nobody knows which is meant. */
  #object(table: FieldTable, raw: unknown, at: string): unknown {
    if (isRecord(raw)) return this.make(table, raw, at);
    if (!Array.isArray(raw) || raw.filter(isRecord).length !== 1) return raw;
    const first = raw.findIndex(isRecord);
    const item: unknown = raw[first];
    return isRecord(item) ? this.make(table, item, this.#below(at, first)) : raw;
  }

  /** `{latitude, longitude}`, also in a wrapper, or GeoJSON's point. */
  #position(table: FieldTable, raw: unknown, at: string): unknown {
    if (!isRecord(raw)) return raw;
    const made = this.make(table, raw, at);
    const { lat, lng, inner } = made;
    if (lat !== undefined || lng !== undefined) return made;
    if (isRecord(inner)) return inner;
    const point = raw["coordinates"];
    if (!Array.isArray(point)) return made;
    const [east, north] = point;
    const position = { lat: unwrapped(north), lng: unwrapped(east) };
    this.#note(position, "lng", this.#below(this.#below(at, "coordinates"), 0));
    this.#note(position, "lat", this.#below(this.#below(at, "coordinates"), 1));
    return position;
  }

  #hours(table: FieldTable, raw: unknown, at: string): unknown {
    if (saysAlwaysOpen(raw)) return { open24x7: true };
    if (isRecord(raw)) return mendHours(this.make(table, raw, at));
    if (!Array.isArray(raw)) return raw;
    const hours = { regularSchedule: raw };
    const made = this.make(table, hours, "");
    this.#note(made, "regularSchedule", at);
    return mendHours(made);
  }

  /**
   * What `raw` points at: an index, or a list of them. Parts that are there themselves (a resolved copy) are read as
   * they are; a part that is pointed at twice counts once.
   */
  #pointedAt(field: Field, stem: string, key: string, raw: unknown, at: string): Found | undefined {
    const pool = this.#tile?.pool(stem, field.name);
    const seen = new Set<number>();
    const parts: unknown[] = [];
    const places: string[] = [];
    const pointers: readonly unknown[] = Array.isArray(raw) ? raw : [raw];
    for (const [nth, pointer] of pointers.entries()) {
      const inner = unwrapped(pointer);
      const index = wholeNumber(inner);
      if (index === undefined && isRecord(inner)) {
        parts.push(inner);
        places.push(Array.isArray(raw) ? this.#below(at, nth) : at);
        continue;
      }
      if (index !== undefined) {
        if (seen.has(index)) continue;
        seen.add(index);
        const part = pool?.parts[index] ?? undefined;
        if (pool !== undefined && part !== undefined) {
          parts.push(part);
          places.push(this.#below(this.#below("", pool.key), index));
          continue;
        }
      }
      this.#isMissing(field.name, `${key.slice(0, 60)} ${quoted(inner, 40)}`, pool);
    }
    if (parts.length === 0) return undefined;
    switch (field.kind) {
      case "objects":
      case "positions":
        return { value: this.#listOf(parts, this.#places === undefined ? [] : places, field), place: at };
      case "words":
      case "texts":
        return { value: this.#value(field, parts, at), place: at };
      default:
        return { value: this.#item(field, parts[0], places[0] ?? ""), place: places[0] ?? at };
    }
  }

  /** No tagging rule reads the field, so that not even a note tells of it. */
  #leavesOut(field: Field): boolean {
    return field.wholeOnly && this.#depth === "tagging";
  }

  /** What `source` has before `key` in v3's own spelling. */
  #knownBefore(table: FieldTable, source: Readonly<Members>, key: string): Members {
    const made: Members = {};
    for (const earlier in source) {
      if (earlier === key) break;
      const field = knownKey(table, earlier)?.field;
      if (field === undefined || field.kind === "unread" || field.name !== earlier) continue;
      if (!this.#leavesOut(field)) made[earlier] = source[earlier];
    }
    return made;
  }

  #isMissing(field: string, pointer: string, pool: Pool | undefined): void {
    if (this.missing.length >= MAX_MISSING) {
      this.moreMissing++;
      return;
    }
    this.missing.push({ field, detail: `${pointer}: ${this.#whatIsThere(pool)}` });
  }

  #whatIsThere(pool: Pool | undefined): string {
    if (this.#tile === undefined) return "the record stands alone, without a tile";
    return pool === undefined ? "the tile has no list of that name" : `${pool.key} has ${pool.parts.length}`;
  }

  #below(at: string, step: PropertyKey): string {
    return this.#places === undefined ? "" : at + pointerOf([step]);
  }

  #note(holder: object, name: string, place: string): void {
    if (this.#places === undefined) return;
    let members = this.#places.get(holder);
    if (members === undefined) this.#places.set(holder, (members = new Map()));
    members.set(name, place);
  }
}

/** As it is: `readHours` has to know of keys that nobody knows. Never a field's own name, and never a prototype. */
function keep(made: Members, key: string, value: unknown): void {
  Object.defineProperty(made, key, { value, configurable: true, enumerable: true, writable: true });
}

/** Of all keys of `source` that stand for one field the one to be read, whatever order they come in. */
function firstChoicesOf(table: FieldTable, source: Readonly<Members>): ReadonlyMap<Field, string> {
  const choices = new Map<Field, string>();
  const ranks = new Map<Field, number>();
  for (const key in source) {
    const known = source[key] == null ? undefined : knownKey(table, key);
    if (known === undefined) continue;
    const { field, rank } = known;
    const least = ranks.get(field);
    const rival = choices.get(field);
    if (least !== undefined && rival !== undefined && (least < rank || (least === rank && rival < key)))
      continue;
    ranks.set(field, rank);
    choices.set(field, key);
  }
  return choices;
}
