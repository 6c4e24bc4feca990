import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { TextMemo, WordLists } from "./text-memo.js";

describe("TextMemo", () => {
  it("works a text out once, also where nothing comes of it", () => {
    const asked: string[] = [];
    const memo = new TextMemo((text) => {
      asked.push(text);
      return text === "a" ? 1 : null;
    });
    expect(["a", "b", "a", "b"].map((text) => memo.get(text))).toEqual([1, null, 1, null]);
    expect(asked).toEqual(["a", "b"]);
  });

  it("answers for a million texts without keeping them", () => {
    let worked = 0;
    const memo = new TextMemo((text) => {
      worked++;
      return text.length;
    });
    for (let n = 0; n < 20_000; n++) memo.get(`word ${n}`);
    for (let n = 0; n < 20_000; n++) expect(memo.get(`word ${n}`)).toBe(`word ${n}`.length);
    expect(worked).toBeGreaterThan(30_000);
  });
});

describe("WordLists", () => {
  it("tells lists apart by every word, by order, and by which of the two a word is in", () => {
    const lists = new WordLists((first, second) => ({ said: JSON.stringify([first, second]) }));
    const list = fc.array(fc.constantFrom("a", "b", "ab", ""), { maxLength: 4 });
    fc.assert(
      fc.property(list, list, (first, second) => {
        expect(lists.get(first, second)).toEqual({ said: JSON.stringify([first, second]) });
      }),
    );
  });

  it("gives the same object for the same words", () => {
    const lists = new WordLists((first) => [...first]);
    expect(lists.get(["a", "b"])).toBe(lists.get(["a", "b"]));
    expect(lists.get(["a"], ["b"])).toBe(lists.get(["a"], ["b"]));
  });

  it("answers for more lists, and longer words, than it keeps", () => {
    const lists = new WordLists((first) => ({ length: first.length }));
    for (let n = 0; n < 20_000; n++) expect(lists.get([`word ${n}`, "x"])).toEqual({ length: 2 });
    const long = ["x".repeat(1000)];
    expect(lists.get(long)).not.toBe(lists.get(long));
  });
});
