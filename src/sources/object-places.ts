/** Canonical lists hold only a source's list elements that are objects; this finds them again in the source. */
import { isRecord } from "./json-value.js";

/** Worked out once a list, however many pointers lead through it. */
const known = new WeakMap<readonly unknown[], readonly number[]>();

/** The index in `list` of its `nth` object, from 0; `undefined` when it has no more. */
export function placeOfObject(list: readonly unknown[], nth: number): number | undefined {
  let places = known.get(list);
  if (places === undefined) {
    places = [...list.keys()].filter((index) => isRecord(list[index]));
    known.set(list, places);
  }
  return places[nth];
}
