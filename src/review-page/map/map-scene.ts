/** What there is to draw around a proposal: places in metres from where the feed has the station. Pure. */
import type { LatLon } from "../../osm/osm-object.js";
import type { ProposalLine } from "../../proposals/proposal-schema.js";

const PLACE_KINDS = [
  "feed",
  "target",
  "candidate",
  "runner-up",
  "nearby",
  "charge-point",
  "neighbour",
] as const;
export type PlaceKind = (typeof PLACE_KINDS)[number];

/** Metres from the feed's position. */
export interface Offset {
  readonly east: number;
  readonly north: number;
}

export interface MapPlace extends LatLon, Offset {
  readonly kind: PlaceKind;
  /** `n123`, a proposal's id, or empty. */
  readonly name: string;
  /** Of candidates, from 1: the best; else 0. */
  readonly rank: number;
}

/** Another proposal near this one. */
export interface MapNeighbour extends LatLon {
  /** Its id, or what else to call it. */
  readonly name: string;
}

export interface MapScene {
  readonly feed: MapPlace;
  /** Without the feed's own; in the order of PLACE_KINDS. */
  readonly places: readonly MapPlace[];
  /** The ring or line of a target that is a way; empty where its nodes are not known. */
  readonly outline: readonly (LatLon & Offset)[];
  /** Elements whose position the proposal does not tell: older files. */
  readonly unplaced: readonly string[];
}

/** As in matching/distance.ts. */
const METRES_PER_DEGREE = 111_195;

/** Where a place lies from the origin; across the antimeridian too. */
export function offsetFrom(origin: LatLon, { lat, lon }: LatLon): Offset {
  const around = ((lon - origin.lon + 540) % 360) - 180;
  const shrink = Math.cos((origin.lat * Math.PI) / 180);
  return { east: around * METRES_PER_DEGREE * shrink, north: (lat - origin.lat) * METRES_PER_DEGREE };
}

/** Each element once, as the most telling of what it is. */
export function mapScene(proposal: ProposalLine, neighbours: readonly MapNeighbour[] = []): MapScene {
  const { location, target, runner_up, candidates, nearby = [], charge_points } = proposal;
  const seen = new Set<string>();
  const unplaced: string[] = [];
  const places: MapPlace[] = [];
  const put = (kind: PlaceKind, name: string, { lat, lon }: Partial<LatLon>, rank = 0): void => {
    if (name !== "" && seen.has(name)) return;
    seen.add(name);
    if (lat === undefined || lon === undefined) unplaced.push(name);
    else places.push({ kind, name, rank, lat, lon, ...offsetFrom(location, { lat, lon }) });
  };
  if (target !== undefined) put("target", `${target.type.slice(0, 1)}${target.id}`, target);
  for (const [index, candidate] of candidates.entries())
    put("candidate", candidate.osm, placeOf(candidate), index + 1);
  if (runner_up !== undefined) put("runner-up", runner_up.osm, placeOf(runner_up));
  for (const object of nearby) put("nearby", object.osm, placeOf(object));
  for (const point of charge_points)
    put("charge-point", "", { lat: Number(point.lat), lon: Number(point.lon) });
  for (const neighbour of neighbours)
    if (neighbour.name !== proposal.proposal) put("neighbour", neighbour.name, neighbour);
  const { lat, lon } = location;
  return {
    feed: { kind: "feed", name: "", rank: 0, lat, lon, east: 0, north: 0 },
    places,
    outline: outlineOf(proposal),
    unplaced,
  };
}

function placeOf({ lat, lon }: { readonly lat?: number | undefined; readonly lon?: number | undefined }) {
  return lat === undefined || lon === undefined ? {} : { lat, lon };
}

function outlineOf({ location, target, way_nodes = [] }: ProposalLine): (LatLon & Offset)[] {
  const nodes = new Map(way_nodes.map((node) => [node.id, node]));
  return (target?.nodes ?? []).flatMap((id) => {
    const node = nodes.get(id);
    if (node === undefined) return [];
    const { lat, lon } = node;
    return [{ lat, lon, ...offsetFrom(location, node) }];
  });
}

/** Metres between the feed's position and a place. */
export function metresOf({ east, north }: Offset): number {
  return Math.hypot(east, north);
}
