import { readFileSync, readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { runConfigJsonSchema, runConfigSchema } from "../../src/commands/nightly/run-config.js";
import { parseConfigText } from "../../src/runs/config-text.js";
import { withSettingTables } from "../config-table.mjs";
import { RECIPES, recipe } from "./recipe.js";

test.each(["smallest.jsonc", "nightly.jsonc"])("%s says nothing that run does not know", (name) => {
  expect(() => parseConfigText(recipe(name), runConfigSchema, name, "the config")).not.toThrow();
});

const page = readFileSync(new URL("../../docs/unattended.md", import.meta.url), "utf8");

test("docs/unattended.md says of every setting what the program says (npm run docs writes it)", () => {
  expect(withSettingTables(page, JSON.parse(JSON.stringify(runConfigJsonSchema())))).toBe(page);
});

test("docs/unattended.md names every recipe", () => {
  const files = readdirSync(RECIPES, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => `${entry.parentPath}/${entry.name}`.replace(RECIPES, "").replace(/^\//, ""));
  expect(files.length).toBeGreaterThan(7);
  expect(files.filter((name) => !page.includes(`recipes/${name}`))).toEqual([]);
});

test("the recipes look for the program where docs/unattended.md has it installed", () => {
  const [, prefix = "none"] = /npm install --global --prefix (\S+)/.exec(page) ?? [];
  expect(recipe("crontab")).toMatch(new RegExp(`^PATH=(.*:)?${prefix}/bin(:|$)`, "m"));
  expect(recipe("systemd/ocpi2osm.service")).toContain(`\nExecStart=${prefix}/bin/ocpi2osm `);
  const shared = `${prefix}/lib/node_modules/ocpi2osm/docs`;
  expect(recipe("systemd/ocpi2osm.service")).toContain(`file://${shared}/`);
  expect(recipe("nightly.jsonc")).toContain(`"$schema": "${shared}/schemas/run-config.schema.json"`);
});
