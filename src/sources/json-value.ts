/** Looking into values of unknown shape. */

/** A JSON object (not null, not an array). */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * A value as a person would quote it in a message: JSON, cut at `limit` characters. `decode` is that of the record the
 * value is from (see `DecodeText`).
 */
export function quoted(value: unknown, limit = 60, decode = (text: string): string => text): string {
  const text = decode(jsonOf(value));
  return text.length <= limit ? text : `${text.slice(0, limit)}…`;
}

function jsonOf(value: unknown): string {
  try {
    return JSON.stringify(value) ?? "nothing";
  } catch (error) {
    if (error instanceof RangeError) return "a value nested too deeply";
    throw error;
  }
}

/** RFC 6901: the pointer of a path. */
export function pointerOf(path: ReadonlyArray<PropertyKey>): string {
  return path.map((step) => `/${String(step).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}

/** RFC 6901: the steps of a pointer. */
export function stepsOf(pointer: string): string[] {
  return pointer
    .split("/")
    .slice(1)
    .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
}

/** The value a pointer leads to, or `undefined` where it leads nowhere. */
export function valueAt(value: unknown, pointer: string): unknown {
  let here = value;
  for (const step of stepsOf(pointer)) {
    if (Array.isArray(here)) here = here[Number(step)];
    else if (isRecord(here) && Object.hasOwn(here, step)) here = here[step];
    else return undefined;
  }
  return here;
}
