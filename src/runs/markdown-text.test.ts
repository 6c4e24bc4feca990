import * as fc from "fast-check";
import { expect, test } from "vitest";
import { HOSTILE_TEXTS, anyText } from "../osm/xml.test-support.js";
import { markdownText } from "./markdown-text.js";

test.each([
  ["Ignitis ON", "Ignitis ON"],
  ["E.ON", "E.ON"],
  ["1. list", "1\\. list"],
  ["- list", "\\- list"],
  ["a_b", "a\\_b"],
  ["", "–"],
  ["\u0000\n", "–"],
  ["x".repeat(101), `${"x".repeat(99)}…`],
])("%j becomes %j", (text, markdown) => {
  expect(markdownText(text)).toBe(markdown);
});

test("is one line with no markup that is not escaped, whatever the text", () => {
  fc.assert(
    fc.property(fc.oneof(anyText, fc.constantFrom(...HOSTILE_TEXTS)), (text) => {
      const markdown = markdownText(text);
      expect(markdown).not.toMatch(/[\n\r\u2028\u2029\u202e<>@]/);
      expect(markdown.replace(/\\[!-/:-@[-`{-~]/g, "")).not.toMatch(/[\\`*_{}[\]()|~$]/);
    }),
  );
});
