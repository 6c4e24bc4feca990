/** Charging objects around a place: what a proposal without a target was made in sight of, so that `rebase` can tell what is new (D8). */
import { metresTo, reachOf } from "../matching/distance.js";
import { PlaceIndex } from "../matching/place-index.js";
import { METRES } from "../matching/scores.js";
import { type LatLon, type OsmObject, compareElements } from "../osm/osm-object.js";

export class NearbyObjects {
  readonly #objects: readonly OsmObject[];
  #index: PlaceIndex | undefined;

  constructor(objects: readonly OsmObject[]) {
    this.#objects = objects;
  }

  /** Those within 100 m (D2.4) of the place or around it, in element order. */
  around(place: LatLon): readonly OsmObject[] {
    this.#index ??= new PlaceIndex(this.#objects, this.#objects.map(reachOf));
    return this.#index
      .around(place, METRES.near)
      .flatMap((index) => this.#objects[index] ?? [])
      .filter((object) => metresTo(place, object) <= METRES.near)
      .sort(compareElements);
  }
}
