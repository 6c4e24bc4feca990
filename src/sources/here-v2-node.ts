/**
 * An object of a HERE v2 answer, read tolerantly. v2's JSON was made from XML: lists have a wrapper
 * (`connectors: {connector: […]}`), a list of one may come as its element, an element as a list of one, numbers as text.
 */
import type { Note } from "../ocpi/notes.js";
import type { DecodeText } from "./dialect.js";
import { isRecord, pointerOf, quoted } from "./json-value.js";

/** A number of at most 30 digits either side and a two-digit exponent, so that it is finite. */
const DECIMAL = /^[+-]?(?:\d{1,30}(?:\.\d{0,30})?|\.\d{1,30})(?:[eE][+-]?\d{1,2})?$/;
/** A record may be wrong in a million places; a reviewer reads the first few. */
const MOST_NOTES = 20;
/** Wrappers in wrappers; no answer is deeper. */
const MOST_WRAPPERS = 4;

const FLAGS: ReadonlyMap<unknown, boolean> = new Map<unknown, boolean>([
  [true, true],
  [false, false],
  ["true", true],
  ["false", false],
  [1, true],
  [0, false],
  ["1", true],
  ["0", false],
]);

/** Values of one record that were of the wrong type and are read as absent, each once. */
export class BadFields {
  readonly #places = new Set<string>();
  readonly #notes: Note[] = [];
  readonly decode: DecodeText;

  constructor(decode: DecodeText) {
    this.decode = decode;
  }

