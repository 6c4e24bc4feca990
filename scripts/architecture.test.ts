import { existsSync, readFileSync, readdirSync } from "node:fs";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const ROOT = fileURLToPath(new URL("../", import.meta.url));
const PAGE = readFileSync(`${ROOT}ARCHITECTURE.md`, "utf8");

test("every file that ARCHITECTURE.md names with its room is there", () => {
  const named = [...PAGE.matchAll(/`((?:[a-z][\w-]*\/)+[a-z][\w-]*\.(?:tsx?|mjs|wat|md))`/g)].map(
    ([, name = ""]) => name,
  );
  expect(named.length).toBeGreaterThan(50);
  expect(named.filter((name) => !existsSync(`${ROOT}src/${name}`) && !existsSync(`${ROOT}${name}`))).toEqual(
    [],
  );
});

test("every file that it names without its room is there, too", () => {
  const files = ["src", "scripts"].flatMap((folder) =>
    readdirSync(`${ROOT}${folder}`, { recursive: true, encoding: "utf8" }),
  );
  const there = new Set(files.map((file) => basename(file)));
  const named = [...PAGE.matchAll(/`([a-z][\w-]*(?:\.test)?\.(?:tsx?|mjs))`/g)].map(([, name = ""]) => name);
  expect(named.length).toBeGreaterThan(40);
  expect(named.filter((name) => !there.has(name))).toEqual([]);
});

test("every room of src/ has a row in it", () => {
  const rooms = readdirSync(`${ROOT}src`, { withFileTypes: true }).flatMap((entry) => {
    if (entry.isDirectory()) return [`src/${entry.name}/`];
    return entry.name.endsWith(".test.ts") ? [] : [`src/${entry.name}`];
  });
  expect(rooms.length).toBeGreaterThan(12);
  const rows = PAGE.split("\n").filter((line) => line.startsWith("| `src/"));
  expect(rooms.filter((room) => !rows.some((row) => row.includes(`\`${room}\``)))).toEqual([]);
});
