/** The same OSM data in every form that is read (D1.1) gives the same proposals. */
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { overpassOf, xmlOf } from "../osm/osm-data.test-support.js";
import { osmiumFile } from "../osm/osm-files.test-support.js";
import { itWithOsmium } from "../osm/osmium.test-support.js";
import { temporaryFolder } from "../runs/compiled.test-support.js";
import { type DiffResults, diffed } from "./diff.test-support.js";
import { mixedFeed, mixedWorld } from "./mixed-world.test-support.js";

const folder = temporaryFolder();
afterAll(() => folder.remove());
const path = (name: string) => join(folder.path, name);
const { elements } = mixedWorld();
const xml = xmlOf(elements);
let usual: DiffResults;
let runs = 0;

async function withOsm(
  name: string,
  content: Uint8Array | string,
  options: Readonly<Record<string, unknown>> = {},
): Promise<DiffResults> {
  writeFileSync(path(name), content);
  return diffed([path("feed.json")], path(name), path(`out-${++runs}`), options);
}

beforeAll(async () => {
  writeFileSync(path("feed.json"), mixedFeed());
  usual = await withOsm("osm.osm", xml);
});

it("there is something to say of every kind of object", () => {
  const edits = usual.proposals.filter(({ change }) => change === "modify");
  expect(edits.map(({ target }) => `${target?.type} ${target?.id}`)).toEqual(
    expect.arrayContaining(["node 11", "way 21", "relation 31", "node 61"]),
  );
  expect(
    usual.proposals.filter(({ change }) => change === "create").map(({ location }) => location.id),
  ).toEqual(["7", "8"]);
  expect(
    usual.proposals.filter(({ change }) => change === "review").map(({ location }) => location.id),
  ).toEqual(expect.arrayContaining(["4", "5"]));
});

describe("the same proposals, and the same changes.osm,", () => {
  const same = ({ proposals, changes }: DiffResults): void => {
    expect(proposals).toEqual(usual.proposals);
    expect(changes).toBe(usual.changes);
  };

  it("from .osm.gz", async () => same(await withOsm("osm.osm.gz", gzipSync(xml))));

  it("from .osm.bz2", async (context) => {
    let compressed: Buffer;
    try {
      compressed = execFileSync("bzip2", ["-c"], { input: xml });
    } catch (error) {
      if (process.env["CI"] !== undefined) throw error;
      return context.skip("bzip2 is not installed");
    }
    same(await withOsm("osm.osm.bz2", compressed));
  });

  it("from Overpass JSON with metadata", async () => {
    same(await withOsm("overpass.json", overpassOf(elements)));
  });

  it("from Overpass JSON, compressed", async () => {
    same(await withOsm("overpass.json.gz", gzipSync(overpassOf(elements))));
  });

  itWithOsmium("from .osm.pbf", async () => same(await withOsm("osm.osm.pbf", osmiumFile(xml, "osm.pbf"))));

  itWithOsmium("from .osm.pbf that osmium filters first", async () => {
    same(await withOsm("filtered.osm.pbf", osmiumFile(xml, "osm.pbf"), { prefilter: "auto" }));
  });

  itWithOsmium("from an extract that osmium has filtered as the documentation says", async () => {
    writeFileSync(path("whole.osm"), xml);
    const wanted = "nwr/*amenity=charging_station";
    const args = [
      "tags-filter",
      path("whole.osm"),
      wanted,
      "nwr/*man_made=charge_point",
      "-o",
      path("part.osm"),
    ];
    execFileSync("osmium", args, { stdio: "ignore" });
    same(await withOsm("part-again.osm", readFileSync(path("part.osm"))));
  });

  it("from two extracts that overlap", async () => {
    writeFileSync(path("half.osm"), xmlOf(elements.filter(({ id }) => id < 40 || id > 100)));
    writeFileSync(path("other.osm"), xmlOf(elements.filter(({ id }) => id > 30)));
    const output = path(`out-${++runs}`);
    same(await diffed([path("feed.json")], [path("other.osm"), path("half.osm")], output));
  });
});

it("an extract without versions gives the same, but no edits of what is there (D1.2)", async () => {
  const without = elements.map((element) => Object.assign({}, element, { version: undefined }));
  const results = await withOsm("versions.osm", xmlOf(without));
  expect(results.proposals.map(({ id, tags }) => [id, tags])).toEqual(
    usual.proposals.map(({ id, tags }) => [id, tags]),
  );
  expect(results.changes).not.toContain('action="modify"');
  expect(results.changes.match(/<node id="-/g)).toEqual(usual.changes.match(/<node id="-/g));
  const told = results.proposals.filter(({ change }) => change === "modify");
  expect(told.map(({ withheld }) => withheld)).toEqual(told.map(() => "no-version"));
  expect(readFileSync(path(`out-${runs}/changes.csv`), "utf8")).toMatch(
    /extract does not tell the object's version/,
  );
});
