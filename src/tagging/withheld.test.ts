import { describe, expect, test } from "vitest";
import { whyWithheld, withheldDetail, withheldTag } from "./withheld.js";

describe("T7: what is withheld", () => {
  test.each([
    ["Stadtwerke München", undefined],
    ["a".repeat(255), undefined],
    ["a".repeat(256), "value-too-long"],
    ["Stadtwerke M\ufffdnchen", "text-damaged"],
    ["\ufffd".repeat(256), "text-damaged"],
  ])("%#: %s", (value, code) => expect(whyWithheld(value)).toBe(code));

  test.each([
    ["value-too-long", "too-long"],
    ["text-damaged", "damaged"],
  ] as const)("%s: its key can be read back, also of a value with =", (code, reason) => {
    expect(withheldTag({ code, detail: withheldDetail("operator:wikidata", "a=b") })).toEqual({
      key: "operator:wikidata",
      reason,
    });
  });

  test("other notes withhold no tag", () => {
    expect(withheldTag({ code: "bad-hours", detail: "a=b" })).toBeUndefined();
  });
});
