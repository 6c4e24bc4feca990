/** Comparisons in this process: quick, for everything that needs no process of its own. */
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Proposal } from "../merging/proposal.js";
import { parseProposalLine } from "../proposals/proposal-line.js";
import { type DiffReport, diffReportSchema } from "../runs/diff-report.js";
import { exitCodeOf } from "../runs/exit-codes.js";
import { SILENT } from "./convert.test-support.js";
import { diffFromArguments } from "./diff-arguments.js";
import { locationJson, readJson } from "./run-cli.test-support.js";

/** What a folder of results holds. */
export interface DiffResults {
  readonly proposals: readonly Proposal[];
  readonly report: DiffReport;
  /** changes.osm */
  readonly changes: string;
}

/** `diff INPUT… --osm … -o OUTPUT` on this thread, with options by their long names, camel case. Throws as it does. */
export async function diffed(
  inputs: readonly string[],
  osm: string | readonly string[],
  output: string,
  options: Readonly<Record<string, unknown>> = {},
): Promise<DiffResults> {
  const given = {
    source: "auto",
    reader: "bytes",
    osm: [osm].flat(),
    output,
    prefilter: "never",
    workers: 0,
    progress: "never",
    ...options,
  };
  await diffFromArguments(inputs, given, SILENT);
  return resultsIn(output);
}

export function resultsIn(folder: string): DiffResults {
  const text = readFileSync(join(folder, "proposals.ndjson"), "utf8");
  const lines = text.split("\n").filter((line) => line !== "");
  return {
    proposals: lines.map((line, index) => parseProposalLine(line, "proposals.ndjson", index + 1)),
    report: diffReportSchema.parse(readJson(join(folder, "report.json"))),
    changes: readFileSync(join(folder, "changes.osm"), "utf8"),
  };
}

/** What the proposals ask, apart from reviews of doubtful positions, which no upload can settle (T1.6). */
export function asked({ proposals }: DiffResults): readonly string[] {
  return proposals.filter(({ reason }) => reason !== "outside-country").map(({ id }) => id);
}

/** Everything below some paths, by name: bytes of files, `folder` for folders. Paths that are not there are left out. */
export function bytesOf(...paths: readonly string[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const path of paths) {
    if (!existsSync(path)) continue;
    if (!statSync(path).isDirectory()) found.set(path, readFileSync(path).toString("latin1"));
    else {
      found.set(path, "folder");
      for (const [name, bytes] of bytesOf(...readdirSync(path).map((name) => join(path, name))))
        found.set(name, bytes);
    }
  }
  return found;
}

/** The files of a folder of results, without the run block, which holds the clock. */
export function comparable(folder: string): Readonly<Record<string, string>> {
  const files: Record<string, string> = {};
  for (const file of readdirSync(folder).sort()) {
    const text = readFileSync(join(folder, file)).toString("latin1");
    files[file] = file === "report.json" ? text.replace(/"run": \{[^}]*\}/, "") : text;
  }
  return files;
}

/** A folder of the name, made. */
export function folderAt(path: string): string {
  mkdirSync(path, { recursive: true });
  return path;
}

/** A file with this text; returns its name. */
export function fileAt(path: string, content: string | Uint8Array): string {
  writeFileSync(path, content);
  return path;
}

/** A feed of Locations `1` to `count`, a kilometre apart; `change` gives them other fields, or leaves one out. */
export function feedText(
  count: number,
  change: (id: number) => Readonly<Record<string, unknown>> | undefined = () => ({}),
): string {
  const records: string[] = [];
  for (let id = 1; id <= count; id++) {
    const fields = change(id);
    if (fields !== undefined) records.push(locationJson(`${id}`, { coordinates: placeOf(id), ...fields }));
  }
  return `[${records.join(",")}]`;
}

/** Where `feedText` puts a Location. */
export function placeOf(id: number): { readonly latitude: string; readonly longitude: string } {
  return { latitude: (55 + id / 100).toFixed(2), longitude: "25.2797" };
}

/** EVSEs with a connector each, of this standard. */
export function evses(count: number, standard = "IEC_62196_T2", of = "x"): unknown[] {
  return Array.from({ length: count }, (_, index) => ({
    uid: `${index}`,
    evse_id: `LT*ABC*E${of}*${index}`,
    status: "AVAILABLE",
    connectors: [{ id: "1", standard, format: "SOCKET", power_type: "AC_3_PHASE" }],
  }));
}

/** How a comparison ended that must not succeed. */
export async function refusal(run: Promise<unknown>): Promise<{ code: number; message: string }> {
  try {
    await run;
  } catch (error) {
    return { code: exitCodeOf(error), message: error instanceof Error ? error.message : String(error) };
  }
  throw new Error("was not refused");
}
