// @ts-check
/**
 * Writes one synthetic world as a feed of any dialect and size. Same arguments, same bytes; memory stays flat.
 *
 *   node scripts/generate-feed.mjs --locations 50000 --seed 1
 *        --dialect ocpi|here-v3|here-v2        one file [-o FILE]; ocpi: [--form array|envelope|ndjson]
 *        --dialect hmc-locations|hmc-stations  a folder of tiles, -o DIR
 *
 * One file: [--defects 0.02] [--gzip]. Tiles: [--habits names=snake,enums=prefixed,…] [--files sdk|olpcli|geojson].
 * Both: [--tiles N] stands the Locations into N tiles, as many in each; else chance decides where they are.
 */
import { createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { parseArgs } from "node:util";
import { createGzip } from "node:zlib";
import { HERE_V2_DEFECTS, hereV2Station } from "./synthetic/here-v2-writer.mjs";
import { HERE_V3_DEFECTS, hereV3Location } from "./synthetic/here-v3-writer.mjs";
import { OCPI_DEFECTS, ocpiLocation } from "./synthetic/ocpi-writer.mjs";
import { parseHabits } from "./synthetic/proto-json.mjs";
import { Random } from "./synthetic/random.mjs";
import { LAYER_NAMES, writeTiles } from "./synthetic/tile-folder.mjs";
import { stationOf } from "./synthetic/tiled-world.mjs";
import { wholeNumber } from "./whole-number.mjs";

/** @import { World } from "./synthetic/tiled-world.mjs" */
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
/** @param {Station} station @param {Random | undefined} defect */
const hereV2Record = (station, defect) => spoiled(hereV2Station(station), HERE_V2_DEFECTS, defect);

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
  "here-v2": {
    record: hereV2Record,
    head: '{"hasMore":false,"evStations":{"evStation":[',
    between: ",",
    tail: "]}}\n",
  },
};
export const FORM_NAMES = Object.keys(FORMS);
const DIALECT_NAMES = ["ocpi", "here-v3", "here-v2", ...LAYER_NAMES];

const CHUNK_LETTERS = 1 << 18;
/** The share of defective records that repeat the record before them, half of them with another date. */
const DUPLICATE_SHARE = 0.06;

/**
 * The text of a feed, in pieces of about 256 KiB.
 * @param {World & { form: string, defects: number }} wanted `defects` is a share, 0 to 1
 * @returns {Generator<string, void, void>}
 * @throws {RangeError} on an unknown form, or more tiles than there are
 */
export function* feedText({ form, defects, ...world }) {
  const { locations } = world;
  const shape = FORMS[form];
  if (shape === undefined) throw new RangeError(`--form "${form}" is not one of ${FORM_NAMES.join(", ")}`);
  let text = shape.head;
  for (let index = 0; index < locations; index += 1) {
    text += recordText(shape, world, index, defects);
    text += index + 1 < locations ? shape.between : "";
    if (text.length >= CHUNK_LETTERS) {
      yield text;
      text = "";
    }
  }
  yield locations === 0 && form === "ndjson" ? "" : text + shape.tail;
}

/** @param {Form} shape @param {World} world @param {number} index @param {number} defects */
function recordText(shape, world, index, defects) {
  const chance = new Random(world.seed ^ 0x5bd1e995, index);
  const spoil = chance.chance(defects);
  const repeat = spoil && index > 0 && chance.chance(DUPLICATE_SHARE);
  const station = stationOf(world, repeat ? index - 1 : index);
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
 * @param {World & { form: string, defects: number, gzip: boolean, output?: string | undefined }} wanted
 * @throws {RangeError} as `feedText`
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
      tiles: { type: "string" },
      dialect: { type: "string", default: "ocpi" },
      form: { type: "string", default: "array" },
      defects: { type: "string", default: "0.02" },
      gzip: { type: "boolean", default: false },
      habits: { type: "string", default: "" },
      files: { type: "string", default: "sdk" },
      output: { type: "string", short: "o" },
    },
  });
  const { dialect, form, files, gzip, output } = values;
  const defects = Number(values.defects);
  if (!DIALECT_NAMES.includes(dialect))
    throw new RangeError(`--dialect "${dialect}" is not one of ${DIALECT_NAMES.join(", ")}`);
  if (!(defects >= 0 && defects <= 1)) throw new RangeError("--defects takes a share from 0 to 1");
  const world = {
    locations: wholeNumber("locations", values.locations),
    seed: wholeNumber("seed", values.seed),
    ...(values.tiles === undefined ? {} : { tiles: wholeNumber("tiles", values.tiles) }),
  };
  const habits = parseHabits(values.habits);
  return { world, dialect, form: dialect === "ocpi" ? form : dialect, files, habits, defects, gzip, output };
}

if (process.argv[1] === import.meta.filename) {
  try {
    const { world, dialect, files, habits, output, ...rest } = wantedFeed(process.argv.slice(2));
    if (!LAYER_NAMES.includes(dialect)) await writeFeed({ ...world, ...rest, output });
    else if (output === undefined || output === "-") throw new RangeError(`${dialect} is a folder: -o DIR`);
    else writeTiles(output, { dialect, world, habits, files });
  } catch (error) {
    process.stderr.write(`generate-feed: ${error instanceof Error ? error.message : error}\n`);
    process.exitCode = 2;
  }
}
