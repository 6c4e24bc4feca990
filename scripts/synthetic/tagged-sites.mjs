// @ts-check
/**
 * The feed's side of a comparison as sites: Locations of one operator that stand so close together that a mapper may
 * map them as one. A generator, so that any number of Locations takes little memory.
 */
import { stationIn } from "./layouts.mjs";
import { ocpiLocation } from "./ocpi-writer.mjs";

/** @import { LayoutName } from "./layouts.mjs" */
/** @import { TaggedLocation } from "../../src/tagging/tagged-location.js" */

/**
 * What of the program the feed's side takes: its public functions, and the form in which `diff` hands Locations on.
 * @typedef {Pick<typeof import("../../src/index.js"), "readLocation" | "tagLocation" | "readFeed" | "DEFAULT_TAGGING">
 *   & Pick<typeof import("../../src/proposals/location-form.js"), "locationForm" | "parseLocationLine">} Tagger
 *
 * @typedef {object} Site
 * @property {readonly [TaggedLocation, ...TaggedLocation[]]} locations
 * @property {boolean} sameSpot all of them have the same coordinates
 * @property {readonly object[]} records the Locations as the feed has them
 */

const NO_CHANGESET = { generator: "", licensed: false, changeset: { comment: "", source: "" } };

/**
 * @param {Tagger} tagger
 * @param {{ layout: LayoutName, seed: number, locations: number }} wanted
 * @returns {Generator<Site, void, void>}
 */
export function* syntheticSites(tagger, { layout, seed, locations }) {
  /** @type {{ tagged: TaggedLocation, record: object, relation: string }[]} */
  let site = [];
  for (let index = 0; index < locations; index += 1) {
    const { station, relation } = stationIn(layout, seed, index);
    const record = ocpiLocation(station);
    const read = tagger.readLocation(record);
    const tagged = "unreadable" in read ? undefined : taggedLocation(tagger, read, "synthetic", index);
    if (tagged === undefined) throw new Error(`synthetic Location ${index} cannot be tagged`);
    const joins =
      (relation === "same-spot" || relation === "near") && site.at(-1)?.tagged.operator === tagged.operator;
    if (!joins && site.length > 0) {
      yield siteOf(site);
      site = [];
    }
    site.push({ tagged, record, relation });
  }
  if (site.length > 0) yield siteOf(site);
}

/**
 * The sites of real feeds: Locations that share coordinates and operator. Holds the feed.
 * @param {Tagger} tagger
 * @param {readonly string[]} inputs
 * @returns {AsyncGenerator<Site, void, void>}
 */
export async function* feedSites(tagger, inputs) {
  /** @type {Map<string, { tagged: TaggedLocation, record: object, relation: string }[]>} */
  const sites = new Map();
  const seen = new Set();
  for await (const { read, file, record } of tagger.readFeed(inputs)) {
    if ("unreadable" in read) continue;
    const tagged = taggedLocation(tagger, read, file, record);
    if (tagged === undefined || seen.has(tagged.key)) continue;
    seen.add(tagged.key);
    const key = `${tagged.lat} ${tagged.lon} ${tagged.operator}`;
    sites.set(key, [...(sites.get(key) ?? []), { tagged, record: read.location, relation: "same-spot" }]);
  }
  for (const site of sites.values()) yield siteOf(site);
}

/** @param {{ tagged: TaggedLocation, record: object, relation: string }[]} members @returns {Site} */
function siteOf(members) {
  const [first, ...others] = members.map(({ tagged }) => tagged);
  if (first === undefined) throw new Error("a site has at least one Location");
  return {
    locations: [first, ...others],
    sameSpot: members.slice(1).every(({ relation }) => relation === "same-spot"),
    records: members.map(({ record }) => record),
  };
}

/**
 * A Location as `diff` has it; `undefined` when rule T1 keeps it out.
 * @param {Tagger} tagger
 * @param {import("../../src/index.js").SourceRecord} read
 * @param {string} file
 * @param {number} index
 * @returns {TaggedLocation | undefined}
 */
function taggedLocation(
  { tagLocation, DEFAULT_TAGGING, locationForm, parseLocationLine },
  read,
  file,
  index,
) {
  const tagged = tagLocation(read, DEFAULT_TAGGING);
  if ("reason" in tagged) return undefined;
  const line = locationForm.record(
    {
      id: -1,
      sourceFile: file,
      recordIndex: index,
      location: read.location,
      station: { id: -1, ...tagged.station },
      chargePoints: [],
      evses: tagged.station.evses,
      country: tagged.country,
      notes: tagged.notes,
      sourcesOf: () => [],
    },
    NO_CHANGESET,
  );
  const parsed = parseLocationLine(line);
  return "refused" in parsed ? undefined : parsed;
}
