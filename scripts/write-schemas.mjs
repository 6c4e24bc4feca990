// Writes the JSON Schemas of what users write (source profiles, configs, decisions) and read (reports, proposals …) into docs/schemas/.
// Needs a build: npm run docs does both.
import { mkdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import {
  applyReportJsonSchema,
  decisionJsonSchema,
  diffReportJsonSchema,
  filterLineJsonSchema,
  hereReportJsonSchema,
  ocpiReportJsonSchema,
  profileJsonSchema,
  proposalJsonSchema,
  reportJsonSchema,
  runConfigJsonSchema,
  runReportJsonSchema,
  stateEntryJsonSchema,
  surveyJsonSchema,
} from "../dist/index.js";

/** File name → JSON text. */
export function schemas() {
  const all = {
    "profile.schema.json": profileJsonSchema(),
    "report.schema.json": reportJsonSchema(),
    "inspect.schema.json": surveyJsonSchema(),
    "diff-report.schema.json": diffReportJsonSchema(),
    "apply-report.schema.json": applyReportJsonSchema(),
    "run-config.schema.json": runConfigJsonSchema(),
    "run-report.schema.json": runReportJsonSchema(),
    "fetch-here-report.schema.json": hereReportJsonSchema(),
    "fetch-ocpi-report.schema.json": ocpiReportJsonSchema(),
    "filter-line.schema.json": filterLineJsonSchema(),
    "proposal.schema.json": proposalJsonSchema(),
    "decision.schema.json": decisionJsonSchema(),
    "state-entry.schema.json": stateEntryJsonSchema(),
  };
  return new Map(
    Object.entries(all).map(([name, schema]) => [name, `${JSON.stringify(schema, undefined, 2)}\n`]),
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const folder = new URL("../docs/schemas/", import.meta.url);
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of schemas()) writeFileSync(new URL(name, folder), text);
}
