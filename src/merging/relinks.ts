/** Locations that came back under a new id: rule D4, "a re-issued id is a re-link, not a delete and create". */
import { metresApart } from "../matching/distance.js";
import type { LocationMatch } from "../matching/match.js";
import { OperatorBook } from "../matching/operator-identity.js";
import { PlaceIndex } from "../matching/place-index.js";
import { likeness, socketProfile } from "../matching/socket-profile.js";
import { elementName } from "../osm/osm-object.js";
import type { TaggedLocation } from "../tagging/tagged-location.js";
import { sameMeaning } from "./meaning.js";
import type { Sites } from "./sites.js";
import type { StateEntry } from "./state-entry.js";
import { compareTexts } from "./text-order.js";

/** "The same place" (D4), in metres. */
export const SAME_PLACE = 50;
/** "Like sockets" (D4): sockets in common over sockets of either. */
export const LIKE_SOCKETS = 0.5;

/** What a Location without a state turns out to be: one that vanished, or perhaps one of several. */
export type Relink =
  | { readonly kind: "relink"; readonly from: StateEntry }
  | { readonly kind: "unclear"; readonly from: readonly StateEntry[] };

export interface RelinkInput {
  readonly locations: readonly TaggedLocation[];
  readonly matches: readonly LocationMatch[];
  /** Keys that the state has an entry of. */
  readonly known: ReadonlySet<string>;
  /** Entries of Locations that are gone from the feed. */
  readonly vanished: readonly StateEntry[];
  readonly sites: Sites;
}

/**
 * Relinks by Location key. A new Location is a vanished one when they are at one place, of one operator, with like
 * sockets, and the new one's station is the vanished one's; where matching found no station, when each is the only
 * one for the other and the vanished one's station is there and nobody else's.
 */
export function findRelinks(input: RelinkInput): ReadonlyMap<string, Relink> {
  const likenessOf = new Likeness();
  const places = new PlacesOf(input.vanished);
  const options = new Map<string, readonly StateEntry[]>();
  const claims = new Map<string, number>();
  for (const [index, location] of input.locations.entries()) {
    if (input.known.has(location.key) || location.removed) continue;
    const match = input.matches[index];
    const from = places
      .near(location)
      .filter((entry) => likenessOf.alike(location, entry) && isStationOf(entry, match, input.sites));
    if (from.length === 0) continue;
    options.set(location.key, from);
    for (const { key } of from) claims.set(key, (claims.get(key) ?? 0) + 1);
  }
  const relinks = new Map<string, Relink>();
  for (const [key, from] of options) {
    const [only] = from;
    const sure = only !== undefined && from.length === 1 && claims.get(only.key) === 1;
    relinks.set(key, sure ? { kind: "relink", from: only } : { kind: "unclear", from });
  }
  return relinks;
}

/** Whether the vanished one's station is the one the new Location has, or, if it has none, one that is free. */
function isStationOf(entry: StateEntry, match: LocationMatch | undefined, sites: Sites): boolean {
  const [main] = entry.osm ?? [];
  if (match?.verdict !== "matched") {
    return main !== undefined && sites.named(main) !== undefined && !sites.isTaken(main);
  }
  if (match.sharedWith.length > 0) return false;
  const { object } = sites.matched(match).main;
  if (main !== undefined && sites.named(main)?.object === object) return true;
  const ref = object.tags.find(({ key }) => key === "ref:ocpi:location:id")?.value ?? "";
  return ref.split(";").some((id) => sameMeaning("ref:ocpi:location:id", id, entry.id));
}

class Likeness {
  readonly #operators = new OperatorBook();

  alike(location: TaggedLocation, entry: StateEntry): boolean {
    const base = Object.entries(entry.base).map(([key, value]) => ({ key, value }));
    return this.#sameOperator(location, entry, base) && likeSockets(location, base);
  }

  /** Who is not named on either side is taken for the same: all is one source. */
  #sameOperator(location: TaggedLocation, entry: StateEntry, base: readonly OsmLikeTag[]): boolean {
    const now = this.#operators.identityOf(location.tags, location.operator);
    const then = this.#operators.identityOf(base, entry.operator);
    if (now.names.length === 0 && then.names.length === 0) return true;
    return this.#operators.compare(now, then).agreement === "agrees";
  }
}

interface OsmLikeTag {
  readonly key: string;
  readonly value: string;
}

function likeSockets({ tags }: TaggedLocation, base: readonly OsmLikeTag[]): boolean {
  const now = socketProfile(tags);
  const then = socketProfile(base);
  return now.size === 0 && then.size === 0 ? true : (likeness(now, then) ?? 0) >= LIKE_SOCKETS;
}

/** Entries by place. */
class PlacesOf {
  readonly #entries: readonly StateEntry[];
  readonly #index: PlaceIndex;

  constructor(entries: readonly StateEntry[]) {
    this.#entries = entries;
    this.#index = new PlaceIndex(entries);
  }

  /** Entries at the Location's place, sorted by key. */
  near(location: TaggedLocation): StateEntry[] {
    return this.#index
      .around(location, SAME_PLACE)
      .flatMap((place) => this.#entries[place] ?? [])
      .filter((entry) => metresApart(location, entry) <= SAME_PLACE)
      .sort((a, b) => compareTexts(a.key, b.key));
  }
}

/** The element names an entry was matched with; empty when it never was. */
export function linkedNames(entry: StateEntry | undefined, sites: Sites): readonly string[] {
  // A charge point that was taken for a station then may belong to one by now.
  return (entry?.osm ?? []).flatMap((name) => {
    const station = sites.named(name);
    return station === undefined ? [] : [elementName(station.object)];
  });
}
