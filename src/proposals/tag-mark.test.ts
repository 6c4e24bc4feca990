import { assert, option, property, string } from "fast-check";
import { expect, it } from "vitest";
import { keyOfMark, tagMark } from "./tag-mark.js";

it("gives each value a mark of its own, and the removal another", () => {
  const values = ["", "2", "3", "no", "22 kW", "22 kW;11 kW", "11 kW;22 kW", "-", null];
  expect(new Set(values.map((value) => tagMark("capacity", value))).size).toBe(values.length);
});

it("tells the key again, whatever it holds", () => {
  assert(
    property(string(), option(string()), (key, value) => {
      expect(keyOfMark(tagMark(key, value))).toBe(key);
    }),
  );
});
