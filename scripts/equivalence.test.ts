/** The same station gives the same tags in every dialect that can say them: docs/equivalence.md holds. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DEFAULT_TAGGING, type SourceName, readFeed, tagLocation } from "../src/index.js";
import { equivalencePage } from "./equivalence-page.mjs";
import {
  CASES,
  EQUIVALENCE,
  HERE_DIALECTS,
  SAME_WITH_NAMED_EVSES,
  equivalenceOf,
  expectedOf,
} from "./equivalence-table.mjs";
import { writeFeed } from "./generate-feed.mjs";
import { hereV2Station } from "./synthetic/here-v2-writer.mjs";
import { OTHER_HABITS, STANDARD_HABITS } from "./synthetic/proto-json.mjs";
import { LAYER_NAMES, writeTiles } from "./synthetic/tile-folder.mjs";
import { stationOf } from "./synthetic/tiled-world.mjs";

/** Tags by key. Charge points are told under one key, with their positions. */
type Tags = ReadonlyMap<string, string>;
type HereDialect = "here-v3" | "here-v2" | "hmc-locations" | "hmc-stations";

const WORLD = { locations: 400, seed: 11, tiles: 12 };
const STATIONS = Array.from({ length: WORLD.locations }, (_, index) => stationOf(WORLD, index));
const OPTIONS = { ...DEFAULT_TAGGING, extended: true, name: true, chargePoints: true };
const DIALECTS: readonly HereDialect[] = ["here-v3", "here-v2", "hmc-locations", "hmc-stations"];

let folder = "";
let ocpi: ReadonlyMap<string, Tags> = new Map();

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "equivalence-"));
  ocpi = await tagged(await written("ocpi"), "ocpi");
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Writes the world in a dialect; gives back the file or the folder. */
async function written(
  dialect: SourceName,
  habits: typeof STANDARD_HABITS = STANDARD_HABITS,
  files = "sdk",
): Promise<string> {
  const name = [dialect, files, ...Object.values(habits)].join("-");
  if (LAYER_NAMES.includes(dialect)) {
    const output = join(folder, name);
    writeTiles(output, { dialect, world: WORLD, habits, files });
    return output;
  }
  const output = join(folder, `${name}.json`);
  await writeFeed({
    ...WORLD,
    form: dialect === "ocpi" ? "array" : dialect,
    defects: 0,
    gzip: false,
    output,
  });
  return output;
}

/** What becomes of the stations, by their position. Of those that come twice the first counts; the second says the same. */
async function tagged(
  input: string,
  source: SourceName,
  repeatsAgree = true,
): Promise<ReadonlyMap<string, Tags>> {
  const stations = new Map<string, Tags>();
  for await (const { read } of readFeed([input])) {
    if ("unreadable" in read) throw new Error(`${source}: ${read.detail}`);
    const result = tagLocation(read, OPTIONS);
    if ("reason" in result) throw new Error(`${source}: ${result.reason} ${result.detail}`);
    const { station, chargePoints } = result;
    const tags = new Map(station.tags.map(({ key, value }) => [key, value]));
    const points = chargePoints.map(({ lat, lon, tags }) => ({ lat, lon, tags }));
    if (points.length > 0) tags.set("man_made=charge_point", JSON.stringify(points));
    const position = `${station.lat} ${station.lon}`;
    const known = stations.get(position);
    if (known === undefined) stations.set(position, tags);
    else if (repeatsAgree) expect(tags).toEqual(known);
  }
  return stations;
}

/** Where the tags of a dialect differ from what its column of the table says, each kind of difference once. */
function deviations(dialect: HereDialect, here: ReadonlyMap<string, Tags>): string[] {
  const kinds = new Map<string, { example: string; count: number }>();
  for (const station of STATIONS) {
    const position = `${station.latitude} ${station.longitude}`;
    const [theirs, ours] = [ocpi.get(position) ?? new Map(), here.get(position) ?? new Map()];
    for (const key of new Set([...theirs.keys(), ...ours.keys()])) {
      const row = equivalenceOf(key);
      const expected = row && expectedOf(row, dialect, station);
      const [wanted, said] = [expected === "nothing" ? undefined : theirs.get(key), ours.get(key)];
      if (expected === "other" || (expected !== undefined && said === wanted)) continue;
      const kind = `${key}: ${expected ?? "no row"}`;
      const example = `${station.id} says ${said}, OCPI ${theirs.get(key)}`;
      kinds.set(kind, { example, count: (kinds.get(kind)?.count ?? 0) + 1 });
    }
  }
  return Array.from(kinds, ([kind, { example, count }]) => `${kind}; ${count} times, as ${example}`);
}

