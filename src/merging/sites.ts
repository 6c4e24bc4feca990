/** Which OSM stations a Location is tagged on: what matching found, what the state has linked, or neither. */
import type { EvidencePart } from "../matching/evidence-parts.js";
import { metresTo } from "../matching/distance.js";
import type { LocationMatch, MatchMethod, Scored } from "../matching/match.js";
import type { Station } from "../matching/station.js";
import { type LatLon, elementName } from "../osm/osm-object.js";
import type { ProposalMatch } from "./proposal.js";

/** The stations a Location stands for, the main one first. */
export interface Site {
  readonly stations: readonly Station[];
  readonly main: Station;
  readonly method: MatchMethod | "state";
  /** 0 to 1; of a link that only the state knows 1. */
  readonly score: number;
  /** Metres. */
  readonly distance: number;
  readonly parts: readonly EvidencePart[];
  readonly runnerUp: Scored | undefined;
}

/** The stations of one comparison, found by element and by who has them. */
export class Sites {
  readonly #stations: readonly Station[];
  readonly #byName = new Map<string, number>();
  readonly #taken = new Set<number>();

  /** Stations that matching gave to a Location are taken from the start. */
  constructor(stations: readonly Station[], matches: readonly LocationMatch[]) {
    this.#stations = stations;
    for (const [index, { object, chargePoints }] of stations.entries()) {
      for (const point of chargePoints) this.#byName.set(elementName(point), index);
      this.#byName.set(elementName(object), index);
    }
    for (const match of matches) {
      if (match.verdict === "matched") for (const index of match.stations) this.#taken.add(index);
    }
  }

  /** The station an element is, or belongs to as a charge point. */
  named(name: string): Station | undefined {
    const index = this.#byName.get(name);
    return index === undefined ? undefined : this.#stations[index];
  }

  /** Whether a Location has the station that the element is. */
  isTaken(name: string): boolean {
    const index = this.#byName.get(name);
    return index !== undefined && this.#taken.has(index);
  }

  /** Gives those of the elements that are stations nobody has to the Location; `undefined` when the first is not. */
  take(names: readonly string[], location: LatLon): Site | undefined {
    const site = this.seen(names, location);
    for (const name of names) {
      const index = this.#byName.get(name);
      if (site !== undefined && index !== undefined) this.#taken.add(index);
    }
    return site;
  }

  /** The same, and they stay free. */
  seen(names: readonly string[], place: LatLon): Site | undefined {
    const [first] = names;
    if (first === undefined || this.isTaken(first)) return undefined;
    const indices = new Set(names.flatMap((name) => this.#byName.get(name) ?? []));
    const stations = [...indices].filter((index) => !this.#taken.has(index)).map((index) => this.#at(index));
    const main = this.named(first);
    if (main === undefined) return undefined;
    const distance = metresTo(place, main.object);
    return { stations, main, method: "state", score: 1, distance, parts: [], runnerUp: undefined };
  }

  /** What matching found. Throws RangeError when the match is not one of these stations'. */
  matched(match: LocationMatch & { readonly verdict: "matched" }): Site {
    const stations = match.stations.map((index) => this.#at(index));
    const [main] = stations;
    if (main === undefined) throw new RangeError("a match without a station");
    const { score, distance, parts } = match.best;
    return { stations, main, method: match.method, score, distance, parts, runnerUp: match.runnerUp };
  }

  /** A candidate or runner-up as proposals name it. */
  scored({ station, score, distance, parts }: Scored): ProposalMatch {
    const { object } = this.#at(station);
    return { osm: elementName(object), score, distance, parts, lat: object.lat, lon: object.lon };
  }

  #at(index: number): Station {
    const station = this.#stations[index];
    if (station === undefined) throw new RangeError(`no station ${index}`);
    return station;
  }
}

/** `n123;n124`, the main one first. */
export function siteName({ stations }: Pick<Site, "stations">): string {
  return elementNames({ stations }).join(";");
}

export function elementNames({ stations }: Pick<Site, "stations">): readonly string[] {
  return stations.map(({ object }) => elementName(object));
}
