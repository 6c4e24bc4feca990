/** What a tile says of each of its places: its shared lists, joined by `placeIndex`, `locationRef` and `addressIndex`. */
import type { RecordDocument } from "./dialect.js";
import { DocumentMemory } from "./document-memory.js";
import {
  type Member,
  type Part,
  type PartReader,
  asPart,
  elementsOf,
  memberOf,
} from "./hmc-stations-part.js";
import { isCharging } from "./hmc-stations-category.js";
import { ATTRIBUTE_LISTS, type AttributeList } from "./hmc-stations-tables.js";
import { unwrapped, wholeNumber } from "./proto-json.js";

/** Everything that belongs to one place. */
export interface PlaceParts {
  /** Absent in GeoJSON made from a tile, which leaves it out. */
  readonly place: Part | undefined;
  readonly location: Part | undefined;
  readonly address: Part | undefined;
  /** The GeoJSON Feature the place came in. */
  readonly feature: Part | undefined;
  /** The elements of each list that are about the place, in order. */
  readonly about: (list: AttributeList) => readonly Part[];
}

/** A list of a tile, with holes where an element is no object. */
interface Pool {
  readonly pointer: string;
  readonly parts: ReadonlyArray<Part | undefined>;
}

/** What cannot be joined, each kind told by its first and how many more there are. */
interface Loose {
  readonly first: (reader: PartReader) => string;
  more: number;
}

interface Tile {
  readonly locations: Pool | undefined;
  readonly addresses: Pool | undefined;
  readonly hasPorts: boolean;
  /** Identifier → positions in `locations`. */
  readonly locationsById: ReadonlyMap<string, readonly number[]>;
  readonly about: ReadonlyMap<AttributeList, ReadonlyMap<number, readonly Part[]>>;
  /** What is about no place of the tile: nobody's own, so its first charging place tells it. */
  readonly loose: readonly Loose[];
  readonly toldBy: number;
}

const NONE: readonly Part[] = [];

/** Worked out once a tile. */
const tiles = new DocumentMemory((document) => joined({ value: document, pointer: "" }));

/** The parts of one element of a tile's `place[]`. What is missing is noted (`shared-part-missing`). */
export function partsInTile(
  value: Readonly<Record<string, unknown>>,
  document: RecordDocument,
  reader: PartReader,
): PlaceParts {
  const root: Part = { value: document.value, pointer: "" };
  const tile = tiles.of(document.value);
  const { index } = document;
  if (tile.toldBy === index) {
    for (const { first, more } of tile.loose) {
      const others = more === 0 ? "" : ` (and ${more} more)`;
      reader.note("shared-part-missing", "", `${first(reader)}${others}`);
    }
  }
  if (!tile.hasPorts) reader.note("shared-part-missing", "/evses", "the tile has no portAttribute[]");
  const place: Part = { value, pointer: `${memberOf(root, "place")?.pointer ?? "/place"}/${index}` };
  const location = locationOf(place, index, tile, reader);
  const { about } = tile;
  return {
    place,
    location,
    address: addressOf(location, tile.addresses, reader),
    feature: undefined,
    about: (list) => about.get(list)?.get(index) ?? NONE,
  };
}

function joined(root: Part): Tile {
  const locations = poolOf(root, "location");
  const locationsById = new Map<string, number[]>();
  for (const [index, part] of (locations?.parts ?? []).entries()) {
    const identifier = part && identifierOf(part);
    if (identifier === undefined) continue;
    const known = locationsById.get(identifier);
    if (known === undefined) locationsById.set(identifier, [index]);
    else known.push(index);
  }
  const places = poolOf(root, "place")?.parts ?? [];
  const loose: Loose[] = [];
  const about = ATTRIBUTE_LISTS.map((list): [AttributeList, Map<number, Part[]>] => [
    list,
    byPlace(poolOf(root, list), places.length, loose),
  ]);
  return {
    locations,
    addresses: poolOf(root, "address"),
    hasPorts: memberOf(root, "portAttribute") !== undefined,
    locationsById,
    about: new Map(about),
    loose,
    toldBy: places.findIndex((place) => place !== undefined && isCharging(place)),
  };
}

