// @ts-check
/**
 * `npm run bench:hmc`: what a folder of thousands of HERE Map Content tiles costs, next to one OCPI array of the same
 * records, and whether memory stays flat. Every command is a process of its own; the commands take turns.
 *
 *   node scripts/bench-hmc.mjs [--tiles 10000] [--per-tile 10] [--rounds 3] [--seed 1] [--cli FILE] [--markdown FILE]
 *
 * The same tiles come twice: indented, as the SDK prints them, and compact. Feeds are generated into bench-data/ and used
 * again. A tenth of the tiles is converted, too: memory must not grow. A Location on a border is in two tiles, so the
 * folder has some tiles and records more than asked for.
 */
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { MEGABYTE, machine, medianSeconds, peakMegabytes, writeReport } from "./bench/figures.mjs";
import { measure } from "./bench/measure.mjs";
import { writeFeed } from "./generate-feed.mjs";
import { DIST } from "./program.mjs";
import { STANDARD_HABITS } from "./synthetic/proto-json.mjs";
import { writeTiles } from "./synthetic/tile-folder.mjs";
import { wholeNumber } from "./whole-number.mjs";

/** @import { Measurement } from "./bench/measure.mjs" */

/**
 * @typedef {object} Row
 * @property {string} what
 * @property {string} input
 * @property {number} files
 * @property {number} bytes
 * @property {Measurement[]} runs
 * @property {number} emitted Locations in the output
 */

const DATA = fileURLToPath(new URL("../bench-data", import.meta.url));
const SCRATCH = `${DATA}/measurement.txt`;
const LEAST_RATIO = 0.5;
/** protobuf's MessageToJson, by which HERE's Data SDK for Python decodes, indents by two unless told otherwise. */
const SDK_INDENT = 2;

const { values } = parseArgs({
  options: {
    tiles: { type: "string", default: "10000" },
    "per-tile": { type: "string", default: "10" },
    rounds: { type: "string", default: "3" },
    seed: { type: "string", default: "1" },
    cli: { type: "string", default: `${DIST}cli.js` },
    markdown: { type: "string" },
  },
});
const tiles = wholeNumber("tiles", values.tiles, 1);
const perTile = wholeNumber("per-tile", values["per-tile"], 1);
const rounds = wholeNumber("rounds", values.rounds, 1);
const seed = wholeNumber("seed", values.seed, 1);
const fewTiles = Math.max(1, Math.round(tiles / 10));
if (!existsSync(values.cli)) throw new Error(`${values.cli} is not there: run \`npm run build\` first`);

mkdirSync(DATA, { recursive: true });
const ocpi = row("OCPI array", await ocpiArray(tiles));
const printed = row("hmc-locations, as the SDK prints", folder("hmc-locations", tiles, SDK_INDENT));
const compact = row("hmc-locations, compact", folder("hmc-locations", tiles));
const rows = [
  ocpi,
  printed,
  compact,
  row("hmc-stations, compact", folder("hmc-stations", tiles)),
  row("hmc-locations, compact, a tenth", folder("hmc-locations", fewTiles)),
  row("OCPI array, a tenth", await ocpiArray(fewTiles)),
];
for (let round = 1; round <= rounds; round += 1) {
  for (const each of rows) {
    process.stderr.write(`round ${round}/${rounds}: ${each.what}\n`);
    const output = `${DATA}/out.osm`;
    const args = [values.cli, "convert", each.input, "-o", output];
    const run = await measure({ program: process.execPath, args }, SCRATCH);
    if (run.failure !== undefined) throw new Error(`${args.join(" ")}: ${run.failure}`);
    each.runs.push(run);
    each.emitted = readFileSync(output, "latin1").split('k="amenity"').length - 1;
    rmSync(output, { force: true });
  }
}

const report = [
  `${machine()}. ${(tiles * perTile).toLocaleString("en")} Locations in ${tiles.toLocaleString("en")} tiles, ` +
    `median of ${rounds} ${rounds === 1 ? "round" : "rounds"}; MB = 10⁶ bytes.`,
  "",
  "| input | files | MB | wall s | MB/s | × OCPI MB/s | Locations out | Locations/s | peak RSS MB |",
  "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
  ...rows.map(tableLine),
  "",
  ...[printed, compact].map(verdict),
];
writeReport(report, values.markdown);

/** @param {Row} each */
function tableLine(each) {
  return `| ${[
    each.what,
    each.files.toLocaleString("en"),
    (each.bytes / MEGABYTE).toFixed(0),
    medianSeconds(each.runs).toFixed(2),
    speed(each).toFixed(1),
    (speed(each) / speed(ocpi)).toFixed(2),
    each.emitted.toLocaleString("en"),
    Math.round(each.emitted / medianSeconds(each.runs)).toLocaleString("en"),
    peakMegabytes(each.runs),
  ].join(" | ")} |`;
}

/** @param {Row} each */
function verdict(each) {
  const ratio = speed(each) / speed(ocpi);
  const met = ratio >= LEAST_RATIO ? "met" : "MISSED";
  return `${each.what}: ${ratio.toFixed(2)} × the OCPI array per megabyte, target ≥ ${LEAST_RATIO}: ${met}.`;
}

/** Megabytes a second. @param {Row} each */
function speed(each) {
  return each.bytes / MEGABYTE / medianSeconds(each.runs);
}

/** @param {string} what @param {string} input a file or a folder of files @returns {Row} */
function row(what, input) {
  const files = statSync(input).isDirectory()
    ? readdirSync(input).map((name) => `${input}/${name}`)
    : [input];
  const bytes = files.reduce((sum, file) => sum + statSync(file).size, 0);
  return { what, input, files: files.length, bytes, runs: [], emitted: 0 };
}

/** @param {number} count of tiles */
async function ocpiArray(count) {
  const file = `${DATA}/hmc-ocpi-${count}x${perTile}-seed${seed}.json`;
  if (existsSync(file)) return file;
  process.stderr.write(`generating ${file}\n`);
  const world = { locations: count * perTile, seed, tiles: count };
  await writeFeed({ ...world, form: "array", defects: 0, gzip: false, output: `${file}.part` });
  renameSync(`${file}.part`, file);
  return file;
}

/** @param {string} dialect @param {number} count of tiles @param {number} [indent] */
function folder(dialect, count, indent) {
  const path = `${DATA}/${dialect}-${count}x${perTile}-seed${seed}${indent === undefined ? "" : `-indent${indent}`}`;
  if (existsSync(path)) return path;
  process.stderr.write(`generating ${path}\n`);
  rmSync(`${path}.part`, { recursive: true, force: true });
  const world = { locations: count * perTile, seed, tiles: count };
  writeTiles(`${path}.part`, { dialect, world, habits: STANDARD_HABITS, files: "sdk", indent });
  renameSync(`${path}.part`, path);
  return path;
}
