import { readFileSync, readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { diffPage } from "./diff-page.mjs";
import { mappingPage } from "./mapping-page.mjs";
import { schemas } from "./write-schemas.mjs";

const root = new URL("../", import.meta.url);

function read(file: string): string {
  return readFileSync(new URL(file, root), "utf8");
}

test("docs/mapping.md says what the tables say (npm run docs writes it)", () => {
  expect(read("docs/mapping.md")).toBe(mappingPage());
});

test("docs/diff.md says what the tables say (npm run docs writes it)", () => {
  expect(read("docs/diff.md")).toBe(diffPage());
});

test("docs/schemas/ hold the schemas the program checks by (npm run docs writes them)", () => {
  for (const [name, text] of schemas()) expect(read(`docs/schemas/${name}`)).toBe(text);
  expect(readdirSync(new URL("docs/schemas/", root)).sort()).toEqual([...schemas().keys()].sort());
});

test("docs/rules.md says a line of every rule that the program cites", () => {
  const said = new Set(
    Array.from(read("docs/rules.md").matchAll(/^\| ([TD]\d+(?:\.\d)?) \|/gm), ([, rule]) => rule),
  );
  const cited = new Set<string>();
  for (const file of readdirSync(new URL("src/", root), { recursive: true, encoding: "utf8" })) {
    if (!file.endsWith(".ts") || file.includes(".test")) continue;
    for (const [rule] of read(`src/${file}`).matchAll(/\b(?:T[1-8]|D(?:10|[1-9]))(?:\.\d)?\b/g))
      cited.add(rule);
  }
  expect(cited.size).toBeGreaterThan(40);
  expect([...cited].filter((rule) => !said.has(rule))).toEqual([]);
});
