import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { HOSTILE_TEXTS, anyText, readXml } from "./xml.test-support.js";
import { escapeAttribute, legalText } from "./xml-text.js";

function readBack(text: string): string | undefined {
  return readXml(`<a b="${escapeAttribute(text)}"/>`)[0]?.attributes["b"];
}

describe("escapeAttribute", () => {
  it("gives any text back unchanged, but for what XML cannot hold", () => {
    fc.assert(
      fc.property(anyText, (text) => readBack(text) === legalText(text)),
      { numRuns: 2000 },
    );
  });

  it.each(HOSTILE_TEXTS)("keeps %j text", (text) => {
    expect(readBack(text)).toBe(legalText(text));
  });

  it("writes line breaks and tabs as references, because raw ones are read as blanks", () => {
    expect(escapeAttribute("a\tb\nc\rd")).toBe("a&#9;b&#10;c&#13;d");
  });

  it("leaves text alone that needs nothing", () => {
    const text = "Mo-Fr 08:00-12:00; Žalgirio g. 電気 \u2028";
    expect(escapeAttribute(text)).toBe(text);
  });
});

describe("legalText", () => {
  it("removes control characters, noncharacters and lone surrogates, and nothing else", () => {
    expect(legalText("a\u0000b\u001fc\ufffed\uffffe\ud800f\udc00g")).toBe("abcdefg");
    expect(legalText("\t\n\r\u007f\u0085👍\ufffd")).toBe("\t\n\r\u007f\u0085👍\ufffd");
  });

  it("never makes a character of two halves that were apart", () => {
    expect(legalText("\ud83d\u0000\udc4d")).toBe("");
  });
});
