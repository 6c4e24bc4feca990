/** Objects of a tile with the places they stand at, and reading their members with notes and provenance. */
import type { Note, NoteCode } from "../ocpi/notes.js";
import type { DecodeText } from "./dialect.js";
import { SPELLINGS } from "./hmc-stations-tables.js";
import { isRecord, pointerOf, quoted } from "./json-value.js";
import { foldedKey, wholeNumber } from "./proto-json.js";

/** A value and where it stands (RFC 6901). */
export interface Member<Value = unknown> {
  readonly value: Value;
  readonly pointer: string;
}

/** An object and where it stands. */
export type Part = Member<Readonly<Record<string, unknown>>>;

/** A value found in another one. Where is worked out when asked, which is seldom: most values are only read. */
class Found<Value> implements Member<Value> {
  readonly value: Value;
  readonly #above: { readonly pointer: string };
  readonly #key: string | number | undefined;

  /** Without `key` it stands where `above` does. */
  constructor(value: Value, above: { readonly pointer: string }, key?: string | number) {
    this.value = value;
    this.#above = above;
    this.#key = key;
  }

  get pointer(): string {
    const { pointer } = this.#above;
    return this.#key === undefined ? pointer : pointer + pointerOf([this.#key]);
  }
}

/** The member as a part, if it is an object. */
export function asPart(member: Member): Part | undefined {
  return isRecord(member.value) ? new Found(member.value, member) : undefined;
}

interface Spellings {
  /** Folded. */
  readonly all: readonly string[];
  /** What they begin with: most keys are told apart by it. */
  readonly initials: string;
}

/** By the fields' names, of which the readers have a few dozen. */
const spellingsOf = new Map<string, Spellings>();

function findSpellings(name: string): Spellings {
  const all = SPELLINGS.get(name) ?? [foldedKey(name)];
  const spellings = { all, initials: all.map((spelling) => spelling.slice(0, 1)).join("") };
  spellingsOf.set(name, spellings);
  return spellings;
}

/** The member of a field in any of its spellings; `undefined` where it is absent or null. */
export function memberOf(part: Part, name: string): Member | undefined {
  const own = Object.hasOwn(part.value, name) ? (part.value[name] ?? undefined) : undefined;
  if (own !== undefined) return new Found(own, part, name);
  const { all, initials } = spellingsOf.get(name) ?? findSpellings(name);
  for (const key of Object.keys(part.value)) {
    const initial = key.charAt(0);
    if (!initials.includes(initial) && initial >= "a" && initial <= "z") continue;
    if (!all.includes(foldedKey(key))) continue;
    const value = part.value[key] ?? undefined;
    if (value !== undefined) return new Found(value, part, key);
  }
  return undefined;
}

/** All members with their keys, but those that are null. */
export function membersOf(part: Part): Array<readonly [key: string, member: Member]> {
  return Object.keys(part.value)
    .filter((key) => part.value[key] != null)
    .map((key) => [key, new Found(part.value[key], part, key)] as const);
}

/** Messages around a text, and a list around them. */
const WRAPPERS = 4;

/**
 * The elements of a list, of lists in it and of a wrapper's list, with their places; one value that stands where a list
 * belongs is a list of one.
 */
export function elementsOf(list: Member, wrappers = WRAPPERS): Member[] {
  const { value } = list;
  if (!Array.isArray(value)) {
    const held = isRecord(value) && wrappers > 0 ? value["value"] : undefined;
    return Array.isArray(held) ? elementsOf(new Found<unknown>(held, list, "value"), wrappers - 1) : [list];
  }
  const elements = value.map((item: unknown, index) => new Found(item, list, index));
  if (wrappers === 0 || !value.some(Array.isArray)) return elements;
  return elements.flatMap((element): Member[] =>
    Array.isArray(element.value) ? elementsOf(element, wrappers - 1) : [element],
  );
}

/** The text in `{text: {language, value}}`, in a wrapper, or first in a list. */
function innermost(member: Member): Member {
  let at = member;
  for (let depth = 0; depth < WRAPPERS; depth++) {
    if (typeof at.value !== "object") return at;
    const part = asPart(at);
    if (Array.isArray(at.value)) at = new Found<unknown>(at.value[0], at, 0);
    else {
      const inner = part && (memberOf(part, "text") ?? memberOf(part, "value"));
      if (inner === undefined) return at;
      at = inner;
    }
  }
  return at;
}

/** A record may be wrong in a million places; a reviewer reads the first few of each kind. */
const MAX_NOTES_OF_A_CODE = 20;

