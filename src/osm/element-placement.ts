/** Where ways and relations lie: the centre of their nodes, and the area they enclose (D1.1, D1.3). */
import type { LatLon, OsmObject } from "./osm-object.js";
import { centreOf } from "./positions.js";
import type { ReadElement } from "./read-element.js";

export type Placement = Pick<OsmObject, "lat" | "lon" | "outlines">;

export interface KnownPlacement {
  readonly placement: Placement;
  /** Some of its nodes or members are not in the file, and nothing states its centre. */
  readonly isPartial: boolean;
}

/** What other elements of the file say; newest versions, `undefined` for what the file lacks. */
export interface Surroundings {
  node(id: number): LatLon | undefined;
  way(id: number): Pick<ReadElement, "nodes" | "stated"> | undefined;
}

/** A line of positions, with gaps where nodes are missing. */
type Line = ReadonlyArray<LatLon | undefined>;

/** A closed way needs three corners, and its first node again. */
const RING_NODES = 4;
/** No charging station has that many; joining takes the square of their number. */
const MOST_OPEN_LINES = 2000;
const AREA_TYPES: readonly string[] = ["multipolygon", "boundary"];
const OUTER_ROLES: readonly string[] = ["outer", ""];

/**
 * The element's position and outlines; `undefined` when the file has nothing to place it by. Its own nodes count first,
 * then the geometry or centre that Overpass states; of a way cut by the extract's edge, the nodes that are left.
 */
export function placeElement(element: ReadElement, surroundings: Surroundings): KnownPlacement | undefined {
  if (element.type === "node") {
    if (element.position === undefined) return undefined;
    return { placement: { ...element.position, outlines: [] }, isPartial: false };
  }
  const lines =
    element.type === "way" ? [wayLine(element, surroundings)] : memberLines(element, surroundings);
  const complete = lines.every((line) => line.length > 0 && !line.includes(undefined));
  const known = lines.flat().filter((position) => position !== undefined);
  const centre = complete
    ? (centreOf(known) ?? element.stated?.center)
    : (element.stated?.center ?? centreOf(known));
  if (centre === undefined) return undefined;
  const outlines = element.type === "way" ? ringsOf(lines) : outerRings(element, lines);
  return {
    placement: { ...centre, outlines },
    isPartial: !complete && element.stated?.center === undefined,
  };
}

/** The positions of a way's nodes by id, or as Overpass states them where that gives more. */
function wayLine(
  { nodes, stated }: Pick<ReadElement, "nodes" | "stated">,
  { node }: Pick<Surroundings, "node">,
): Line {
  const byId = nodes.map(node);
  const line = stated?.lines?.[0] ?? [];
  return knownIn(line) > knownIn(byId) ? line : byId;
}

function knownIn(line: Line): number {
  return line.filter((position) => position !== undefined).length;
}

/** One line for each member; relations inside relations are not followed. */
function memberLines({ members, stated }: ReadElement, surroundings: Surroundings): readonly Line[] {
  return members.map(({ type, ref }, index) => {
    const line = stated?.lines?.[index] ?? [];
    if (type === "node") {
      const position = surroundings.node(ref);
      return position === undefined ? line : [position];
    }
    const way = type === "way" ? surroundings.way(ref) : undefined;
    if (way === undefined) return line;
    const its = wayLine(way, surroundings);
    return knownIn(line) > knownIn(its) ? line : its;
  });
}

/** The closed lines among these. */
function ringsOf(lines: readonly Line[]): readonly (readonly LatLon[])[] {
  return lines.flatMap((line) => {
    const ring = withoutGaps(line);
    return ring !== undefined && isClosed(ring) ? [ring] : [];
  });
}

/** The outer rings of an area relation, put together from its ways; what stays open is left out. */
function outerRings({ tags, members }: ReadElement, lines: readonly Line[]): readonly (readonly LatLon[])[] {
  if (!tags.some(({ key, value }) => key === "type" && AREA_TYPES.includes(value))) return [];
  const parts = members.flatMap(({ type, role }, index) => {
    const line = withoutGaps(lines[index] ?? []);
    return type === "way" && OUTER_ROLES.includes(role) && line !== undefined ? [line] : [];
  });
  return joinedRings(parts);
}

function joinedRings(lines: readonly (readonly LatLon[])[]): readonly (readonly LatLon[])[] {
  const rings = lines.filter(isClosed);
  const open = new Set(lines.filter((line) => !isClosed(line)));
  if (open.size > MOST_OPEN_LINES) return rings;
  for (const first of open) {
    open.delete(first);
    const joined = [...first];
    while (!isClosed(joined)) {
      const next = following(joined, open);
      if (next === undefined) break;
      open.delete(next.line);
      joined.push(...next.onward);
    }
    if (isClosed(joined)) rings.push(joined);
  }
  return rings;
}

/** The line among these that goes on where this one ends, and what it adds. */
function following(
  line: readonly LatLon[],
  open: ReadonlySet<readonly LatLon[]>,
): { readonly line: readonly LatLon[]; readonly onward: readonly LatLon[] } | undefined {
  const end = line.at(-1);
  for (const candidate of open) {
    if (samePlace(candidate[0], end)) return { line: candidate, onward: candidate.slice(1) };
    if (samePlace(candidate.at(-1), end)) return { line: candidate, onward: candidate.toReversed().slice(1) };
  }
  return undefined;
}

function withoutGaps(line: Line): readonly LatLon[] | undefined {
  const known = line.filter((position) => position !== undefined);
  return known.length === line.length && known.length > 1 ? known : undefined;
}

function isClosed(line: readonly LatLon[]): boolean {
  return line.length >= RING_NODES && samePlace(line[0], line.at(-1));
}

function samePlace(a: LatLon | undefined, b: LatLon | undefined): boolean {
  return a !== undefined && b !== undefined && a.lat === b.lat && a.lon === b.lon;
}
