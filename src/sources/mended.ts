/**
 * Reading a value that does not fit its schema: what does not fit is read as absent and noted, the rest is kept.
 * Bad values never cost a good record.
 */
import type { z } from "zod";
import type { Note } from "../ocpi/notes.js";
import type { DecodeText } from "./dialect.js";
import { isRecord, pointerOf, quoted } from "./json-value.js";

/** Dropping a value can uncover another (a list wrapped, an item inside it wrong); deeper than this nothing nests. */
const MAX_ROUNDS = 8;
/** A record may be wrong in a million places; a reviewer reads the first few. */
const MAX_BAD_FIELD_NOTES = 20;

export interface Mended<T> {
  readonly value: T;
  /** A `bad-field` note for each of the first values that were dropped. */
  readonly notes: readonly Note[];
}

/**
 * Reads `value` by `schema`, dropping what does not fit: a value of the wrong type becomes absent, a list item of the
 * wrong type leaves its list, a single value where a list belongs becomes a list of one, a list of one where an object
 * belongs that object. An empty list or blank text where an object belongs, and an empty object where a list does, say
 * nothing, so nothing is noted. `undefined` when even that does not help. The value itself is not touched; only what
 * holds a bad part is copied.
 */
export function readMended<T>(
  schema: z.ZodType<T>,
  value: unknown,
  decode: DecodeText,
): Mended<T> | undefined {
  const first = schema.safeParse(value);
  if (first.success) return { value: first.data, notes: [] };
  let issues = first.error.issues;
  let root = value;
  const notes: Note[] = [];
  for (let round = 0; round < MAX_ROUNDS; round++) {
    root = mend(root, issues, notes, decode);
    const result = schema.safeParse(root);
    if (result.success) return { value: result.data, notes };
    issues = result.error.issues;
  }
  return undefined;
}

type Holder = unknown[] | Record<string, unknown>;

/** Takes the place of a dropped list item until all issues of a round, which count by index, are dealt with. */
const HOLE = Symbol("dropped list item");

/** The root with every issue mended; holders of bad parts are copied, once each. */
function mend(
  root: unknown,
  issues: readonly z.core.$ZodIssue[],
  notes: Note[],
  decode: DecodeText,
): unknown {
  const copies = new Set<unknown>();
  const holed = new Set<unknown[]>();
  const copyOnce = (value: unknown): Holder | undefined => {
    if (!Array.isArray(value) && !isRecord(value)) return undefined;
    if (copies.has(value)) return value;
    const copy = Array.isArray(value) ? [...value] : { ...value };
    copies.add(copy);
    return copy;
  };
  const mended = copyOnce(root);
  for (const issue of issues) {
    const last = issue.path.at(-1);
    let holder = mended;
    for (const step of issue.path.slice(0, -1)) {
      const below: Holder | undefined = holder && copyOnce(partOf(holder, step));
      if (holder !== undefined && below !== undefined) put(holder, step, below);
      holder = below;
    }
    if (holder === undefined || last === undefined) continue;
    const value = partOf(holder, last);
    if (issue.code === "invalid_type" && issue.expected === "array") {
      put(holder, last, isRecord(value) && Object.keys(value).length === 0 ? [] : [value]);
      continue;
    }
    if (issue.code === "invalid_type" && issue.expected === "object" && !Array.isArray(holder)) {
      if (Array.isArray(value) && value.length === 1 && isRecord(value[0])) {
        put(holder, last, value[0]);
        continue;
      }
      if (saysNothing(value, decode)) {
        delete holder[String(last)];
        continue;
      }
    }
    if (Array.isArray(holder)) {
      put(holder, last, HOLE);
      holed.add(holder);
    } else delete holder[String(last)];
    if (notes.length < MAX_BAD_FIELD_NOTES) {
      notes.push({ code: "bad-field", pointer: pointerOf(issue.path), detail: quoted(value, 60, decode) });
    }
  }
  for (const list of holed) closeHoles(list);
  return mended ?? root;
}

function saysNothing(value: unknown, decode: DecodeText): boolean {
  return Array.isArray(value) ? value.length === 0 : typeof value === "string" && decode(value).trim() === "";
}

function partOf(holder: Holder, step: PropertyKey): unknown {
  return Array.isArray(holder) ? holder[Number(step)] : holder[String(step)];
}

function put(holder: Holder, step: PropertyKey, value: unknown): void {
  if (Array.isArray(holder)) holder[Number(step)] = value;
  else holder[String(step)] = value;
}

function closeHoles(list: unknown[]): void {
  let kept = 0;
  for (const item of list) if (item !== HOLE) list[kept++] = item;
  list.length = kept;
}
