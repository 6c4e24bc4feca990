/** What is to be matched, put into an order of its own and with all evidence taken: the given order decides nothing. */
import { type LatLon, compareElements, elementName } from "../osm/osm-object.js";
import type { TaggedLocation } from "../tagging/tagged-location.js";
import { CodeBook } from "./code-book.js";
import { type Comparison, type Terms, compare, isIdMatch } from "./comparison.js";
import { metresApart, metresTo, reachOf } from "./distance.js";
import { type Books, type Evidence, evidenceOfLocation, evidenceOfStation } from "./evidence.js";
import { type IdIndex, indexIds } from "./identifying-ids.js";
import type { MatchMemory } from "./match-memory.js";
import { OperatorBook } from "./operator-identity.js";
import { PartBook } from "./part-book.js";
import { PlaceIndex } from "./place-index.js";
import { KEPT_CANDIDATES, METRES } from "./scores.js";
import { ProfileBook } from "./socket-profile.js";
import type { Station } from "./station.js";

/** A station compared with the Location at hand. Stations and Locations are places in the problem's lists. */
export interface Candidate {
  readonly station: number;
  readonly comparison: Comparison;
}

export interface Party<T> {
  readonly value: T;
  readonly evidence: Evidence;
  /** Its place in the list that was given. */
  readonly given: number;
}

/** More stations than this around one Location are a crowd: the nearest are compared, and nothing is created there. */
const CROWD = 256;
/** An id on more stations than this names none of them; where they are near, it is seen all the same. */
const MOST_OF_ONE_ID = 200;

export class Problem {
  /** By key. */
  readonly locations: readonly Party<TaggedLocation>[];
  /** In element order. */
  readonly stations: readonly Party<Station>[];
  readonly terms: Terms;
  readonly memory: MatchMemory;
  /** Which operators go by which codes, as far as feed and OSM say. */
  readonly codes: CodeBook;
  readonly parts = new PartBook();
  private readonly books: Books;
  private readonly index: PlaceIndex;
  /** Of every station its position and how far its outline reaches from there: side by side, to be gone through fast. */
  private readonly places: Float64Array;
  private readonly ids: IdIndex;
  private readonly crowds = new Map<string, readonly number[]>();
  private readonly refusals: ReadonlyMap<number, ReadonlySet<string>>;

  constructor(locations: readonly TaggedLocation[], stations: readonly Station[], memory: MatchMemory) {
    this.memory = memory;
    const books = { operators: new OperatorBook(), profiles: new ProfileBook() };
    this.books = books;
    this.locations = locations
      .map((value, given) => ({ value, given, evidence: evidenceOfLocation(value, books) }))
      .sort((a, b) => (a.value.key < b.value.key ? -1 : a.value.key > b.value.key ? 1 : 0));
    this.stations = stations
      .map((value, given) => ({ value, given, evidence: evidenceOfStation(value, books) }))
      .sort((a, b) => compareElements(a.value.object, b.value.object));
    const stationEvidence = this.stations.map(({ evidence }) => evidence);
    this.ids = indexIds(
      this.locations.map(({ evidence }) => evidence),
      stationEvidence,
    );
    this.terms = { ...books, ambiguousEvseIds: this.ids.ambiguousEvseIds };
    const reaches = this.stations.map(({ value }) => reachOf(value.object));
    this.index = new PlaceIndex(
      stationEvidence.map(({ position }) => position),
      reaches,
    );
    this.places = new Float64Array(3 * this.stations.length);
    for (const [i, { position }] of stationEvidence.entries()) {
      this.places.set([position.lat, position.lon, reaches[i] ?? 0], 3 * i);
    }
    this.codes = new CodeBook(books.operators);
    for (const { evidence } of [...this.locations, ...this.stations]) {
      this.codes.learn(evidence.evseCodes, evidence.operator);
    }
    const refusals = new Map<number, ReadonlySet<string>>();
    for (const [place, { value }] of this.locations.entries()) {
      const refused = memory.refused.get(value.key);
      if (refused !== undefined) refusals.set(place, refused);
    }
    this.refusals = refusals;
  }

  /** The evidence of a station that is not one of the problem's: one of them in part. */
  evidenceOf(station: Station): Evidence {
    return evidenceOfStation(station, this.books);
  }

  /** A mapper said that the two are not one. */
  isRefused(location: number, station: number): boolean {
    const refused = this.refusals.get(location);
    const party = this.stations[station];
    return refused !== undefined && party !== undefined && refused.has(elementName(party.value.object));
  }

  /** A mapper said that this pair is one (D5). */
  isAccepted(location: number, station: number): boolean {
    const accepted = this.memory.accepted.get(this.locations[location]?.value.key ?? "");
    const party = this.stations[station];
    return accepted !== undefined && party !== undefined && accepted.has(elementName(party.value.object));
  }

  compare(location: number, station: number): Comparison | undefined {
    const from = this.locations[location];
    const to = this.stations[station];
    if (from === undefined || to === undefined) return undefined;
    const distance = this.metresBetween(from.evidence.position, station, Infinity);
    return compare(from.evidence, to.evidence, distance, this.terms);
  }

