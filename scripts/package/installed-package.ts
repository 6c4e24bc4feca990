/** The package as a user gets it: packed, and installed into an empty folder. */
import { spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";

export const ROOT = fileURLToPath(new URL("../../", import.meta.url));
/** What is packed: this checkout's build, or that of the program that OCPI2OSM_CLI names. */
const DIST = dirname(process.env["OCPI2OSM_CLI"] ?? join(ROOT, "dist/cli.js"));
const PACKED_FROM = [
  "package.json",
  ".gitignore",
  "README.md",
  "LICENSE",
  "CHANGELOG.md",
  "ARCHITECTURE.md",
  "CONTRIBUTING.md",
  "docs",
  "fixtures",
  "scripts",
  "src",
];

const packedSchema = z.object({
  filename: z.string(),
  size: z.number(),
  unpackedSize: z.number(),
  files: z.array(z.object({ path: z.string(), size: z.number() })),
});

/** What `npm pack` made: the tarball, its size in bytes, its files. */
export interface Packed extends z.infer<typeof packedSchema> {
  readonly tarball: string;
}

export interface Ran {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A program, to its end, as in a terminal of a user who is in no project of npm. */
export function run(cwd: string, program: string, ...args: readonly string[]): Ran {
  const env = Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^(npm_(package|lifecycle|config_local)|NODE_OPTIONS)/.test(name),
    ),
  );
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    cwd,
    env,
    encoding: "utf8",
    timeout: 240_000,
  });
  return { status, stdout, stderr: `${stderr}${error?.message ?? ""}` };
}

/** An empty folder. */
export function emptyFolder(): string {
  return mkdtempSync(join(tmpdir(), "ocpi2osm-package-"));
}

/** `npm pack` of a copy of the checkout, its build among it: the checkout is left as it is. */
export function pack(folder: string): Packed {
  const copy = join(folder, "checkout");
  for (const name of PACKED_FROM) cpSync(join(ROOT, name), join(copy, name), { recursive: true });
  cpSync(DIST, join(copy, "dist"), { recursive: true });
  const { status, stdout, stderr } = run(copy, "npm", "pack", "--json", "--ignore-scripts");
  if (status !== 0) throw new Error(`npm pack: ${stderr}`);
  const answer: unknown = JSON.parse(stdout);
  // A list in npm 10; by name in npm 11.
  const [packed] = z.array(packedSchema).parse(Object.values(z.looseObject({}).parse({ ...Object(answer) })));
  if (packed === undefined) throw new Error(`npm pack told nothing of what it packed: ${stdout}`);
  return { ...packed, tarball: join(copy, packed.filename) };
}

/**
 * The package, installed into an empty folder with what it depends on, and nothing of what it is developed with. Takes
 * what npm has in its cache, the rest from the registry that npm is configured to. Returns npm's own words if it fails.
 */
export function install(tarball: string, folder: string): Ran {
  mkdirSync(folder, { recursive: true });
  // Without it npm looks for a project in the folders above.
  writeFileSync(join(folder, "package.json"), '{ "private": true, "type": "module" }\n');
  return run(folder, "npm", "install", "--prefer-offline", "--no-audit", "--no-fund", "--omit=dev", tarball);
}

/** Whether npm failed because it reached no registry. Outside CI that is no failure of the package. */
export function isWithoutRegistry({ status, stderr }: Ran): boolean {
  return (
    status !== 0 && /E(?:NOTFOUND|AI_AGAIN|CONNREFUSED|CONNRESET|TIMEDOUT|NETUNREACH|NOTCACHED)/.test(stderr)
  );
}

/** Gives a folder's TypeScript programs the types of Node, as `npm install -D @types/node` would. */
export function withNodeTypes(folder: string): void {
  const types = join(folder, "node_modules/@types");
  mkdirSync(types, { recursive: true });
  if (!existsSync(join(types, "node")))
    symlinkSync(join(ROOT, "node_modules/@types/node"), join(types, "node"));
}

/** The text of a file in the repository. */
export function repositoryText(name: string): string {
  return readFileSync(join(ROOT, name), "utf8");
}
