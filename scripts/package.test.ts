import { readFileSync, readdirSync } from "node:fs";
import { isBuiltin } from "node:module";
import { dirname } from "node:path";
import { expect, test } from "vitest";
import { z } from "zod";

const packageSchema = z.object({ dependencies: z.record(z.string(), z.string()) });
const { dependencies } = packageSchema.parse(JSON.parse(readFileSync("package.json", "utf8")));

/** This checkout's build, or that of the program that OCPI2OSM_CLI names. */
const DIST = dirname(process.env["OCPI2OSM_CLI"] ?? "dist/cli.js");

/** `"saxes"` of `import … from "saxes"` and of `import("saxes/…")`; relative paths are none. */
const IMPORTED = /(?:\bfrom |^import |\bimport\()"((?:@[\w.-]+\/)?[\w-][\w.:/-]*)"[;)]/gm;

/** The package of a module: `@a/b` of `@a/b/c`. */
function packageOf(specifier: string): string {
  return specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/");
}

test("whoever installs the package gets everything that the program imports", () => {
  const files = readdirSync(DIST, { recursive: true, encoding: "utf8" }).filter((name) =>
    name.endsWith(".js"),
  );
  const imported = files.flatMap((name) =>
    [...readFileSync(`${DIST}/${name}`, "utf8").matchAll(IMPORTED)].map(([, specifier = ""]) => specifier),
  );
  const packages = new Set(imported.filter((specifier) => !isBuiltin(specifier)).map(packageOf));
  expect(packages.size).toBeGreaterThan(5);
  expect([...packages].filter((name) => !Object.hasOwn(dependencies, name))).toEqual([]);
});

test("and nothing that it does not", () => {
  const texts = readdirSync(DIST, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".js"))
    .map((name) => readFileSync(`${DIST}/${name}`, "utf8"))
    .join("\n");
  expect(Object.keys(dependencies).filter((name) => !texts.includes(`"${name}`))).toEqual([]);
});