  /** Two Locations of one operator within 15 m. */
  areAtOnePlace(location: number, other: number): boolean {
    const a = this.locations[location]?.evidence;
    const b = this.locations[other]?.evidence;
    if (a === undefined || b === undefined || metresApart(a.position, b.position) > METRES.bare) return false;
    return this.terms.operators.compare(a.operator, b.operator).agreement !== "differs";
  }

  /** The best candidates of a Location, and all that its ids point to, best first; refused pairs are left out. */
  bestCandidates(location: number): readonly Candidate[] {
    let kept: Candidate[] = [];
    for (const station of this.around(location).found) {
      const candidate = this.candidate(location, station, METRES.alike);
      if (candidate !== undefined) kept.push(candidate);
    }
    if (kept.length > KEPT_CANDIDATES) {
      kept.sort(byScore);
      kept = kept.filter(({ comparison }, i) => i < KEPT_CANDIDATES || isIdMatch(comparison));
    }
    for (const station of this.namedBy(location)) {
      if (kept.some((candidate) => candidate.station === station)) continue;
      const candidate = this.candidate(location, station);
      if (candidate !== undefined && isIdMatch(candidate.comparison)) kept.push(candidate);
    }
    return kept.length > 1 ? kept.sort(byScore) : kept;
  }

  /** Stations within 50 m of another one, compared with the Location. */
  clusterCandidates(location: number, main: number): readonly Candidate[] {
    const party = this.stations[main];
    if (party === undefined) return [];
    const candidates: Candidate[] = [];
    const metres = METRES.cluster + reachOf(party.value.object);
    for (const station of this.index.around(party.evidence.position, metres).sort((a, b) => a - b)) {
      if (station === main || this.metresBetweenStations(main, station) > METRES.cluster) continue;
      const candidate = this.candidate(location, station);
      if (candidate !== undefined) candidates.push(candidate);
    }
    return candidates;
  }

  /** From the one's centre to the other, whichever is less. */
  metresBetweenStations(a: number, b: number): number {
    const one = this.stations[a]?.value.object;
    const other = this.stations[b]?.value.object;
    return one === undefined || other === undefined
      ? Infinity
      : Math.min(metresTo(one, other), metresTo(other, one));
  }

  /** As `metresTo`; exact up to `farthest`. */
  private metresBetween(from: LatLon, station: number, farthest: number): number {
    const lat = this.places[3 * station] ?? 0;
    const lon = this.places[3 * station + 1] ?? 0;
    const reach = this.places[3 * station + 2] ?? 0;
    const metres = metresApart(from, { lat, lon });
    const party = this.stations[station];
    return reach === 0 || metres - reach > farthest || party === undefined
      ? metres
      : metresTo(from, party.value.object);
  }

  /** `undefined` for a pair that was refused or is farther apart than `farthest`. */
  private candidate(location: number, station: number, farthest = Infinity): Candidate | undefined {
    const from = this.locations[location]?.evidence;
    if (from === undefined || this.isRefused(location, station)) return undefined;
    const distance = this.metresBetween(from.position, station, farthest);
    const to = this.stations[station];
    if (to === undefined || distance > farthest) return undefined;
    return { station, comparison: compare(from, to.evidence, distance, this.terms) };
  }

  /**
   * Stations that may lie within 150 m of a Location, ascending. Of a crowd only the nearest.
   */
  around(location: number): { readonly found: readonly number[]; readonly isCrowd: boolean } {
    const position = this.locations[location]?.evidence.position;
    if (position === undefined) return { found: [], isCrowd: false };
    const spot = `${position.lat},${position.lon}`;
    const known = this.crowds.get(spot);
    if (known !== undefined) return { found: known, isCrowd: true };
    const found = this.index.around(position, METRES.alike);
    if (found.length > 1) found.sort((a, b) => a - b);
    if (found.length <= CROWD) return { found, isCrowd: false };
    const nearest = found
      .map((station) => ({
        station,
        metres: metresApart(position, this.stations[station]?.evidence.position ?? position),
      }))
      .sort((a, b) => a.metres - b.metres || a.station - b.station)
      .slice(0, CROWD)
      .map(({ station }) => station)
      .sort((a, b) => a - b);
    this.crowds.set(spot, nearest);
    return { found: nearest, isCrowd: true };
  }

  /** Stations that carry an id of the Location's. */
  private namedBy(location: number): readonly number[] {
    const evidence = this.locations[location]?.evidence;
    const named: number[] = [];
    if (evidence === undefined) return named;
    const add = (stations: readonly number[]): void => {
      if (stations.length > MOST_OF_ONE_ID) return;
      for (const station of stations) if (!named.includes(station)) named.push(station);
    };
    for (const id of evidence.evseIds)
      if (!this.ids.ambiguousEvseIds.has(id)) add(this.ids.stationsByEvse.get(id));
    for (const ref of evidence.refs) add(this.ids.stationsByRef.get(ref));
    for (const ref of evidence.globalRefs) add(this.ids.stationsByGlobalRef.get(ref));
    return named;
  }
}

/** Best first; of equals the nearer, then the first in element order. */
export function byScore(a: Candidate, b: Candidate): number {
  return (
    b.comparison.score - a.comparison.score ||
    a.comparison.distance - b.comparison.distance ||
    a.station - b.station
  );
}
