import { cpSync, existsSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import {
  type Packed,
  type Ran,
  ROOT,
  emptyFolder,
  install,
  isWithoutRegistry,
  pack,
  repositoryText,
  run,
  withNodeTypes,
} from "./installed-package.js";
import { unreachableTypes } from "./unreachable-types.mjs";

// npm, npx and the compiler take their time where other tests run beside them.
vi.setConfig({ testTimeout: 120_000 });

const folder = emptyFolder();
const project = join(folder, "project");
const installed = join(project, "node_modules/ocpi2osm");
const TYPESCRIPT = join(ROOT, "node_modules/typescript/bin/tsc");

let packed: Packed;
let paths: readonly string[];
let installing: Ran;

beforeAll(() => {
  packed = pack(folder);
  paths = packed.files.map(({ path }) => path);
  installing = install(packed.tarball, project);
}, 300_000);

beforeEach((context) => {
  if (process.env["CI"] === undefined && isWithoutRegistry(installing))
    context.skip("npm reaches no registry");
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A command in the project, which must succeed. */
function succeed(program: string, ...args: readonly string[]): string {
  const { status, stdout, stderr } = run(project, program, ...args);
  expect(status, `${program} ${args.join(" ")}: ${stdout}${stderr}`).toBe(0);
  return stdout;
}

function npx(...args: readonly string[]): string {
  return succeed("npx", "--no-install", "ocpi2osm", ...args);
}

test("it installs into an empty folder", () => {
  expect(installing.status, installing.stderr).toBe(0);
  expect(statSync(join(installed, "dist/cli.js")).mode & 0o111).toBe(0o111);
});

test("installing it runs nothing, and brings no compiler's work along", () => {
  const lock: unknown = JSON.parse(readFileSync(join(project, "package-lock.json"), "utf8"));
  expect(JSON.stringify(lock)).not.toMatch(/"hasInstallScript":true|"gypfile":true/);
});

test("the bundled example is converted, compared and verified by it", () => {
  const bundled = "node_modules/ocpi2osm/fixtures";
  npx("convert", `${bundled}/demo.json`, "-o", "demo.osm", "--quiet");
  expect(readFileSync(join(project, "demo.osm"), "utf8").match(/<node /g)).toHaveLength(12);
  npx("diff", `${bundled}/demo.json`, "--osm", `${bundled}/osm/demo.osm`, "-o", "diff", "--quiet");
  npx("verify", "diff", "--quiet");
  expect(existsSync(join(project, "diff/review.html"))).toBe(true);
});

test("threads find their files in it", () => {
  const demo = "node_modules/ocpi2osm/fixtures/demo.json";
  npx("convert", demo, "-o", "threads.osm", "--workers", "2", "--quiet");
  npx("convert", demo, "-o", "none.osm", "--workers", "0", "--quiet");
  expect(readFileSync(join(project, "threads.osm"))).toEqual(readFileSync(join(project, "none.osm")));
});

test("every command is there", () => {
  const listed = [...npx("--help").matchAll(/^ {2}([a-z]+) .*(?:\[options\]|download)/gm)];
  expect(listed.length).toBeGreaterThan(8);
  for (const [, command = ""] of listed) expect(npx(command, "--help")).toContain(`ocpi2osm ${command}`);
});

/** `module` and `moduleResolution` as they go together. */
const RESOLUTIONS = [
  ["nodenext", "nodenext"],
  ["node16", "node16"],
  ["esnext", "bundler"],
  ["preserve", "bundler"],
] as const;

test.each(RESOLUTIONS)(
  "a TypeScript project with module %s finds its types: resolution %s",
  (module, resolution) => {
    withNodeTypes(project);
    cpSync(join(ROOT, "scripts/package/sample/main.ts"), join(project, "main.ts"));
    const compilerOptions = {
      module,
      moduleResolution: resolution,
      target: "es2022",
      lib: ["es2023"],
      types: ["node"],
      strict: true,
      exactOptionalPropertyTypes: true,
      verbatimModuleSyntax: true,
      skipLibCheck: false,
      outDir: `made-${module}`,
    };
    writeFileSync(join(project, "tsconfig.json"), JSON.stringify({ compilerOptions, files: ["main.ts"] }));
    succeed(process.execPath, TYPESCRIPT, "-p", "tsconfig.json");
    const fixtures = "node_modules/ocpi2osm/fixtures";
    const printed = succeed(
      process.execPath,
      `made-${module}/main.js`,
      `${fixtures}/demo.json`,
      `${fixtures}/osm/demo.osm`,
    );
    const { ids, tags, proposals } = JSON.parse(printed);
    expect(ids).toHaveLength(12);
    expect(tags).toContainEqual(expect.objectContaining({ key: "amenity", value: "charging_station" }));
    expect(proposals).toContain("create/US*SVO*DEMO-12");
  },
);

/** The programs in a page's blocks of a language, which are there for people to copy. */
function programsIn(page: string, language: "js" | "ts"): readonly string[] {
  const blocks = new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, "gm");
  return [...repositoryText(page).matchAll(blocks)].map(([, program = ""]) => program);
}

test("the programs of README and docs/library.md are TypeScript as they stand, and do what they say", () => {
  withNodeTypes(project);
  cpSync(join(installed, "fixtures"), join(project, "fixtures"), { recursive: true });
  const programs = [...programsIn("README.md", "js"), ...programsIn("docs/library.md", "ts")];
  const files = programs.map((_program, index) => `page-${index}.ts`);
  for (const [index, program] of programs.entries())
    writeFileSync(join(project, `page-${index}.ts`), program);
  const compilerOptions = { module: "nodenext", target: "es2022", types: ["node"], strict: true };
  writeFileSync(join(project, "tsconfig.json"), JSON.stringify({ compilerOptions, files }));
  succeed(process.execPath, TYPESCRIPT, "-p", "tsconfig.json");
  const said = files.map((file) => succeed(process.execPath, file.replace(/ts$/, "js")));
  expect(said).toEqual([
    expect.stringContaining("'socket:type2=1'"),
    expect.stringContaining("{ key: 'amenity', value: 'charging_station', rule: 'T1' }"),
    expect.stringMatching(/^create\/US\*SVO\*DEMO-12 new-station .*\n12 Locations to remember\n$/m),
  ]);
});

test("every command that docs/library.md names is a function of the package", () => {
  const [, commands = ""] =
    /^## Whole commands\n\n([\s\S]*?) are what /m.exec(repositoryText("docs/library.md")) ?? [];
  const names = [...commands.matchAll(/`(\w+)`/g)].map(([, name = ""]) => name);
  expect(names.length).toBeGreaterThan(8);
  const program =
    'import * as it from "ocpi2osm"; console.log(process.argv.slice(1).filter((name) => !it[name]))';
  expect(succeed(process.execPath, "--input-type=module", "-e", program, ...names)).toBe("[]\n");
});

test("only the public modules can be imported, and the schemas by their names", () => {
  const attempt = (specifier: string) =>
    run(project, process.execPath, "--input-type=module", "-e", `import.meta.resolve("${specifier}")`).status;
  expect(attempt("ocpi2osm")).toBe(0);
  expect(attempt("ocpi2osm/schemas/profile.schema.json")).toBe(0);
  expect(attempt("ocpi2osm/dist/cli.js")).not.toBe(0);
  expect(existsSync(join(installed, "docs/schemas/profile.schema.json"))).toBe(true);
});

test("README, licence and changelog are in it", () => {
  expect(paths).toEqual(expect.arrayContaining(["README.md", "LICENSE", "CHANGELOG.md", "package.json"]));
});

/** Everything that is in it, and what for. */
const NEEDED: ReadonlyArray<readonly [pattern: RegExp, what: string]> = [
  [/^(README|CHANGELOG)\.md$|^LICENSE$|^package\.json$/, "what npm shows"],
  [/^dist\/.*\.js$/, "the program"],
  [/^dist\/.*\.d\.ts$/, "types"],
  [/^dist\/review-page\/page\.html$/, "the review page"],
  [/^docs\/[\w-]+\.(md|svg)$/, "what the README points to"],
  [/^docs\/schemas\/[\w-]+\.schema\.json$/, "JSON Schemas"],
  [/^docs\/recipes\/|^scripts\/scale\/[\w-]+\.(py|sh|yaml)$/, "what is there to paste"],
  [/^fixtures\//, "what the examples of README and docs read"],
];

test("nothing else is in it: no tests, no sources, no maps", () => {
  expect(paths.filter((path) => !NEEDED.some(([pattern]) => pattern.test(path)))).toEqual([]);
  expect(paths.filter((path) => /\.test\.|test-support|\.map$/.test(path))).toEqual([]);
});

test("no declaration is in it that an import cannot reach", () => {
  expect(unreachableTypes(join(installed, "dist"))).toEqual([]);
});

/** Pages of the package that people read. */
function pages(): readonly string[] {
  return paths.filter((path) => path.endsWith(".md"));
}

test("its fixtures are those that its pages name in their examples, and no others", () => {
  const named = new Set(
    pages().flatMap((page) => repositoryText(page).match(/\bfixtures\/[\w./-]*\w/g) ?? []),
  );
  const isNamed = (path: string) => [...named].some((name) => path === name || path.startsWith(`${name}/`));
  const fixtures = paths.filter((path) => path.startsWith("fixtures/"));
  expect(fixtures.filter((path) => !isNamed(path))).toEqual([]);
  const inCommands = pages()
    .flatMap((page) => fencedLines(repositoryText(page)))
    .join("\n");
  for (const [name] of inCommands.matchAll(/\bfixtures\/[\w./-]*\w/g))
    expect(
      paths.some((path) => path === name || path.startsWith(`${name}/`)),
      name,
    ).toBe(true);
});

function fencedLines(page: string): readonly string[] {
  return [...page.matchAll(/^```.*\n([\s\S]*?)^```/gm)].map(([, lines = ""]) => lines);
}

/** For those who have the repository: pictures, and what is for whoever works on the program. */
const REPOSITORY_ONLY = /\.png$|^(ARCHITECTURE|CONTRIBUTING)\.md$|^fixtures\/README\.md$/;

test("its pages' links lead to files that are in it, but for those of the repository", () => {
  const dead = pages().flatMap((page) =>
    [...repositoryText(page).matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)/g)]
      .map(([, target = ""]) => normalize(join(dirname(page), target)).replace(/\/$/, ""))
      .filter((target) => !paths.some((path) => path === target || path.startsWith(`${target}/`)))
      .filter((target) => !REPOSITORY_ONLY.test(target))
      .map((target) => `${page} → ${target}`),
  );
  expect(dead).toEqual([]);
});

test("it stays small: under 1 MB to download, and no file above 300 kB", () => {
  expect(packed.size).toBeLessThan(1_000_000);
  expect(packed.files.filter(({ size }) => size > 300_000)).toEqual([]);
});
