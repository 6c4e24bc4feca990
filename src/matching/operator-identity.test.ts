import { describe, expect, test } from "vitest";
import { OperatorBook } from "./operator-identity.js";
import { tagList } from "./matching.test-support.js";

type Tags = Readonly<Record<string, string>>;

function agreement(a: Tags, b: Tags, alsoCalled?: string): string {
  const book = new OperatorBook();
  return book.compare(book.identityOf(tagList(a), alsoCalled), book.identityOf(tagList(b), undefined))
    .agreement;
}

describe("operators (D2.1)", () => {
  test.each<[string, Tags, Tags]>([
    ["the same name", { operator: "Ignitis" }, { operator: "Ignitis" }],
    ["company forms", { operator: 'UAB "Ignitis"' }, { operator: "ignitis" }],
    ["accents and capitals", { operator: "Stadtwerke Münster" }, { operator: "STADTWERKE MUNSTER" }],
    ["brand against operator", { operator: "Fastned" }, { brand: "Fastned" }],
    ["network against operator", { operator: "Fastned" }, { network: "Fastned" }],
    ["one of several", { operator: "A GmbH; Fastned" }, { brand: "Fastned" }],
    ["a name and its wikidata id", { operator: "Allego" }, { "operator:wikidata": "Q75560554" }],
    [
      "names of one entry of the index",
      { operator: "EnBW" },
      { operator: "EnBW Energie Baden-Württemberg AG" },
    ],
    ["a longer name of the same", { operator: "Ignitis" }, { operator: "Ignitis ON" }],
  ])("agree: %s", (_, a, b) => {
    expect(agreement(a, b)).toBe("agrees");
    expect(agreement(b, a)).toBe("agrees");
  });

  test.each<[string, Tags, Tags]>([
    ["other names", { operator: "Ignitis" }, { operator: "Eldrive" }],
    ["a common beginning that names nobody", { operator: "Stadtwerke" }, { operator: "Stadtwerke Ulm" }],
    ["two of one kind", { operator: "Stadtwerke Bonn" }, { operator: "Stadtwerke Ulm" }],
  ])("differ: %s", (_, a, b) => {
    expect(agreement(a, b)).toBe("differs");
    expect(agreement(b, a)).toBe("differs");
  });

  test("unknown when one side names nobody", () => {
    expect(agreement({ operator: "Ignitis" }, { capacity: "2" })).toBe("unknown");
    expect(agreement({}, {})).toBe("unknown");
    expect(agreement({ operator: "!!" }, { operator: "Ignitis" })).toBe("unknown");
  });

  test("the name that the feed states counts beside the tags made from it", () => {
    expect(agreement({ brand: "Somebody" }, { operator: "Ignitis" }, "UAB Ignitis")).toBe("agrees");
  });

  test("what was compared is said in the names' own words", () => {
    const book = new OperatorBook();
    const a = book.identityOf(tagList({ operator: "Ignitis" }), undefined);
    const b = book.identityOf(tagList({ operator: "Ignitis ON" }), undefined);
    const c = book.identityOf(tagList({ brand: "Eldrive" }), undefined);
    expect(book.compare(a, b).detail).toBe("Ignitis = Ignitis ON");
    expect(book.compare(a, c).detail).toBe("Ignitis ≠ Eldrive");
  });
});
