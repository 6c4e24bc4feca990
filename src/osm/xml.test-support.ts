/** An independent XML reader (saxes) and texts that try to break what is written here. */
import { SaxesParser } from "saxes";
import * as fc from "fast-check";

export interface ReadElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** The elements of a document in order. Throws where it is not well-formed. */
export function readXml(document: string): ReadElement[] {
  const elements: ReadElement[] = [];
  const parser = new SaxesParser();
  parser.on("error", (error) => {
    throw error;
  });
  parser.on("opentag", ({ name, attributes }) => elements.push({ name, attributes: { ...attributes } }));
  parser.write(document).close();
  return elements;
}

/** Any JavaScript string at all: any sequence of UTF-16 units, most of them near the troublesome ones. */
export const anyText: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      fc.integer({ min: 0, max: 0xffff }),
      fc.integer({ min: 0, max: 0x7f }),
      fc.integer({ min: 0xd7ff, max: 0xe000 }),
      fc.constantFrom(0x85, 0x2028, 0x2029, 0xfeff, 0xfffd, 0xfffe, 0xffff),
    ),
  )
  .map((units) => String.fromCharCode(...units));

export const HOSTILE_TEXTS: readonly string[] = [
  "<script>alert(1)</script>",
  '"/><node id="7" lat="0" lon="0"/>',
  "</osm>",
  "]]>",
  "<!--",
  "&amp; AT&T; &#10; &nbsp;",
  '=HYPERLINK("http://example.org")',
  "=cmd|' /C calc'!A0",
  "+1+1",
  "-1+1",
  "@SUM(A1)",
  "\t=1",
  "\r=1",
  "＝1",
  "a\r\nb\nc\rd\te",
  'he said ""no"", twice;',
  "a\u2028b\u2029c\u0085d",
  "\u0000\u0001\u001f\u007f\ufffe\uffff",
  "\ud800 half \udfff",
  "👩‍🔧 電気 Žalgirio",
  "\u202eRTL \u05e9\u05dc\u05d5\u05dd",
  "__proto__",
  "' or 1=1",
  "%00%0a|x=y",
];
