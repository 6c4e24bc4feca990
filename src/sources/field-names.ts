/**
 * The names feeds give to OCPI's fields: camelCase and PascalCase spellings of any of them, and the older names of
 * some. A record with such names is read as if it had OCPI 2.3.0's.
 */
import { z } from "zod";
import { locationSchema, taggedLocationSchema } from "../ocpi/location.js";
import { isRecord } from "./json-value.js";
import { listInObject } from "./list-in-object.js";

/** The fields of one kind of object; a field that holds objects (or lists of them) has fields of its own, others null. */
export interface FieldNames {
  readonly fields: ReadonlyMap<string, FieldNames | null>;
  /** Squashed spelling or older name → OCPI's name. */
  readonly spellings: ReadonlyMap<string, string>;
  /** The objects stand in a list. */
  readonly isList?: boolean;
}

/** Older and foreign names of fields, by the field they stand for (T4.2 for voltage and amperage). */
const OTHER_NAMES: Readonly<Record<string, readonly string[]>> = {
  parking_type: ["type"],
  max_voltage: ["voltage"],
  max_amperage: ["amperage"],
  tariff_ids: ["tariff_id"],
  latitude: ["lat"],
  longitude: ["lon", "lng", "long"],
};

/** All of OCPI's fields by the place they stand at, read off the canonical schema. */
export const LOCATION_FIELDS: FieldNames = fieldNames(locationSchema);

/** The same, but what the tagging rules do not read is not looked into. */
export const TAGGED_FIELDS: FieldNames = fieldNames(locationSchema, taggedLocationSchema);

/** The field names of a schema's objects, at all levels that `reading` has too. */
export function fieldNames(schema: z.ZodObject, reading: z.ZodObject = schema, isList = false): FieldNames {
  const fields = new Map<string, FieldNames | null>();
  const spellings = new Map<string, string>();
  for (const [name, field] of Object.entries(schema.shape)) {
    const below = objectWithin(field);
    const read = objectWithin(reading.shape[name]);
    const names = below === undefined || read === undefined ? null : fieldNames(below, read, isListOf(field));
    fields.set(name, names);
    for (const other of OTHER_NAMES[name] ?? []) {
      if (!(other in schema.shape)) spellings.set(squash(other), name);
    }
  }
  for (const name of fields.keys()) spellings.set(squash(name), name);
  return { fields, spellings, isList };
}

function isListOf(schema: unknown): boolean {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable) return isListOf(schema.unwrap());
  return schema instanceof z.ZodArray;
}

function objectWithin(schema: unknown): z.ZodObject | undefined {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable)
    return objectWithin(schema.unwrap());
  if (schema instanceof z.ZodArray) return objectWithin(schema.element);
  return schema instanceof z.ZodObject ? schema : undefined;
}

function squash(name: string): string {
  return name.toLowerCase().replace(/[\s_-]+/g, "");
}

/** OCPI's name for a key that is not one, or `undefined` when the key is unknown. */
export function ocpiNameOf(key: string, names: FieldNames): string | undefined {
  return names.spellings.get(squash(key));
}

/** Whether a key is one of the fields, in whatever spelling. */
export function isFieldOf(key: string, names: FieldNames): boolean {
  return names.fields.has(key) || ocpiNameOf(key, names) !== undefined;
}

/**
 * The value with every key in OCPI's spelling, and with lists where an object stands for one. Parts that need no change
 * are shared with the original, which is not touched; where a record has several spellings OCPI's own wins, then the
 * first, unless they are null.
 */
export function withOcpiNames(value: unknown, names: FieldNames): unknown {
  if (Array.isArray(value)) {
    let copy: unknown[] | undefined;
    for (let i = 0; i < value.length; i++) {
      const item: unknown = value[i];
      if (!isRecord(item)) continue;
      const renamed = withOcpiNames(item, names);
      if (renamed !== item) (copy ??= [...value])[i] = renamed;
    }
    return copy ?? value;
  }
  if (!isRecord(value)) return value;
  let copy: Record<string, unknown> | undefined;
  for (const key in value) {
    const below = names.fields.get(key);
    if (below === null) continue;
    if (below !== undefined) {
      const item = value[key];
      if (typeof item !== "object") continue;
      const renamed = withOcpiNames(asList(item, below), below);
      if (renamed !== item) (copy ??= { ...value })[key] = renamed;
    } else {
      const name = ocpiNameOf(key, names);
      const item = value[key] ?? undefined;
      if (name === undefined || item === undefined) continue;
      if (((copy ?? value)[name] ?? undefined) !== undefined) continue;
      const namesBelow = names.fields.get(name);
      (copy ??= { ...value })[name] = namesBelow ? withOcpiNames(asList(item, namesBelow), namesBelow) : item;
    }
  }
  return copy ?? value;
}

/** The list that an object stands for where OCPI has one; anything else as it is. */
function asList(value: unknown, names: FieldNames): unknown {
  if (names.isList !== true || !isRecord(value)) return value;
  const listed = listInObject(value, (key) => isFieldOf(key, names));
  if (listed === undefined) return value;
  return "listKey" in listed ? value[listed.listKey] : listed.itemKeys.map((key) => value[key]);
}
