import { existsSync, readdirSync, readFileSync } from "node:fs";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { COMPANY_FORMS } from "./company-forms.js";
import { OPERATOR_INDEX_VERSION, OPERATOR_ROWS } from "./operator-index.generated.js";
import { matchOperator } from "./operator.js";

const FEEDS = "../shared/feeds";
const operator = z.object({ name: z.string() });

function operatorNames(feed: string): Set<string> {
  const names = new Set<string>();
  JSON.parse(feed, (key, value: unknown) => {
    const parsed = key === "operator" ? operator.safeParse(value) : undefined;
    if (parsed?.success) names.add(parsed.data.name);
    return value;
  });
  return names;
}

function tagsOf(name: string, country: string | undefined): Record<string, string> | undefined {
  const match = matchOperator(name, country);
  return match && Object.fromEntries(match.tags);
}

describe("matchOperator", () => {
  test.each([
    ["IONITY GmbH", "DE", { brand: "Ionity", "brand:wikidata": "Q42717773" }],
    ["Ionity", "GB", { operator: "Ionity", "operator:wikidata": "Q42717773" }],
    ["Allego", "NL", { operator: "Allego", "operator:wikidata": "Q75560554" }],
    ["allego b.v.", "BE", { operator: "Allego", "operator:wikidata": "Q75560554" }],
    ["bp pulse", "GB", { brand: "bp pulse", "brand:wikidata": "Q39057719" }],
    ["Stadtwerke München", "DE", { operator: "Stadtwerke München", "operator:wikidata": "Q882871" }],
    ["EnBW", "DE", { operator: "EnBW Energie Baden-Württemberg AG", "operator:wikidata": "Q644304" }],
    ["Fastned Deutschland", "DE", undefined],
    ["BeCharged", "BE", undefined],
  ])("%s in %s", (name, country, tags) => {
    if (tags === undefined) expect(tagsOf(name, country)).toBeUndefined();
    else expect(tagsOf(name, country)).toMatchObject(tags);
  });

  test("a brand without an operator in the index writes the brand's tags alone", () => {
    expect(tagsOf("Eldrive", "LT")).toEqual({ brand: "Eldrive", "brand:wikidata": "Q120376381" });
  });

  test("who says the company behind a brand has not said the brand", () => {
    expect(tagsOf("Aral", "DE")).toEqual({ operator: "Aral", "operator:wikidata": "Q565734" });
    expect(tagsOf("Aral pulse", "DE")).toMatchObject({ brand: "Aral pulse", operator: "Aral" });
    expect(tagsOf("Rivian", "US")).toEqual({ operator: "Rivian", "operator:wikidata": "Q7338847" });
  });

  test("capitals, accents, blanks, punctuation and & do not matter, in any script", () => {
    const blue = tagsOf("ΔΕΗ blue", "GR");
    expect(blue).toMatchObject({ operator: "ΔΕΗ" });
    expect(tagsOf("δεη BLUE", "GR")).toEqual(blue);
    expect(tagsOf("stadtwerke  MUNCHEN", "DE")).toEqual(tagsOf("Stadtwerke München", "DE"));
    expect(tagsOf("Park and Charge", "NL")).toEqual(tagsOf("Park&Charge", "NL"));
    expect(tagsOf("Gronn Kontakt", "NO")).toEqual(tagsOf("Grønn kontakt", "NO"));
    expect(tagsOf("特斯拉超级充电站", "CN")).toMatchObject({ brand: "Tesla" });
    expect(tagsOf("МОСЭНЕРГО", "RU")).toMatchObject({ operator: "Мосэнерго" });
  });

  test.each(COMPANY_FORMS)("the company form %s does not matter, at either end", (form) => {
    const bare = tagsOf("Fastned", "NL");
    expect(bare).toMatchObject({ brand: "Fastned" });
    expect(tagsOf(`Fastned ${form}`, "NL")).toEqual(bare);
    expect(tagsOf(`${form} „Fastned“`, "NL")).toEqual(bare);
    expect(tagsOf(`FASTNED, ${form.toUpperCase()}`, "NL")).toEqual(bare);
  });

  test("a form that belongs to the name in the index stays", () => {
    expect(tagsOf("UAB Ignitis", "LT")).toMatchObject({ operator: "UAB Ignitis" });
    expect(tagsOf("Ignitis UAB", "LT")).toEqual({ operator: "Ignitis", "operator:wikidata": "Q583822" });
    expect(tagsOf("Linz AG", "AT")).toMatchObject({ operator: "Linz AG" });
    expect(tagsOf("Linz", "AT")).toBeUndefined();
    expect(tagsOf("GmbH", "DE")).toBeUndefined();
  });

  test("only where the index says the operator is", () => {
    expect(tagsOf("Circuit électrique", "FR")).toBeUndefined();
    expect(tagsOf("Coop", "CH")).toMatchObject({ "operator:wikidata": "Q432564" });
    expect(tagsOf("Coop", "NO")).toMatchObject({ "operator:wikidata": "Q1618373" });
    expect(tagsOf("Coop", "DE")).toBeUndefined();
    expect(tagsOf("ChargePoint", "BR")).toMatchObject({ brand: "ChargePoint" });
    expect(tagsOf("ChargePoint", "NO")).toBeUndefined();
    expect(tagsOf("7-Eleven", "PR"), "a territory of the country").toMatchObject({ brand: "7-Eleven" });
  });

  test("where the country is unknown, only what operates everywhere hits", () => {
    expect(tagsOf("Circle K", undefined)).toMatchObject({ brand: "Circle K" });
    expect(tagsOf("ChargePoint", undefined)).toBeUndefined();
    expect(tagsOf("Fastned", undefined)).toBeUndefined();
  });

  test("a name of two companies in one country is not guessed, unless one entry states all the other does", () => {
    expect(tagsOf("Aldi", "DE")).toBeUndefined();
    expect(tagsOf("Aldi", "NL")).toMatchObject({ "operator:wikidata": "Q41171373" });
    expect(tagsOf("Zest", "GB")).toMatchObject({ brand: "Zest", operator: "Zest" });
  });

  test.each([
    "EV",
    "Power",
    "EV Power GmbH",
    "Charge",
    "Energie",
    "Stadtwerke",
    "",
    " ",
    "-",
    "AG",
    "2_AM0001_SMOYS",
  ])("no hit for %j", (name) => {
    for (const country of ["DE", "GB", "US", undefined]) expect(matchOperator(name, country)).toBeUndefined();
  });

  test("text around a name is never a hit", () => {
    const names = OPERATOR_ROWS.flatMap(([names]) => names);
    const known = new Set(names.map((name) => name.toLowerCase()));
    fc.assert(
      fc.property(fc.constantFrom(...names), fc.constantFrom("Qx", "nicht", "42x"), (name, word) => {
        fc.pre(!known.has(`${name} ${word}`.toLowerCase()));
        for (const country of ["DE", "NL", "US"])
          expect(matchOperator(`${name} ${word}`, country)).toBeUndefined();
      }),
    );
  });

  test("any text has an answer, every hit a Wikidata id, and the second answer is the first", () => {
    const names = fc.oneof(
      fc.string({ unit: "binary", maxLength: 400 }),
      fc.constantFrom(...OPERATOR_ROWS.flatMap(([names]) => names)),
    );
    fc.assert(
      fc.property(names, fc.constantFrom("DE", "GB", "FR", undefined), (name, country) => {
        const match = matchOperator(name, country);
        if (match)
          expect(match.tags.some(([key, value]) => key.endsWith(":wikidata") && /^Q\d+$/.test(value))).toBe(
            true,
          );
        expect(matchOperator(name, country)).toEqual(match);
      }),
    );
  });

  test.for([
    { publisher: "lakd.lt", country: "LT", ids: ["Q42717773", "Q583822", "Q67199788"] },
    { publisher: "fastned", country: "NL", ids: ["Q19935749"] },
  ])(
    "the feed of $publisher has no other hits than the right ones",
    ({ publisher, country, ids }, context) => {
      const files = existsSync(FEEDS) ? readdirSync(FEEDS).filter((file) => file.includes(publisher)) : [];
      if (files.length === 0) context.skip(`no feed of ${publisher} in ${FEEDS}`);
      const hits = new Set<string | undefined>();
      for (const file of files) {
        for (const name of operatorNames(readFileSync(`${FEEDS}/${file}`, "utf8"))) {
          const tags = tagsOf(name.replaceAll("&quot;", '"'), country);
          if (tags !== undefined) hits.add(tags["operator:wikidata"]);
        }
      }
      expect([...hits].sort()).toEqual(ids);
    },
  );
});

