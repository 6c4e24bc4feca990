/** The OCPI dialect: Locations of versions 2.1.1 to 2.3.0, with the liberties real feeds take. */
import { z } from "zod";
import { foldEnum } from "../ocpi/enums.js";
import { type Depth, type Leaves, type Location, locationSchemaOver } from "../ocpi/location.js";
import type { Note } from "../ocpi/notes.js";
import type { SourceRecord, Unreadable } from "../ocpi/source-record.js";
import type { DecodeText, Dialect } from "./dialect.js";
import { LOCATION_FIELDS, TAGGED_FIELDS, isFieldOf, ocpiNameOf, withOcpiNames } from "./field-names.js";
import { isHereContentId } from "./here-content-id.js";
import { isRecord, pointerOf, quoted, stepsOf } from "./json-value.js";
import { listInObject } from "./list-in-object.js";
import { readMended } from "./mended.js";
import { readPlainLocation } from "./ocpi-plain.js";
import { placeOfObject } from "./object-places.js";
import { unusualKeys } from "./unusual-keys.js";

/** Spellings of true and false that feeds use for OCPI's booleans. */
const FLAGS: ReadonlyMap<unknown, boolean> = new Map<unknown, boolean>([
  ["true", true],
  ["false", false],
  ["yes", true],
  ["no", false],
  ["y", true],
  ["n", false],
  ["1", true],
  ["0", false],
  [1, true],
  [0, false],
]);

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

/** Leaves that read what feeds write: numbers for text, text for numbers, null and blank text for absent. */
function forgivingLeaves(decode: DecodeText): Leaves {
  const text = z.preprocess((value) => {
    if (typeof value === "string") return decode(value).trim() || undefined;
    // A number that JSON.parse could not hold exactly is no id and no text: it fails here and is noted.
    if (typeof value === "number") return Math.abs(value) <= Number.MAX_SAFE_INTEGER ? `${value}` : value;
    return value ?? undefined;
  }, z.string().optional());
  const code = z.preprocess((value) => {
    if (typeof value === "string") return foldEnum(decode(value)) || undefined;
    return value ?? undefined;
  }, z.string().optional());
  const number = z.preprocess((value) => {
    if (typeof value !== "string") return value ?? undefined;
    const trimmed = decode(value).trim();
    if (trimmed === "") return undefined;
    return NUMBER.test(trimmed) ? Number(trimmed) : value;
  }, z.number().optional());
  const flag = z.preprocess((value) => {
    if (typeof value === "boolean") return value;
    const key = typeof value === "string" ? decode(value).trim().toLowerCase() : value;
    return FLAGS.get(key) ?? (key === "" ? undefined : (value ?? undefined));
  }, z.boolean().optional());
  const list = <T>(item: z.ZodType<T>) =>
    z.preprocess((value) => value ?? undefined, z.array(item).optional());
  const listed = (item: z.ZodType<string | undefined>) =>
    list(item).transform((items) => items?.filter((value) => value !== undefined));
  return {
    text,
    code,
    number,
    flag,
    texts: listed(text),
    codes: listed(code),
    list,
    fullList: (item) => z.preprocess((value) => value ?? [], z.array(item)),
    maybe: (schema) => z.preprocess((value) => value ?? undefined, schema.optional()),
  };
}

const readers = new Map<DecodeText, Map<Depth, z.ZodType<Location>>>();

/** The compiled schema for a way of decoding; there are two ways, so four schemas at most. */
function reader(decode: DecodeText, depth: Depth): z.ZodType<Location> {
  let byDepth = readers.get(decode);
  if (byDepth === undefined) readers.set(decode, (byDepth = new Map()));
  let schema = byDepth.get(depth);
  if (schema === undefined) {
    schema = z.compile(locationSchemaOver(forgivingLeaves(decode))[depth], { strict: true });
    byDepth.set(depth, schema);
  }
  return schema;
}

function read(value: unknown, decode: DecodeText, depth: Depth): SourceRecord | Unreadable {
  if (!isRecord(value)) return { unreadable: "not-an-object", detail: quoted(value, 60, decode) };
  const plain = depth === "tagging" ? readPlainLocation(value, decode) : undefined;
  if (plain !== undefined) return sourceRecord(plain, NO_NOTES);
  const mended = readMended(
    reader(decode, depth),
    withOcpiNames(value, depth === "whole" ? LOCATION_FIELDS : TAGGED_FIELDS),
    decode,
  );
  if (mended === undefined) return { unreadable: "not-a-location", detail: quoted(value, 60, decode) };
  return sourceRecord(mended.value, mended.notes);
}

const NO_NOTES: readonly Note[] = [];

function sourceRecord(location: Location, notes: readonly Note[]): SourceRecord {
  const { id } = location;
  // A HERE response turned into OCPI carries HERE's content id, which is no OCPI reference (T2.1).
  return { location, ocpiLocationId: id === undefined || isHereContentId(id) ? undefined : id, notes };
}

/** The feed's own spelling of each step; list items that were no objects are counted in. */
function sourcePointer(canonicalPointer: string, value: unknown): string | undefined {
  const path: string[] = [];
  let here = value;
  let names: typeof LOCATION_FIELDS | undefined = LOCATION_FIELDS;
  for (const step of stepsOf(canonicalPointer)) {
    if (isRecord(here) && /^\d+$/.test(step)) {
      const key: string | undefined = keyOfItem(here, Number(step), names);
      if (key === undefined) continue; // a single object where OCPI has a list
      path.push(key);
      here = here[key];
      if (!Array.isArray(here)) continue;
    }
    if (Array.isArray(here) && !/^\d+$/.test(step)) {
      path.push("0"); // a list of one where OCPI has an object
      here = here[0];
    }
    if (Array.isArray(here)) {
      const index = names === undefined ? Number(step) : placeOfObject(here, Number(step));
      if (index === undefined) return undefined;
      path.push(`${index}`);
      here = here[index];
    } else if (isRecord(here) && names !== undefined) {
      const key = keyFor(here, step, names);
      if (key === undefined) return undefined;
      path.push(key);
      here = here[key];
      names = names.fields.get(step) ?? undefined;
    } else return undefined;
  }
  return pointerOf(path);
}

/** The key of an item, or of the list that has it, in an object that stands for a list; `undefined` in any other. */
function keyOfItem(
  holder: Record<string, unknown>,
  index: number,
  names: typeof LOCATION_FIELDS | undefined,
): string | undefined {
  if (names?.isList !== true) return undefined;
  const listed = listInObject(holder, (key) => isFieldOf(key, names));
  if (listed === undefined) return undefined;
  return "listKey" in listed ? listed.listKey : listed.itemKeys[index];
}

function keyFor(
  holder: Record<string, unknown>,
  name: string,
  names: typeof LOCATION_FIELDS,
): string | undefined {
  const has = (key: string): boolean => (holder[key] ?? undefined) !== undefined;
  if (has(name)) return name;
  return Object.keys(holder).find(
    (key) => !names.fields.has(key) && ocpiNameOf(key, names) === name && has(key),
  );
}

export const ocpi: Dialect = {
  name: "ocpi",
  read,
  sourcePointer,
  unusualKeys: (value) => unusualKeys(value, LOCATION_FIELDS, ocpiNameOf),
};
