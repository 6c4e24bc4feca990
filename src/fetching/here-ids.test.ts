import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { distinctIds, hereKeyOf, idGroups, parseIdList } from "./here-ids.js";
import { contentId, contentIds } from "./here-server.test-support.js";

const PLENTY = 1_000_000;

describe("a list of ids", () => {
  it("has them one a line or with commas, with comments and empty lines", () => {
    const text = '\uFEFF# Berlin\r\na1\r\n\r\n  b2 , c3,d4 # more\r\n"e5"\nf6#7';
    expect(parseIdList(text, "ids.txt")).toEqual(["a1", "b2", "c3", "d4", "e5", "f6#7"]);
  });

  it("that is some other file is refused by its line", () => {
    expect(() => parseIdList('a1\n{"id":"b2"}', "ids.txt")).toThrow(
      /ids\.txt, line 2: .*is no id.*--ids-from/,
    );
    expect(() => parseIdList("x".repeat(501), "ids.txt")).toThrow("line 1");
    for (const encoding of ["utf16le", "latin1"] as const) {
      const text = Buffer.from("a\nbä", encoding).toString("utf8");
      expect(() => parseIdList(text, "stdin")).toThrow(/is no id/);
    }
    expect(() => parseIdList("here:evcp:charginglocation:", "ids.txt")).toThrow("line 1");
  });

  it("of any ids comes back as it was written", () => {
    const id = fc.stringMatching(/^[A-Za-z0-9_:-]{1,40}$/).filter((text) => hereKeyOf(text) !== "");
    fc.assert(
      fc.property(
        fc.array(id),
        fc.constantFrom("\n", "\r\n", ",", " , ", "\n# a remark\n"),
        (ids, between) => {
          expect(parseIdList(ids.join(between), "x")).toEqual(ids);
        },
      ),
    );
  });
});

describe("an id", () => {
  it("is the same with HERE's prefix and without", () => {
    const bare = contentId(1);
    const { wanted, repeated } = distinctIds([`here:evcp:charginglocation:${bare}`, "other", bare]);
    expect(wanted).toEqual([
      { key: bare, asked: `here:evcp:charginglocation:${bare}` },
      { key: "other", asked: "other" },
    ]);
    expect(repeated).toBe(1);
  });

  it("that is not HERE's keeps its colons", () => {
    expect(hereKeyOf("LT:ABC:1")).toBe("LT:ABC:1");
  });
});

describe("requests", () => {
  const sizes = (ids: readonly string[], room = PLENTY) =>
    [...idGroups(distinctIds(ids).wanted, room)].map((group) => group.length);

  it("ask for 100 content ids, and for 50 others", () => {
    expect(sizes(contentIds(250))).toEqual([100, 100, 50]);
    const others = Array.from({ length: 120 }, (_, index) => `other-${index}`);
    expect(sizes(others)).toEqual([50, 50, 20]);
    expect(sizes([...contentIds(100), ...others.slice(0, 50)])).toEqual([100, 50]);
  });

  it("ask for each id once, whatever room there is", () => {
    const ids = fc.uniqueArray(fc.stringMatching(/^[a-z0-9é]{1,60}$/), { maxLength: 300 });
    fc.assert(
      fc.property(ids, fc.integer({ min: 1, max: 2000 }), (given, room) => {
        const groups = [...idGroups(distinctIds(given).wanted, room)];
        expect(groups.flat().map(({ asked }) => asked)).toEqual(given);
        for (const group of groups) {
          const bytes = group.map(({ key }) => encodeURIComponent(key)).join(",").length;
          expect(group.length === 1 || bytes <= room).toBe(true);
        }
      }),
    );
  });
});
