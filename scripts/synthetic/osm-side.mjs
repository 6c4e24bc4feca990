// @ts-check
/**
 * The OSM side of a feed, with the truth: for every Location what it is in OSM. In blocks, so that any number takes
 * little memory. Ids are dealt out at random within a block: their order says nothing about what belongs together.
 */
import { metresBetween, moved } from "./metres.mjs";
import { draftOf } from "./osm-draft.mjs";
import { mapped, node } from "./osm-elements.mjs";
import { perturb } from "./perturbations.mjs";
import { Random } from "./random.mjs";

/** @import { TaggedLocation } from "../../src/tagging/tagged-location.js" */
/** @import { Lifecycle } from "../../src/osm/charging-form.js" */
/** @import { Position } from "./metres.mjs" */
/** @import { Draft } from "./osm-draft.mjs" */
/** @import { Element, Node, Relation, Way } from "./osm-elements.mjs" */
/** @import { Mixture } from "./perturbations.mjs" */
/** @import { Site } from "./tagged-sites.mjs" */

/**
 * @typedef {object} Truth
 * @property {string} key of the Location
 * @property {readonly string[]} osm names of the elements that are it, charge points included: `n123`; empty: none is
 * @property {readonly string[]} perturbations
 * @property {Lifecycle} lifecycle of these elements
 * @property {number | undefined} distance metres from the Location to the nearest of them, 0 inside an area
 * @property {readonly string[]} sharedWith keys of other Locations that the same elements stand for
 * @property {readonly string[]} sameSpot keys of Locations that the feed puts at the very same coordinates
 *
 * @typedef {object} Block
 * @property {readonly TaggedLocation[]} locations
 * @property {readonly object[]} records
 * @property {readonly Truth[]} truth parallel to `locations`
 * @property {readonly Node[]} nodes by id, all above those of earlier blocks
 * @property {readonly Way[]} ways likewise
 * @property {readonly Relation[]} relations likewise
 */

const SITES_IN_A_BLOCK = 512;
const FIRST_IDS = { node: 1_000_000_001, way: 100_000_001, relation: 10_000_001 };
/** How many sites of several Locations OSM has as one object: at the very same spot, and merely near. */
const MAPPED_AS_ONE = { sameSpot: 0.6, near: 0.15 };
const SEED_OF_SITES = 0x3c6ef372;
const SEED_OF_IDS = 0x5be0cd19;

/**
 * @param {AsyncIterable<Site> | Iterable<Site>} sites
 * @param {{ seed: number, mixture: Mixture }} wanted
 * @returns {AsyncGenerator<Block, void, void>}
 */
export async function* osmSide(sites, { seed, mixture }) {
  const next = { ...FIRST_IDS };
  /** @type {Site[]} */
  let block = [];
  let done = 0;
  for await (const site of sites) {
    block.push(site);
    if (block.length < SITES_IN_A_BLOCK) continue;
    yield blockOf(block, done, seed, mixture, next);
    done += block.length;
    block = [];
  }
  if (block.length > 0) yield blockOf(block, done, seed, mixture, next);
}

/**
 * @param {readonly Site[]} sites
 * @param {number} first number of the first site
 * @param {number} seed
 * @param {Mixture} mixture
 * @param {Record<Element["type"], number>} next ids not yet used
 * @returns {Block}
 */
function blockOf(sites, first, seed, mixture, next) {
  const drawn = sites.map((site, place) =>
    drawnSite(site, new Random(seed ^ SEED_OF_SITES, first + place), mixture),
  );
  const elements = drawn.flatMap(({ elements }) => elements);
  const random = new Random(seed ^ SEED_OF_IDS, first);
  /** @template {Element} T @param {T[]} some @returns {T[]} */
  const numbered = (some) => {
    for (const element of shuffled(some, random)) element.id = next[element.type]++;
    return some.sort((a, b) => a.id - b.id);
  };
  const nodes = numbered(elements.filter((element) => element.type === "node"));
  const ways = numbered(elements.filter((element) => element.type === "way"));
  const relations = numbered(elements.filter((element) => element.type === "relation"));
  return {
    locations: sites.flatMap(({ locations }) => locations),
    records: sites.flatMap(({ records }) => records),
    truth: drawn.flatMap(({ truths }) => truths.map((truth) => truth())),
    nodes,
    ways,
    relations,
  };
}

