/** Conversions in this process: quick, for everything that needs no process of its own. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { OsmNode } from "../osm/element.js";
import { readXml } from "../osm/xml.test-support.js";
import type { FormName } from "../proposals/output-form.js";
import { createLog } from "../runs/log.js";
import { DEFAULT_PROFILE } from "../runs/profile.js";
import { type Report, reportSchema } from "../runs/report.js";
import { DEFAULT_TAGGING } from "../tagging/tag-location.js";
import { type ConvertOptions, convert } from "./convert.js";
import { jsonLines, readJson } from "./run-cli.test-support.js";

export const SILENT = createLog({ format: "text", quiet: true, stream: { write: () => true }, env: {} });

export interface Converted {
  readonly output: Buffer;
  readonly report: Report;
  readonly rejects: readonly unknown[];
}

/** Options of a plain conversion on this thread that writes `out`, `report.json` and `rejects.ndjson` into `folder`. */
export function optionsOf(folder: string, inputs: readonly string[], form: FormName = "osm"): ConvertOptions {
  return {
    inputs,
    output: join(folder, "out"),
    form,
    read: { source: "auto", reader: "bytes" },
    profile: DEFAULT_PROFILE,
    tagging: DEFAULT_TAGGING,
    asOf: undefined,
    report: join(folder, "report.json"),
    rejects: join(folder, "rejects.ndjson"),
    maxRejects: undefined,
    workers: 0,
    progress: "never",
  };
}

/** Converts, and reads back all that was written. */
export async function converted(options: ConvertOptions): Promise<Converted> {
  await convert(options, SILENT);
  return {
    output: readFileSync(options.output),
    report: reportSchema.parse(readJson(options.report ?? "")),
    rejects: jsonLines(readFileSync(options.rejects ?? "")),
  };
}

/** The nodes of an .osm document, as an independent XML reader sees them. Throws where it is not well-formed. */
export function nodesIn(document: Buffer): OsmNode[] {
  const nodes: Array<OsmNode & { tags: Array<{ key: string; value: string }> }> = [];
  for (const { name, attributes } of readXml(document.toString())) {
    const { id = "", lat = "", lon = "", k = "", v = "" } = attributes;
    if (name === "node") nodes.push({ id: Number(id), lat, lon, tags: [] });
    else if (name === "tag") nodes.at(-1)?.tags.push({ key: k, value: v });
  }
  return nodes;
}
