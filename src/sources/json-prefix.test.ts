import * as fc from "fast-check";
import { expect, test } from "vitest";

import { jsonValue } from "./framing.test-support.js";
import { parseJsonPrefix } from "./json-prefix.js";

test("a whole list or object is what JSON.parse makes of it, whatever follows", () => {
  fc.assert(
    fc.property(fc.oneof(fc.array(jsonValue), fc.dictionary(fc.string(), jsonValue)), (value) => {
      expect(parseJsonPrefix(`${JSON.stringify(value)} , x`)).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});

test("any beginning of an object or list is a value of that kind", () => {
  fc.assert(
    fc.property(fc.array(jsonValue), fc.nat(), (value, cut) => {
      const text = JSON.stringify(value);
      expect(Array.isArray(parseJsonPrefix(text.slice(0, 1 + (cut % text.length))))).toBe(true);
    }),
  );
});

test("what is complete is kept, and the key of what is not", () => {
  expect(parseJsonPrefix('{"a":[1,2],"b":{"c":"x, y","d":"unfin')).toEqual({
    a: [1, 2],
    b: { c: "x, y", d: null },
  });
});

test("what is no JSON is undefined", () => {
  for (const text of ["", "5", "<a>", '{"a" 1}', "{,}"]) expect(parseJsonPrefix(text)).toBeUndefined();
});
