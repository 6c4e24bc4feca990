import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { mappingPage } from "./mapping-page.mjs";

test("docs/mapping.md says what the tables say (npm run docs writes it)", () => {
  const page = readFileSync(new URL("../docs/mapping.md", import.meta.url), "utf8");
  expect(page).toBe(mappingPage());
});
