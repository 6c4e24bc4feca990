import { describe, expect, it } from "vitest";
import { tagClass } from "./tag-class.js";

describe("tagClass (T8)", () => {
  it.each([
    ["amenity", "A"],
    ["capacity", "A"],
    ["socket:type2", "A"],
    ["socket:type2_combo:output", "A"],
    ["ref:EU:EVSE", "A"],
    ["ref:ocpi:location:id", "A"],
    ["man_made", "A"],
    ["opening_hours", "B"],
    ["access", "B"],
    ["payment:contactless", "B"],
    ["authentication:nfc", "B"],
    ["operator", "B"],
    ["operator:wikidata", "B"],
    ["brand:wikidata", "B"],
  ])("%s is class %s", (key, expected) => {
    expect(tagClass(key)).toBe(expected);
  });

  it("takes only the very key, not one that looks like it", () => {
    for (const key of [
      "capacity:disabled",
      "operator:phone",
      "name",
      "level",
      "ref",
      "socket",
      "",
      "__proto__",
    ]) {
      expect(tagClass(key)).toBe("C");
    }
  });
});
