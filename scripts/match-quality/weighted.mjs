// @ts-check
/**
 * A weighted score, as aggregators of charging data use: distance 0.4, linear to 200 m; operator 0.3, half of it when
 * one side names none; connectors 0.3, by kind and power within a factor of two. Pairs of 0.5 and more, best first,
 * each side once. Nodes only.
 */
import { nearbyIn } from "./nearby.mjs";
import { isStationInUse, matchedWith, valueOf } from "./verdicts.mjs";

/** @import { OsmObject } from "../../src/osm/osm-object.js" */
/** @typedef {readonly { readonly key: string, readonly value: string }[]} Tags */

const FARTHEST_METRES = 200;
const LEAST_SCORE = 0.5;
const WEIGHTS = { distance: 0.4, operator: 0.3, connectors: 0.3 };
const POWER_FACTOR = 2;

/** @type {import("./verdicts.mjs").Method} */
export function weighted(locations, objects) {
  const nearby = nearbyIn(objects.filter((object) => object.type === "node" && isStationInUse(object)));
  const links = locations
    .flatMap(({ lat, lon, tags }, place) =>
      nearby({ lat, lon }, FARTHEST_METRES).map(({ object, distance }) => ({
        place,
        object,
        score:
          WEIGHTS.distance * (1 - distance / FARTHEST_METRES) +
          WEIGHTS.operator * operatorLikeness(tags, object.tags) +
          WEIGHTS.connectors * connectorLikeness(tags, object.tags),
      })),
    )
    .filter(({ score }) => score >= LEAST_SCORE)
    .sort((a, b) => b.score - a.score);
  /** @type {Map<number, OsmObject>} */
  const found = new Map();
  const taken = new Set();
  for (const { place, object } of links) {
    if (found.has(place) || taken.has(object)) continue;
    taken.add(object);
    found.set(place, object);
  }
  return locations.map((_, place) => matchedWith(found.get(place)));
}

/** @param {Tags} ours @param {Tags} theirs */
function operatorLikeness(ours, theirs) {
  const [a, b] = [namesOf(ours), namesOf(theirs)];
  if (a.length === 0 || b.length === 0) return 0.5;
  return a.some((name) => b.includes(name)) ? 1 : 0;
}

/** @param {Tags} tags */
function namesOf(tags) {
  return ["operator", "network", "brand"].flatMap((key) => valueOf(tags, key)?.toLowerCase() ?? []);
}

/** The share of our kinds of connectors that they have too. @param {Tags} ours @param {Tags} theirs */
function connectorLikeness(ours, theirs) {
  const [a, b] = [connectorsOf(ours), connectorsOf(theirs)];
  if (a.size === 0 || b.size === 0) return 0;
  const alike = [...a].filter(([kind, power]) => {
    const other = b.get(kind);
    if (other === undefined) return false;
    if (power === 0 || other === 0) return true;
    return Math.max(power, other) <= POWER_FACTOR * Math.min(power, other);
  });
  return alike.length / Math.max(a.size, b.size);
}

/** Kilowatts by kind; 0 where no power is stated. @param {Tags} tags @returns {Map<string, number>} */
function connectorsOf(tags) {
  const kinds = new Map();
  for (const { key } of tags) {
    const kind = /^socket:([^:]+)$/.exec(key)?.[1];
    if (kind === undefined) continue;
    const power = Number.parseFloat(valueOf(tags, `${key}:output`) ?? "0");
    kinds.set(kind, Number.isFinite(power) ? power : 0);
  }
  return kinds;
}
