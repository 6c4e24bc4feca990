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
import { loadTagger } from "./program.mjs";
import { osmDocument } from "./synthetic/osm-document.mjs";
import { osmSide } from "./synthetic/osm-side.mjs";
import { feedSites, syntheticSites } from "./synthetic/tagged-sites.mjs";
import { SET_OPTIONS, wantedSet } from "./synthetic/wanted-set.mjs";

/** @import { Tagger } from "./synthetic/tagged-sites.mjs" */
/** @import { WantedSet } from "./synthetic/wanted-set.mjs" */

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

if (process.argv[1] === import.meta.filename) {
  try {
    const { values } = parseArgs({
      options: { ...SET_OPTIONS, output: { type: "string", short: "o" } },
    });
    if (values.output === undefined) throw new RangeError("-o DIR is missing");
    await writeSet(await loadTagger(values.program), wantedSet(values), values.output);
  } catch (error) {
    process.stderr.write(`generate-osm: ${error instanceof Error ? error.message : error}\n`);
    process.exitCode = 2;
  }
}
