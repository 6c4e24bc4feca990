import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { elementName } from "../osm/osm-object.js";
import type { TaggedLocation } from "../tagging/tagged-location.js";
import type { LocationMatch } from "./match.js";
import { matchLocations } from "./match-locations.js";
import { type MatchMemory, NO_MEMORY } from "./match-memory.js";
import { area, at, location, station } from "./matching.test-support.js";
import type { Station } from "./station.js";

const OPERATORS = ["", "Ignitis", "Eldrive"] as const;
const SOCKETS = ["", "type2", "type2_combo"] as const;

const side = {
  east: fc.integer({ min: 0, max: 400 }),
  north: fc.integer({ min: 0, max: 60 }),
  operator: fc.constantFrom(...OPERATORS),
  socket: fc.constantFrom(...SOCKETS),
  count: fc.integer({ min: 1, max: 4 }),
  ref: fc.constantFrom("", "", "A0", "A1", "A2", "A3"),
  evses: fc.uniqueArray(fc.integer({ min: 1, max: 8 }), { maxLength: 3 }),
};
type Drawn = Readonly<{
  east: number;
  north: number;
  operator: string;
  socket: string;
  count: number;
  ref: string;
  evses: number[];
}>;
const drawnLocations = fc.array(fc.record({ ...side, removed: fc.constantFrom(false, false, false, true) }), {
  maxLength: 7,
});
const drawnStations = fc.array(
  fc.record({
    ...side,
    form: fc.constantFrom("amenity", "amenity", "amenity", "disused:amenity", "man_made"),
    size: fc.constantFrom(0, 0, 0, 40),
  }),
  { maxLength: 8 },
);
const memories = fc.record({
  accepted: fc.array(fc.tuple(fc.nat(6), fc.nat(7)), { maxLength: 2 }),
  refused: fc.array(fc.tuple(fc.nat(6), fc.nat(7)), { maxLength: 2 }),
});

function tagsOf({ operator, socket, count, ref, evses }: Drawn): Record<string, string> {
  return {
    ...(operator !== "" && { operator }),
    ...(socket !== "" && { [`socket:${socket}`]: `${count}`, capacity: `${count}` }),
    "ref:ocpi:location:id": ref,
    ...(evses.length > 0 && { "ref:EU:EVSE": evses.map((number) => `LT*IGN*E${number}`).join(";") }),
  };
}

const worlds = fc.tuple(drawnLocations, drawnStations, memories).map(([locations, stations, pairs]) => {
  const asMemory = (drawn: readonly (readonly [number, number])[]): Map<string, Set<string>> => {
    const sets = new Map<string, Set<string>>();
    for (const [i, j] of drawn)
      sets.set(`LT*IGN*A${i}`, (sets.get(`LT*IGN*A${i}`) ?? new Set()).add(`n${j + 1}`));
    return sets;
  };
  return {
    locations: locations.map((drawn, i) =>
      location(
        `A${i}`,
        at(drawn.east, drawn.north),
        drawn.removed ? { "ref:ocpi:location:id": "" } : tagsOf(drawn),
        {
          removed: drawn.removed,
          operator: drawn.operator || undefined,
        },
      ),
    ),
    stations: stations.map((drawn, i) => {
      const value = drawn.form === "man_made" ? "charge_point" : "charging_station";
      const { "ref:ocpi:location:id": ref, ...others } = tagsOf(drawn);
      const tags = {
        ...others,
        ...(ref !== "" && { "ref:ocpi:location:id": ref ?? "" }),
        [drawn.form]: value,
      };
      return drawn.size === 0
        ? station(i + 1, at(drawn.east, drawn.north), tags)
        : area(i + 1, drawn.east, drawn.north, drawn.size, tags);
    }),
    memory: { accepted: asMemory(pairs.accepted), refused: asMemory(pairs.refused) },
  };
});

/** The verdicts by key, with names instead of places in lists. */
function named(
  locations: readonly TaggedLocation[],
  stations: readonly Station[],
  memory: MatchMemory,
): Map<string, unknown> {
  const nameOf = (place: number): string => elementName(stations[place]?.object ?? { type: "node", id: -1 });
  const matches = matchLocations(locations, stations, memory);
  const text = (match: LocationMatch | undefined): unknown =>
    JSON.parse(
      JSON.stringify(match, (key, value: unknown) => {
        if (key === "station" && typeof value === "number") return nameOf(value);
        if (key === "stations" && Array.isArray(value)) return value.map((place) => nameOf(Number(place)));
        if (key === "sharedWith" && Array.isArray(value)) {
          return value.map((place) => locations[Number(place)]?.key).sort();
        }
        return value;
      }),
    );
  return new Map(locations.map(({ key }, i) => [key, text(matches[i])]));
}

function shuffled<T>(list: readonly T[], keys: readonly number[]): T[] {
  return list
    .map((value, i) => ({ value, key: keys[i % keys.length] ?? 0, i }))
    .sort((a, b) => a.key - b.key || b.i - a.i)
    .map(({ value }) => value);
}

const RUNS = { numRuns: 400 };

