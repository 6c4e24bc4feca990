/** `not:KEY=value` on an object: a mapper saw the value and refused it (D3). */
import { sameMeaning } from "./meaning.js";

/** Whether the object's `not:KEY` names the value, alone or in a `;` list; values are compared by meaning. */
export function refusesByTag(
  tags: ReadonlyMap<string, string>,
  key: string,
  value: string,
  country: string | undefined,
): boolean {
  const refused = tags.get(`not:${key}`);
  if (refused === undefined) return false;
  return [refused, ...refused.split(";")].some((text) => sameMeaning(key, text.trim(), value, country));
}
