import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { runConfigJsonSchema, runConfigSchema } from "../../src/commands/run-config.js";
import { parseConfigText } from "../../src/runs/config-text.js";
import { withSettingTables } from "../config-table.mjs";
import { RECIPES, binFolder, recipe, scratchFolder } from "./recipe.js";

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

test("the commands that docs/unattended.md begins with work as they stand", () => {
  const folder = scratchFolder();
  for (const name of ["docs/recipes", "fixtures"])
    cpSync(fileURLToPath(new URL(`../../${name}`, import.meta.url)), join(folder, name), { recursive: true });
  mkdirSync(join(folder, "output"));
  const [, commands = ""] = /^## Begin\n[\s\S]*?^```sh\n([\s\S]*?)^```/m.exec(page) ?? [];
  expect(commands.match(/^ocpi2osm run/gm)).toHaveLength(3);
  const { status, stdout, stderr } = spawnSync("bash", ["-ec", commands], {
    cwd: folder,
    env: { ...process.env, PATH: [binFolder(folder), process.env["PATH"]].join(delimiter) },
    encoding: "utf8",
  });
  expect(status, stderr).toBe(0);
  expect(stdout).toContain("review.html");
  expect(existsSync(join(folder, "output/nights/report.md"))).toBe(true);
});