function poolOf(root: Part, name: string): Pool | undefined {
  const list = memberOf(root, name);
  if (list === undefined) return undefined;
  return { pointer: list.pointer, parts: elementsOf(list).map(asPart) };
}

/** The elements of a list by the places they are about. An element names a place once, however often it does. */
function byPlace(pool: Pool | undefined, places: number, loose: Loose[]): Map<number, Part[]> {
  const found = new Map<number, Part[]>();
  let dangling: Loose | undefined;
  const isLoose = (first: Loose["first"]): void => {
    if (dangling === undefined) loose.push((dangling = { first, more: 0 }));
    else dangling.more++;
  };
  for (const part of pool?.parts ?? []) {
    if (part === undefined) continue;
    const member = memberOf(part, "placeIndex");
    if (member === undefined) isLoose(() => `${part.pointer} has no placeIndex`);
    for (const [position, value] of indexesIn(member).entries()) {
      const index = wholeNumber(value);
      if (index === undefined || index < 0 || index >= places) {
        const of = `${part.pointer}/placeIndex/${position}`;
        isLoose((reader) => `${of} is ${reader.quoted(value)}, place[] has ${places}`);
        continue;
      }
      const about = found.get(index);
      if (about === undefined) found.set(index, [part]);
      else if (about.at(-1) !== part) about.push(part);
    }
  }
  return found;
}

function indexesIn(member: Member | undefined): readonly unknown[] {
  if (member === undefined) return [];
  return Array.isArray(member.value) ? member.value : [member.value];
}

/** The identifier as it stands, not decoded: it is compared with others of its tile only. */
function identifierOf(part: Part): string | undefined {
  const value = unwrapped(memberOf(part, "identifier")?.value);
  if (typeof value === "number") return String(value);
  return typeof value === "string" && value.trim() !== "" ? value.trim() : undefined;
}

/**
 * By `locationRef.identifier`. The location at the place's own position in its list is taken where there is no
 * reference, or where it has no identifier that the reference could have named; with a note.
 */
function locationOf(place: Part, index: number, tile: Tile, reader: PartReader): Part | undefined {
  const { locations, locationsById } = tile;
  const missing = (detail: string): void => reader.note("shared-part-missing", "/coordinates", detail);
  if (locations === undefined) {
    missing("the tile has no location[]");
    return undefined;
  }
  const reference = reader.part(place, "locationRef", "/coordinates");
  const identifier = reference && identifierOf(reference);
  const known = identifier === undefined ? undefined : locationsById.get(identifier);
  const found = known?.[0];
  if (known !== undefined && found !== undefined) {
    if (known.length > 1) {
      missing(
        `${known.length} locations are ${reader.quoted(identifier)}; ${locations.pointer}/${found} was taken`,
      );
    }
    return locations.parts[found];
  }
  const beside = locations.parts[index];
  const named =
    identifier === undefined
      ? "no locationRef"
      : `locationRef ${reader.quoted(identifier)} is not in location[]`;
  if (beside === undefined || (identifier !== undefined && identifierOf(beside) !== undefined)) {
    missing(`${named}, which has ${locations.parts.length}`);
    return undefined;
  }
  missing(`${named}; ${beside.pointer}, at the place's own position, was taken`);
  return beside;
}

function addressOf(location: Part | undefined, pool: Pool | undefined, reader: PartReader): Part | undefined {
  const index: Member<number> | undefined = location && reader.count(location, "addressIndex", "/country");
  if (index === undefined) return undefined;
  const address = pool?.parts[index.value];
  if (address === undefined) {
    const length = pool === undefined ? "the tile has no address[]" : `address[] has ${pool.parts.length}`;
    reader.note("shared-part-missing", "/country", `${index.pointer} is ${index.value}, ${length}`);
  }
  return address;
}
