/** Charging objects around a place: what a create must not stand among (D2.4). */
import { type LatLon, type OsmObject, compareElements } from "../osm/osm-object.js";
import { metresTo, reachOf } from "./distance.js";
import { PlaceIndex } from "./place-index.js";

/** Metres within which a charging object speaks against a create (D2.4). */
export const NEARBY_METRES = 100;

/** Finds charging objects by place. */
export class NearbyObjects {
  readonly #objects: readonly OsmObject[];
  readonly #index: PlaceIndex;

  constructor(objects: readonly OsmObject[]) {
    this.#objects = objects;
    this.#index = new PlaceIndex(objects, objects.map(reachOf));
  }

  /** Those within 100 m, areas by their outline, in element order. */
  around(place: LatLon): OsmObject[] {
    return this.#index
      .around(place, NEARBY_METRES)
      .flatMap((index) => this.#objects[index] ?? [])
      .filter((object) => metresTo(place, object) <= NEARBY_METRES)
      .sort(compareElements);
  }
}
