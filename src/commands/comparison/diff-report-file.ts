/** A folder that `diff` wrote, read back: its report and its settings. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type DiffReport, diffReportSchema } from "../../runs/diff-report.js";
import { systemCode, UsageError } from "../../runs/exit-codes.js";
import { REPORT } from "./diff-files.js";
import { type DiffSettings, diffSettingsSchema } from "./diff-settings.js";

export interface DiffFolder {
  readonly report: DiffReport;
  readonly settings: DiffSettings;
}

/** @throws {UsageError} when the folder holds no report of `diff`. */
export async function readDiffFolder(folder: string): Promise<DiffFolder> {
  const file = join(folder, REPORT);
  const text = await readFile(file, "utf8").catch((error: unknown) => {
    const reason = systemCode(error) === "ENOENT" ? "there is none" : String(error);
    throw new UsageError(`${file}: ${reason}; name a folder that ocpi2osm diff wrote`, { cause: error });
  });
  try {
    const report = diffReportSchema.parse(JSON.parse(text));
    return { report, settings: diffSettingsSchema.parse(report.settings) };
  } catch (error) {
    throw new UsageError(`${file} is not the report of ocpi2osm diff`, { cause: error });
  }
}
