/** Runs the built command line as a user does: a process of its own, with files, pipes and signals. */
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
/** What is tested: this checkout's build, or the installed program that OCPI2OSM_CLI names. */
export const CLI = process.env["OCPI2OSM_CLI"] ?? join(ROOT, "dist/cli.js");
if (!existsSync(CLI)) throw new Error(`${CLI} is missing: run \`npm run build\` first (\`npm test\` does)`);

/** The path of a fixture: `ocpi/positions.json`. */
export function fixture(name: string): string {
  return join(ROOT, "fixtures", name);
}

const OCPI_FIXTURES = readdirSync(fixture("ocpi"))
  .filter((name) => name !== "error-answer.json")
  .map((name) => `ocpi/${name}`);

/** Every fixture that is a feed. */
export const FEED_FIXTURES: readonly string[] = [
  "demo.json",
  ...OCPI_FIXTURES,
  "here-v3/list.json",
  "here-v3/locations.ndjson",
  "here-v3/bare-object.json",
  "here-v2/stations.json",
  "here-v2/lines.ndjson",
  "here-v2/pools.json",
  "hmc-locations/tiles/electric-vehicle-charging-locations_23600694_v7321.json",
  "hmc-locations/other-printer.json",
  "hmc-locations/tile.json.geojson",
  "hmc-stations/tiles/electric-vehicle-charging-stations_23600694_v7321.json",
  "hmc-stations/other-printer.json",
];

export interface Ended {
  /** Null when a signal ended it. */
  readonly code: number | null;
  readonly stdout: Buffer;
  readonly stderr: string;
}

export interface RunOptions {
  /** Sent to stdin, which is closed after. Without it stdin is empty. */
  readonly stdin?: Uint8Array | string;
  /** Leaves stdin open, so that the run cannot come to its end. */
  readonly unending?: boolean;
  readonly cwd?: string;
  readonly uid?: number | undefined;
  readonly env?: Readonly<Record<string, string>>;
  /** Gets the process as soon as it is started: to signal it, or to close its pipes. */
  readonly started?: (child: ChildProcess) => void;
}

/** Without what would have the program tell CI about a test's runs: a test that is about that says so in `env`. */
const { GITHUB_ACTIONS: _actions, GITHUB_STEP_SUMMARY: _summary, ...ENVIRONMENT } = process.env;

/** `ocpi2osm ARGUMENTS…`, to its end. */
export function runCli(args: readonly string[], options: RunOptions = {}): Promise<Ended> {
  const { stdin = "", unending = false, cwd, uid, env, started } = options;
  const child = spawn(process.execPath, [CLI, ...args], { cwd, uid, env: { ...ENVIRONMENT, ...env } });
  const stdout: Buffer[] = [];
  let stderr = "";
  child.stdout.on("data", (chunk: Buffer) => stdout.push(chunk));
  child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
  // A process that ends before it has read all of stdin breaks the pipe, and that is its right.
  child.stdin.on("error", () => undefined);
  if (unending) child.stdin.write(stdin);
  else child.stdin.end(stdin);
  started?.(child);
  return new Promise((done) => {
    child.on("close", (code) => done({ code, stdout: Buffer.concat(stdout), stderr }));
  });
}

/** A shell line in which `$CLI` is the program; the exit code is that of its last command. */
export function runShell(line: string, cwd: string): Promise<Ended> {
  const child = spawn("bash", ["-c", line], {
    cwd,
    env: { ...ENVIRONMENT, CLI: `${process.execPath} ${CLI}` },
  });
  const stdout: Buffer[] = [];
  let stderr = "";
  child.stdout.on("data", (chunk: Buffer) => stdout.push(chunk));
  child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
  return new Promise((done) => {
    child.on("close", (code) => done({ code, stdout: Buffer.concat(stdout), stderr }));
  });
}

/** Writes a feed of about 4.8 kB a Location, some of them defective or repeated, always the same bytes. */
export function generateFeed(file: string, locations: number, form = "array", defects = 0.05): void {
  const script = join(ROOT, "scripts/generate-feed.mjs");
  const size = ["--locations", `${locations}`, "--seed", "1", "--defects", `${defects}`];
  execFileSync(process.execPath, [script, ...size, "--form", form, "-o", file]);
}

/** A Location that becomes a station; as JSON of OCPI 2.2.1. */
export function locationJson(id: string, fields: Readonly<Record<string, unknown>> = {}): string {
  return JSON.stringify({
    country_code: "LT",
    party_id: "ABC",
    id,
    publish: true,
    country: "LTU",
    coordinates: { latitude: "54.6872", longitude: "25.2797" },
    evses: [
      {
        uid: `${id}-1`,
        evse_id: `LT*ABC*E${id}`,
        status: "AVAILABLE",
        connectors: [{ id: "1", standard: "IEC_62196_T2", format: "SOCKET", power_type: "AC_3_PHASE" }],
      },
    ],
    ...fields,
  });
}

/** The values of an NDJSON file or text. */
export function jsonLines(text: string | Buffer): unknown[] {
  return text
    .toString()
    .split("\n")
    .filter((line) => line !== "")
    .map((line): unknown => JSON.parse(line));
}

/** A JSON file's value. */
export function readJson(file: string): unknown {
  return JSON.parse(readFileSync(file, "utf8"));
}

/** Resolves as soon as `ready` is true. */
export async function until(ready: () => boolean): Promise<void> {
  while (!ready()) await new Promise((later) => setTimeout(later, 5));
}
