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
import { existsSync, mkdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { measure } from "./bench/measure.mjs";
import { wantedSet, writeSet } from "./generate-osm.mjs";
import { DIST, loadTagger } from "./program.mjs";

/** @import { Measurement } from "./bench/measure.mjs" */

const NODE = process.execPath;
const MEGABYTE = 1e6;
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
const sizes = values.sizes.split(",").map(Number);
const rounds = Number(values.rounds);
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
    const [convert, read, diff] = [runs.convert, runs.read, runs.diff].map(seconds);
    const peak = Math.max(...runs.diff.map(({ peakBytes }) => peakBytes ?? Number.NaN));
    lines.push(
      `| ${name} | ${size.toLocaleString("en")} | ${megabytes(feed)} + ${megabytes(osm)} | ${convert?.toFixed(2)} | ` +
        `${read?.toFixed(2)} | ${diff?.toFixed(2)} | ${((diff ?? 0) / ((convert ?? 0) + (read ?? 0))).toFixed(2)} | ${(peak / MEGABYTE).toFixed(0)} |`,
    );
  }
}
const report = [
  `${cpus()[0]?.model.trim()}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB; Node ${process.version}; ` +
    `${new Date().toISOString().slice(0, 10)}; median of ${rounds}. Target at 100,000: ≤ 2 × (convert + read), ≤ 1 GB.`,
  "",
  "| OSM | Locations | MB feed + OSM | convert s | read OSM s | diff s | × (convert + read) | peak RSS MB |",
  "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
  ...lines,
  "",
].join("\n");
process.stdout.write(report);
if (values.markdown !== undefined) writeFileSync(values.markdown, report);

/** @param {string} name @param {number} size @param {string | undefined} only */
async function generated(name, size, only) {
  const folder = `${DATA}/diff-${name}-${size}-seed${values.seed}`;
  if (existsSync(folder)) return folder;
  process.stderr.write(`generating ${folder}\n`);
  const wanted = wantedSet({
    locations: String(size),
    seed: values.seed,
    layout: "town",
    only,
    feed: undefined,
  });
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

/** The median. @param {readonly Measurement[]} measurements */
function seconds(measurements) {
  const sorted = measurements.map(({ seconds }) => seconds).sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}

/** @param {string} file */
function megabytes(file) {
  return (statSync(file).size / MEGABYTE).toFixed(0);
}
