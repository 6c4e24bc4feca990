import { Buffer } from "node:buffer";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compactInto } from "./ocpi-compact-json.js";

function compact(text: string): string {
  const bytes = Buffer.from(text, "utf8");
  const target = Buffer.alloc(bytes.length);
  return target.toString("utf8", 0, compactInto(target, 0, bytes, 0, bytes.length));
}

/** The value in a list, so that none differs from `undefined`. */
function parsed(text: string): unknown[] {
  try {
    return [JSON.parse(text)];
  } catch {
    return [];
  }
}

describe("a record written as one line", () => {
  it("is the same value as before, whatever stands in it and however it is laid out", () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 4 }), fc.constantFrom(0, 1, 4, "\t", " \r\n"), (json, indent) => {
        const value: unknown = JSON.parse(json);
        const line = compact(JSON.stringify(value, undefined, indent).replaceAll("\n", "\r\n"));
        expect(line).not.toMatch(/[\n\r]/);
        expect(JSON.parse(line)).toStrictEqual(value);
        expect(line).toBe(JSON.stringify(value));
      }),
    );
  });

  it("keeps numbers, escapes and blanks of texts byte for byte", () => {
    expect(compact('{ "a" : 1.50e+2, "b\\" c" : "x  \\\\ y\\u00e9 \\n é" }')).toBe(
      '{"a":1.50e+2,"b\\" c":"x  \\\\ y\\u00e9 \\n é"}',
    );
  });

  it("reads as before also where it is no JSON: a blank is left where two words would become one", () => {
    const parts = fc.constantFrom(
      "{",
      "}",
      "[",
      "]",
      ":",
      ",",
      '"',
      "\\",
      " ",
      "\n",
      "1",
      "2",
      "-",
      "true",
      "e",
      "a",
    );
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 12 }), (texts) => {
        const text = texts.join("");
        expect(parsed(compact(text))).toStrictEqual(parsed(text));
      }),
      { numRuns: 2000 },
    );
    expect(compact('{"a": 1 2}')).toBe('{"a":1 2}');
  });

  it("is one line also where it is no JSON, and stays unreadable then", () => {
    for (const broken of ['{"a": "x\ny"}', '{"a": "x\\\ny"}', '{"a": "x\n', '{"a": \n']) {
      const line = compact(broken);
      expect(line).not.toContain("\n");
      expect(() => void JSON.parse(line)).toThrow();
    }
  });
});
