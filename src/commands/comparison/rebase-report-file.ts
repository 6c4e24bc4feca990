/** rebase.json: what a folder that `rebase` wrote was made with, above all the licence of its source (D9). */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { UsageError, systemCode } from "../../runs/exit-codes.js";
import { TOOL } from "../../version.js";
import { REBASE_REPORT } from "./diff-files.js";
import { type DiffSettings, diffSettingsSchema } from "./diff-settings.js";

const rebaseReportSchema = z.object({ rebase_report: z.literal(1), settings: diffSettingsSchema });

/** The text of rebase.json. `settings`: those of the diff that was rebased. Members are added, never changed. */
export function rebaseReportText(settings: DiffSettings): string {
  return `${JSON.stringify({ rebase_report: 1, tool: TOOL, settings }, undefined, 2)}\n`;
}

/**
 * The settings of the diff that was rebased; undefined where the folder has no rebase.json.
 *
 * @throws {UsageError} when it cannot be read or is none.
 */
export async function readRebaseSettings(folder: string): Promise<DiffSettings | undefined> {
  const file = join(folder, REBASE_REPORT);
  try {
    return rebaseReportSchema.parse(JSON.parse(await readFile(file, "utf8"))).settings;
  } catch (error) {
    if (systemCode(error) === "ENOENT") return undefined;
    throw new UsageError(`${file} is not what ocpi2osm rebase wrote`, { cause: error });
  }
}
