import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { mappingPage } from "./mapping-page.mjs";
import { schemas } from "./write-schemas.mjs";

test("docs/mapping.md says what the tables say (npm run docs writes it)", () => {
  const page = readFileSync(new URL("../docs/mapping.md", import.meta.url), "utf8");
  expect(page).toBe(mappingPage());
});

test("docs/schemas/ hold the schemas the program checks by (npm run docs writes them)", () => {
  for (const [name, text] of schemas()) {
    expect(readFileSync(new URL(`../docs/schemas/${name}`, import.meta.url), "utf8")).toBe(text);
  }
});
