/** Rule T7: what may stand in an OSM key or value. */

/** OSM's limit for keys and values, in Unicode code points (not bytes, not UTF-16 units). */
const MAX_CODE_POINTS = 255;

const PLAIN = /^[!-~](?:[ -~]*[!-~])?$/;
const BLANKS = /[\t\n\r\u0085\u2028\u2029]+/g;
// oxlint-disable-next-line no-control-regex -- these are the characters the rule is about
const FORBIDDEN = /[\u0000-\u001f\u007f\u200b\u202a-\u202e\u2060\u2066-\u2069\ufeff\ufffe\uffff]/g;
const LONE_SURROGATES = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/**
 * Text as OSM takes it (T7): NFC, line breaks and tabs to one blank, control characters, U+FFFE, U+FFFF and lone
 * surrogates removed, trimmed. Controls of writing direction (U+202A to U+202E, U+2066 to U+2069) and blanks without
 * width (U+200B, U+2060, U+FEFF) are removed, too: they make a value look like another; the marks U+200E and U+200F stay,
 * as names in Hebrew and Arabic need them, and so do the joiners U+200C and U+200D. May come out empty; then there is
 * nothing to tag. Length is `fitsOsm`'s business, U+FFFD `isReadable`'s.
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

/** What the bytes of UTF-8 look like when each was read as a character of Latin-1, or of Windows-1252. */
/** Not É, Ê and Ë: with them begin phonetic signs only, and names end in them, before a `’` or `®`. */
const LEADS_ONE = "[\\u00c2-\\u00c8\\u00cc-\\u00df]";
const LEADS_TWO = "[\\u00e0-\\u00ef]";
const LEADS_THREE = "[\\u00f0-\\u00f4]";
const FOLLOWS =
  "[\\u0080-\\u00bf\\u0152\\u0153\\u0160\\u0161\\u0178\\u017d\\u017e\\u0192\\u02c6\\u02dc" +
  "\\u2013\\u2014\\u2018-\\u201a\\u201c-\\u201e\\u2020-\\u2022\\u2026\\u2030\\u2039\\u203a\\u20ac\\u2122]";
const READ_AS_LATIN = new RegExp(
  `^[\\u0000-\\u007f]*(?:(?:${LEADS_ONE}${FOLLOWS}|${LEADS_TWO}${FOLLOWS}{2}|${LEADS_THREE}${FOLLOWS}{3})[\\u0000-\\u007f]*)+$`,
);

/**
 * Whether a text is what its sender meant: U+FFFD stands for bytes that were no UTF-8, and a text of which every
 * character beyond ASCII is part of a UTF-8 sequence read as Latin-1 (`CafÃ©`) was encoded twice.
 */
export function isReadable(text: string): boolean {
  return !text.includes("\ufffd") && !READ_AS_LATIN.test(text);
}
