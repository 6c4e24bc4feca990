/** osmium-tool as a judge of what is written here. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { it } from "vitest";

const installed = spawnSync("osmium", ["--version"]).status === 0;

/** A test that needs osmium-tool: skipped with a message where it is missing, failing in CI, which must have it. */
export function itWithOsmium(name: string, test: () => void | Promise<void>): void {
  it(name, async (context) => {
    if (!installed && process.env["CI"] === undefined) context.skip("osmium-tool is not installed");
    if (!installed)
      throw new Error("osmium-tool is not installed; CI must have it (apt-get install osmium-tool)");
    await test();
  });
}

/** What `osmium COMMAND… FILE` prints for an OSM XML document. Throws with osmium's own words if it refuses it. */
export function osmium(document: string, ...command: string[]): string {
  return osmiumIn({ "document.osm": document }, ...command, "document.osm");
}

/** What `osmium COMMAND…` prints in a folder that holds these files (name → text). Throws as `osmium` does. */
export function osmiumIn(files: Readonly<Record<string, string>>, ...command: string[]): string {
  const folder = mkdtempSync(join(tmpdir(), "ocpi2osm-osmium-"));
  try {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    const { status, stdout, stderr } = spawnSync("osmium", command, { cwd: folder, encoding: "utf8" });
    if (status !== 0) throw new Error(`osmium ${command.join(" ")}: ${stderr}`);
    return stdout;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A text as it was before osmium wrote it in its OPL form, where `%a%` stands for a line break. */
export function decodeOpl(text: string): string {
  return text.replace(/%([0-9a-f]+)%/g, (_, code) => String.fromCodePoint(Number.parseInt(code, 16)));
}
