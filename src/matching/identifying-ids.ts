/** Which EVSE ids tell Locations and stations apart, and where every id stands (D2.1). */
import { metresApart } from "./distance.js";
import type { Evidence } from "./evidence.js";
import { PlacesById } from "./places-by-id.js";
import { METRES } from "./scores.js";

/** Where ids stand: places in the lists of stations. */
export interface IdIndex {
  readonly stationsByRef: PlacesById;
  readonly stationsByGlobalRef: PlacesById;
  readonly stationsByEvse: PlacesById;
  /**
   * EVSE ids that identify nothing: of several Locations at different places (feeds that put one id on every EVSE), or
   * on stations far apart.
   */
  readonly ambiguousEvseIds: ReadonlySet<string>;
}

export function indexIds(locations: readonly Evidence[], stations: readonly Evidence[]): IdIndex {
  const stationsByEvse = placesBy(stations, ({ evseIds }) => evseIds);
  const locationsByEvse = placesBy(locations, ({ evseIds }) => evseIds);
  const ambiguousEvseIds = new Set<string>();
  for (const [id, places] of locationsByEvse.several()) {
    if (areApart(places, locations, METRES.samePlace)) ambiguousEvseIds.add(id);
  }
  for (const [id, places] of stationsByEvse.several()) {
    if (areApart(places, stations, METRES.id)) ambiguousEvseIds.add(id);
  }
  return {
    stationsByRef: placesBy(stations, ({ refs }) => refs),
    stationsByGlobalRef: placesBy(stations, ({ globalRefs }) => globalRefs),
    stationsByEvse,
    ambiguousEvseIds,
  };
}

function placesBy(all: readonly Evidence[], idsOf: (evidence: Evidence) => readonly string[]): PlacesById {
  const places = new PlacesById();
  for (let place = 0; place < all.length; place++) {
    const evidence = all[place];
    if (evidence !== undefined) for (const id of idsOf(evidence)) places.add(id, place);
  }
  return places;
}

/** Whether any of the places lies farther than `metres` from the first. */
function areApart(places: readonly number[], all: readonly Evidence[], metres: number): boolean {
  const first = all[places[0] ?? -1];
  if (first === undefined) return false;
  return places.some((place) => {
    const other = all[place];
    return other !== undefined && metresApart(first.position, other.position) > metres;
  });
}
