// @ts-check
// Deletes declarations that nobody who imports the package can reach: those that dist/index.d.ts does not lead to.
// The build does it last: node scripts/package/unreachable-types.mjs dist
import { readFileSync, readdirSync, rmSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const RELATIVE = /(?:\bfrom |\bimport |\bimport\()"(\.[^"]+)\.js"/g;

/**
 * Declarations in a build that its `index.d.ts` does not lead to, as paths in it.
 *
 * @param {string} folder
 */
export function unreachableTypes(folder) {
  const reached = new Set();
  const open = [join(folder, "index.d.ts")];
  for (let file = open.pop(); file !== undefined; file = open.pop()) {
    if (reached.has(file)) continue;
    reached.add(file);
    for (const [, path = ""] of readFileSync(file, "utf8").matchAll(RELATIVE))
      open.push(join(dirname(file), `${path}.d.ts`));
  }
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".d.ts") && !reached.has(join(folder, name)))
    .sort();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const folder = resolve(process.argv[2] ?? "dist");
  for (const name of unreachableTypes(folder)) rmSync(join(folder, name));
}
