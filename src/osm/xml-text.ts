/** Text inside XML attributes: whatever the text is, the document stays well-formed and the text stays text. */

// oxlint-disable-next-line no-control-regex -- the characters XML 1.0 forbids; with /u, \p{Surrogate} is a lone one
const ILLEGAL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff\p{Surrogate}]/gu;
// oxlint-disable-next-line no-control-regex -- a superset of what must be replaced or removed, tested once per text
const SUSPECT = /[\u0000-\u001f"&'<>\ud800-\udfff\ufffe\uffff]/;
const MARKUP = /[\t\n\r"&'<>]/g;

/** Line breaks and tabs too: a reader turns raw ones into blanks. */
const REFERENCES: ReadonlyMap<string, string> = new Map([
  ["\t", "&#9;"],
  ["\n", "&#10;"],
  ["\r", "&#13;"],
  ['"', "&quot;"],
  ["&", "&amp;"],
  ["'", "&apos;"],
  ["<", "&lt;"],
  [">", "&gt;"],
]);

/** The text without what XML 1.0 cannot hold at all: control characters, lone surrogates, U+FFFE and U+FFFF. */
export function legalText(text: string): string {
  return text.replace(ILLEGAL, "");
}

/**
 * Text for between the quotes of an XML attribute. An XML reader gives back exactly `legalText(text)`.
 * Hot path: almost no value needs anything.
 */
export function escapeAttribute(text: string): string {
  if (!SUSPECT.test(text)) return text;
  return legalText(text).replace(MARKUP, (character) => REFERENCES.get(character) ?? "");
}