describe("the table", () => {
  test("docs/equivalence.md is of it (npm run docs writes it)", () => {
    expect(readFileSync(new URL("../docs/equivalence.md", import.meta.url), "utf8")).toBe(equivalencePage());
  });

  test("has a row for every tag that OCPI gives, and none for a tag that nothing gives", () => {
    const given = new Set([...ocpi.values()].flatMap((tags) => Array.from(tags.keys())));
    expect([...given].filter((key) => equivalenceOf(key) === undefined)).toEqual([]);
    const used = new Set([...given].map((key) => equivalenceOf(key)));
    expect(EQUIVALENCE.filter((row) => !used.has(row))).toEqual([]);
    expect(Object.keys(HERE_DIALECTS)).toEqual(DIALECTS);
  });

  test("every case it makes exists in the world, and so does its contrary", () => {
    for (const { holds } of Object.values(CASES)) {
      const share = STATIONS.filter(holds).length / STATIONS.length;
      expect(share).toBeGreaterThan(0.02);
      expect(share).toBeLessThan(0.9);
    }
  });
});

describe.each(DIALECTS)("%s", (dialect) => {
  test("gives every station, with the tags of OCPI where it can say them and nothing where it cannot", async () => {
    const here = await tagged(await written(dialect), dialect);
    expect(here.size).toBe(WORLD.locations);
    expect(deviations(dialect, here)).toEqual([]);
    for (const row of EQUIVALENCE) {
      const unlike = row.unlike[dialect];
      if (unlike?.says !== "other") continue;
      const differing = [...ocpi].filter(([position, tags]) =>
        [...tags].some(
          ([key, value]) => equivalenceOf(key) === row && here.get(position)?.get(key) !== value,
        ),
      );
      expect([row.tag, differing.length > 0]).toEqual([row.tag, true]);
    }
  });
});

describe.each(LAYER_NAMES.map((name) => (name === "hmc-stations" ? "hmc-stations" : "hmc-locations")))(
  "%s, printed otherwise",
  (dialect) => {
    test.each(Object.entries(OTHER_HABITS).filter(([habit]) => habit !== "zeroIndex"))(
      "%s=%s changes no tag",
      async (habit, choice) => {
        const standard = await tagged(await written(dialect), dialect);
        const habits = Object.assign({}, STANDARD_HABITS, { [habit]: choice });
        expect(await tagged(await written(dialect, habits), dialect)).toEqual(standard);
      },
    );

    test("all of these at once change no tag", async () => {
      const standard = await tagged(await written(dialect), dialect);
      const habits = Object.assign({}, OTHER_HABITS, { zeroIndex: "written" });
      expect(await tagged(await written(dialect, habits, "olpcli"), dialect)).toEqual(standard);
    });
  },
);

test("here-v2 that names the EVSE of each connector says more, and the same as OCPI", async () => {
  const records = STATIONS.map((station) => hereV2Station(station, { namesEvses: true }));
  const output = join(folder, "here-v2-named.json");
  writeFileSync(output, JSON.stringify({ hasMore: false, evStations: { evStation: records } }));
  const here = await tagged(output, "here-v2");
  const rows = SAME_WITH_NAMED_EVSES.map((tag) => EQUIVALENCE.find((row) => row.tag === tag));
  expect(rows.filter((row) => row?.unlike["here-v2"] === undefined)).toEqual([]);
  for (const [position, tags] of ocpi) {
    for (const [key, value] of tags) {
      if (rows.includes(equivalenceOf(key)))
        expect([key, here.get(position)?.get(key)]).toEqual([key, value]);
    }
  }
});

test("GeoJSON made of hmc-locations by the public tool gives the same tags", async () => {
  const standard = await tagged(await written("hmc-locations"), "hmc-locations");
  const geojson = await written("hmc-locations", STANDARD_HABITS, "geojson");
  expect(await tagged(join(geojson, "*.geojson"), "hmc-locations")).toEqual(standard);
});

test("an operator's index of 0 that a printer left out costs operator and brand, never gives wrong ones", async () => {
  const standard = await tagged(await written("hmc-locations"), "hmc-locations");
  const habits = Object.assign({}, STANDARD_HABITS, { zeroIndex: OTHER_HABITS.zeroIndex });
  const read = await tagged(await written("hmc-locations", habits), "hmc-locations", false);
  let lost = 0;
  for (const [position, tags] of standard) {
    for (const [key, value] of tags) {
      const said = read.get(position)?.get(key);
      if (said === undefined && /^(?:operator|brand)/.test(key)) lost += 1;
      else expect([key, said]).toEqual([key, value]);
    }
  }
  expect(lost).toBeGreaterThan(0);
});