describe("the extract of the Name Suggestion Index", () => {
  const source = readFileSync(new URL("operator-index.generated.ts", import.meta.url), "utf8");
  const lines = source.split("\n").filter((line) => line.startsWith("  [["));

  test("begins with its version and licence", () => {
    const head = source.slice(0, source.indexOf("*/"));
    expect(head).toContain(`name-suggestion-index ${OPERATOR_INDEX_VERSION}`);
    expect(head).toContain("BSD 3-Clause");
    expect(head).toContain("Redistributions in binary form must reproduce the above copyright notice");
    expect(head).toContain("AS IS");
  });

  test("has its rows sorted, each once", () => {
    expect(lines.length).toBe(OPERATOR_ROWS.length);
    expect(lines).toEqual([...new Set(lines)].sort());
  });

  test("has names, sorted tags with a Wikidata id, and countries in every row", () => {
    expect(OPERATOR_ROWS.length).toBeGreaterThan(600);
    const keys = ["brand", "brand:wikidata", "operator", "operator:wikidata"];
    for (const [names, tags, countries] of OPERATOR_ROWS) {
      expect(names.length).toBeGreaterThan(0);
      expect(names.every((name) => name.trim() === name && name !== "")).toBe(true);
      const own = tags.map(([key]) => key);
      expect(own).toEqual(keys.filter((key) => own.includes(key)));
      const ids = tags.filter(([key]) => key.endsWith(":wikidata")).map(([, value]) => value);
      expect(ids.length).toBeGreaterThan(0);
      for (const id of ids) expect(id).toMatch(/^Q[1-9]\d*$/);
      expect(countries).toMatch(/^(world( -[A-Z]{2})*|[A-Z]{2}( [A-Z]{2})*)$/);
      expect(countries.split(" ")).toEqual([...new Set(countries.split(" "))].sort(byWorldFirst));
    }
  });

  test("leaves out entries without an id", () => {
    for (const junk of ["2_AM0001_SMOYS", "Firmenladen", "SDE07", "BP Europe SE", "RhönEnergie Fulda"]) {
      expect(source).not.toContain(junk);
    }
  });
});

function byWorldFirst(a: string, b: string): number {
  if (a === "world" || b === "world") return a === "world" ? -1 : 1;
  return a < b ? -1 : 1;
}
