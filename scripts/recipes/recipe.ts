/** The recipes of docs/recipes/, and how tests read and run them. */
import { spawnSync } from "node:child_process";
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach } from "vitest";
import { z } from "zod";
import { CLI, fixture } from "../../src/commands/run-cli.test-support.js";

export const RECIPES = fileURLToPath(new URL("../../docs/recipes/", import.meta.url));

/** The text of a recipe. */
export function recipe(name: string): string {
  return readFileSync(join(RECIPES, name), "utf8");
}

const TO_JSON = "import json, sys, yaml; json.dump(list(yaml.safe_load_all(sys.stdin)), sys.stdout)";

/** The documents of a YAML text, as PyYAML reads them: YAML 1.1, where a key `on` is `true`. */
export function yamlDocuments(text: string): readonly unknown[] {
  const { status, stdout, stderr } = spawnSync("python3", ["-c", TO_JSON], { input: text, encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
  return z.array(z.unknown()).parse(JSON.parse(stdout));
}

const folders: string[] = [];

/** An empty folder that goes after the test. */
export function scratchFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "ocpi2osm-recipes-"));
  folders.push(folder);
  return folder;
}

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

export interface Ran {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A program with this environment and no other, to its end. */
export function runBare(
  cwd: string,
  env: Readonly<Record<string, string>>,
  program: string,
  ...args: readonly string[]
): Ran {
  const { status, stdout, stderr, error } = spawnSync(program, args, { cwd, env, encoding: "utf8" });
  return { status, stdout, stderr: `${stderr}${error?.message ?? ""}` };
}

/** A folder in `folder` with `ocpi2osm` and `node` in it, as npm's own links make one. Returns its path. */
export function binFolder(folder: string): string {
  const bin = join(folder, "bin");
  mkdirSync(bin, { recursive: true });
  symlinkSync(process.execPath, join(bin, "node"));
  writeFileSync(join(bin, "ocpi2osm"), `#!/bin/sh\nexec node ${CLI} "$@"\n`);
  chmodSync(join(bin, "ocpi2osm"), 0o755);
  return bin;
}

/** A config of the bundled example, published to `published` in `folder`. Returns the config's path. */
export function demoConfig(folder: string, name: string): string {
  const file = join(folder, name);
  mkdirSync(dirname(file), { recursive: true });
  const source = { name: "demo", feed: { files: [fixture("demo.json")] }, osm: fixture("osm/demo.osm") };
  writeFileSync(file, JSON.stringify({ output: join(folder, "published"), keep: 2, sources: [source] }));
  return file;
}

/** Names of the files that the demo's last run published. */
export function publishedFiles(folder: string): readonly string[] {
  return readdirSync(join(folder, "published/demo/latest"));
}
