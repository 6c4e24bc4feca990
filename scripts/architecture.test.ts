import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const ROOT = fileURLToPath(new URL("../", import.meta.url));

test("every file that ARCHITECTURE.md names with its room is there", () => {
  const page = readFileSync(`${ROOT}ARCHITECTURE.md`, "utf8");
  const named = [...page.matchAll(/`((?:[a-z][\w-]*\/)+[a-z][\w-]*\.(?:tsx?|mjs|wat|md))`/g)].map(
    ([, name = ""]) => name,
  );
  expect(named.length).toBeGreaterThan(50);
  expect(named.filter((name) => !existsSync(`${ROOT}src/${name}`) && !existsSync(`${ROOT}${name}`))).toEqual(
    [],
  );
});