  /** `pointer`: into the record. */
  add(pointer: string, value: unknown): void {
    if (this.#places.has(pointer)) return;
    this.#places.add(pointer);
    if (this.#notes.length >= MOST_NOTES) return;
    const detail = `${this.decode(pointer)} is ${quoted(value, 40, this.decode)}`;
    this.#notes.push({ code: "bad-field", pointer: "", detail });
  }

  /** How many places there are so far. */
  get count(): number {
    return this.#places.size;
  }

  /** `bad-field` for the first of them, and one for how many there are more. */
  notes(): Note[] {
    const more = this.#places.size - this.#notes.length;
    if (more === 0) return this.#notes;
    return [...this.#notes, { code: "bad-field", pointer: "", detail: `and ${more} more fields` }];
  }
}

/** Where a value stands, spelt out as a pointer only when somebody asks. */
interface Place {
  readonly holder: Place | undefined;
  readonly key: string;
}

const ROOT: Place = { holder: undefined, key: "" };

function pointerTo(place: Place): string {
  const keys: string[] = [];
  for (let at: Place = place; at.holder !== undefined; at = at.holder) keys.push(at.key);
  return pointerOf(keys.reverse());
}

interface Found {
  readonly value: unknown;
  readonly place: Place;
}

/** Paths are keys joined by `/`. Of several paths the first that holds something is read. */
export class HereNode {
  readonly value: Readonly<Record<string, unknown>>;
  readonly #place: Place;
  readonly #bad: BadFields;

  private constructor(value: Readonly<Record<string, unknown>>, place: Place, bad: BadFields) {
    this.value = value;
    this.#place = place;
    this.#bad = bad;
  }

  /** The record itself. */
  static of(record: Readonly<Record<string, unknown>>, bad: BadFields): HereNode {
    return new HereNode(record, ROOT, bad);
  }

  /** RFC 6901, into the record. */
  get pointer(): string {
    return pointerTo(this.#place);
  }

  /** Of how many values of the record it is noted that they cannot be read: more than before, and some were read since. */
  get refusals(): number {
    return this.#bad.count;
  }

  /** Decoded and trimmed; a number as its decimal text; `undefined` where there is none or only blanks. */
  text(...paths: readonly string[]): string | undefined {
    for (const path of paths) {
      const value = this.#value(path);
      if (value === undefined) continue;
      const text = textOf(value);
      if (text === undefined) this.refuse(path);
      else if (text.trim() !== "") return this.#bad.decode(text).trim();
    }
    return undefined;
  }

  /** A finite number, or the number that a decimal text stands for. */
  number(...paths: readonly string[]): number | undefined {
    for (const path of paths) {
      const value = this.#value(path);
      if (value === undefined) continue;
      if (typeof value === "number" && Number.isFinite(value)) return value;
      const text = typeof value === "string" ? value.trim() : undefined;
      if (text === "") continue;
      if (text !== undefined && DECIMAL.test(text)) return Number(text);
      this.refuse(path);
    }
    return undefined;
  }

  /** true, false, their words in any case, 1 or 0. */
  flag(...paths: readonly string[]): boolean | undefined {
    for (const path of paths) {
      const value = this.#value(path);
      if (value === undefined) continue;
      const flag = FLAGS.get(typeof value === "string" ? value.trim().toLowerCase() : value);
      if (flag !== undefined) return flag;
      if (value !== "") this.refuse(path);
    }
    return undefined;
  }

  /** Whether a path holds anything. */
  has(path: string): boolean {
    return this.#value(path) !== undefined;
  }

  /** The object at a path. */
  node(path: string): HereNode | undefined {
    const value = this.#value(path);
    if (value === undefined) return undefined;
    if (isRecord(value)) return new HereNode(value, this.#placeOf(path), this.#bad);
    this.refuse(path);
    return undefined;
  }

  /** The texts of the lists at all paths: lists, wrapped lists (`inner`: the wrapper's keys), or single texts. */
  texts(paths: readonly string[], ...inner: readonly string[]): string[] {
    return this.items(paths, ...inner).filter((item) => typeof item === "string");
  }

  /** The objects of the lists at all paths, as `texts`. */
  list(paths: readonly string[], ...inner: readonly string[]): HereNode[] {
    const nodes: HereNode[] = [];
    for (const { value, place } of this.#items(paths, inner)) {
      if (!isRecord(value)) this.#bad.add(pointerTo(place), value);
      else if (Object.keys(value).length > 0) nodes.push(new HereNode(value, place, this.#bad));
    }
    return nodes;
  }

  /** Texts and objects of the lists at all paths. */
  items(paths: readonly string[], ...inner: readonly string[]): Array<HereNode | string> {
    const items: Array<HereNode | string> = [];
    for (const { value, place } of this.#items(paths, inner)) {
      const text = isRecord(value) ? undefined : textOf(value);
      if (isRecord(value)) items.push(new HereNode(value, place, this.#bad));
      else if (text === undefined) this.#bad.add(pointerTo(place), value);
      else if (text.trim() !== "") items.push(this.#bad.decode(text).trim());
    }
    return items;
  }

  /** Where the first of the paths that holds something stands (RFC 6901, into the record). */
  placeOf(...paths: readonly string[]): string | undefined {
    const path = paths.find((candidate) => this.has(candidate));
    return path === undefined ? undefined : pointerTo(this.#placeOf(path));
  }

  /** Notes a value of this object that cannot be meant; it is then to be read as absent. */
  refuse(path: string): void {
    const value = this.#value(path);
    if (value !== undefined) this.#bad.add(pointerTo(this.#placeOf(path)), value);
  }

  /** The value at a path, out of lists of one; `undefined` for null. */
  #value(path: string): unknown {
    let value: unknown = this.value;
    for (const key of keysOf(path)) {
      if (!isRecord(value) || !Object.hasOwn(value, key)) return undefined;
      value = value[key];
      if (Array.isArray(value) && value.length === 1) value = value[0];
    }
    return value ?? undefined;
  }

  /** Of a path that holds something. */
  #placeOf(path: string): Place {
    let value: unknown = this.value;
    let place = this.#place;
    for (const key of keysOf(path)) {
      value = isRecord(value) ? value[key] : undefined;
      place = { holder: place, key };
      if (!Array.isArray(value) || value.length !== 1) continue;
      value = value[0];
      place = { holder: place, key: "0" };
    }
    return place;
  }

  #items(paths: readonly string[], inner: readonly string[]): readonly Found[] {
    const found: Found[] = [];
    for (const path of paths) {
      const cut = path.lastIndexOf("/");
      const around = path.slice(0, Math.max(cut, 0));
      const last = path.slice(cut + 1);
      const holder = this.#value(around);
      if (!isRecord(holder) || !Object.hasOwn(holder, last) || holder[last] == null) continue;
      const place = { holder: this.#placeOf(around), key: last };
      collectItems({ value: holder[last], place }, inner, MOST_WRAPPERS, found);
    }
    return found;
  }
}

/** Paths are words of the program, so there are few. */
const knownPaths = new Map<string, readonly string[]>([["", []]]);

function keysOf(path: string): readonly string[] {
  let keys = knownPaths.get(path);
  if (keys === undefined) knownPaths.set(path, (keys = path.split("/")));
  return keys;
}

function collectItems(
  { value, place }: Found,
  inner: readonly string[],
  wrappers: number,
  found: Found[],
): void {
  if (value == null) return;
  if (Array.isArray(value) && wrappers > 0) {
    for (const [index, item] of value.entries())
      collectItems({ value: item, place: { holder: place, key: String(index) } }, inner, wrappers - 1, found);
    return;
  }
  let wrapped = false;
  if (isRecord(value) && wrappers > 0) {
    for (const key of inner) {
      if (!Object.hasOwn(value, key)) continue;
      wrapped = true;
      collectItems({ value: value[key], place: { holder: place, key } }, inner, wrappers - 1, found);
    }
  }
  if (!wrapped) found.push({ value, place });
}

/** A number that `JSON.parse` could not hold exactly is no id and no text. */
function textOf(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  if (typeof value !== "number" || !Number.isFinite(value)) return undefined;
  return Number.isInteger(value) && !Number.isSafeInteger(value) ? undefined : String(value);
}
