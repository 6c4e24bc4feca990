import { describe, expect, test } from "vitest";
import { decodeEntities } from "./html-entities.js";

describe("decodeEntities", () => {
  test.each([
    ["UAB &quot;Stova&quot;", 'UAB "Stova"'],
    ["Park&amp;Charge", "Park&Charge"],
    ["a&nbsp;b", "a b"],
    ["&#169; &#xA9; &#XA9; &copy; &apos;&lt;&gt;", "© © © © '<>"],
    ["Stadtwerke M&uuml;nchen", "Stadtwerke München"],
    ["&Agrave;&szlig;&yuml;&frac34;&sup2;", "Àßÿ¾²"],
    ["&bdquo;Stova&ldquo;", "„Stova“"],
    ["A & B", "A & B"],
    ["AT&T;", "AT&T;"],
    ["&unknown;", "&unknown;"],
    ["&#0;", "&#0;"],
    ["&#1114112;", "&#1114112;"],
    ["&quot", "&quot"],
    ["&#128512;", "😀"],
  ])("%j is %j", (text, decoded) => expect(decodeEntities(text)).toBe(decoded));

  test("what was escaped twice is decoded twice", () => {
    expect(decodeEntities("UAB &amp;quot;Stova&amp;quot;")).toBe('UAB "Stova"');
    expect(decodeEntities("A &amp;amp; B")).toBe("A & B");
  });
});
