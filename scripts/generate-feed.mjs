// @ts-check
/**
 * Writes a synthetic feed of any size. Same arguments, same bytes.
 *
 *   node scripts/generate-feed.mjs --locations 50000 --seed 1 --form array|envelope|ndjson|here-v3
 *        [--defects 0.02] [--gzip] [-o FILE]
 */
import { createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { parseArgs } from "node:util";
import { createGzip } from "node:zlib";
import { HERE_V3_DEFECTS, hereV3Location } from "./synthetic/here-v3-writer.mjs";
import { OCPI_DEFECTS, ocpiLocation } from "./synthetic/ocpi-writer.mjs";
import { Random } from "./synthetic/random.mjs";
import { stationAt } from "./synthetic/world.mjs";

/** @import { Station } from "./synthetic/world.mjs" */

/**
 * @typedef {object} Form
 * @property {(station: Station, defect: Random | undefined) => object} record
 * @property {string} head
 * @property {string} between
 * @property {string} tail
 */

/** @param {Station} station @param {Random | undefined} defect */
const ocpiRecord = (station, defect) => spoiled(ocpiLocation(station), OCPI_DEFECTS, defect);
/** @param {Station} station @param {Random | undefined} defect */
const hereV3Record = (station, defect) => spoiled(hereV3Location(station), HERE_V3_DEFECTS, defect);

/** @type {Record<string, Form>} */
const FORMS = {
  array: { record: ocpiRecord, head: "[", between: ",", tail: "]\n" },
  envelope: {
    record: ocpiRecord,
    head: '{"status_code":1000,"status_message":"Success","timestamp":"2026-01-01T00:00:00Z","data":[',
    between: ",",
    tail: "]}\n",
  },
  ndjson: { record: ocpiRecord, head: "", between: "\n", tail: "\n" },
  "here-v3": { record: hereV3Record, head: '{"items":[', between: ",", tail: '],"missingItems":[]}\n' },
};
export const FORM_NAMES = Object.keys(FORMS);

const CHUNK_LETTERS = 1 << 18;
/** The share of defective records that repeat the record before them, half of them with another date. */
const DUPLICATE_SHARE = 0.06;

/**
 * The text of a feed, in pieces of about 256 KiB.
 * @param {{ locations: number, seed: number, form: string, defects: number }} wanted `defects` is a share, 0 to 1
 * @returns {Generator<string, void, void>}
 * @throws {RangeError} on an unknown form
 */
export function* feedText({ locations, seed, form, defects }) {
  const shape = FORMS[form];
  if (shape === undefined) throw new RangeError(`--form "${form}" is not one of ${FORM_NAMES.join(", ")}`);
  let text = shape.head;
  for (let index = 0; index < locations; index += 1) {
    text += recordText(shape, seed, index, defects);
    text += index + 1 < locations ? shape.between : "";
    if (text.length >= CHUNK_LETTERS) {
      yield text;
      text = "";
    }
  }
  yield locations === 0 && form === "ndjson" ? "" : text + shape.tail;
}

/** @param {Form} shape @param {number} seed @param {number} index @param {number} defects */
function recordText(shape, seed, index, defects) {
  const chance = new Random(seed ^ 0x5bd1e995, index);
  const spoil = chance.chance(defects);
  const repeat = spoil && index > 0 && chance.chance(DUPLICATE_SHARE);
  const station = stationAt(seed, repeat ? index - 1 : index);
  const dated = repeat && chance.chance(0.5) ? { ...station, updated: "2026-11-01T00:00:00Z" } : station;
  const json = JSON.stringify(shape.record(dated, spoil && !repeat ? chance : undefined));
  return station.asciiOnly ? json.replace(/[\u0080-\uffff]/g, escaped) : json;
}

/**
 * @template T
 * @param {T} record
 * @param {readonly ((record: T, random: Random) => object)[]} defects
 * @param {Random | undefined} chance absent: the record stays whole
 * @returns {T | object}
 */
function spoiled(record, defects, chance) {
  if (chance === undefined) return record;
  return defects[chance.whole(0, defects.length - 1)]?.(record, chance) ?? record;
}

/** @param {string} unit one UTF-16 code unit */
function escaped(unit) {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

/**
 * Writes a feed to a file, or to standard output when no name is given. Honours backpressure.
 * @param {{ locations: number, seed: number, form: string, defects: number, gzip: boolean, output?: string | undefined }} wanted
 */
export async function writeFeed({ gzip, output, ...wanted }) {
  const source = Readable.from(feedText(wanted), { objectMode: true, highWaterMark: 2 });
  const target = output === undefined || output === "-" ? process.stdout : createWriteStream(output);
  await (gzip ? pipeline(source, createGzip(), target) : pipeline(source, target));
}

/** @param {string[]} args @throws {RangeError | TypeError} on wrong arguments */
function wantedFeed(args) {
  const { values } = parseArgs({
    args,
    options: {
      locations: { type: "string", default: "1000" },
      seed: { type: "string", default: "1" },
      form: { type: "string", default: "array" },
      defects: { type: "string", default: "0.02" },
      gzip: { type: "boolean", default: false },
      output: { type: "string", short: "o" },
    },
  });
  const { form, gzip, output } = values;
  const [locations, seed, defects] = [Number(values.locations), Number(values.seed), Number(values.defects)];
  if (!Number.isSafeInteger(locations) || locations < 0)
    throw new RangeError("--locations takes a whole number");
  if (!Number.isSafeInteger(seed)) throw new RangeError("--seed takes a whole number");
  if (!(defects >= 0 && defects <= 1)) throw new RangeError("--defects takes a share from 0 to 1");
  return { locations, seed, form, defects, gzip, output };
}

if (process.argv[1] === import.meta.filename) {
  try {
    await writeFeed(wantedFeed(process.argv.slice(2)));
  } catch (error) {
    process.stderr.write(`generate-feed: ${error instanceof Error ? error.message : error}\n`);
    process.exitCode = 2;
  }
}
