/** Objects where a list belongs: what XML and PHP make of lists on their way into JSON. */
import { isRecord } from "./json-value.js";

/** How the items of such a list are reached: by the one key of a list within, or each by a key of its own. */
export type ListInObject = { readonly listKey: string } | { readonly itemKeys: readonly string[] };

/**
 * The list that `holder` stands for: `{}`, `{"evse": […]}`, or items under keys of their own (`{"1": {…}, "2": {…}}`).
 * `undefined` where it is itself an item, of which `isField` tells the keys, or nothing that could be read.
 */
export function listInObject(
  holder: Record<string, unknown>,
  isField: (key: string) => boolean,
): ListInObject | undefined {
  const keys = Object.keys(holder);
  if (keys.some(isField)) return undefined;
  const [only] = keys;
  if (only !== undefined && keys.length === 1 && Array.isArray(holder[only])) return { listKey: only };
  return keys.every((key) => isRecord(holder[key])) ? { itemKeys: keys } : undefined;
}
