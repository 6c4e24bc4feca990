import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { BoundedTally, TextTally, shortened } from "./bounded-tally.js";
import { Remembered } from "../comparison/remembered.js";

describe("a tally", () => {
  test("tells the most frequent first, equals by name, and what is not shown", () => {
    const tally = new TextTally();
    for (const value of ["b", "a", undefined, "c", "c", "", "a", "c"]) tally.add(value);
    expect(tally.top(2)).toEqual({
      distinct: 5,
      capped: false,
      rows: [
        { value: "c", count: 3 },
        { value: "a", count: 2 },
      ],
      others: 3,
    });
    expect(tally.top(9).rows).toContainEqual({ value: null, count: 1 });
  });

  test("counts every occurrence, however many values there are, and says when it stopped telling them apart", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 2 })), fc.integer({ min: 1, max: 9 }), (keys, most) => {
        const tally = new BoundedTally<{ key: string }>(most);
        for (const key of keys) tally.add(key, () => ({ key }));
        const { distinct, capped, rows, others } = tally.top(5);
        expect(rows.reduce((sum, { count }) => sum + count, others)).toBe(keys.length);
        expect(distinct).toBe(Math.min(most, new Set(keys).size));
        expect(capped).toBe(new Set(keys).size > most);
      }),
    );
  });
});

describe("a text kept from a feed", () => {
  test("is whole up to 200 characters and never cuts one in two", () => {
    expect(shortened("🔌".repeat(200))).toBe("🔌".repeat(200));
    expect(shortened("🔌".repeat(201))).toBe(`${"🔌".repeat(199)}…`);
    expect(shortened(`${"a".repeat(150)}${"b".repeat(1_000_000)}`)).toHaveLength(200);
  });
});

describe("what is remembered", () => {
  test("has a ceiling, past which nothing repeats", () => {
    const remembered = new Remembered(2);
    expect(["a", "a", "b"].map((key) => remembered.again(key))).toEqual([false, true, false]);
    expect(remembered.full).toBe(false);
    expect(remembered.again("a")).toBe(false);
    expect(remembered.full).toBe(true);
  });
});
