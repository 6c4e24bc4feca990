// @ts-check
/**
 * `npm run bench`: what a conversion costs, next to plain programs doing the same job. Every command is a process of
 * its own; the commands take turns, so that a slow minute of the machine hits all of them.
 *
 *   node scripts/bench.mjs [--locations 50000] [--rounds 3] [--seed 1] [--only TEXT] [--big] [--markdown FILE]
 *
 * Feeds are generated into bench-data/ and used again when size and seed are the same. Expects a built `dist/`.
 */
import { createReadStream, existsSync, mkdirSync, renameSync, rmSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { MEGABYTE, machine, medianSeconds, peakMegabytes, writeReport } from "./bench/figures.mjs";
import { isPresent, measure } from "./bench/measure.mjs";
import { writeFeed } from "./generate-feed.mjs";
import { wholeNumber } from "./whole-number.mjs";

/** @import { Command, Measurement } from "./bench/measure.mjs" */

/**
 * @typedef {object} Row
 * @property {string} what
 * @property {Command} command
 * @property {string} output the file it writes; "" for none
 * @property {number} records
 * @property {number} bytes of input before compression
 * @property {string} target
 * @property {string | undefined} absent why it cannot be run
 * @property {Measurement[]} runs
 * @property {number | undefined} nodes counted in the first output
 */

const NODE = process.execPath;
const HELP_RUNS = 10;
const BIG_FACTOR = 10;
const CLI = inRepository("dist/cli.js");
const DATA = inRepository("bench-data");
const SCRATCH = `${DATA}/measurement.txt`;

const { values } = parseArgs({
  options: {
    locations: { type: "string", default: "50000" },
    rounds: { type: "string", default: "3" },
    seed: { type: "string", default: "1" },
    only: { type: "string", default: "" },
    big: { type: "boolean", default: false },
    markdown: { type: "string" },
  },
});
const locations = wholeNumber("locations", values.locations, 1);
const rounds = wholeNumber("rounds", values.rounds, 1);
const seed = wholeNumber("seed", values.seed, 1);

mkdirSync(DATA, { recursive: true });
const array = await feed("array", locations, false);
const ndjson = await feed("ndjson", locations, false);
const gzipped = await feed("array", locations, true);
const bytes = statSync(array).size;

const YARDSTICK = row("JSON.parse(readFileSync(f))", node("bench/parse-whole.mjs", array), "yardstick");
const DEFAULT = convert("convert → .osm", array, "osm", [], "≤ 0.5 × JSON.parse, ≤ 350 MB");
/** @type {Row[]} */
const rows = [
  YARDSTICK,
  DEFAULT,
  convert("convert → .osm, --workers 0", array, "osm", ["--workers", "0"], "≤ 200 MB"),
  convert("convert → .osm, --workers 1", array, "osm", ["--workers", "1"], ""),
  convert("convert → .osm, --workers 2", array, "osm", ["--workers", "2"], "≤ 350 MB"),
  convert("convert NDJSON → .osm", ndjson, "osm", [], "no slower than the array"),
  convert("convert array.gz → .osm", gzipped, "osm", [], "no slower than the array"),
  convert("convert → csv", array, "csv", [], ""),
  convert("convert → geojson", array, "geojson", [], ""),
  convert("convert → ndjson", array, "ndjson", [], ""),
  convert("convert → ocpi", array, "ocpi", [], ""),
  row(
    "stream-json + zod + xmlbuilder2, plain → .osm",
    node("bench/plain-pipeline.mjs", array, `${DATA}/plain.osm`),
    "convert ≥ 8 × faster",
    { output: `${DATA}/plain.osm` },
  ),
  row(
    "Python json + ElementTree → .osm",
    { program: "python3", args: [script("bench/convert.py"), array, `${DATA}/python.osm`] },
    "convert ≥ 4 × faster",
    { output: `${DATA}/python.osm` },
  ),
  row(
    "jq program → .osm",
    { program: "jq", args: ["-r", "-f", script("bench/convert.jq"), array], stdoutFile: `${DATA}/jq.osm` },
    "convert ≥ 4 × faster",
    { output: `${DATA}/jq.osm` },
  ),
];
if (values.big) {
  const big = await feed("array", locations * BIG_FACTOR, false);
  const size = { records: locations * BIG_FACTOR, bytes: statSync(big).size };
  rows.push(
    convert(`convert → .osm, ${BIG_FACTOR} × the input`, big, "osm", [], "memory as above", size),
    convert(
      `convert → .osm, ${BIG_FACTOR} ×, --workers 0`,
      big,
      "osm",
      ["--workers", "0"],
      "memory as above",
      size,
    ),
  );
}
const chosen = rows.filter(({ what }) => what === YARDSTICK.what || what.includes(values.only));

for (let round = 1; round <= rounds; round += 1) {
  for (const each of chosen) {
    if (each.absent !== undefined) continue;
    process.stderr.write(`round ${round}/${rounds}: ${each.what}\n`);
    const run = await measure(each.command, SCRATCH);
    each.runs.push(run);
    if (run.failure !== undefined) each.absent = run.failure;
    else if (each.output.endsWith(".osm")) each.nodes ??= await countNodes(each.output);
    if (each.output !== "") rmSync(each.output, { force: true });
  }
}
const help = await startUp([CLI, "--help"]);
const bare = await startUp(["-e", "0"]);

const report = [
  `${machine()}. ${locations.toLocaleString("en")} Locations, ` +
    `${(bytes / MEGABYTE).toFixed(0)} MB, median of ${rounds} ${rounds === 1 ? "round" : "rounds"}; MB = 10⁶ bytes of input before compression.`,
  "",
  "| what | MB | wall s | MB/s | records/s | peak RSS MB | × JSON.parse | × convert | nodes | target |",
  "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | --- |",
  ...chosen.map(tableLine),
  "",
  `Start-up of \`ocpi2osm --help\`, median of ${HELP_RUNS}: ${help} (Node itself: ${bare}); target ≤ 150 ms.`,
];
writeReport(report, values.markdown);

/** @param {Row} each */
function tableLine(each) {
  const { what, target, records, absent, nodes } = each;
  const size = (each.bytes / MEGABYTE).toFixed(0);
  if (absent !== undefined || each.runs.length === 0)
    return `| ${what} | ${size} | ${absent} |  |  |  |  |  |  | ${target} |`;
  const seconds = wall(each);
  return `| ${[
    what,
    size,
    seconds.toFixed(2),
    (each.bytes / MEGABYTE / seconds).toFixed(1),
    Math.round(records / seconds).toLocaleString("en"),
    peakMegabytes(each.runs),
    timesThat(each, YARDSTICK),
    timesThat(each, DEFAULT),
    nodes?.toLocaleString("en") ?? "–",
    target,
  ].join(" | ")} |`;
}

/** Wall time as a multiple of another row's, each for the same amount of input. @param {Row} each @param {Row} other */
function timesThat(each, other) {
  if (other.absent !== undefined || other.runs.length === 0) return "–";
  return (wall(each) / each.bytes / (wall(other) / other.bytes)).toFixed(2);
}

/** @param {Row} each */
function wall(each) {
  return medianSeconds(each.runs);
}

/**
 * @param {string} what
 * @param {Command} command
 * @param {string} target
 * @param {{ output?: string, records?: number, bytes?: number }} [of]
 * @returns {Row}
 */
function row(what, command, target, of = {}) {
  const missing = command.args[0] === CLI ? !existsSync(CLI) : !isPresent(command.program);
  return {
    what,
    command,
    output: of.output ?? "",
    records: of.records ?? locations,
    bytes: of.bytes ?? bytes,
    target,
    absent: missing ? (command.args[0] === CLI ? "not built: npm run build" : "not present") : undefined,
    runs: [],
    nodes: undefined,
  };
}

/**
 * @param {string} what
 * @param {string} input
 * @param {string} format
 * @param {string[]} flags
 * @param {string} target
 * @param {{ records?: number, bytes?: number }} [size]
 */
function convert(what, input, format, flags, target, size = {}) {
  const output = `${DATA}/out.${format}`;
  const args = [CLI, "convert", input, "-o", output, "--format", format, ...flags];
  return row(what, { program: NODE, args }, target, { ...size, output });
}

/** @param {string} file @param {string[]} args @returns {Command} */
function node(file, ...args) {
  return { program: NODE, args: [script(file), ...args] };
}

/** @param {string} form @param {number} count @param {boolean} gzip */
async function feed(form, count, gzip) {
  const suffix = `${form === "ndjson" ? "ndjson" : "json"}${gzip ? ".gz" : ""}`;
  const file = `${DATA}/${form}-${count}-seed${seed}.${suffix}`;
  if (existsSync(file)) return file;
  process.stderr.write(`generating ${file}\n`);
  await writeFeed({ locations: count, seed, form, defects: 0.02, gzip, output: `${file}.part` });
  renameSync(`${file}.part`, file);
  return file;
}

/** @param {string} file */
async function countNodes(file) {
  let count = 0;
  let carried = "";
  for await (const chunk of createReadStream(file, { encoding: "latin1", highWaterMark: 1 << 20 })) {
    const text = carried + chunk;
    count += text.split("<node ").length - 1;
    carried = text.slice(-5);
  }
  return count;
}

/** @param {string[]} args */
async function startUp(args) {
  if (args[0] === CLI && !existsSync(CLI)) return "not built";
  const runs = [];
  for (let run = 0; run < HELP_RUNS; run += 1) runs.push(await measure({ program: NODE, args }, SCRATCH));
  const failure = runs.find((run) => run.failure !== undefined)?.failure;
  return failure ?? `${Math.round(medianSeconds(runs) * 1000)} ms`;
}

/** @param {string} file */
function script(file) {
  return fileURLToPath(new URL(file, import.meta.url));
}

/** @param {string} file */
function inRepository(file) {
  return fileURLToPath(new URL(`../${file}`, import.meta.url));
}
