import { describe, expect, test } from "vitest";
import { aLocation } from "../ocpi/location.test-support.js";
import { operatorTags } from "./operator-tags.js";
import { leftBy } from "./tags.test-support.js";

function operator(name: string | undefined, fallback?: string, country = "LT"): ReturnType<typeof leftBy> {
  const location = aLocation(name === undefined ? {} : { operator: { name } });
  return leftBy((tags, notes) => operatorTags(location, fallback, country, tags, notes));
}

describe("T5.5: the operator", () => {
  test("whom the index knows gets its name and Wikidata ids", () => {
    expect(operator("Fastned B.V.", undefined, "NL").tags).toMatchObject({
      brand: "Fastned",
      "brand:wikidata": expect.stringMatching(/^Q\d+$/),
    });
  });

  test("whom it does not know keeps the name, clean", () => {
    expect(operator("  Nobody's\tChargers ")).toEqual({ tags: { operator: "Nobody's Chargers" }, notes: [] });
  });

  test("the profile's operator stands in, cleaned too, only where the feed names none", () => {
    expect(operator(undefined, " Example ").tags).toEqual({ operator: "Example" });
    expect(operator(" ", "Example").tags).toEqual({ operator: "Example" });
    expect(operator("\u0000", "Example").tags).toEqual({ operator: "Example" });
    expect(operator("Nobody", "Example").tags).toEqual({ operator: "Nobody" });
    expect(operator(undefined, "").tags).toEqual({});
  });

  test.each([
    "-",
    "N/A",
    "n.a.",
    "null",
    "Unknown",
    "UNKNOWN OPERATOR",
    "undefined",
    "TBD",
    "...",
    "???? ????",
    "\u200b",
    "Неизвестно",
  ])("%j names nobody: no tag, or the profile's operator", (placeholder) => {
    expect(operator(placeholder)).toEqual({ tags: {}, notes: [] });
    expect(operator(placeholder, "Example").tags).toEqual({ operator: "Example" });
  });

  test.each(["Nilsson", "NA!C", "1&1", "None Better Ltd", "ÖBB", "充电"])("%j is a name", (name) => {
    expect(operator(name).tags).toMatchObject({ operator: name });
  });

  test("no name, no tag", () => {
    expect(operator(undefined)).toEqual({ tags: {}, notes: [] });
    expect(
      leftBy((tags, notes) => operatorTags({ operator: {}, evses: [] }, undefined, "LT", tags, notes)).tags,
    ).toEqual({});
  });

  test("HTML entities are decoded and noted; what they stand for is cleaned", () => {
    expect(operator("UAB &quot;Stova&quot;")).toEqual({
      tags: { operator: 'UAB "Stova"' },
      notes: ["html-entity"],
    });
    expect(operator("UAB &amp;quot;Stova&amp;quot;").tags).toEqual({ operator: 'UAB "Stova"' });
    expect(operator("A&#7;B&#xD800;").tags).toEqual({ operator: "AB" });
  });

  test("a name longer than OSM takes is withheld", () => {
    expect(operator("x".repeat(256))).toEqual({ tags: {}, notes: ["value-too-long"] });
  });

  test("T7: a name that was not UTF-8 is withheld, also where the rest of it is somebody's, and nobody stands in", () => {
    const withheld = { tags: {}, notes: ["text-damaged"] };
    expect(operator("Stadtwerke M\ufffdnchen", "Example")).toEqual(withheld);
    expect(operator("Fastned\ufffd", undefined, "NL")).toEqual(withheld);
    expect(operator("Stadtwerke MÃ¼nchen", "Example")).toEqual(withheld);
  });
});
