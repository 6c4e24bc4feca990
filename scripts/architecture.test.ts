import { existsSync, readFileSync, readdirSync } from "node:fs";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { z } from "zod";

const ROOT = fileURLToPath(new URL("../", import.meta.url));
const PAGE = readFileSync(`${ROOT}ARCHITECTURE.md`, "utf8");
/** What of `.oxlintrc.json` says which room may import which. */
const LINT = z.object({
  overrides: z.array(
    z.object({
      files: z.array(z.string()),
      rules: z.object({
        "no-restricted-imports": z
          .tuple([z.string(), z.object({ patterns: z.array(z.object({ group: z.array(z.string()) })) })])
          .optional()
          .catch(undefined),
      }),
    }),
  ),
});

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

test("lint lets every room import what its row says, and no other room", () => {
  const rows = PAGE.split("\n").flatMap((line) => {
    const [, room, imports] = /^\| `src\/([a-z-]+)\/` \|.*\| ([^|]+) \|$/.exec(line) ?? [];
    return room === undefined || imports === undefined ? [] : [{ room, imports }];
  });
  const rooms = rows.map(({ room }) => room);
  // `commands/` may import all; what `command-line/` may, beside lazily, is no matter of rooms.
  const held = rows.filter(({ room }) => !room.startsWith("command"));
  expect(held.length).toBeGreaterThan(10);
  for (const { room, imports } of held) {
    const allowed = [...imports.matchAll(/`([a-z-]+)\/`/g)].map(([, name]) => name);
    const others = rooms.filter((other) => other !== room && !allowed.includes(other));
    expect(forbiddenRooms(room).toSorted(), room).toEqual(others.toSorted());
  }
});

/** The rooms that `.oxlintrc.json` keeps files of a room from importing. */
function forbiddenRooms(room: string): string[] {
  const { overrides } = LINT.parse(JSON.parse(readFileSync(`${ROOT}.oxlintrc.json`, "utf8")));
  const own = overrides.find(({ files }) => files.includes(`src/${room}/**/*.ts`));
  const [, restricted] = own?.rules["no-restricted-imports"] ?? [];
  const groups = restricted?.patterns.flatMap(({ group }) => group) ?? [];
  return groups.flatMap((group) => /^\*\*\/([a-z-]+)\/\*{1,2}$/.exec(group)?.[1] ?? []);
}