/**
 * @param {Site} site
 * @param {Random} random
 * @param {Mixture} mixture
 * @returns {{ elements: Element[], truths: (() => Truth)[] }} truths to be asked when the elements have their ids
 */
function drawnSite({ locations, sameSpot }, random, mixture) {
  const several = locations.length > 1;
  const asOne = several && random.chance(sameSpot ? MAPPED_AS_ONE.sameSpot : MAPPED_AS_ONE.near);
  const drafts = asOne ? [draftOf(locations)] : locations.map((location) => draftOf([location]));
  /** @type {Element[]} */
  const elements = [];
  /** @type {(() => Truth)[]} */
  const truths = [];
  for (const [place, draft] of drafts.entries()) {
    const applied = perturb(draft, mixture, random);
    const origin = originOf(draft, several && sameSpot && !asOne ? place : 0);
    const centre = moved(origin, ...draft.shift);
    setLifecycle(draft);
    const { elements: own, charging } = draft.missing ? NOTHING : mapped(draft, centre, random);
    elements.push(...own);
    for (const { step, tags } of draft.neighbours) elements.push(node(moved(origin, ...step), tags));
    for (const location of draft.locations) {
      truths.push(() => ({
        key: location.key,
        osm: charging.map(({ type, id }) => `${type.charAt(0)}${id}`),
        perturbations: [
          ...applied.filter(
            (name) => !draft.missing || name === "missing" || /^(?:neighbour|elsewhere)/.test(name),
          ),
          ...(asOne ? ["mapped-as-one"] : []),
        ],
        lifecycle: draft.missing ? "" : draft.lifecycle,
        distance: draft.missing ? undefined : distanceTo(location, charging),
        sharedWith: draft.locations.filter((other) => other !== location).map(({ key }) => key),
        sameSpot: locations
          .filter((other) => other !== location && isSameSpot(other, location))
          .map(({ key }) => key),
      }));
    }
  }
  return { elements, truths };
}

/** @type {{ elements: Element[], charging: Element[] }} */
const NOTHING = { elements: [], charging: [] };
/** Where the feed puts several at one spot, mappers see them stand side by side. */
const SIDE_BY_SIDE_METRES = 6;

/** The middle of the draft's Locations. @param {Draft} draft @param {number} place @returns {Position} */
function originOf({ locations }, place) {
  const lat = locations.reduce((sum, location) => sum + location.lat, 0) / locations.length;
  const lon = locations.reduce((sum, location) => sum + location.lon, 0) / locations.length;
  return moved({ lat, lon }, place * SIDE_BY_SIDE_METRES, 0);
}

/** `disused:amenity=charging_station`. @param {Draft} draft */
function setLifecycle({ lifecycle, tags }) {
  if (lifecycle === "") return;
  tags.delete("amenity");
  tags.set(`${lifecycle}:amenity`, "charging_station");
}

/** @param {TaggedLocation} location @param {readonly Element[]} charging */
function distanceTo(location, charging) {
  const metres = Math.min(...charging.map((element) => distanceToElement(location, element)));
  return Math.round(metres * 10) / 10;
}

/** Rings are upright rectangles. @param {Position} from @param {Element} element @returns {number} */
function distanceToElement(from, element) {
  if (element.type === "node") return metresBetween(from, element);
  if (element.type === "relation")
    return Math.min(...element.members.map((way) => distanceToElement(from, way)));
  const [lats, lons] = [element.nodes.map(({ lat }) => lat), element.nodes.map(({ lon }) => lon)];
  const nearest = {
    lat: Math.min(Math.max(from.lat, Math.min(...lats)), Math.max(...lats)),
    lon: Math.min(Math.max(from.lon, Math.min(...lons)), Math.max(...lons)),
  };
  return metresBetween(from, nearest);
}

/** @param {Position} a @param {Position} b */
function isSameSpot(a, b) {
  return a.lat === b.lat && a.lon === b.lon;
}

/**
 * @template T
 * @param {readonly T[]} some
 * @param {Random} random
 */
function shuffled(some, random) {
  const order = [...some];
  for (let place = order.length - 1; place > 0; place -= 1) {
    const other = random.whole(0, place);
    const [a, b] = [order[place], order[other]];
    if (a === undefined || b === undefined) continue;
    order[place] = b;
    order[other] = a;
  }
  return order;
}
