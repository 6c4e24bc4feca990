import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { temporaryFolder } from "./compiled.test-support.js";
import { isPattern, matchingFiles, segmentMatcher } from "./glob.js";

describe("one segment", () => {
  test.each([
    ["*.json", "a.json", true],
    ["*.json", ".json", false],
    ["*.json", "a.json.gz", false],
    ["a?c", "abc", true],
    ["a?c", "ac", false],
    ["a?c", "a💡c", true],
    ["[ab]1", "b1", true],
    ["[a-c]1", "d1", false],
    ["[!a-c]1", "d1", true],
    ["[^a-c]1", "a1", false],
    ["[]x]1", "]1", true],
    ["[z-a]", "m", false],
    ["[", "[", true],
    ["a+(b)", "a+(b)", true],
    ["a.b", "axb", false],
    [".*", ".hidden", true],
  ])("%s and %s: %s", (pattern, name, matches) => {
    expect(segmentMatcher(pattern)(name)).toBe(matches);
  });

  test("a name without wildcards matches itself and nothing else", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.string(), (name, other) => {
        fc.pre(!isPattern(name) && !name.includes("/"));
        expect(segmentMatcher(name)(name)).toBe(true);
        expect(segmentMatcher(name)(other)).toBe(name === other);
      }),
    );
  });

  test("* stands for any text, also inside a name", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), (start, middle, end) => {
        fc.pre(!isPattern(start + end) && !(start + middle + end).startsWith("."));
        expect(segmentMatcher(`${start}*${end}`)(start + middle + end)).toBe(true);
      }),
    );
  });
});

describe("files", () => {
  const folder = temporaryFolder();
  beforeAll(() => {
    mkdirSync(join(folder.path, "a/b/c"), { recursive: true });
    mkdirSync(join(folder.path, ".git"));
    for (const name of ["x.json", "a/x.json", "a/b/y.json", "a/b/c/x.json", "a/notes.txt", ".git/x.json"])
      writeFileSync(join(folder.path, name), "");
    symlinkSync("..", join(folder.path, "a/b/loop"));
  });
  afterAll(() => folder.remove());

  test.each([
    ["*.json", ["x.json"]],
    ["*/x.json", ["a/x.json"]],
    ["**/x.json", ["a/b/c/x.json", "a/x.json", "x.json"]],
    ["a/**/*.json", ["a/b/c/x.json", "a/b/y.json", "a/x.json"]],
    ["a/**", ["a/b/c/x.json", "a/b/y.json", "a/notes.txt", "a/x.json"]],
    ["a/?/y.json", ["a/b/y.json"]],
    ["nothing/*.json", []],
  ])("%s", async (pattern, expected) => {
    const found = await matchingFiles(join(folder.path, pattern));
    expect(found.sort()).toEqual(expected.map((name) => join(folder.path, name)));
  });
});
