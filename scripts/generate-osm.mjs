// @ts-check
/**
 * Writes a feed, an OpenStreetMap that differs from it in known ways, and the truth. Same arguments, same bytes.
 *
 *   node scripts/generate-osm.mjs -o DIR [--locations 10000] [--seed 1] [--layout scattered|town|city]
 *        [--only PERTURBATION[,PERTURBATION…]] [--program dist]
 *   node scripts/generate-osm.mjs -o DIR --feed FILE      the OSM side of a real OCPI feed
 *
 * DIR gets `feed.ndjson` (OCPI; not with --feed), `osm.osm` and `truth.ndjson`: one line a Location, with `key`, `osm`
 * (names of the elements that truly are it, `[]` when OSM lacks it), `perturbations`, `lifecycle`, `distance` in metres,
 * `sharedWith`, `sameSpot`. `--only` applies these to every site that they fit, in place of the mixture.
 */
import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { finished, pipeline } from "node:stream/promises";
import { parseArgs } from "node:util";
import { DIST, loadTagger } from "./program.mjs";
import { LAYOUT_NAMES } from "./synthetic/layouts.mjs";
import { osmDocument } from "./synthetic/osm-document.mjs";
import { osmSide } from "./synthetic/osm-side.mjs";
import { MIXTURE } from "./synthetic/perturbations.mjs";
import { feedSites, syntheticSites } from "./synthetic/tagged-sites.mjs";

/** @import { LayoutName } from "./synthetic/layouts.mjs" */
/** @import { Mixture } from "./synthetic/perturbations.mjs" */
/** @import { Tagger } from "./synthetic/tagged-sites.mjs" */

/**
 * @typedef {object} WantedSet
 * @property {number} locations
 * @property {number} seed
 * @property {LayoutName} layout
 * @property {Mixture} mixture
 * @property {readonly string[]} feed real feeds in place of the synthetic one; none: synthetic
 */

/**
 * A set in blocks: Locations, elements and truth.
 * @param {Tagger} tagger
 * @param {WantedSet} wanted
 */
export function blocksOf(tagger, { feed, ...wanted }) {
  const sites = feed.length > 0 ? feedSites(tagger, feed) : syntheticSites(tagger, wanted);
  return osmSide(sites, wanted);
}

/**
 * @param {string} names separated by commas; `""`: none, OSM is an exact copy
 * @returns {Mixture}
 * @throws {RangeError} when one is unknown
 */
export function onlyThese(names) {
  const chosen = names.split(",").filter((name) => name !== "");
  for (const name of chosen) {
    if (!(name in MIXTURE))
      throw new RangeError(`"${name}" is not one of ${Object.keys(MIXTURE).join(", ")}`);
  }
  return Object.fromEntries(chosen.map((name) => [name, 1]));
}

/**
 * @param {Tagger} tagger
 * @param {WantedSet} wanted
 * @param {string} folder
 */
export async function writeSet(tagger, wanted, folder) {
  await mkdir(folder, { recursive: true });
  const lines = {
    "truth.ndjson": createWriteStream(join(folder, "truth.ndjson")),
    ...(wanted.feed.length > 0 ? {} : { "feed.ndjson": createWriteStream(join(folder, "feed.ndjson")) }),
  };
  async function* blocks() {
    for await (const block of blocksOf(tagger, wanted)) {
      await write(lines["truth.ndjson"], block.truth);
      if (lines["feed.ndjson"] !== undefined) await write(lines["feed.ndjson"], block.records);
      yield block;
    }
  }
  await pipeline(Readable.from(osmDocument(blocks())), createWriteStream(join(folder, "osm.osm")));
  await Promise.all(Object.values(lines).map((stream) => finished(stream.end())));
}

/** @param {import("node:fs").WriteStream} stream @param {readonly object[]} records */
async function write(stream, records) {
  const text = records.map((record) => `${JSON.stringify(record)}\n`).join("");
  if (!stream.write(text)) await once(stream, "drain");
}

/**
 * @param {Record<string, string | undefined>} values
 * @returns {WantedSet}
 * @throws {RangeError} on wrong arguments
 */
export function wantedSet({ locations = "10000", seed = "1", layout = "town", only, feed }) {
  const [count, start] = [Number(locations), Number(seed)];
  if (!Number.isSafeInteger(count) || count < 0) throw new RangeError("--locations takes a whole number");
  if (!Number.isSafeInteger(start)) throw new RangeError("--seed takes a whole number");
  if (!isLayout(layout))
    throw new RangeError(`--layout "${layout}" is not one of ${LAYOUT_NAMES.join(", ")}`);
  const mixture = only === undefined ? MIXTURE : onlyThese(only);
  return { locations: count, seed: start, layout, mixture, feed: feed === undefined ? [] : [feed] };
}

/** @param {string} name @returns {name is LayoutName} */
const isLayout = (name) => LAYOUT_NAMES.includes(name);

if (process.argv[1] === import.meta.filename) {
  try {
    const { values } = parseArgs({
      options: {
        locations: { type: "string" },
        seed: { type: "string" },
        layout: { type: "string" },
        only: { type: "string" },
        feed: { type: "string" },
        program: { type: "string", default: DIST },
        output: { type: "string", short: "o" },
      },
    });
    if (values.output === undefined) throw new RangeError("-o DIR is missing");
    await writeSet(await loadTagger(values.program), wantedSet(values), values.output);
  } catch (error) {
    process.stderr.write(`generate-osm: ${error instanceof Error ? error.message : error}\n`);
    process.exitCode = 2;
  }
}
