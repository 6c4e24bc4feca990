import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cleanText, fitsOsm, isReadable } from "./text-hygiene.js";

// oxlint-disable-next-line no-control-regex -- these are the characters the rule is about
const NEVER_IN_OSM = /[\u0000-\u001f\u007f\u200b\u202a-\u202e\u2060\u2066-\u2069\ufeff\ufffe\uffff]/;

describe("T7: cleanText", () => {
  test.each([
    ["plain text", "plain text", "plain text"],
    ["blanks around", "  a b  ", "a b"],
    ["blanks of other kinds around", "\u00a0\ufeff\u3000a\u2003", "a"],
    ["a line break", "a\nb", "a b"],
    ["several line breaks and tabs are one blank", "a\r\n\t\nb", "a b"],
    ["Unicode's line breaks", "a\u0085b\u2028c\u2029d", "a b c d"],
    ["line breaks at the ends", "\n a \n", "a"],
    ["control characters", "a\u0000\u0001\u0008\u001b\u001f\u007fb", "ab"],
    ["controls of writing direction", "\u202aa\u202b\u202c\u202d\u202eb\u2066c\u2067\u2068\u2069", "abc"],
    ["their neighbours stay", "a\u2030b\u2065c\u206ad", "a\u2030b\u2065c\u206ad"],
    ["blanks without width", "\u200bB9\u200b7\u2060\ufeff", "B97"],
    ["nothing but blanks without width", "\u200b", ""],
    ["joiners stay", "می\u200cخواهم", "می\u200cخواهم"],
    ["marks of writing direction stay", "\u200eאב\u200f", "\u200eאב\u200f"],
    ["the sign of lost text stays, to be told", "M\ufffdnchen", "M\ufffdnchen"],
    ["U+FFFE and U+FFFF", "a\ufffe\uffffb", "ab"],
    ["a lone high surrogate", "a\ud83db", "ab"],
    ["a lone low surrogate", "a\ude00b", "ab"],
    ["a pair of surrogates stays", "a😀b", "a😀b"],
    ["two high surrogates before a low one", "\ud83d\ud83d\ude00", "😀"],
    ["decomposed letters become one", "Mu\u0308nchen", "München"],
    ["double blanks inside stay", "a  b", "a  b"],
    ["nothing but control characters", "\u0000\u001f", ""],
    ["nothing but blanks", " \n\t ", ""],
    ["nothing", "", ""],
  ])("%s", (_what, text, clean) => expect(cleanText(text)).toBe(clean));

  test("any text comes out as OSM takes it, and cleaning again changes nothing", () => {
    const text = fc.string({
      unit: fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)),
    });
    const nasty = fc.string({
      unit: fc.constantFrom(
        "a",
        " ",
        "\n",
        "\t",
        "\u0000",
        "\u007f",
        "\ud83d",
        "\ude00",
        "\u0308",
        "\uffff",
        "\u202e",
        "\u2066",
        "\u200b",
      ),
    });
    fc.assert(
      fc.property(fc.oneof(text, nasty), (given) => {
        const clean = cleanText(given);
        expect(clean).not.toMatch(NEVER_IN_OSM);
        expect(Buffer.from(clean).toString()).toBe(clean);
        expect(clean).toBe(clean.trim());
        expect(clean).toBe(clean.normalize("NFC"));
        expect(cleanText(clean)).toBe(clean);
      }),
      { numRuns: 1000 },
    );
  });
});

test("T7: text that was no UTF-8 is told by U+FFFD, wherever it stands", () => {
  expect(["", "a", "München", "😀", "\ufffc\ufffe"].map(isReadable)).toEqual([true, true, true, true, true]);
  expect(["\ufffd", "a\ufffd", "\ufffda", "ü\ufffd"].map(isReadable)).toEqual([false, false, false, false]);
  expect(isReadable(new TextDecoder().decode(Buffer.from("Stadtwerke München", "latin1")))).toBe(false);
});

describe("T7: text that was encoded twice", () => {
  test.each(["Café", "Stadtwerke München", "Į", "Энергия", "充电", "Ü“x”"])("%s", (text) => {
    const bytes = Buffer.from(text);
    expect(isReadable(text)).toBe(true);
    expect(isReadable(bytes.toString("latin1"))).toBe(false);
    expect(isReadable(`UAB ${new TextDecoder("windows-1252").decode(bytes)}`)).toBe(false);
  });

  test("is told from text that only has some of the same characters", () => {
    for (const text of [
      "«CAFÉ»",
      "Ã",
      "São João",
      "ÀÉ",
      "déjà vu »",
      "Ärger…",
      "© Müller",
      "„Šiaulių“",
      "CAFÉ’S",
      "MARCHÉ®",
    ]) {
      expect([text, isReadable(text)]).toEqual([text, true]);
    }
  });
});

describe("T7: fitsOsm counts code points", () => {
  test.each([
    ["", true],
    ["a".repeat(255), true],
    ["a".repeat(256), false],
    ["😀".repeat(255), true],
    ["😀".repeat(256), false],
    [`${"😀".repeat(254)}a`, true],
    [`${"a".repeat(254)}😀`, true],
    [`${"a".repeat(255)}😀`, false],
    ["é".repeat(255), true],
  ])("%#: %s", (value, fits) => expect(fitsOsm(value)).toBe(fits));

  test("as counting them one by one does", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", minLength: 200, maxLength: 300 }), (value) => {
        expect(fitsOsm(value)).toBe([...value].length <= 255);
      }),
    );
  });
});
