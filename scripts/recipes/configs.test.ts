import { readFileSync, readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { runConfigJsonSchema, runConfigSchema } from "../../src/commands/run-config.js";
import { parseConfigText } from "../../src/runs/config-text.js";
import { withSettingTables } from "../config-table.mjs";
import { RECIPES, recipe } from "./recipe.js";

test.each(["smallest.jsonc", "nightly.jsonc"])("%s says nothing that run does not know", (name) => {
  expect(() => parseConfigText(recipe(name), runConfigSchema, name, "the config")).not.toThrow();
});

const page = readFileSync(new URL("../../docs/unattended.md", import.meta.url), "utf8");

test("docs/unattended.md says of every setting what the program says (npm run docs writes it)", () => {
  expect(withSettingTables(page, runConfigJsonSchema())).toBe(page);
});

test("docs/unattended.md names every recipe", () => {
  const files = readdirSync(RECIPES, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => `${entry.parentPath}/${entry.name}`.replace(RECIPES, "").replace(/^\//, ""));
  expect(files.length).toBeGreaterThan(7);
  expect(files.filter((name) => !page.includes(`recipes/${name}`))).toEqual([]);
});
