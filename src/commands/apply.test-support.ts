/** Decisions made about the last diff, in a folder that holds it as `out/`, and applied. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type SheetRow, savedSheet, sheetRows } from "../proposals/sheet.test-support.js";
import { type ApplyReport, applyReportSchema } from "../runs/apply-report.js";
import { temporaryFolder } from "../runs/compiled.test-support.js";
import { applyFromArguments } from "./apply-arguments.js";
import { SILENT } from "./convert.test-support.js";
import { type DiffResults, diffed } from "./diff.test-support.js";
import { mixedFeed, mixedWorld } from "./mixed-world.test-support.js";
import type { OsmWorld } from "./osm-world.test-support.js";
import { fixture, readJson } from "./run-cli.test-support.js";

export interface Applied {
  readonly document: string;
  readonly report: ApplyReport;
  /** `modify/LT*ABC*1 capacity stale` */
  readonly refused: readonly string[];
}

/** A folder to decide and apply in. */
export class Desk {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** A file of decisions; returns its path. */
  decide(file: string, ...decisions: readonly object[]): string {
    const path = join(this.#folder, file);
    writeFileSync(path, decisions.map((decision) => `${JSON.stringify(decision)}\n`).join(""));
    return path;
  }

  /** changes.csv of the last run with what `fill` writes into the column `decision`; returns its path. */
  decideInSheet(file: string, fill: (row: SheetRow) => string): string {
    const path = join(this.#folder, file);
    const rows = sheetRows(readFileSync(join(this.#folder, "out/changes.csv"), "utf8"));
    const filled = rows.map((row) => Object.assign({}, row, { decision: fill(row) }));
    writeFileSync(path, savedSheet(filled, { separator: ";" }));
    return path;
  }

  /** Applies as the command does and reads what was written. Throws as it does. */
  async apply(
    decisions: readonly string[],
    options: Readonly<Record<string, unknown>> = {},
  ): Promise<Applied> {
    const report = join(this.#folder, "apply.json");
    const given = {
      decisions,
      output: join(this.#folder, "accepted.osm"),
      report,
      progress: "never",
      ...options,
    };
    await applyFromArguments(join(this.#folder, "out"), given, SILENT);
    const told = applyReportSchema.parse(readJson(report));
    return {
      document: readFileSync(String(given.output), "utf8"),
      report: told,
      refused: told.refused.map(({ proposal, key, reason }) =>
        [proposal, ...(key === undefined ? [] : [key]), reason].join(" "),
      ),
    };
  }
}

/** What the tests of `apply` begin with, made anew before each: a feed, its OSM and a desk, in a folder of their own. */
export interface MixedDesk {
  /** Its path. */
  readonly folder: string;
  readonly desk: Desk;
  readonly world: OsmWorld;
  path(name: string): string;
  /** `diff` with a licence and charge points; `options` go before. */
  run(options?: Readonly<Record<string, unknown>>, world?: OsmWorld): Promise<DiffResults>;
  remove(): void;
}

/** The mixed world and its feed (`feed.json`) in a new folder. */
export function mixedDesk(): MixedDesk {
  const { path: folder, remove } = temporaryFolder();
  const path = (name: string): string => join(folder, name);
  const world = mixedWorld();
  writeFileSync(path("feed.json"), mixedFeed());
  return {
    folder,
    desk: new Desk(folder),
    world,
    path,
    run: (options = {}, osm = world) =>
      diffed([path("feed.json")], osm.saveTo(path("osm.osm")), path("out"), {
        profile: fixture("profiles/example.jsonc"),
        chargePoints: true,
        ...options,
      }),
    remove,
  };
}

/** A decision about a whole proposal. */
export function whole(proposal: string, decision: string): object {
  return { proposal, decision };
}
