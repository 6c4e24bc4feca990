/** Says in words what an input that is no feed seems to be. */

const LOOKS: ReadonlyArray<readonly [pattern: RegExp, words: string]> = [
  [/^\s*<(?:!doctype html|html|head|body)/i, "an HTML page (a login, error or redirect page?)"],
  [/^\s*</, "XML"],
  [/^%PDF/, "a PDF file"],
  // oxlint-disable-next-line no-control-regex -- control characters are the sign looked for
  [/^[^\n]{0,200}[\u0000-\u0008\u000e-\u001f\ufffd]/, "binary data"],
  [/^\s*[^\s{["][^\n{]*[,;\t][^\n{]*\n/, "CSV or another table"],
];

const SHOWN_CHARACTERS = 60;
const SHOWN_KEYS = 12;

/** What is said of JSON that no parser takes, with what a parser says of it. */
export const MALFORMED = "malformed JSON";
/** A parser's words at the end of a text that was cut off: of the beginning of an input they say nothing. */
const CUT_OFF = /unexpected end|unterminated/i;

/** `text` is the beginning of the input, `values` what JSON was found in it. */
export function whatItLooksLike(text: string, values: readonly unknown[]): string {
  const look = LOOKS.find(([pattern]) => pattern.test(text))?.[1];
  if (look !== undefined) return look;
  const object = values.find((value) => typeof value === "object" && value !== null && !Array.isArray(value));
  if (object !== undefined) {
    const keys = Object.keys(object ?? {});
    const shown = keys.slice(0, SHOWN_KEYS).map((key) => JSON.stringify(key.slice(0, SHOWN_CHARACTERS)));
    if (keys.length === 0) return "an object without keys";
    return `an object with the keys ${shown.join(", ")}${keys.length > SHOWN_KEYS ? ", …" : ""}`;
  }
  const fault = values.length === 0 ? faultOf(text) : undefined;
  if (fault !== undefined) return `${MALFORMED} (${fault})`;
  const begins = JSON.stringify(text.trimStart().slice(0, SHOWN_CHARACTERS));
  return values.length > 0 ? `JSON that holds no objects and begins ${begins}` : `text that begins ${begins}`;
}

/** What a parser has against text that begins as JSON does. */
function faultOf(text: string): string | undefined {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    const words = error instanceof SyntaxError ? error.message.replaceAll(/\s+/g, " ") : "";
    return words === "" || CUT_OFF.test(words) ? undefined : words;
  }
}
