import { describe, expect, test } from "vitest";
import { globalRefOf, identifiersIn } from "./identifiers.js";
import { tagList } from "./matching.test-support.js";

describe("identifiersIn", () => {
  test("EVSE ids, split at ; and ,, in any spelling (T2.3, T2.5)", () => {
    const tags = tagList({ "ref:EU:EVSE": "LT*IGN*E2*1; lt-ign-e2-2,LTIGNE3;LT*IGN*E21" });
    const { evseIds, evseCodes } = identifiersIn(tags);
    expect(evseIds).toEqual(["LTIGNE21", "LTIGNE22", "LTIGNE3"]);
    expect(evseCodes).toEqual(["LTIGN"]);
    // A Location's own list has those, too, that the tag has no room for.
    expect(identifiersIn(tags, ["LT*IGN*E9", "LT*IGN*E10"]).evseIds).toEqual(["LTIGNE10", "LTIGNE9"]);
  });

  test("pool and station ids are no EVSE's, and what is no id is nothing (T2.5)", () => {
    const ids = identifiersIn(tagList({ "ref:EU:EVSE": "FR*IZV*P123;FR*IZV*S9;+49*810*000*438" }));
    expect(ids.evseIds).toEqual([]);
    expect(ids.globalRefs).toEqual(["FRIZVP123", "FRIZVS9"]);
    expect(ids.poolCodes).toEqual(["FRIZV"]);
  });

  test("Location ids are lists too, folded", () => {
    expect(identifiersIn(tagList({ "ref:ocpi:location:id": "loc1; LOC2" })).refs).toEqual(["LOC1", "LOC2"]);
  });

  test("a plain ref:ocpi names the Location; its EVSEs and points are not read", () => {
    expect(identifiersIn(tagList({ "ref:ocpi": "US*EVG*L123;US*EVG*E9" })).globalRefs).toEqual(["USEVG123"]);
    expect(globalRefOf("us", "evg", "123")).toBe("USEVG123");
    expect(globalRefOf(undefined, "evg", "123")).toBeUndefined();
  });
});
