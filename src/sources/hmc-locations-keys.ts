/** Which keys of a tile are not understood, or read as another field's. */
import type { RecordDocument, UnusualKey } from "./dialect.js";
import { type FieldTable, knownKey, objectsOf } from "./hmc-locations-field-table.js";
import { CHARGING_LOCATION, EVSE, POOL_TABLES, TILE_KEYS } from "./hmc-locations-fields.js";
import { isRecord, pointerOf } from "./json-value.js";
import { foldedKey, unwrapped, wholeNumber } from "./proto-json.js";

/** Members of a Feature that are not the location's. */
const FEATURE_KEYS: ReadonlySet<string> = new Set(["type", "geometry", "id", "bbox"]);

/** As `Dialect.unusualKeys`: the keys of the whole tile come with its first record. */
export function hmcLocationsUnusualKeys(value: unknown, document?: RecordDocument): UnusualKey[] {
  const found: UnusualKey[] = [];
  if (document !== undefined) {
    if (document.index === 0) inTile(document.value, found);
  } else if (isRecord(value) && value["type"] === "Feature" && isRecord(value["properties"])) {
    for (const key of Object.keys(value)) {
      if (key === "properties") inParts(value[key], CHARGING_LOCATION, "/properties", found);
      else if (!FEATURE_KEYS.has(key))
        found.push({ pointer: pointerOf([key]), value: value[key], readAs: undefined });
    }
  } else inParts(value, CHARGING_LOCATION, "", found);
  return found;
}

function inTile(tile: Readonly<Record<string, unknown>>, found: UnusualKey[]): void {
  for (const key of Object.keys(tile)) {
    const value = tile[key];
    const pointer = pointerOf([key]);
    const table = poolTable(key);
    if (table !== undefined && Array.isArray(value)) inParts(value, table, pointer, found);
    else if (!TILE_KEYS.has(key)) {
      found.push({ pointer, value, readAs: TILE_NAMES.get(foldedKey(key)) });
    }
  }
}

const TILE_NAMES = new Map([...TILE_KEYS].map((key) => [foldedKey(key), key]));

/** The table for the elements of a list of the tile: one of the usual, or of objects that a field may point at. */
function poolTable(key: string): FieldTable | undefined {
  const name = foldedKey(key);
  const usual = POOL_TABLES.get(name);
  if (usual !== undefined) return usual;
  for (const table of [CHARGING_LOCATION, EVSE]) {
    const field = table.spellings.get(name) ?? table.spellings.get(`${name}s`);
    const objects = field && objectsOf(field);
    if (objects !== undefined) return objects;
  }
  return undefined;
}

/** Walks the objects that the tables know, no deeper, so that the nesting of a hostile tile does not matter. */
function inParts(value: unknown, table: FieldTable, place: string, found: UnusualKey[]): void {
  if (allExpected(value, table)) return;
  if (Array.isArray(value)) {
    const below = `${place}/*`;
    for (const item of value) {
      if (isRecord(item) && !allExpected(item, table)) inObject(item, table, below, found);
    }
  } else if (isRecord(value)) inObject(value, table, place, found);
}

/** Whether there is nothing to tell of an object or a list of them: most have nothing, and this needs no pointers. */
function allExpected(value: unknown, table: FieldTable): boolean {
  if (Array.isArray(value)) {
    for (const item of value) if (typeof item === "object" && !allExpected(item, table)) return false;
    return true;
  }
  if (!isRecord(value)) return true;
  for (const key in value) {
    const known = knownKey(table, key);
    if (known === undefined) return false;
    const { field, expected, objects, pool } = known;
    if (!expected && field.kind !== "unread") return false;
    if (objects === undefined) continue;
    const item = value[key];
    if (typeof item !== "object" || item === null) continue;
    if (pool !== undefined ? !isIndexes(item) : !allExpected(item, objects)) return false;
  }
  return true;
}

function isIndexes(value: object): boolean {
  return Array.isArray(value) && value.every((index) => typeof index === "number");
}

function inObject(
  object: Readonly<Record<string, unknown>>,
  table: FieldTable,
  place: string,
  found: UnusualKey[],
): void {
  for (const key in object) {
    const known = knownKey(table, key);
    const value = object[key];
    if (known === undefined) {
      found.push({ pointer: place + pointerOf([key]), value, readAs: undefined });
      continue;
    }
    const { field, expected, objects, pool } = known;
    if (!expected && field.kind !== "unread") {
      found.push({ pointer: place + pointerOf([key]), value, readAs: field.name });
    }
    if (typeof value !== "object" || value === null || objects === undefined) continue;
    const below = place + pointerOf([key]);
    if (pool === undefined) inParts(unwrapped(value), objects, below, found);
    else for (const part of resolvedParts(value)) inParts(part, objects, below, found);
  }
}

/** What stands in place of an index, in copies whose indexes were resolved. */
function resolvedParts(value: unknown): readonly unknown[] {
  const parts: readonly unknown[] = Array.isArray(value) ? value : [value];
  return parts.filter((part) => isRecord(part) && wholeNumber(part) === undefined);
}
