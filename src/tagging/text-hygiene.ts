/** Rule T7: what may stand in an OSM key or value. */

/** OSM's limit for keys and values, in Unicode code points (not bytes, not UTF-16 units). */
const MAX_CODE_POINTS = 255;

const PLAIN = /^[!-~](?:[ -~]*[!-~])?$/;
const BLANKS = /[\t\n\r\u0085\u2028\u2029]+/g;
// oxlint-disable-next-line no-control-regex -- these are the characters the rule is about
const FORBIDDEN = /[\u0000-\u001f\u007f\u202a-\u202e\u2066-\u2069\ufffe\uffff]/g;
const LONE_SURROGATES = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/**
 * Text as OSM takes it (T7): NFC, line breaks and tabs to one blank, control characters, U+FFFE, U+FFFF and lone
 * surrogates removed, trimmed. Controls of writing direction (U+202A to U+202E, U+2066 to U+2069) are removed, too: they
 * make a value look like another; the marks U+200E and U+200F stay, as names in Hebrew and Arabic need them. May come
 * out empty; then there is nothing to tag. Length is `fitsOsm`'s business, U+FFFD `isReadable`'s.
 */
export function cleanText(text: string): string {
  if (PLAIN.test(text)) return text;
  return text
    .replace(BLANKS, " ")
    .replace(FORBIDDEN, "")
    .replace(LONE_SURROGATES, "")
    .normalize("NFC")
    .trim();
}

/** Whether a clean value is within OSM's 255 code points. */
export function fitsOsm(value: string): boolean {
  if (value.length <= MAX_CODE_POINTS) return true;
  if (value.length > 2 * MAX_CODE_POINTS) return false;
  let codePoints = 0;
  for (const _ of value) codePoints++;
  return codePoints <= MAX_CODE_POINTS;
}

/** Whether no part of a text was lost before it was read: U+FFFD stands for bytes that were no UTF-8. */
export function isReadable(text: string): boolean {
  return !text.includes("\ufffd");
}

const ENTITIES: ReadonlyMap<string, string> = new Map([
  ["quot", '"'],
  ["amp", "&"],
  ["apos", "'"],
  ["lt", "<"],
  ["gt", ">"],
  ["nbsp", " "],
]);
const ENTITY = /&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|(quot|amp|apos|lt|gt|nbsp));/g;

/**
 * Undoes HTML escaping that a feed put into its names (`UAB &quot;Stova&quot;`): nobody's sign says `&quot;`.
 * Text without entities comes back unchanged.
 */
export function decodeEntities(text: string): string {
  if (!text.includes("&")) return text;
  return text.replace(ENTITY, (entity, decimal?: string, hexadecimal?: string, name?: string) => {
    if (name !== undefined) return ENTITIES.get(name) ?? entity;
    const codePoint = decimal === undefined ? Number.parseInt(hexadecimal ?? "", 16) : Number(decimal);
    return codePoint > 0 && codePoint <= 0x10ffff ? String.fromCodePoint(codePoint) : entity;
  });
}
