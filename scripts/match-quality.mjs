// @ts-check
/**
 * Measures matching against a truth that is known because it was made (rule D10), and other tools' methods on the same
 * sets. What the figures mean is defined in `match-quality/judged.mjs`.
 *
 *   node scripts/match-quality.mjs [--locations 10000] [--seed 1] [--layout scattered|town|city] [--only NAMES]
 *        [--feed FILE] [--each] [--markdown] [--gate] [--confusions FILE] [--program dist]
 *
 * `--each` adds sets with one perturbation only, with ids in OSM and without. `--gate` makes the exit code 1 unless the
 * program's total passes. `--confusions` gets a line for every verdict of the program that is not right, with tags.
 */
import { createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { parseArgs } from "node:util";
import { labelledSet, measured, ownMethod } from "./match-quality/measured-set.mjs";
import { nearest } from "./match-quality/nearest.mjs";
import { refThenNearest } from "./match-quality/ref-then-nearest.mjs";
import { scoresTable } from "./match-quality/table.mjs";
import { weighted } from "./match-quality/weighted.mjs";
import { loadComparer, loadTagger } from "./program.mjs";
import { PERTURBATIONS } from "./synthetic/perturbations.mjs";
import { SET_OPTIONS, onlyThese, wantedSet } from "./synthetic/wanted-set.mjs";

/** @import { Measured } from "./match-quality/measured-set.mjs" */
/** @import { Method } from "./match-quality/verdicts.mjs" */
/** @import { Comparer } from "./program.mjs" */
/** @import { Tagger } from "./synthetic/tagged-sites.mjs" */
/** @import { WantedSet } from "./synthetic/wanted-set.mjs" */

/** @type {Readonly<Record<string, Method>>} */
const OTHER_METHODS = {
  "nearest within 100 m": nearest,
  "weighted score": weighted,
  "ref, then nearest": refThenNearest,
};
/** Locations in a set of one perturbation. */
const SMALL_SET = 2000;

/**
 * The program and the other methods on one set.
 * @param {Tagger & Comparer} program
 * @param {WantedSet} wanted
 * @returns {Promise<{ own: Measured, others: [name: string, measured: Measured][] }>}
 */
export async function measureQuality(program, wanted) {
  const set = await labelledSet(program, wanted);
  return {
    own: measured(set, ownMethod(program, set.extract.wayNodes)),
    others: Object.entries(OTHER_METHODS).map(([name, method]) => [name, measured(set, method)]),
  };
}

/**
 * Sets with one perturbation only: with ids and, where that is another set, without any.
 * @returns {string[]} as `--only` takes them
 */
function singleSets() {
  const names = PERTURBATIONS.map(({ name, axis }) => (axis === "ids" ? [name] : [name, `${name},no-ids`]));
  const creates = PERTURBATIONS.filter(({ axis }) => axis === "neighbours").map(
    ({ name }) => `missing,${name}`,
  );
  return ["", ...names.flat(), ...creates];
}

/** @param {readonly string[]} args @returns {Promise<number>} the exit code */
async function main(args) {
  const { values } = parseArgs({
    args: [...args],
    options: {
      ...SET_OPTIONS,
      confusions: { type: "string" },
      each: { type: "boolean", default: false },
      markdown: { type: "boolean", default: false },
      gate: { type: "boolean", default: false },
    },
  });
  const { each, markdown, gate, confusions, program: folder, ...chosen } = values;
  const wanted = wantedSet(chosen);
  const program = { ...(await loadTagger(folder)), ...(await loadComparer(folder)) };
  const { own, others } = await measureQuality(program, wanted);
  const methods = [["ocpi2osm", own.total], ...others.map(([name, { total }]) => [name, total])];
  print(scoresTable("method", /** @type {never} */ (methods), markdown));
  const rows = [...own.byPerturbation].sort(([a], [b]) => rowOf(a) - rowOf(b));
  print(scoresTable("perturbation", rows, markdown));
  if (each) {
    const sets = [];
    for (const only of singleSets()) {
      const small = { ...wanted, locations: SMALL_SET, mixture: onlyThese(only) };
      const set = await labelledSet(program, small);
      sets.push(
        /** @type {const} */ ([
          only || "exact copy",
          measured(set, ownMethod(program, set.extract.wayNodes)).total,
        ]),
      );
    }
    print(scoresTable("only", sets, markdown));
  }
  if (confusions !== undefined) {
    const lines = own.confusions.map((one) => `${JSON.stringify(one)}\n`);
    await pipeline(Readable.from(lines), createWriteStream(confusions));
  }
  const failures = gate ? own.total.failures() : [];
  for (const failure of failures) process.stderr.write(`match-quality: ${failure}\n`);
  return failures.length > 0 ? 1 : 0;
}

/** @param {string} name */
function rowOf(name) {
  const row = PERTURBATIONS.findIndex((perturbation) => perturbation.name === name);
  return row === -1 ? PERTURBATIONS.length : row;
}

/** @param {string} text */
function print(text) {
  process.stdout.write(`${text}\n`);
}

if (process.argv[1] === import.meta.filename) {
  try {
    process.exitCode = await main(process.argv.slice(2));
  } catch (error) {
    process.stderr.write(`match-quality: ${error instanceof Error ? error.message : error}\n`);
    process.exitCode = 2;
  }
}
