/** JSON for line-framed files. */

/** Line breaks to Unicode-aware line readers (Python's `splitlines`), though not to JSON: escaped, they are text to both. */
const LINE_BREAKS = /[\u0085\u2028\u2029]/g;

/**
 * A JSON text without line breaks of any kind, and without one at its end. Lone surrogates come out as escapes, so
 * the text survives being written as UTF-8.
 */
export function jsonLine(value: unknown): string {
  return JSON.stringify(value).replace(
    LINE_BREAKS,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
