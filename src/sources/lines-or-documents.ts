/** Tells NDJSON from JSON that merely has line breaks. */

const LINES_LOOKED_AT = 200;

/**
 * Whether the text of which `head` is the beginning (all of it, if `whole`) is one JSON value a line. In a document
 * that spans lines, a line that is a whole value never follows another such line and is never the first, so they
 * are fewer than half; NDJSON stays NDJSON with some bad lines in it.
 */
export function areLines(head: string, whole: boolean): boolean {
  if (!head.includes("\n")) return false;
  let lines = 0;
  let values = 0;
  let firstIsValue = false;
  let at = 0;
  while (at < head.length && lines < LINES_LOOKED_AT) {
    const newline = head.indexOf("\n", at);
    const cutOff = newline < 0 && !whole;
    const line = head.slice(at, newline < 0 ? head.length : newline).trim();
    at = newline < 0 ? head.length : newline + 1;
    if (line === "") continue;
    if (cutOff) return lines === 1 ? firstIsValue : isMostlyValues(lines, values, firstIsValue);
    lines++;
    if (isJson(line)) {
      values++;
      if (lines === 1) firstIsValue = true;
    }
  }
  return isMostlyValues(lines, values, firstIsValue);
}

function isMostlyValues(lines: number, values: number, firstIsValue: boolean): boolean {
  return lines > 1 && (values * 2 > lines || (values * 2 === lines && firstIsValue));
}

/** How a line of an indented document ends or begins, and no JSON value does: parsing these only to fail takes long. */
const PART_OF_DOCUMENT = /^[\]}:,]|[[{:,]$/;

function isJson(line: string): boolean {
  if (PART_OF_DOCUMENT.test(line)) return false;
  try {
    JSON.parse(line);
    return true;
  } catch {
    return false;
  }
}