/** The reading of one record: what it noted and, if asked for, where each value came from. */
export class PartReader {
  readonly notes: Note[] = [];
  readonly #decode: DecodeText;
  readonly #sources: Map<string, string> | undefined;
  #noted: Map<NoteCode, Set<string>> | undefined;
  #refusals = 0;

  /** `sources` is filled: pointer into the Location → pointer of the source. */
  constructor(decode: DecodeText, sources?: Map<string, string>) {
    this.#decode = decode;
    this.#sources = sources;
  }

  /** Whether anybody asks where values came from. */
  get tellsSources(): boolean {
    return this.#sources !== undefined;
  }

  /** Remembers that the value at `canonical` came from `source`. */
  comesFrom(canonical: string, source: { readonly pointer: string } | undefined): void {
    if (source !== undefined) this.#sources?.set(canonical, source.pointer);
  }

  decoded(text: string): string {
    return this.#decode(text).trim();
  }

  /** What is the same for many parts of a record is noted once. */
  note(code: NoteCode, canonical: string, detail: string): void {
    this.#noted ??= new Map();
    let details = this.#noted.get(code);
    if (details === undefined) this.#noted.set(code, (details = new Set()));
    if (details.has(detail) || details.size >= MAX_NOTES_OF_A_CODE) return;
    details.add(detail);
    this.notes.push({ code, pointer: canonical, detail });
  }

  /** How many values could not be read so far, noted or not: more than before, and some were read since. */
  get refusals(): number {
    return this.#refusals;
  }

  /** Notes a value of the wrong type or out of bounds, which is read as absent. */
  badField(canonical: string, { value, pointer }: Member): void {
    this.#refusals++;
    this.note("bad-field", canonical, `${this.#decode(pointer)} is ${this.quoted(value)}`);
  }

  /** A value as a note shows it. */
  quoted(value: unknown): string {
    return quoted(value, 60, this.#decode);
  }

  /**
   * A text, decoded and trimmed, from a text, a number, a wrapper or `{text: {language, value}}`; `undefined` when
   * absent or blank. What is none of these is noted.
   */
  text(part: Part | undefined, name: string, canonical = ""): Member<string> | undefined {
    const member = part && memberOf(part, name);
    return member && this.textIn(member, canonical);
  }

  /** As `text`, of a value that was found already. */
  textIn(member: Member, canonical = ""): Member<string> | undefined {
    const inner = innermost(member);
    const { value } = inner;
    if (typeof value === "number") return new Found(String(value), inner);
    if (typeof value !== "string") {
      this.badField(canonical, member);
      return undefined;
    }
    const text = this.decoded(value);
    return text === "" ? undefined : new Found(text, inner);
  }

  /** A whole number that is not negative, from a number, its text or a wrapper. */
  count(part: Part, name: string, canonical = ""): Member<number> | undefined {
    const member = memberOf(part, name);
    if (member === undefined) return undefined;
    const inner = innermost(member);
    const value = wholeNumber(inner.value);
    if (value !== undefined && value >= 0) return new Found(value, inner);
    this.badField(canonical, member);
    return undefined;
  }

  /** A flag, from a boolean, its word or a wrapper. */
  flag(part: Part, name: string, canonical = ""): Member<boolean> | undefined {
    const member = memberOf(part, name);
    if (member === undefined) return undefined;
    const inner = innermost(member);
    const { value } = inner;
    if (typeof value === "boolean") return new Found(value, inner);
    if (value === "true" || value === "false") return new Found(value === "true", inner);
    this.badField(canonical, member);
    return undefined;
  }

  /** The object at a member. */
  part(holder: Part | undefined, name: string, canonical = ""): Part | undefined {
    const member = holder && memberOf(holder, name);
    if (member === undefined) return undefined;
    const part = asPart(member);
    if (part === undefined) this.badField(canonical, member);
    return part;
  }

  /** The objects of a list; what is no object is noted and passed over. */
  parts(holder: Part | undefined, name: string, canonical = ""): Part[] {
    const member = holder && memberOf(holder, name);
    const parts: Part[] = [];
    for (const element of member ? elementsOf(member) : []) {
      const part = asPart(element);
      if (part === undefined) this.badField(canonical, element);
      else parts.push(part);
    }
    return parts;
  }

  /** How many elements a list has; one value in its place counts as one. */
  length(holder: Part | undefined, name: string): number {
    const member = holder && memberOf(holder, name);
    return member === undefined ? 0 : elementsOf(member).length;
  }

  /** The texts of a list. */
  texts(holder: Part | undefined, name: string, canonical = ""): Member<string>[] {
    const member = holder && memberOf(holder, name);
    const texts = (member ? elementsOf(member) : []).map((element) => this.textIn(element, canonical));
    return texts.filter((text) => text !== undefined);
  }
}
