/** Loose values of HERE's map content → those of v3's wire shape; what has no known form is handed on as it is. */
import type { Field } from "./hmc-locations-field-table.js";
import { isRecord } from "./json-value.js";
import { unwrapped } from "./proto-json.js";
import { enumWord } from "./proto-json-enum.js";

/** The list itself where nothing becomes anything else. */
export function mapped(
  list: readonly unknown[],
  map: (item: unknown, index: number) => unknown,
): readonly unknown[] {
  let copy: unknown[] | undefined;
  for (let index = 0; index < list.length; index++) {
    const item = map(list[index], index);
    if (copy !== undefined) copy.push(item);
    else if (item !== list[index]) (copy = list.slice(0, index)).push(item);
  }
  return copy ?? list;
}

/** The words of a list, of one word in its place, or of messages that hold nothing else; without those that say nothing. */
export function wordsOf(field: Field, raw: unknown): unknown {
  if (!Array.isArray(raw)) return isRecord(raw) ? wordsOf(field, [raw]) : wordOf(field, raw);
  const items: readonly unknown[] = raw;
  if (!items.some(isRecord)) {
    const words = mapped(items, (item) => wordOf(field, item));
    return words.includes(undefined) ? words.filter((word) => word !== undefined) : words;
  }
  const inner = items.flatMap((item): readonly unknown[] => {
    const held = isRecord(item) ? onlyMember(item) : item;
    return Array.isArray(held) ? held.map(unwrapped) : [unwrapped(held)];
  });
  return inner.map((item) => wordOf(field, item)).filter((word) => word !== undefined);
}

/** An enumeration's word; `undefined` for one that says nothing. */
export function wordOf(field: Field, value: unknown): unknown {
  return typeof value === "string" && (field.kind === "word" || field.kind === "words")
    ? enumWord(field.of, value)
    : value;
}

/** What the only member of an object holds (`{"restrictionReason": "BRAND_ONLY"}`); other objects are their own. */
function onlyMember(object: Readonly<Record<string, unknown>>): unknown {
  const keys = Object.keys(object);
  return keys.length === 1 ? object[keys[0] ?? ""] : object;
}

/** `{"officialCountryCode": "DEU"}` is a text in its own message. */
export function onlyScalar(value: unknown): unknown {
  if (!isRecord(value)) return value;
  const inner = onlyMember(value);
  return typeof inner === "string" || typeof inner === "number" ? inner : value;
}
