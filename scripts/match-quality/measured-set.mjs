// @ts-check
/** A set with known truth, held in memory, and methods measured on it. */
import { Buffer } from "node:buffer";
import { blocksOf } from "../generate-osm.mjs";
import { osmDocument } from "../synthetic/osm-document.mjs";
import { judged, Scores } from "./judged.mjs";
import { nameOf } from "./verdicts.mjs";

/** @import { TaggedLocation } from "../../src/tagging/tagged-location.js" */
/** @import { Station } from "../../src/matching/station.js" */
/** @import { OsmExtract, OsmObject } from "../../src/osm/osm-object.js" */
/** @import { Comparer } from "../program.mjs" */
/** @import { Truth } from "../synthetic/osm-side.mjs" */
/** @import { Tagger } from "../synthetic/tagged-sites.mjs" */
/** @import { WantedSet } from "../synthetic/wanted-set.mjs" */
/** @import { Method, Verdict } from "./verdicts.mjs" */

/**
 * @typedef {object} LabelledSet
 * @property {readonly TaggedLocation[]} locations
 * @property {readonly Truth[]} truth parallel to `locations`
 * @property {OsmExtract} extract
 *
 * @typedef {object} Measured
 * @property {Scores} total
 * @property {ReadonlyMap<string, Scores>} byPerturbation
 * @property {object[]} confusions
 */

/**
 * @param {Tagger & Pick<Comparer, "readOsm">} program
 * @param {WantedSet} wanted
 * @returns {Promise<LabelledSet>}
 */
export async function labelledSet(program, wanted) {
  /** @type {TaggedLocation[]} */
  const locations = [];
  /** @type {Truth[]} */
  const truth = [];
  async function* blocks() {
    for await (const block of blocksOf(program, wanted)) {
      locations.push(...block.locations);
      truth.push(...block.truth);
      yield block;
    }
  }
  /** @type {Buffer[]} */
  const document = [];
  for await (const text of osmDocument(blocks())) document.push(Buffer.from(text));
  async function* open() {
    yield* document;
  }
  return { locations, truth, extract: await program.readOsm({ name: "synthetic.osm", open }) };
}

/**
 * The program's own matching as a method; nothing is remembered of earlier runs.
 * @param {Pick<Comparer, "stationsOf" | "matchLocations">} program
 * @param {OsmExtract["wayNodes"]} wayNodes
 * @returns {Method}
 */
export const ownMethod = (program, wayNodes) => (locations, objects) => {
  const stations = program.stationsOf({ objects, wayNodes });
  const nameAt = (/** @type {number} */ place) => {
    const station = stations[place];
    return station === undefined ? "" : nameOf(station.object);
  };
  const matches = program.matchLocations(locations, stations, { accepted: new Map(), refused: new Map() });
  return matches.map((match) => {
    switch (match.verdict) {
      case "matched": {
        const { method, best, runnerUp } = match;
        return { kind: "matched", osm: match.stations.map(nameAt), why: { method, best, runnerUp } };
      }
      case "review": {
        const { reason, candidates } = match;
        const osm = candidates.flatMap(({ station }) => [nameAt(station), ...loosePoints(stations[station])]);
        return { kind: "review", osm, why: { reason, candidates } };
      }
      case "new":
        return { kind: "new", osm: [], why: match.nearest };
    }
  });
};

/** Charge points without a station are a candidate together, named by one of them. @param {Station | undefined} station */
function loosePoints(station) {
  return station?.form.kind === "charge_point" ? station.chargePoints.map(nameOf) : [];
}

/**
 * @param {LabelledSet} set
 * @param {Method} method
 * @returns {Measured}
 */
export function measured({ locations, truth, extract }, method) {
  const verdicts = method(locations, extract.objects);
  const byKey = new Map(truth.map((one) => [one.key, one]));
  const objects = new Map(extract.objects.map((object) => [nameOf(object), object]));
  const total = new Scores();
  /** @type {Map<string, Scores>} */
  const byPerturbation = new Map();
  const confusions = [];
  for (const [place, location] of locations.entries()) {
    const [own, verdict] = [truth[place], verdicts[place]];
    if (own === undefined || verdict === undefined) throw new Error(`no verdict on ${location.key}`);
    const judgement = judged(own, verdict, byKey);
    total.add(own, judgement, verdict.kind);
    for (const name of own.perturbations.length > 0 ? own.perturbations : ["none"]) {
      const scores = byPerturbation.get(name) ?? new Scores();
      byPerturbation.set(name, scores);
      scores.add(own, judgement, verdict.kind);
    }
    if (!["right", "review", "new"].includes(judgement.outcome)) {
      confusions.push(confusion(location, own, verdict, judgement.outcome, objects));
    }
  }
  return { total, byPerturbation, confusions };
}

/**
 * @param {TaggedLocation} location
 * @param {Truth} truth
 * @param {Verdict} verdict
 * @param {string} outcome
 * @param {ReadonlyMap<string, OsmObject>} objects
 */
function confusion(location, truth, verdict, outcome, objects) {
  const shown = (/** @type {readonly string[]} */ names) =>
    names.map((name) => {
      const { lat, lon, tags = [] } = objects.get(name) ?? {};
      return { name, lat, lon, tags: asObject(tags) };
    });
  const { key, lat, lon, tags } = location;
  const { perturbations, distance, lifecycle, sameSpot } = truth;
  return {
    outcome,
    key,
    perturbations,
    distance,
    ...(lifecycle === "" ? {} : { lifecycle }),
    ...(sameSpot.length === 0 ? {} : { sameSpot }),
    feed: { lat, lon, tags: asObject(tags) },
    truth: shown(truth.osm),
    got: shown(verdict.osm),
    why: verdict.why,
  };
}

/** @param {readonly { readonly key: string, readonly value: string }[]} tags */
function asObject(tags) {
  return Object.fromEntries(tags.map(({ key, value }) => [key, value]));
}
