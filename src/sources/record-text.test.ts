import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseRecord } from "./record-text.js";

/** The value with every text and key decoded. */
function decoded(value: unknown, decode: (text: string) => string): unknown {
  if (typeof value === "string") return decode(value);
  if (Array.isArray(value)) return value.map((item) => decoded(item, decode));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [decode(key), decoded(item, decode)]));
}

function parsed(bytes: Buffer): unknown {
  const { value, decode } = parseRecord(bytes, 0, bytes.length);
  return decoded(value, decode);
}

describe("parseRecord", () => {
  test.each<[string, string]>([
    ["ASCII", '{"a":"b"}'],
    ["two, three and four bytes", '{"é":"ž–😀"}'],
    ["escapes", String.raw`{"a":"\u00e9\ud83d\ude00\n\t\"\\\/"}`],
    ["escapes and bytes beyond ASCII", String.raw`{"a":"\u00e9é","b":"\\u00e9é"}`],
    ["lone surrogates", String.raw`["\ud83d","\ude00","é"]`],
    ["Latin-1 look-alikes", '["Ã©","é","\u0080\u009f\u00ff"]'],
    ["a byte order mark in a text", '["\ufeffé"]'],
  ])("%s", (_what, json) => expect(parsed(Buffer.from(json))).toEqual(JSON.parse(json)));

  test("only the bytes of the record are read", () => {
    const bytes = Buffer.from('[1,"é"],[2,"ž"]');
    const start = bytes.indexOf("[2");
    const { value, decode } = parseRecord(bytes, start, bytes.length);
    expect(decoded(value, decode)).toEqual([2, "ž"]);
  });

  test("what is no JSON is a SyntaxError", () => {
    for (const text of ["", "{", "é", '{"a":}', "[1] [2]"]) {
      expect(() => parsed(Buffer.from(text))).toThrow(SyntaxError);
    }
  });

  test("any value is what JSON.parse makes of the text, escaped or not", () => {
    const value = fc.jsonValue({ stringUnit: "binary" });
    const escaped = (json: string): string =>
      json.replaceAll(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
    fc.assert(
      fc.property(value, fc.boolean(), fc.boolean(), (given, escape, mix) => {
        const json = JSON.stringify(given);
        const text = mix ? `[${json},${escaped(json)}]` : escape ? escaped(json) : json;
        expect(parsed(Buffer.from(text))).toEqual(JSON.parse(text));
      }),
      { numRuns: 1000 },
    );
  });

  test("bytes that are no UTF-8 become what decoding them first makes of them", () => {
    const bytes = fc.array(
      fc.oneof(
        fc.integer({ min: 0x80, max: 0xff }),
        fc.integer({ min: 0x23, max: 0x5b }),
        fc.constantFrom(0xc3, 0xa9, 0xf0, 0x9f, 0x98, 0x80, 0xed, 0xa0, 0xef, 0xbf),
      ),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(bytes, bytes, fc.boolean(), (one, other, escape) => {
        const json = Buffer.concat([
          Buffer.from('["'),
          Buffer.from(one),
          Buffer.from(escape ? String.raw`","\u00e9","` : '","'),
          Buffer.from(other),
          Buffer.from('"]'),
        ]);
        expect(parsed(json)).toEqual(JSON.parse(json.toString("utf8")));
      }),
      { numRuns: 2000 },
    );
  });
});