describe("matchLocations, whatever the world", () => {
  test("the order of Locations and stations changes nothing", () => {
    const keys = fc.array(fc.nat(), { minLength: 8, maxLength: 8 });
    fc.assert(
      fc.property(worlds, keys, ({ locations, stations, memory }, order) => {
        const expected = named(locations, stations, memory);
        const found = named(shuffled(locations, order), shuffled(stations, order.toReversed()), memory);
        for (const { key } of locations) expect(found.get(key)).toEqual(expected.get(key));
      }),
      RUNS,
    );
  });

  test("a station is one Location's, or shared by all that have it and they know of each other", () => {
    fc.assert(
      fc.property(worlds, ({ locations, stations, memory }) => {
        const matches = matchLocations(locations, stations, memory);
        for (const [i, match] of matches.entries()) {
          if (match.verdict !== "matched") continue;
          expect(match.stations[0]).toBe(match.best.station);
          expect(new Set(match.stations).size).toBe(match.stations.length);
          const holders = matches.flatMap((other, j) =>
            j !== i &&
            other.verdict === "matched" &&
            other.stations.some((place) => match.stations.includes(place))
              ? [j]
              : [],
          );
          expect([...match.sharedWith].sort()).toEqual(holders.sort());
        }
      }),
      RUNS,
    );
  });

  test("another Location and station far away change nothing here", () => {
    fc.assert(
      fc.property(worlds, fc.constantFrom(2000, 50_000), ({ locations, stations, memory }, east) => {
        const tags = { operator: "Ignitis", "socket:type2": "2" };
        const more = location("ZZ", at(east), { ...tags, "ref:ocpi:location:id": "" });
        const there = station(999, at(east + 5), tags);
        const found = named([more, ...locations], [there, ...stations], memory);
        expect(found.get(more.key)).toMatchObject({ verdict: "matched", stations: ["n999"] });
        const expected = named(locations, stations, memory);
        for (const { key } of locations) expect(found.get(key)).toEqual(expected.get(key));
      }),
      RUNS,
    );
  });

  test("refused pairs are never matched, stations out of use and lone charge points only where a mapper said so", () => {
    fc.assert(
      fc.property(worlds, ({ locations, stations, memory }) => {
        for (const [i, match] of matchLocations(locations, stations, memory).entries()) {
          if (match.verdict !== "matched") continue;
          const main = stations[match.best.station];
          const accepted = memory.accepted.get(locations[i]?.key ?? "");
          if (main !== undefined && accepted?.has(elementName(main.object)) !== true)
            expect(main.form).toEqual({ kind: "station", lifecycle: "" });
          for (const place of match.stations) {
            const name = elementName(stations[place]?.object ?? { type: "node", id: -1 });
            expect(memory.refused.get(locations[i]?.key ?? "")?.has(name)).not.toBe(true);
          }
        }
      }),
      RUNS,
    );
  });

  test("nothing is created within 100 m of a station that nobody has and no id speaks against", () => {
    fc.assert(
      fc.property(worlds, ({ locations, stations }) => {
        const matches = matchLocations(locations, stations, NO_MEMORY);
        const taken = new Set(
          matches.flatMap((match) => (match.verdict === "matched" ? match.stations : [])),
        );
        const hasIds = (one: Station): boolean => one.object.tags.some(({ key }) => key.startsWith("ref:"));
        for (const [i, match] of matches.entries()) {
          if (match.verdict !== "new" || locations[i]?.removed === true) continue;
          const alone = stations.filter((one, place) => !taken.has(place) && !hasIds(one));
          const { lat = 0, lon = 0 } = locations[i] ?? {};
          for (const { object } of alone) {
            const metres = Math.hypot(
              (object.lat - lat) * 111_195,
              (object.lon - lon) * 111_195 * Math.cos(0.9545),
            );
            expect(metres).toBeGreaterThan(99);
          }
        }
      }),
      RUNS,
    );
  });

  test("what ids decide, no neighbour without ids can change", () => {
    fc.assert(
      fc.property(worlds, fc.record(side), ({ locations, stations, memory }, drawn) => {
        const { "ref:ocpi:location:id": _, ...tags } = tagsOf({ ...drawn, ref: "", evses: [] });
        const neighbour = station(500, at(drawn.east, drawn.north), tags);
        const before = matchLocations(locations, stations, memory);
        const after = matchLocations(locations, [...stations, neighbour], memory);
        for (const [i, match] of before.entries()) {
          if (match.verdict !== "matched" || !["ref", "evse"].includes(match.method)) continue;
          // What is removed gets what the others leave: with the neighbour, another may come to have its station.
          if (locations[i]?.removed === true) continue;
          expect(after[i]).toMatchObject({ verdict: "matched", method: match.method });
          expect(after[i]).toHaveProperty("best.station", match.best.station);
        }
      }),
      RUNS,
    );
  });
});

describe("many", () => {
  test("a city of one operator: everybody has the station at the own corner", () => {
    const side = 60;
    const tags = { operator: "Ignitis", "socket:type2": "2", capacity: "2", "ref:ocpi:location:id": "" };
    const { "ref:ocpi:location:id": _, ...inOsm } = tags;
    const corners = Array.from(
      { length: side * side },
      (_, i) => [(i % side) * 90, Math.floor(i / side) * 90] as const,
    );
    const locations = corners.map(([east, north], i) => location(`${i}`, at(east, north), tags));
    const stations = corners.map(([east, north], i) => station(i + 1, at(east + 7, north - 5), inOsm));
    const matches = matchLocations(locations, stations, NO_MEMORY);
    const own = matches.filter((match, i) => match.verdict === "matched" && match.best.station === i);
    expect(own.length).toBe(side * side);
  });

  test("a crowd at one spot ends, and nothing is decided or created there", () => {
    const tags = { operator: "Ignitis", "ref:ocpi:location:id": "" };
    const locations = Array.from({ length: 600 }, (_, i) => location(`${i}`, at(0), tags));
    const stations = Array.from({ length: 600 }, (_, i) =>
      station(i + 1, at(i % 3), { operator: "Ignitis" }),
    );
    const matches = matchLocations(locations, stations, NO_MEMORY);
    expect(new Set(matches.map(({ verdict }) => verdict))).toEqual(new Set(["review"]));
  });
});
