/** For tests that need real processes and threads: compiles modules of this room, for Node to run by themselves. */
import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** A new folder for one test file's things. */
export function temporaryFolder(): { path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), "ocpi2osm-test-"));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** Compiles modules of this room (`output-file`) and what they import into `folder`, as `output-file.js`. */
export function compileInto(folder: string, modules: readonly string[]): void {
  const compiler = join(
    dirname(createRequire(import.meta.url).resolve("typescript/package.json")),
    "bin/tsc",
  );
  const sources = modules.map((name) => fileURLToPath(new URL(`${name}.ts`, import.meta.url)));
  const flags = [
    "--ignoreConfig",
    "--noCheck",
    "--types",
    "node",
    "--module",
    "nodenext",
    "--target",
    "es2023",
  ];
  execFileSync(process.execPath, [compiler, ...flags, "--outDir", folder, ...sources]);
  writeFileSync(join(folder, "package.json"), '{"type":"module"}');
  const packages = fileURLToPath(new URL("../../node_modules", import.meta.url));
  if (!existsSync(join(folder, "node_modules"))) symlinkSync(packages, join(folder, "node_modules"));
}

export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Runs a script (ES module text) in `folder`. `whenSaid` is called with each piece of stdout and the process. */
export function runScript(
  folder: string,
  script: string,
  whenSaid: (text: string, child: ReturnType<typeof spawn>) => void = () => undefined,
): Promise<Ended> {
  const file = join(folder, `script-${Math.random().toString(36).slice(2)}.mjs`);
  writeFileSync(file, script);
  const child = spawn(process.execPath, [file], { cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (chunk: Buffer) => {
    stdout += chunk.toString();
    whenSaid(chunk.toString(), child);
  });
  child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
  return new Promise((done) => child.on("close", (code) => done({ code, stdout, stderr })));
}
