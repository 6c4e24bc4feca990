/** A night in a folder of its own: feeds, OSM, a config, and the program that runs it. */
import { lstatSync, readFileSync, readdirSync, readlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { temporaryFolder } from "../runs/compiled.test-support.js";
import { type RunReport, runReportSchema } from "../runs/run-report.js";
import { feedText } from "./diff.test-support.js";
import { OsmWorld } from "./osm-world.test-support.js";
import { type Ended, type RunOptions, readJson, runCli } from "./run-cli.test-support.js";

/** A source of a config: `alpha` of `alpha.json`, unless told otherwise. */
export function source(name: string, others: Readonly<Record<string, unknown>> = {}) {
  return { name, feed: { files: [`${name}.json`] }, profile: { name }, osm: "osm.osm", ...others };
}

export class Night {
  readonly #folder = temporaryFolder();

  constructor() {
    new OsmWorld().saveTo(this.path("osm.osm"));
  }

  get folder(): string {
    return this.#folder.path;
  }

  /** A path in the folder the config is in. */
  path(name: string): string {
    return join(this.#folder.path, name);
  }

  /** A path in the output. */
  out(name = ""): string {
    return this.path(join("published", name));
  }

  /** A feed of Locations 1 to `count`, but those left out. */
  feed(name: string, count: number, leftOut: readonly number[] = []): void {
    writeFileSync(
      this.path(`${name}.json`),
      feedText(count, (id) => (leftOut.includes(id) ? undefined : {})),
    );
  }

  config(sources: readonly unknown[], others: Readonly<Record<string, unknown>> = {}): void {
    const config = { output: "published", workers: 0, sources, ...others };
    writeFileSync(this.path("run.jsonc"), `// a night\n${JSON.stringify(config, undefined, 2)}`);
  }

  /** `ocpi2osm run run.jsonc OPTIONS…`, from another folder than the config's. */
  run(options: readonly string[] = [], more: RunOptions = {}): Promise<Ended> {
    return runCli(["run", this.path("run.jsonc"), ...options], more);
  }

  report(): RunReport {
    return runReportSchema.parse(readJson(this.out("report.json")));
  }

  /** Names of the published folders of a source, in their order. */
  published(name: string): string[] {
    return readdirSync(this.out(name))
      .filter((entry) => /^\d{4}-/.test(entry))
      .sort();
  }

  latest(name: string): string {
    return readlinkSync(this.out(`${name}/latest`));
  }

  /** What is in the latest publication. */
  latestText(name: string, file: string): string {
    return readFileSync(this.out(`${name}/latest/${file}`), "utf8");
  }

  remove(): void {
    this.#folder.remove();
  }
}

/** Every path below a folder: bytes of files, where links lead to. */
export function treeOf(folder: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const name of readdirSync(folder).sort()) {
    const path = join(folder, name);
    const about = lstatSync(path);
    if (about.isSymbolicLink()) found.set(path, `→ ${readlinkSync(path)}`);
    else if (about.isDirectory()) {
      found.set(path, "folder");
      for (const [inner, bytes] of treeOf(path)) found.set(inner, bytes);
    } else found.set(path, readFileSync(path, "latin1"));
  }
  return found;
}
