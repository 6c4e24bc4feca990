/** Finding the keys of a record that its format does not have. */
import type { UnusualKey } from "./dialect.js";
import type { FieldNames } from "./field-names.js";
import { isRecord, pointerOf } from "./json-value.js";

/** The field a key of another spelling is read as, or `undefined`. */
type NameOf = (key: string, names: FieldNames) => string | undefined;

/** Walks the objects the format knows, no deeper, so that the nesting of a hostile record does not matter. */
export function unusualKeys(value: unknown, names: FieldNames, nameOf: NameOf, place = ""): UnusualKey[] {
  const found: UnusualKey[] = [];
  if (!allOwn(value, names)) collect(value, names, nameOf, place, found);
  return found;
}

/** Whether all keys are the format's own: most records are so, and then no pointer need be made. */
function allOwn(value: unknown, names: FieldNames): boolean {
  if (Array.isArray(value)) return value.every((item) => !isRecord(item) || allOwn(item, names));
  if (!isRecord(value)) return true;
  for (const key of Object.keys(value)) {
    const below = names.fields.get(key);
    if (below === undefined) return false;
    if (below !== null && !allOwn(value[key], below)) return false;
  }
  return true;
}

function collect(
  value: unknown,
  names: FieldNames,
  nameOf: NameOf,
  place: string,
  found: UnusualKey[],
): void {
  if (Array.isArray(value)) {
    for (const item of value) if (isRecord(item)) collect(item, names, nameOf, `${place}/*`, found);
    return;
  }
  if (!isRecord(value)) return;
  for (const key of Object.keys(value)) {
    const own = names.fields.has(key);
    const item = value[key];
    const name = own ? key : readAs(value, key, names, nameOf);
    const below = (name === undefined ? undefined : names.fields.get(name)) ?? undefined;
    if (own && (below === undefined || typeof item !== "object")) continue;
    const pointer = `${place}${pointerOf([key])}`;
    if (!own) found.push({ pointer, value: item, readAs: name });
    if (below !== undefined) collect(item, below, nameOf, pointer, found);
  }
}

/** Beside the format's own spelling another one is not read. */
function readAs(
  holder: Readonly<Record<string, unknown>>,
  key: string,
  names: FieldNames,
  nameOf: NameOf,
): string | undefined {
  const name = nameOf(key, names);
  return name === undefined || (holder[name] ?? undefined) !== undefined ? undefined : name;
}
