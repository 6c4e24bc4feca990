/** Between places in a canonical Location and places in the HERE v3 record it was read from. */
import { OCPI_LOCATION_ID } from "../ocpi/source-record.js";
import { PLACES } from "./here-v3-tables.js";
import { isRecord, valueAt } from "./json-value.js";
import { placeOfObject } from "./object-places.js";

const INDEX = /^\d+$/;

const hereByCanonical = new Map(PLACES.map(([canonical, ...here]) => [canonical, here]));

const canonicalByHere = new Map<string, string>();
for (const [canonical, ...here] of PLACES) {
  if (canonical.startsWith("/parking_places") || canonical === OCPI_LOCATION_ID) continue;
  for (const place of here) {
    if (!canonicalByHere.has(place) && indexCount(place) === indexCount(canonical)) {
      canonicalByHere.set(place, canonical);
    }
  }
}

function indexCount(pattern: string): number {
  return pattern.split("#").length - 1;
}

/**
 * The HERE place (RFC 6901) that a canonical pointer stands for: of the places its value may come from, the first that
 * holds anything in `record`. `undefined` where HERE has none. Elements that are no objects have no place in the
 * canonical lists, so indices are counted over objects only.
 *
 * A `/parking_places/#` pointer must have been given the index of the EVSE in place of the parking place's.
 */
export function herePointer(canonicalPointer: string, record: unknown): string | undefined {
  const { pattern, indexes } = patternOf(canonicalPointer);
  // An element of a list that was put together from several places stands for the list.
  const places =
    hereByCanonical.get(pattern) ??
    hereByCanonical.get(pattern.replace(/\/#(?:\/weekday|\/period_\w+)?$/, ""));
  for (const place of places ?? []) {
    const found = locate(place, indexes, record);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The canonical pointer for a path in the HERE record, or that of the nearest place around it which has one. */
export function canonicalPointer(path: readonly PropertyKey[], record: unknown): string {
  let pattern = "";
  let nearest = "";
  const indexes: number[] = [];
  let value: unknown = record;
  for (const key of path) {
    const child = childOf(value, String(key));
    if (typeof key === "number") {
      if (!Array.isArray(value) || !isRecord(child)) break;
      indexes.push(value.slice(0, key).filter(isRecord).length);
    }
    pattern += typeof key === "number" ? "/#" : `/${String(key)}`;
    value = child;
    const canonical = canonicalByHere.get(pattern);
    if (canonical !== undefined) nearest = fill(canonical, indexes);
  }
  return nearest;
}

function patternOf(pointer: string): { pattern: string; indexes: number[] } {
  const indexes: number[] = [];
  const segments = pointer.split("/").map((segment) => {
    if (!INDEX.test(segment)) return segment;
    indexes.push(Number(segment));
    return "#";
  });
  return { pattern: segments.join("/"), indexes };
}

/** The pointer `pattern` makes with the n-th object of each list; `undefined` when nothing is there. */
function locate(pattern: string, indexes: readonly number[], record: unknown): string | undefined {
  const any = pattern.indexOf("/*/");
  if (any !== -1) return locateInAny(pattern.slice(0, any), pattern.slice(any + 2), indexes, record);
  let value = record;
  let used = 0;
  const taken: number[] = [];
  for (const segment of pattern.split("/").slice(1)) {
    if (segment === "#") {
      const nth = indexes[used++];
      const place = Array.isArray(value) && nth !== undefined ? placeOfObject(value, nth) : undefined;
      if (place === undefined) return undefined;
      taken.push(place);
      value = childOf(value, String(place));
    } else {
      value = childOf(value, segment);
    }
  }
  return value == null ? undefined : fill(pattern, taken);
}

/** The pointer to what `rest` leads to in the first element that has it, of the list that `listPattern` leads to. */
function locateInAny(
  listPattern: string,
  rest: string,
  indexes: readonly number[],
  record: unknown,
): string | undefined {
  const list = locate(listPattern, indexes, record);
  const items = list === undefined ? undefined : valueAt(record, list);
  if (list === undefined || !Array.isArray(items)) return undefined;
  const index = items.findIndex((item) => locate(rest, [], item) !== undefined);
  return index === -1 ? undefined : `${list}/${index}${rest}`;
}

function fill(pattern: string, indexes: readonly number[]): string {
  let used = 0;
  return pattern.replace(/#/g, () => String(indexes[used++]));
}

function childOf(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null && Object.hasOwn(value, key)
    ? Reflect.get(value, key)
    : undefined;
}
