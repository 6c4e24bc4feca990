/** A tag and its proposed value in few characters, so that a page can tell whether a decision was about this value (D5). */

/** FNV-1a. */
const OFFSET = 0x811c9dc5;
const PRIME = 0x01000193;

/** `capacity=1k2j3`: the key, and 32 bits of the value in base 36. `null`: the tag is to go. */
export function tagMark(key: string, value: string | null): string {
  let hash = OFFSET;
  for (let at = 0; at < (value?.length ?? 0); at += 1) {
    const unit = value?.charCodeAt(at) ?? 0;
    hash = Math.imul(hash ^ (unit & 0xff), PRIME);
    hash = Math.imul(hash ^ (unit >>> 8), PRIME);
  }
  return `${key}=${value === null ? "-" : (hash >>> 0).toString(36)}`;
}

/** The key of a mark: keys may hold `=`, marks of values do not. */
export function keyOfMark(mark: string): string {
  return mark.slice(0, mark.lastIndexOf("="));
}
