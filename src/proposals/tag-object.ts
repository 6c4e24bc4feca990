/** Tags as a JSON object. */
import type { Tag } from "../tagging/tagged-point.js";

/** In their order; `fromEntries` keeps even `__proto__` a key like any other. */
export function tagObject(tags: readonly Tag[]): Record<string, string> {
  return Object.fromEntries(tags.map(({ key, value }) => [key, value]));
}
