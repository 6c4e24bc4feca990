// @ts-check
/**
 * Loaded with `node --import` where GNU time is not installed: writes the process's peak resident memory in KiB to the
 * file named by PEAK_MEMORY_FILE when the process ends. Worker threads load it too; the main thread answers for all.
 */
import { writeFileSync } from "node:fs";
import { isMainThread } from "node:worker_threads";

const file = process.env["PEAK_MEMORY_FILE"];
if (isMainThread && file !== undefined) {
  process.on("exit", () => writeFileSync(file, String(process.resourceUsage().maxRSS)));
}
