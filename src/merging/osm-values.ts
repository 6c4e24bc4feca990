/** What OSM says of a site ("theirs" in D3): the main object's tags, and what everything that belongs to it adds up to. */
import type { Station } from "../matching/station.js";
import type { OsmObject } from "../osm/osm-object.js";
import { evseIdList } from "./evse-id-list.js";
import { bucketOfKey, countOf, socketName } from "./socket-keys.js";

export class OsmValues {
  readonly #own: ReadonlyMap<string, string>;
  readonly #stations: readonly Station[];
  #sums: ReadonlyMap<string, string> | undefined;
  /** OSM maps the site as several stations (D2.3). */
  readonly cluster: boolean;

  /** `stations`: the main one first. Throws RangeError when there is none. */
  constructor(stations: readonly Station[]) {
    const [main] = stations;
    if (main === undefined) throw new RangeError("a site without a station");
    this.cluster = stations.length > 1;
    this.#own = tagsOf(main.object);
    this.#stations = stations;
  }

  get #together(): ReadonlyMap<string, string> {
    this.#sums ??= together(this.#stations);
    return this.#sums;
  }

  /** The main object's own value. */
  own(key: string): string | undefined {
    return this.#own.get(key);
  }

  ownTags(): ReadonlyMap<string, string> {
    return this.#own;
  }

  /**
   * What OSM can be said to state, the main object's own value first; empty when nothing. The own value of a single
   * station speaks for itself, but for ids: those may stand on its charge points. A cluster's sums count as well.
   */
  stated(key: string): readonly string[] {
    const own = this.#own.get(key);
    if (!isSummed(key)) return own === undefined ? [] : [own];
    const sum = this.#together.get(key);
    if (own === undefined) return sum === undefined ? [] : [sum];
    if (sum === undefined || sum === own) return [own];
    return this.cluster || key === "ref:EU:EVSE" ? [own, sum] : [own];
  }

  /** Tags by which sockets are summed: the site's, where they add up, else the main object's own. */
  socketTags(): Iterable<readonly [key: string, value: string]> {
    return [...this.#together].filter(([key]) => socketName(key) !== undefined);
  }
}

/** Whether the parts of a site add up to a value of the key. */
function isSummed(key: string): boolean {
  return key === "capacity" || key === "ref:EU:EVSE" || socketName(key) !== undefined;
}

function tagsOf(object: OsmObject): Map<string, string> {
  const tags = new Map<string, string>();
  for (const { key, value } of object.tags) tags.set(key, value);
  return tags;
}

/**
 * Sums and lists over all stations and their charge points. A station's own count stands for its charge points', bucket
 * by bucket (T3.6): with one kind of socket tagged on it, the others are still where they were.
 */
function together(stations: readonly Station[]): ReadonlyMap<string, string> {
  const counts = new Map<string, string>();
  const ids: string[] = [];
  for (const { object, chargePoints } of stations) {
    const own = tagsOf(object);
    const points = chargePoints.map(tagsOf);
    ids.push(...[own, ...points].map((tags) => tags.get("ref:EU:EVSE") ?? ""));
    const ofPoints = new Map<string, string>();
    for (const tags of points) addCounts(ofPoints, tags);
    const ownCounts = new Set([...own.keys()].map(countedAs));
    for (const key of ofPoints.keys()) {
      if (ownCounts.has(countedAs(key))) ofPoints.delete(key);
    }
    addCounts(counts, own);
    addCounts(counts, ofPoints);
  }
  const { evses, kept } = evseIdList(ids.join(";"));
  if (evses.length + kept.length > 0) counts.set("ref:EU:EVSE", [...kept, ...evses].join(";"));
  return counts;
}

/** What a key counts: a bucket of sockets, or itself. */
function countedAs(key: string): string {
  const bucket = bucketOfKey(key);
  return bucket === undefined ? key : `socket:${bucket}`;
}

/** A count that is no number makes the sum one that is none: `yes`. */
function addCounts(sums: Map<string, string>, tags: ReadonlyMap<string, string>): void {
  for (const [key, value] of tags) {
    if (key !== "capacity" && socketName(key) === undefined) continue;
    const before = sums.get(key);
    const a = countOf(before ?? "0");
    const b = countOf(value);
    if (before === undefined) sums.set(key, value);
    else sums.set(key, a === undefined || b === undefined ? "yes" : String(a + b));
  }
}
