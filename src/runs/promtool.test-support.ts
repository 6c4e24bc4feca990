/** promtool, which comes with Prometheus, as the judge of the metrics written here. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Reads Prometheus text and judges its names. Throws with promtool's own words if it refuses or frowns at anything. */
export function checkMetrics(text: string): void {
  const { status, stdout, stderr } = spawnSync("promtool", ["check", "metrics"], {
    input: text,
    encoding: "utf8",
  });
  if (status !== 0 || `${stdout}${stderr}` !== "")
    throw new Error(`promtool check metrics: ${stdout}${stderr}\n${text}`);
}

/**
 * Reads OpenMetrics text into a new database. It takes series with a time only, so each is given one. Throws with
 * promtool's own words if it refuses the text.
 */
export function importOpenMetrics(text: string): void {
  const folder = mkdtempSync(join(tmpdir(), "ocpi2osm-promtool-"));
  try {
    const timed = text.replaceAll(/^(?!#)(.+)$/gm, "$1 1767225600");
    writeFileSync(join(folder, "metrics.om"), timed);
    const { status, stdout, stderr } = spawnSync(
      "promtool",
      ["tsdb", "create-blocks-from", "openmetrics", "metrics.om", "tsdb"],
      { cwd: folder, encoding: "utf8" },
    );
    if (status !== 0) throw new Error(`promtool tsdb: ${stdout}${stderr}\n${timed}`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
