/** Engines that run the program, as tests need them. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { CLI } from "../run-cli.test-support.js";

/** The recipe of that name, as a user copies it. */
export function recipe(name: string): string {
  return fileURLToPath(new URL(`../../../scripts/scale/${name}`, import.meta.url));
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
