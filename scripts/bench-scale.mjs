// @ts-check
/**
 * What running in shards costs: one run, then 1, 2, 4 shards one after the other and their merge, each a process of
 * its own on one thread; the filter; and a comparison. Wall time says how long a machine that does nothing else takes,
 * CPU time the same on a machine that is busy.
 *
 *   node scripts/bench-scale.mjs [--locations 50000] [--shards 1,2,4] [--seed 1] [--diff] [--cli FILE] [--markdown FILE]
 *
 * Feeds are generated into bench-data/ and used again; --diff takes the set of `npm run bench:diff` with 10,000 Locations.
 * Expects a built `dist/`, or --cli. Fails when a merge is not what the one run wrote.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync } from "node:fs";
import { performance } from "node:perf_hooks";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { MEGABYTE, machine, writeReport } from "./bench/figures.mjs";
import { wholeNumber } from "./whole-number.mjs";

const DATA = fileURLToPath(new URL("../bench-data", import.meta.url));
const GENERATE = fileURLToPath(new URL("generate-feed.mjs", import.meta.url));
/** Tells the process's own CPU seconds and peak memory as the last line of stderr. */
const TELL = `data:text/javascript,process.on("exit",()=>{const u=process.resourceUsage();process.stderr.write(JSON.stringify({cpu:(u.userCPUTime+u.systemCPUTime)/1e6,rss:u.maxRSS*1024})+"\\n")})`;

const { values } = parseArgs({
  options: {
    locations: { type: "string", default: "50000" },
    shards: { type: "string", default: "1,2,4" },
    seed: { type: "string", default: "1" },
    diff: { type: "boolean", default: false },
    cli: { type: "string", default: fileURLToPath(new URL("../dist/cli.js", import.meta.url)) },
    markdown: { type: "string" },
  },
});
if (!existsSync(values.cli)) throw new Error(`${values.cli} is not there: run \`npm run build\` first`);
mkdirSync(DATA, { recursive: true });
const locations = wholeNumber("locations", values.locations);
const feed = generated();

/** @typedef {{ wall: number, cpu: number, rss: number, bytes: number }} Cost `bytes`: of what it wrote */

/** @type {string[]} */
const rows = [];
const whole = `${DATA}/scale-one.osm`;
row("convert, one run, --workers 0", [run(["convert", feed, "-o", whole, "--workers", "0"], whole)]);
for (const n of values.shards.split(",").map((n) => wholeNumber("shards", n, 1))) {
  const parts = Array.from({ length: n }, (_, index) => `${DATA}/scale-${index + 1}.part`);
  const costs = parts.map((part, index) =>
    run(["convert", feed, "--shard", `${index + 1}/${n}`, "-o", part, "--workers", "0"], part),
  );
  row(`each of ${n} shard${n === 1 ? "" : "s"}`, costs);
  const merged = `${DATA}/scale-merged.osm`;
  row(`merge of ${n}`, [run(["merge", ...parts, "-o", merged], merged)]);
  if (!readFileSync(merged).equals(readFileSync(whole)))
    throw new Error(`the merge of ${n} is not the one run`);
  for (const file of [...parts, merged]) rmSync(file);
}
rmSync(whole);
const lines = `${DATA}/scale-filter.ndjson`;
row("convert --filter", [run(["convert", "--filter", "--source", "ocpi", feed, "-o", lines], lines)]);
rmSync(lines);
if (values.diff) compareDiffs();

const report = [
  `${machine()}; ${locations.toLocaleString("en")} Locations, ` +
    `${(statSync(feed).size / MEGABYTE).toFixed(0)} MB of NDJSON; one round, on one thread each.`,
  "",
  "| what | wall s | CPU s | peak RSS MB | writes MB |",
  "| --- | ---: | ---: | ---: | ---: |",
  ...rows,
];
writeReport(report, values.markdown);

function compareDiffs() {
  const set = `${DATA}/diff-first-10000-seed1`;
  if (!existsSync(set)) throw new Error(`${set} is not there: run \`npm run bench:diff\` first`);
  const out = `${DATA}/scale-diff`;
  const part = `${DATA}/scale-diff.part`;
  const inputs = [`${set}/feed.ndjson`, "--osm", `${set}/osm.osm`];
  row("diff of 10,000 Locations, one run", [
    run(["diff", ...inputs, "-o", out, "--workers", "0"], undefined),
  ]);
  row("its only shard", [run(["diff", ...inputs, "--shard", "1/1", "-o", part, "--workers", "0"], part)]);
  row("its merge", [run(["merge", part, "-o", out, "--workers", "0"], undefined)]);
  rmSync(out, { recursive: true });
  rmSync(part);
}

/** The largest of several: who waits for all of them waits for that one. @param {string} what @param {Cost[]} costs */
function row(what, costs) {
  const most = (/** @type {"wall" | "cpu" | "rss" | "bytes"} */ key) =>
    Math.max(...costs.map((cost) => cost[key]));
  const [wall, cpu] = [most("wall"), most("cpu")].map((seconds) => seconds.toFixed(2));
  const [rss, bytes] = [most("rss"), most("bytes")].map((size) => (size / MEGABYTE).toFixed(0));
  rows.push(`| ${what} | ${wall} | ${cpu} | ${rss} | ${bytes} |`);
  process.stderr.write(`${rows.at(-1)}\n`);
}

/** @param {string[]} args @param {string | undefined} written @returns {Cost} @throws {Error} when the command fails */
function run(args, written) {
  const started = performance.now();
  const { status, stderr } = spawnSync(process.execPath, ["--import", TELL, values.cli, ...args, "--quiet"], {
    encoding: "utf8",
  });
  const wall = (performance.now() - started) / 1000;
  if (status !== 0) throw new Error(`${args.join(" ")}: ${stderr}`);
  const { cpu, rss } = JSON.parse(stderr.trim().split("\n").at(-1) ?? "");
  return { wall, cpu, rss, bytes: written === undefined ? 0 : statSync(written).size };
}

function generated() {
  const file = `${DATA}/scale-${locations}-seed${values.seed}.ndjson`;
  if (existsSync(file)) return file;
  const size = ["--locations", String(locations), "--seed", values.seed, "--form", "ndjson"];
  execFileSync(process.execPath, [GENERATE, ...size, "-o", `${file}.part`]);
  renameSync(`${file}.part`, file);
  return file;
}
