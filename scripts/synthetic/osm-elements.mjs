// @ts-check
/** Elements of a synthetic OSM: from a draft to nodes, ways and relations, still without ids. */
import { moved } from "./metres.mjs";
import { capacityOf } from "./osm-draft.mjs";

/** @import { Position } from "./metres.mjs" */
/** @import { Draft } from "./osm-draft.mjs" */
/** @import { Random } from "./random.mjs" */

/**
 * @typedef {{ readonly type: "node", id: number, readonly tags: ReadonlyMap<string, string> } & Position} Node
 * @typedef {{ readonly type: "way", id: number, readonly tags: ReadonlyMap<string, string>, readonly nodes: readonly Node[] }} Way
 * @typedef {{ readonly type: "relation", id: number, readonly tags: ReadonlyMap<string, string>, readonly members: readonly Way[] }} Relation
 * @typedef {Node | Way | Relation} Element
 *
 * @typedef {object} Mapped
 * @property {readonly Element[]} elements parts before wholes
 * @property {readonly Element[]} charging those of them that are charging objects
 */

const POLE_METRES = 4;
const NO_TAGS = new Map();

/** @param {Position} position @param {ReadonlyMap<string, string>} tags @returns {Node} */
export const node = (position, tags) => ({ type: "node", id: 0, ...position, tags });

/**
 * A draft as a mapper would have drawn it, its middle at `centre`.
 * @param {Draft} draft
 * @param {Position} centre
 * @param {Random} random
 * @returns {Mapped}
 */
export function mapped(draft, centre, random) {
  switch (draft.shape) {
    case "node":
      return of([node(centre, draft.tags)]);
    case "split":
      return of(poles(draft, centre, random).map(({ place, tags }) => node(place, tags)));
    case "with-charge-points":
      return of(withChargePoints(draft, centre, random));
    case "charge-points-only":
      return of(
        poles(draft, centre, random).map(({ place, tags }) => node(place, asChargePoint(tags, draft))),
      );
    case "area": {
      const corners = cornersAround(centre, random);
      const way = ring(corners, draft.tags);
      return { elements: [...corners, way], charging: [way] };
    }
    case "multipolygon": {
      const corners = cornersAround(centre, random);
      const outer = ring(corners, NO_TAGS);
      const tags = new Map(draft.tags).set("type", "multipolygon");
      /** @type {Relation} */
      const relation = { type: "relation", id: 0, members: [outer], tags };
      return { elements: [...corners, outer, relation], charging: [relation] };
    }
  }
}

/** @param {readonly Node[]} nodes @returns {Mapped} */
const of = (nodes) => ({ elements: nodes, charging: nodes });

/** A station with its charge points; half the mappers put the EVSE ids on these. @param {Draft} draft @param {Position} centre @param {Random} random */
function withChargePoints(draft, centre, random) {
  const points = poles(draft, centre, random);
  const idsOnPoints = random.chance(0.5);
  const station = new Map(draft.tags);
  if (idsOnPoints) station.delete("ref:EU:EVSE");
  return [
    node(centre, station),
    ...points.map(({ place, tags }) => {
      const point = asChargePoint(tags, draft);
      if (!idsOnPoints) point.delete("ref:EU:EVSE");
      return node(place, point);
    }),
  ];
}

/**
 * The devices in a row, each for one vehicle or for two, the tags that count shared out among them.
 * @param {Draft} draft
 * @param {Position} centre
 * @param {Random} random
 */
function poles({ tags, locations }, centre, random) {
  const capacity = locations.reduce((sum, location) => sum + capacityOf(tagMap(location)), 0);
  const each = capacity > 3 && random.chance(0.5) ? 2 : 1;
  const count = Math.max(1, Math.ceil(capacity / each));
  const direction = random.between(0, 2 * Math.PI);
  const ids = (tags.get("ref:EU:EVSE") ?? "").split(";").filter((id) => id !== "");
  return Array.from({ length: count }, (_, place) => {
    const own = new Map(tags);
    if (own.has("capacity")) own.set("capacity", String(each));
    shareOut(own, place, each);
    const ownIds = ids.slice(place * each, (place + 1) * each);
    if (ownIds.length > 0) own.set("ref:EU:EVSE", ownIds.join(";"));
    else own.delete("ref:EU:EVSE");
    const along = (place - (count - 1) / 2) * POLE_METRES;
    return { place: moved(centre, along * Math.cos(direction), along * Math.sin(direction)), tags: own };
  });
}

/** As the feed has them. @param {Draft["locations"][number]} location @returns {Map<string, string>} */
const tagMap = ({ tags }) => new Map(tags.map(({ key, value }) => [key, value]));

/** @param {Map<string, string>} tags of the whole, made into those of the device at `place` @param {number} place @param {number} each */
function shareOut(tags, place, each) {
  for (const [key, value] of tags) {
    if (!/^socket:[^:]+$/.test(key) || !(Number(value) > 0)) continue;
    const left = Math.min(each, Number(value) - place * each);
    if (left > 0) tags.set(key, String(left));
    else for (const own of tags.keys()) if (own === key || own.startsWith(`${key}:`)) tags.delete(own);
  }
}

/** Site tags stay on the station. @param {ReadonlyMap<string, string>} tags @param {Draft} draft */
function asChargePoint(tags, { lifecycle }) {
  const kept = new Map([[lifecycle === "" ? "man_made" : `${lifecycle}:man_made`, "charge_point"]]);
  for (const [key, value] of tags) {
    if (key === "capacity" || key === "operator" || key === "ref:EU:EVSE" || key.startsWith("socket:"))
      kept.set(key, value);
  }
  return kept;
}

/** @param {readonly Node[]} corners @param {ReadonlyMap<string, string>} tags @returns {Way} */
function ring(corners, tags) {
  const [first] = corners;
  return { type: "way", id: 0, nodes: first === undefined ? [] : [...corners, first], tags };
}

/** @param {Position} centre @param {Random} random */
function cornersAround(centre, random) {
  const [east, north] = [random.between(4, 20), random.between(3, 12)];
  return /** @type {const} */ ([
    [-1, -1],
    [1, -1],
    [1, 1],
    [-1, 1],
  ]).map(([x, y]) => node(moved(centre, x * east, y * north), NO_TAGS));
}
