import { readFileSync, readdirSync } from "node:fs";
import { isBuiltin } from "node:module";
import { expect, test } from "vitest";
import { z } from "zod";

const packageSchema = z.object({ dependencies: z.record(z.string(), z.string()) });
const { dependencies } = packageSchema.parse(JSON.parse(readFileSync("package.json", "utf8")));

/** `"saxes"` of `import … from "saxes"` and of `import("saxes/…")`; relative paths are none. */
const IMPORTED = /(?:\bfrom |^import |\bimport\()"((?:@[\w.-]+\/)?[\w-][\w.:/-]*)"[;)]/gm;

/** The package of a module: `@a/b` of `@a/b/c`. */
function packageOf(specifier: string): string {
  return specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/");
}

test("whoever installs the package gets everything that the program imports", () => {
  const files = readdirSync("dist", { recursive: true, encoding: "utf8" }).filter((name) =>
    name.endsWith(".js"),
  );
  const imported = files.flatMap((name) =>
    [...readFileSync(`dist/${name}`, "utf8").matchAll(IMPORTED)].map(([, specifier = ""]) => specifier),
  );
  const packages = new Set(imported.filter((specifier) => !isBuiltin(specifier)).map(packageOf));
  expect(packages.size).toBeGreaterThan(5);
  expect([...packages].filter((name) => !Object.hasOwn(dependencies, name))).toEqual([]);
});

test("and nothing that it does not", () => {
  const texts = readdirSync("dist", { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".js"))
    .map((name) => readFileSync(`dist/${name}`, "utf8"))
    .join("\n");
  expect(Object.keys(dependencies).filter((name) => !texts.includes(`"${name}`))).toEqual([]);
});
