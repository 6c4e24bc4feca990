/** What a comparison knows before anything is written: both sides, and where every proposed value came from. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { EDITS } from "../../merging/proposal.js";
import { temporaryFolder } from "../../runs/compiled.test-support.js";
import { type DiffResults, diffed, evses, feedText, placeOf } from "../diff.test-support.js";
import { OsmWorld, nodeOf } from "../osm-world.test-support.js";
import { FEED_FIXTURES, fixture } from "../run-cli.test-support.js";

const folder = temporaryFolder();
afterAll(() => folder.remove());
const path = (name: string) => join(folder.path, name);

describe("every value of a proposal", () => {
  const records = new Map<string, readonly unknown[]>();
  let results: DiffResults;

  /** Fixtures that are plain arrays or lists of records, which need no reader to find a record in. */
  beforeAll(async () => {
    for (const name of FEED_FIXTURES) {
      const list = recordsIn(fixture(name));
      if (list !== undefined) records.set(fixture(name), list);
    }
    const osm = new OsmWorld().saveTo(path("none.osm"));
    results = await diffed([...records.keys()], osm, path("fixtures"));
  });

  it("names the place in its own file and record that it was made from", () => {
    let seen = 0;
    for (const { id, source, tags } of results.proposals) {
      const record = records.get(source?.file ?? "")?.[source?.record ?? -1];
      for (const { key, sources } of tags) {
        for (const { pointer, value } of sources) {
          const found = pointer === "" ? null : at(record, pointer);
          if (typeof found === "object" && found !== null) continue;
          expect([id, key, pointer, value]).toEqual([id, key, pointer, found ?? null]);
          seen += 1;
        }
      }
    }
    expect(seen).toBeGreaterThan(200);
    expect(new Set(results.proposals.map(({ source }) => source?.file)).size).toBeGreaterThan(10);
  });

  it("has a source, unless the feed states it by what it leaves unsaid", () => {
    const without = results.proposals
      .filter(({ change }) => EDITS.has(change))
      .flatMap(({ tags }) => tags.filter(({ sources }) => sources.length === 0).map(({ key }) => key));
    expect([...new Set(without)].sort()).toEqual([]);
  });
});

describe("what stands near where nothing was found", () => {
  it("is told of a create, so that rebase knows what is new", async () => {
    const { latitude, longitude } = placeOf(1);
    const north = (degrees: number) => (Number(latitude) + degrees).toFixed(7);
    const taken = { amenity: "charging_station", "ref:ocpi:location:id": "2", "ref:EU:EVSE": "LT*ABC*Ey*0" };
    const world = new OsmWorld([
      nodeOf(5, north(0.0004), longitude, taken),
      nodeOf(6, north(0.0005), longitude, { amenity: "bench" }),
      nodeOf(7, north(0.002), longitude, { amenity: "charging_station" }),
    ]);
    const both = feedText(2, (id) =>
      id === 1
        ? {}
        : { coordinates: { latitude: north(0.0004), longitude }, evses: evses(1, undefined, "y") },
    );
    writeFileSync(path("near.json"), both);
    const { proposals } = await diffed([path("near.json")], world.saveTo(path("near.osm")), path("near"));
    const create = proposals.find(({ id }) => id === "create/LT*ABC*1");
    const place = { lat: Number(north(0.0004)), lon: Number(longitude) };
    expect(create?.nearby).toEqual([{ osm: "n5", version: 1, ...place }]);
  });
});

describe("a Location that is in the feed twice", () => {
  it("is compared once, as it stands first, and the other is listed", async () => {
    const [first = "", second = ""] = [evses(1), evses(2)].map((these) =>
      feedText(1, () => ({ evses: these })),
    );
    writeFileSync(path("twice.json"), `[${first.slice(1, -1)},${second.slice(1, -1)}]`);
    const { proposals, report } = await diffed(
      [path("twice.json")],
      new OsmWorld().saveTo(path("o.osm")),
      path("o"),
    );
    expect(proposals.map(({ id, source }) => [id, source?.record])).toEqual([["create/LT*ABC*1", 0]]);
    expect(proposals[0]?.tags.find(({ key }) => key === "capacity")?.new).toBe("1");
    expect(report.counts.records.read).toBe(2);
    expect(report.listed).toHaveLength(1);
  });
});

describe("every record is accounted for", () => {
  it.each(FEED_FIXTURES)("%s", async (name) => {
    const { report } = await diffed([fixture(name)], new OsmWorld().saveTo(path("o.osm")), path("o"));
    const { records, locations } = report.counts;
    const sum = (counts: Readonly<Record<string, number>>) =>
      Object.values(counts).reduce((a, b) => a + b, 0);
    expect(records.emitted + sum(records.skipped) + sum(records.rejected)).toBe(records.read);
    const rows = readFileSync(path("o/matches.csv"), "utf8").split("\r\n").length - 2;
    expect(rows).toBe(sum(locations));
    expect(locations.new + locations.review).toBe(records.emitted);
  });
});

function recordsIn(file: string): readonly unknown[] | undefined {
  if (!file.endsWith(".json")) return undefined;
  try {
    const json: unknown = JSON.parse(readFileSync(file, "utf8"));
    return Array.isArray(json) ? json : undefined;
  } catch {
    return undefined;
  }
}

/** What a JSON Pointer leads to. */
function at(record: unknown, pointer: string): unknown {
  let here = record;
  for (const step of pointer.split("/").slice(1)) {
    if (typeof here !== "object" || here === null) return undefined;
    here = Object.entries(here).find(
      ([name]) => name === step.replaceAll("~1", "/").replaceAll("~0", "~"),
    )?.[1];
  }
  return here;
}
