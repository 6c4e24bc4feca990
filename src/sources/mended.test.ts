import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { readMended } from "./mended.js";

const schema = z.object({
  name: z.string().optional(),
  sizes: z.array(z.number()).optional(),
  parts: z.array(z.object({ name: z.string().optional(), sizes: z.array(z.number()).optional() })).optional(),
});
const asIs = (text: string): string => text;

function mended(value: unknown): { value: unknown; notes: string[] } | undefined {
  const result = readMended(schema, value, asIs);
  return (
    result && {
      value: result.value,
      notes: result.notes.map(({ code, pointer, detail }) => `${code} ${pointer} ${detail}`),
    }
  );
}

describe("readMended", () => {
  test("what fits is read as it is", () => {
    expect(mended({ name: "a", sizes: [1] })).toEqual({ value: { name: "a", sizes: [1] }, notes: [] });
  });

  test("a value of the wrong type becomes absent, and is noted", () => {
    expect(mended({ name: 7, sizes: [1] })).toEqual({ value: { sizes: [1] }, notes: ["bad-field /name 7"] });
  });

  test("list items of the wrong type leave their list; the others stay in order", () => {
    expect(mended({ sizes: ["a", 1, null, 2, "b"] })).toEqual({
      value: { sizes: [1, 2] },
      notes: ['bad-field /sizes/0 "a"', "bad-field /sizes/2 null", 'bad-field /sizes/4 "b"'],
    });
  });

  test("a single value where a list belongs becomes a list of one", () => {
    expect(mended({ sizes: 3, parts: { name: "a" } })).toEqual({
      value: { sizes: [3], parts: [{ name: "a" }] },
      notes: [],
    });
  });

  test("a list of lists is no list of objects: what is in them is dropped and noted, never half of it", () => {
    expect(mended({ parts: [[{ name: "a" }], [{ name: "b" }, { name: "c" }]] })).toEqual({
      value: { parts: [] },
      notes: ['bad-field /parts/0 [{"name":"a"}]', 'bad-field /parts/1 [{"name":"b"},{"name":"c"}]'],
    });
  });

  test("several faults at several depths, one hidden behind another", () => {
    expect(mended({ name: {}, parts: [1, { name: 2, sizes: "x" }, { sizes: [[]] }, "y"] })).toEqual({
      value: { parts: [{ sizes: [] }, { sizes: [] }] },
      notes: expect.arrayContaining([
        "bad-field /name {}",
        "bad-field /parts/0 1",
        "bad-field /parts/1/name 2",
      ]),
    });
  });

  test("what is no object cannot be mended", () => {
    for (const value of [null, 7, "x", []]) expect(mended(value)).toBeUndefined();
  });

  test("the value given is not touched, and parts that are right are shared with it", () => {
    const good = { name: "a" };
    const value = { name: 7, sizes: ["x", 1], parts: [good, 7] };
    const before = JSON.stringify(value);
    expect(mended(value)?.value).toEqual({ sizes: [1], parts: [good] });
    expect(JSON.stringify(value)).toBe(before);
  });

  test("however deep a bad value is nested, it costs only itself", () => {
    const deep: unknown = JSON.parse(`${"[".repeat(100_000)}${"]".repeat(100_000)}`);
    expect(mended({ name: deep, sizes: [1, deep] })).toEqual({
      value: { sizes: [1] },
      notes: ["bad-field /name a value nested too deeply", "bad-field /sizes/1 a value nested too deeply"],
    });
  });

  test("a list wrong in very many places is read, and the first few are noted", () => {
    const sizes = Array.from({ length: 100_000 }, (_, i) => (i % 2 === 0 ? i : "x"));
    const result = readMended(schema, { sizes }, asIs);
    expect(result?.value.sizes).toHaveLength(50_000);
    expect(result?.notes).toHaveLength(20);
    expect(result?.notes[0]?.pointer).toBe("/sizes/1");
  });

  test("values are quoted in proper Unicode", () => {
    const decode = (text: string): string => Buffer.from(text, "latin1").toString("utf8");
    const garbled = Buffer.from("größer…").toString("latin1");
    expect(readMended(schema, { sizes: [garbled] }, decode)?.notes).toEqual([
      { code: "bad-field", pointer: "/sizes/0", detail: '"größer…"' },
    ]);
  });

  test("blank text where an object belongs says nothing, also where blanks are still to be decoded", () => {
    const decode = (text: string): string => Buffer.from(text, "latin1").toString("utf8");
    const inParts = z.object({ part: z.object({ name: z.string().optional() }).optional() });
    for (const part of ["", " ", Buffer.from(" \u00a0").toString("latin1"), []]) {
      expect(readMended(inParts, { part }, decode)).toEqual({ value: {}, notes: [] });
    }
    expect(readMended(inParts, { part: "x" }, decode)?.notes).toHaveLength(1);
  });

  test("any object is read, and reading what came out changes nothing", () => {
    const value = fc.dictionary(
      fc.constantFrom("name", "sizes", "parts", "__proto__", "other"),
      fc.oneof(
        fc.jsonValue({ maxDepth: 2 }),
        fc.array(fc.dictionary(fc.constantFrom("name", "sizes"), fc.jsonValue({ maxDepth: 1 }))),
      ),
    );
    fc.assert(
      fc.property(value, (given) => {
        const once = mended(given);
        expect(once).toBeDefined();
        expect(mended(once?.value)).toEqual({ value: once?.value, notes: [] });
      }),
      { numRuns: 1000 },
    );
  });
});
