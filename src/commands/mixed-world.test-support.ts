/** A small world with everything in it that charging is mapped as, and a feed that has something to say of each. */
import { feedText, evses, placeOf } from "./diff.test-support.js";
import { OsmWorld, nodeOf, relationOf, wayOf } from "./osm-world.test-support.js";

const STATION = { amenity: "charging_station" };
/** Corners of a square, by factors of its half width. */
const CORNERS = [
  [-1, -1],
  [-1, 1],
  [1, 1],
  [1, -1],
] as const;

/** Eight Locations: 1 to 6 are in `mixedWorld`, 7 and 8 are not; 8 has an EVSE at a distance. */
export function mixedFeed(): string {
  return feedText(8, (id) => {
    if (id !== 8) return {};
    const { latitude, longitude } = placeOf(8);
    const [near, far] = evses(2).map((evse) => Object.assign({}, evse));
    const coordinates = { latitude: `${latitude}2`, longitude };
    return { evses: [near, { ...far, coordinates }] };
  });
}

/**
 * Stations as a node (1), a way (2), a multipolygon (3), a node that says otherwise (4), a disused one (5) and one with
 * charge points (6); besides a station that no feed knows, and things that are no stations.
 */
export function mixedWorld(): OsmWorld {
  const world = new OsmWorld();
  const at = (id: number) => Number(placeOf(id).latitude);
  const lon = placeOf(1).longitude;
  const ring = (first: number, id: number, degrees: number): number[] => {
    for (const [index, [north, east]] of CORNERS.entries()) {
      const place = [at(id) + north * degrees, Number(lon) + east * degrees].map((part) => part.toFixed(7));
      world.add(nodeOf(first + index, place[0] ?? "", place[1] ?? ""));
    }
    return [first, first + 1, first + 2, first + 3, first];
  };
  world.add(
    nodeOf(11, at(1), lon, { ...STATION, "ref:ocpi:location:id": "1", name: 'Ž <&"> 電\n気', note: "=1+1" }),
  );
  world.add(wayOf(21, ring(101, 2, 0.0001), { ...STATION, "ref:ocpi:location:id": "2", building: "roof" }));
  world.add(nodeOf(103, at(2) + 0.0001, 25.2798, { barrier: "gate" }));
  world.add(wayOf(32, ring(111, 3, 0.0002)));
  world.add(wayOf(33, ring(121, 3, 0.00005)));
  const members = [
    { type: "way", ref: 32, role: "outer" },
    { type: "way", ref: 33, role: "inner" },
  ] as const;
  world.add(relationOf(31, members, { ...STATION, type: "multipolygon", "ref:ocpi:location:id": "3" }));
  world.add(nodeOf(41, at(4), lon, { ...STATION, "ref:ocpi:location:id": "4", capacity: "9" }));
  world.add(nodeOf(51, at(5), lon, { "disused:amenity": "charging_station", "ref:ocpi:location:id": "5" }));
  world.add(nodeOf(61, at(6), lon, { ...STATION, "ref:ocpi:location:id": "6" }));
  world.add(nodeOf(62, (at(6) + 0.00005).toFixed(7), lon, { man_made: "charge_point", ref: "a" }));
  world.add(nodeOf(63, (at(6) - 0.00005).toFixed(7), lon, { man_made: "charge_point", ref: "b" }));
  world.add(nodeOf(91, 55.4, lon, { ...STATION, operator: "Somebody" }));
  world.add(nodeOf(92, 55.41, lon, { amenity: "bench" }));
  return world;
}
