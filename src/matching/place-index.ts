/** Which places lie within some metres of a point: k-d trees asked by box, then measured exactly. */
import KDBush from "kdbush";
import type { LatLon } from "../osm/osm-object.js";
import { latDegrees, lonDegrees } from "./distance.js";

/** A little more than the earth's ellipsoid and rounding can take off a box. */
const SLACK = 1.01;
/** Places are kept by reach in classes that quadruple, so that one huge area does not widen the look for all others. */
const SMALLEST_REACH = 50;

interface ReachClass {
  readonly reach: number;
  readonly tree: KDBush;
  /** The places of the tree, by their number in it. */
  readonly places: readonly number[];
}

/** An index over places 0, 1, 2 …: `reaches` are the metres that each extends around its position. */
export class PlaceIndex {
  private readonly classes: readonly ReachClass[];

  constructor(positions: readonly LatLon[], reaches?: readonly number[]) {
    const members = new Map<number, number[]>();
    for (let place = 0; place < positions.length; place++) {
      const reach = classReach(reaches?.[place] ?? 0);
      const known = members.get(reach);
      if (known === undefined) members.set(reach, [place]);
      else known.push(place);
    }
    this.classes = [...members].map(([reach, places]) => {
      const tree = new KDBush(places.length);
      for (const place of places) {
        const position = positions[place];
        tree.add(position?.lon ?? 0, position?.lat ?? 0);
      }
      return { reach, tree: tree.finish(), places };
    });
  }

  /** Places that may lie within `metres` of the point, in no particular order: a superset, to be measured. */
  around(point: LatLon, metres: number): number[] {
    const found: number[] = [];
    for (const { reach, tree, places } of this.classes) {
      const radius = (metres + reach) * SLACK;
      const north = latDegrees(radius);
      const minLat = point.lat - north;
      const maxLat = point.lat + north;
      const east = lonDegrees(radius, Math.abs(point.lat) + north);
      // A box that crosses the antimeridian is asked for on both sides of it.
      for (const shift of east === 360 ? [0] : [0, 360, -360]) {
        const minLon = point.lon - east + shift;
        const maxLon = point.lon + east + shift;
        if (minLon > 180 || maxLon < -180) continue;
        for (const member of tree.range(minLon, minLat, maxLon, maxLat)) {
          const place = places[member];
          if (place !== undefined) found.push(place);
        }
      }
    }
    return found;
  }
}

function classReach(reach: number): number {
  if (reach === 0) return 0;
  let top = SMALLEST_REACH;
  while (top < reach) top *= 4;
  return top;
}
