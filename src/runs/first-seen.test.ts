import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { differingFields, FirstSeen } from "./first-seen.js";

describe("seen", () => {
  test("agrees with a Map, whatever the keys", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 3 }), { maxLength: 5000, size: "max" }), (keys) => {
        const seen = new FirstSeen();
        const oracle = new Map<string, { input: number; byte: number; length: number; kept: undefined }>();
        for (const [i, key] of keys.entries()) {
          const place = { input: i % 8000, byte: i * 2 ** 22, length: i };
          expect(seen.seen(key, place)).toEqual(oracle.get(key));
          if (!oracle.has(key)) oracle.set(key, { ...place, kept: undefined });
        }
        expect(seen.size).toBe(oracle.size);
      }),
      { numRuns: 20 },
    );
  });

  test("a million ids that look alike are a million ids", () => {
    const seen = new FirstSeen();
    let repeats = 0;
    for (let i = 0; i < 1_000_000; i += 1) {
      if (seen.seen(`de-abc-${i}`, { input: 0, byte: i, length: 1 })) repeats += 1;
    }
    expect(repeats).toBe(0);
    expect(seen.seen("de-abc-777777", { input: 1, byte: 0, length: 1 })).toMatchObject({
      input: 0,
      byte: 777_777,
    });
  });

  test("records of a pipe are kept while there is room", () => {
    const seen = new FirstSeen(10);
    const record = (text: string) => {
      const bytes = new TextEncoder().encode(text);
      return { input: 0, byte: 0, length: bytes.length, bytes: () => bytes };
    };
    seen.seen("a", record("123456"));
    seen.seen("b", record("123456"));
    seen.seen("c", record("1234"));
    const kept = (key: string) => new TextDecoder().decode(seen.seen(key, record(""))?.kept);
    expect(["a", "b", "c"].map(kept)).toEqual(["123456", "", "1234"]);
  });

  test("what is kept is a copy", () => {
    const seen = new FirstSeen();
    const bytes = new Uint8Array([1, 2, 3]);
    seen.seen("a", { input: 0, byte: 0, length: 3, bytes: () => bytes });
    bytes.fill(0);
    expect(seen.seen("a", { input: 0, byte: 9, length: 3 })?.kept).toEqual(new Uint8Array([1, 2, 3]));
  });

  test("more than it can tell apart is refused", () => {
    expect(() => new FirstSeen().seen("a", { input: 131_072, byte: 0, length: 1 })).toThrow(RangeError);
  });
});

describe("differing fields", () => {
  test.each([
    ['{"id":1,"name":"a"}', '{ "name": "a", "id": 1 }', "identical"],
    ['{"evses":[{"a":1,"b":2}]}', '{"evses":[{"b":2,"a":1}]}', "identical"],
    ['{"id":1,"name":"a","x":1}', '{"id":1,"name":"b","y":1}', ["name", "x", "y"]],
    ['{"evses":[1,2]}', '{"evses":[2,1]}', ["evses"]],
    ['{"a":[]}', '{"a":{}}', ["a"]],
    ['{"a":null}', "{}", ["a"]],
    ['{"a":1}', '{"a":"1"}', ["a"]],
    ['{"__proto__":{}}', "{}", ["__proto__"]],
    ['{"toString":1}', "{}", ["toString"]],
    ["[1]", "[2]", [""]],
  ])("%s and %s", (first, later, expected) => {
    expect(differingFields(first, later)).toEqual(expected);
  });

  test("the order of keys never matters", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 })), (record) => {
        const backwards = JSON.stringify(Object.fromEntries(Object.entries(record).reverse()), undefined, 1);
        expect(differingFields(JSON.stringify(record), backwards)).toBe("identical");
      }),
    );
  });

  test("depth does not matter", () => {
    const deep = (end: string) => `{"a":${"[".repeat(200_000)}${end}${"]".repeat(200_000)}}`;
    expect(differingFields(deep("1"), deep("2"))).toEqual(["a"]);
  });
});
