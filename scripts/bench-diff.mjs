// @ts-check
/**
 * `npm run bench:diff`: what a comparison costs, next to converting the feed and reading the extract, which it cannot
 * do without; and how that grows. Every command is a process of its own; the commands take turns.
 *
 *   node scripts/bench-diff.mjs [--sizes 10000,30000,100000] [--rounds 3] [--seed 1] [--markdown FILE]
 *
 * Sets are generated into bench-data/ and used again. `first`: OSM as mappers have it, nothing imported before.
 * `settled`: OSM holds what the feed says, so nothing is proposed. Expects a built `dist/`.
 */
import { existsSync, mkdirSync, renameSync, rmSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { MEGABYTE, machine, medianSeconds, peakMegabytes, writeReport } from "./bench/figures.mjs";
import { measure } from "./bench/measure.mjs";
import { writeSet } from "./generate-osm.mjs";
import { DIST, loadTagger } from "./program.mjs";
import { wantedSet } from "./synthetic/wanted-set.mjs";
import { wholeNumber } from "./whole-number.mjs";

/** @import { Measurement } from "./bench/measure.mjs" */

const NODE = process.execPath;
const DATA = fileURLToPath(new URL("../bench-data", import.meta.url));
const CLI = fileURLToPath(new URL("../dist/cli.js", import.meta.url));
const READ_OSM = fileURLToPath(new URL("bench/read-osm.mjs", import.meta.url));
const SCRATCH = `${DATA}/measurement.txt`;
const WORLDS = [
  { name: "first", only: undefined },
  { name: "settled", only: "" },
];

const { values } = parseArgs({
  options: {
    sizes: { type: "string", default: "10000,30000,100000" },
    rounds: { type: "string", default: "3" },
    seed: { type: "string", default: "1" },
    markdown: { type: "string" },
  },
});
const sizes = values.sizes.split(",").map((size) => wholeNumber("sizes", size, 1));
const rounds = wholeNumber("rounds", values.rounds, 1);
mkdirSync(DATA, { recursive: true });

/** @type {string[]} */
const lines = [];
for (const { name, only } of WORLDS) {
  for (const size of sizes) {
    const folder = await generated(name, size, only);
    const feed = `${folder}/feed.ndjson`;
    const osm = `${folder}/osm.osm`;
    const out = `${DATA}/diff-out`;
    const state = `${DATA}/diff-state.ndjson`;
    /** @type {Record<"convert" | "read" | "diff", Measurement[]>} */
    const runs = { convert: [], read: [], diff: [] };
    for (let round = 1; round <= rounds; round += 1) {
      process.stderr.write(`${name}, ${size} Locations, round ${round}/${rounds}\n`);
      runs.convert.push(await run([CLI, "convert", feed, "-o", `${DATA}/diff.osm`]));
      runs.read.push(await run([READ_OSM, osm]));
      rmSync(out, { recursive: true, force: true });
      rmSync(state, { force: true });
      runs.diff.push(await run([CLI, "diff", feed, "--osm", osm, "-o", out, "--state", state]));
    }
    rmSync(out, { recursive: true, force: true });
    const [convert, read, diff] = [runs.convert, runs.read, runs.diff].map(medianSeconds);
    lines.push(
      `| ${name} | ${size.toLocaleString("en")} | ${megabytes(feed)} + ${megabytes(osm)} | ${convert?.toFixed(2)} | ` +
        `${read?.toFixed(2)} | ${diff?.toFixed(2)} | ${((diff ?? 0) / ((convert ?? 0) + (read ?? 0))).toFixed(2)} | ${peakMegabytes(runs.diff)} |`,
    );
  }
}
const report = [
  `${machine()}; median of ${rounds}. Target at 100,000: ≤ 2 × (convert + read), ≤ 1 GB.`,
  "",
  "| OSM | Locations | MB feed + OSM | convert s | read OSM s | diff s | × (convert + read) | peak RSS MB |",
  "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
  ...lines,
];
writeReport(report, values.markdown);

/** @param {string} name @param {number} size @param {string | undefined} only */
async function generated(name, size, only) {
  const folder = `${DATA}/diff-${name}-${size}-seed${values.seed}`;
  if (existsSync(folder)) return folder;
  process.stderr.write(`generating ${folder}\n`);
  const wanted = wantedSet({ locations: String(size), seed: values.seed, layout: "town", only });
  await writeSet(await loadTagger(DIST), wanted, `${folder}.part`);
  renameSync(`${folder}.part`, folder);
  return folder;
}

/** @param {string[]} args @throws {Error} when the command fails */
async function run(args) {
  const measured = await measure({ program: NODE, args }, SCRATCH);
  if (measured.failure !== undefined) throw new Error(`${args.join(" ")}: ${measured.failure}`);
  return measured;
}

/** @param {string} file */
function megabytes(file) {
  return (statSync(file).size / MEGABYTE).toFixed(0);
}
