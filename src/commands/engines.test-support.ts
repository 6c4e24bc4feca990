/** Engines that run the program, as tests need them. */
import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { it } from "vitest";
import { CLI } from "./run-cli.test-support.js";

/** The recipe of that name, as a user copies it. */
export function recipe(name: string): string {
  return fileURLToPath(new URL(`../../scripts/scale/${name}`, import.meta.url));
}

/** A folder with the program in it, called `ocpi2osm` as it is when installed, to be put on the PATH. */
export function programFolder(folder: string): string {
  const bin = join(folder, "bin");
  mkdirSync(bin, { recursive: true });
  writeFileSync(join(bin, "ocpi2osm"), `#!/bin/sh\nexec '${process.execPath}' '${CLI}' "$@"\n`, {
    mode: 0o755,
  });
  return bin;
}

/**
 * A test that needs a tool: skipped with a message where it is missing, failing in CI, which must have it. `inPackage`
 * is Debian's name; without one CI does without, too.
 */
export function itWith(
  tool: string,
  inPackage: string | undefined,
  name: string,
  test: () => void | Promise<void>,
  timeout = 60_000,
): void {
  it(
    name,
    async (context) => {
      const installed = spawnSync("sh", ["-c", `command -v ${tool}`]).status === 0;
      const mayMiss = inPackage === undefined || process.env["CI"] === undefined;
      if (!installed && mayMiss) context.skip(`${tool} is not installed`);
      if (!installed)
        throw new Error(`${tool} is not installed; CI must have it (apt-get install ${inPackage})`);
      await test();
    },
    timeout,
  );
}
