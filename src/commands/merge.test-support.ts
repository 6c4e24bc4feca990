/** Runs done in parts, in this process. */
import { execFileSync } from "node:child_process";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import type { ConvertOptions } from "./convert.js";
import { SILENT } from "./convert.test-support.js";
import { convertShard } from "./shards/convert-shard.js";
import { type MergeOptions, merge } from "./merge.js";
import { FEED_FIXTURES, fixture, generateFeed, locationJson } from "./run-cli.test-support.js";

const GENERATE = fileURLToPath(new URL("../../scripts/generate-feed.mjs", import.meta.url));

/** Every part of a conversion; their names. */
export async function shardsOf(options: ConvertOptions, of: number, folder: string): Promise<string[]> {
  const parts: string[] = [];
  for (let number = 1; number <= of; number++) {
    const output = join(folder, `${number}-of-${of}.part`);
    await convertShard({ ...options, output }, { number, of }, SILENT);
    parts.push(output);
  }
  return parts;
}

/** `merge PART… -o OUTPUT` on this thread. Throws as it does. */
export function merged(
  parts: readonly string[],
  output: string,
  options: Partial<MergeOptions> = {},
): Promise<void> {
  return merge(
    {
      parts,
      output,
      report: undefined,
      rejects: undefined,
      junit: undefined,
      maxRejects: undefined,
      stateTo: undefined,
      exitCode: false,
      workers: 0,
      progress: "never",
      ...options,
    },
    SILENT,
  );
}

/** A report without its run block, which holds the clock; every other byte as it stands. */
export function withoutRun(report: string): string {
  return report.replace(/"run": \{[^}]*\}/, "");
}

/**
 * Feeds of every dialect with defects, with Locations that come again in them and between them, compressed and not,
 * with tiles that hold more records than a block and records that share parts. Their names.
 */
export function mixedFeeds(folder: string): string[] {
  const path = (name: string): string => join(folder, name);
  generateFeed(path("array.json"), 180);
  generateFeed(path("lines.ndjson"), 60, "ndjson");
  writeFileSync(path("again.ndjson.gz"), gzipSync(readFileSync(path("lines.ndjson"))));
  for (const dialect of ["here-v3", "here-v2"]) generate(dialect, path(`${dialect}.json`));
  const folders = ["hmc-locations", "hmc-stations"].map((dialect) => {
    // One tile of more records than a block has, and many of few: neighbours repeat what stands on their borders.
    generate(dialect, path(`${dialect}/large`), "--locations", "110", "--tiles", "1");
    generate(dialect, path(`${dialect}/small`), "--locations", "40", "--tiles", "8");
    const [tile = ""] = readdirSync(path(`${dialect}/small`));
    // The same tile under another name: each of its records comes again.
    writeFileSync(path(`${dialect}/copy.json`), readFileSync(path(`${dialect}/small/${tile}`)));
    return path(dialect);
  });
  const bad = [locationJson("x"), "{ no JSON", "", "7", locationJson("x", { name: "again" })];
  writeFileSync(path("bad.ndjson"), `${bad.join("\n")}\n`);
  return [
    ...["array.json", "lines.ndjson", "again.ndjson.gz", "here-v3.json", "here-v2.json", "bad.ndjson"].map(
      path,
    ),
    ...folders,
    ...FEED_FIXTURES.map(fixture),
  ];
}

function generate(dialect: string, output: string, ...options: string[]): void {
  const size = options.length > 0 ? options : ["--locations", "60", "--defects", "0.1"];
  execFileSync(process.execPath, [GENERATE, "--dialect", dialect, "--seed", "3", ...size, "-o", output]);
}
