/** An address as messages have it: without secrets, and short enough to be read. */
import { shownUrl } from "../runs/secret.js";

/** Of a value in a query, so many characters are shown: a lookup by a hundred ids has thousands. */
const SHOWN_VALUE = 60;
/** Of all that is before the query, and of all of the query. */
const SHOWN_PART = 400;

/**
 * An address for people: as `shownUrl`, with what is long in its query cut (`ids=276u1hc…`). Two addresses may look alike
 * then, so it is not what one is remembered by.
 */
export function shownAddress(url: string): string {
  const shown = shownUrl(url);
  const [path = "", ...query] = shown.split(/(?=\?)/);
  return cut(path, SHOWN_PART) + cut(query.join("").replaceAll(LONG_VALUE, `$1…`), SHOWN_PART);
}

function cut(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length)}…` : text;
}

const LONG_VALUE = new RegExp(`(=[^&]{${SHOWN_VALUE}})[^&]+`, "g");
