/**
 * Reading a value that does not fit its schema: what does not fit is read as absent and noted, the rest is kept.
 * Bad values never cost a good record.
 */
import type { z } from "zod";
import type { Note } from "../ocpi/notes.js";
import { isRecord, pointerOf, quoted, valueAt } from "./json-value.js";

/** Dropping a value can uncover another (a list wrapped, an item inside it wrong); deeper than this nothing nests. */
const MAX_ROUNDS = 8;

export interface Mended<T> {
  readonly value: T;
  /** A `bad-field` note for each value that was dropped. */
  readonly notes: readonly Note[];
}

/**
 * Reads `value` by `schema`, dropping what does not fit: a value of the wrong type becomes absent, a list item of the
 * wrong type leaves its list, a single value where a list belongs becomes a list of one. `undefined` when even that
 * does not help.
 */
export function readMended<T>(schema: z.ZodType<T>, value: unknown): Mended<T> | undefined {
  const first = schema.safeParse(value);
  if (first.success) return { value: first.data, notes: [] };
  let issues = first.error.issues;
  let mending: unknown = structuredClone(value);
  const notes: Note[] = [];
  for (let round = 0; round < MAX_ROUNDS; round++) {
    for (const issue of issues) notes.push(...mend(mending, issue));
    mending = withoutHoles(mending);
    const result = schema.safeParse(mending);
    if (result.success) return { value: result.data, notes };
    issues = result.error.issues;
  }
  return undefined;
}

/** Takes the place of a dropped list item until all issues of a round, which count by index, are dealt with. */
const HOLE = Symbol("dropped list item");

function mend(root: unknown, issue: z.core.$ZodIssue): Note[] {
  const path = issue.path;
  const last = path.at(-1);
  const holder = valueAt(root, pointerOf(path.slice(0, -1)));
  if (last === undefined) return [];
  const value = valueAt(root, pointerOf(path));
  const wrap = issue.code === "invalid_type" && issue.expected === "array" && value !== null;
  if (Array.isArray(holder)) holder[Number(last)] = wrap ? [value] : HOLE;
  else if (isRecord(holder)) {
    if (wrap) holder[String(last)] = [value];
    else delete holder[String(last)];
  }
  return wrap ? [] : [{ code: "bad-field", pointer: pointerOf(path), detail: quoted(value) }];
}

function withoutHoles(value: unknown): unknown {
  if (Array.isArray(value)) return value.filter((item) => item !== HOLE).map(withoutHoles);
  if (!isRecord(value)) return value;
  for (const key of Object.keys(value)) value[key] = withoutHoles(value[key]);
  return value;
}
