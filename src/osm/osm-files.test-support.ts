/** OSM files for tests: made by osmium from OSM XML, and handed to the reader in pieces. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { InputError } from "../input-error.js";
import type { OsmSource } from "./osm-source.js";
import { readOsm } from "./read-osm.js";

/** A source of these bytes, `size` at a time; counts how often it was opened and read to its end. */
export function sourceOf(
  content: Uint8Array | string,
  size = 1000,
): OsmSource & { readonly opened: () => number; readonly finished: () => number } {
  const bytes = Buffer.from(content);
  const counts = { opened: 0, finished: 0 };
  async function* open(): AsyncGenerator<Uint8Array> {
    counts.opened++;
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
    counts.finished++;
  }
  return { name: "x.osm", open, opened: () => counts.opened, finished: () => counts.finished };
}

/** What `osmium COMMAND -o x.ENDING` writes for an OSM XML document. */
export function osmiumFile(document: string, ending: string, ...options: string[]): Buffer {
  const folder = mkdtempSync(join(tmpdir(), "ocpi2osm-osmium-"));
  try {
    const from = join(folder, "document.osm");
    const to = join(folder, `out.${ending}`);
    writeFileSync(from, document);
    const command = options.length === 0 ? ["cat"] : options;
    const { status, stderr } = spawnSync("osmium", [...command, from, "-o", to], { encoding: "utf8" });
    if (status !== 0) throw new Error(`osmium ${options.join(" ")}: ${stderr}`);
    return readFileSync(to);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** What reading says against these bytes: message and advice. Fails for any other error, and for none. */
export async function refusal(content: Uint8Array | string, size?: number): Promise<string> {
  try {
    await readOsm(sourceOf(content, size));
  } catch (error) {
    if (error instanceof InputError) return `${error.message} | ${error.advice}`;
    throw error;
  }
  throw new Error("was read");
}

/** An OSM XML document around these elements. */
export function osmXml(...elements: readonly string[]): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<osm version="0.6" generator="test">\n${elements.join("\n")}\n</osm>\n`;
}
