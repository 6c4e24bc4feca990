import { assert, constantFrom, array, option, property, string } from "fast-check";
import { expect, it } from "vitest";
import { valueParts } from "./value-parts.js";

function changed(value: string, other: string): string[] {
  return valueParts(value, other).flatMap((part) => (part.changed ? [part.text] : []));
}

it("marks the items of a list that the other does not have, in whatever order", () => {
  expect(changed("22 kW;11 kW;50 kW", "11 kW; 22 kW")).toEqual(["50 kW"]);
  expect(changed("LT*IGN*E1;LT*IGN*E2", "LT*IGN*E1")).toEqual(["LT*IGN*E2"]);
});

it("marks the words between what both begin and end with", () => {
  expect(changed("Mo-Fr 08:00-20:00", "Mo-Fr 08:00-18:00")).toEqual(["08:00-20:00"]);
  expect(changed("Ionity GmbH", "Ionity")).toEqual([" GmbH"]);
  expect(changed("3", "2")).toEqual(["3"]);
});

it("marks all of what is new, and nothing where there is nothing to compare with", () => {
  expect(changed("24/7", "")).toEqual(["24/7"]);
  expect(valueParts("24/7", null)).toEqual([{ text: "24/7", changed: false }]);
});

it("loses and adds no character", () => {
  const text = array(constantFrom("a", "b", " ", ";", ",", "ü", "😀"), { maxLength: 12 }).map((all) =>
    all.join(""),
  );
  assert(
    property(text, option(text), (value, other) => {
      expect(
        valueParts(value, other)
          .map((part) => part.text)
          .join(""),
      ).toBe(value);
    }),
  );
  assert(
    property(string(), (value) => {
      expect(changed(value, value)).toEqual([]);
    }),
  );
});
