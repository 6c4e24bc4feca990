/** `diff --shard` and `merge`: the single run, byte for byte. */
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { temporaryFolder } from "../runs/compiled.test-support.js";
import { SILENT } from "./convert.test-support.js";
import { diffFromArguments } from "./diff-arguments.js";
import { comparable, diffed, refusal, resultsIn } from "./diff.test-support.js";
import { merged } from "./merge.test-support.js";
import { OsmWorld, nodeOf } from "./osm-world.test-support.js";
import { chance } from "./random.test-support.js";
import { generateFeed, readJson } from "./run-cli.test-support.js";
import { verify } from "./verify.js";

const folder = temporaryFolder();
afterAll(() => folder.remove());
const path = (name: string) => join(folder.path, name);
const recordsSchema = z.array(z.looseObject({ evses: z.array(z.unknown()) }));
const feeds = [path("feed-1.json"), path("feed-2.ndjson.gz")];
const osm = path("osm.osm");
const state = path("state");
const output = path("out");
const options = { state, chargePoints: true, split: "50", maxRejects: "50%" };
let stateBefore: Buffer;

/** A feed that repeats itself, and OSM that has some of it, edited. */
beforeAll(async () => {
  generateFeed(path("generated.json"), 260, "array", 0.1);
  const records = recordsSchema.parse(readJson(path("generated.json")));
  const lines = records.slice(130).map((record) => JSON.stringify(record));
  writeFileSync(path("feed-1.json"), JSON.stringify(records.slice(0, 170)));
  writeFileSync(path("feed-2.ndjson.gz"), gzipSync(lines.join("\n")));
  const earlier = records
    .slice(0, 90)
    .map((record) => Object.assign({}, record, { evses: record.evses.slice(0, 1) }));
  writeFileSync(path("earlier.json"), JSON.stringify(earlier));
  const world = new OsmWorld();
  const first = await diffed([path("earlier.json")], world.saveTo(path("none.osm")), path("first"));
  world.upload(first.changes);
  await diffed([path("earlier.json")], world.saveTo(path("seen.osm")), path("second"), { state });
  stateBefore = readFileSync(state);
  const random = chance(3);
  for (const { id } of world.elements) {
    if (random.happens(0.1)) world.delete(`n${id}`);
    else if (random.happens(0.3)) world.edit(`n${id}`, { capacity: "77", "ref:ocpi:location:id": undefined });
  }
  world.add(nodeOf(world.nextId(), "55.0000000", "24.0000000", { amenity: "charging_station" }));
  world.saveTo(osm);
}, 60_000);

/** Parts of the comparison; their names. */
async function shards(of: number, more: Readonly<Record<string, unknown>> = {}): Promise<string[]> {
  const parts: string[] = [];
  for (let number = 1; number <= of; number++) {
    const part = path(`${number}-of-${of}.part`);
    const given = {
      source: "auto",
      reader: "bytes",
      osm: [osm],
      prefilter: "never",
      workers: 0,
      progress: "never",
    };
    await diffFromArguments(
      feeds,
      { ...given, ...options, ...more, output: part, shard: `${number}/${of}` },
      SILENT,
    );
    parts.push(part);
  }
  return parts;
}

/** All files a run leaves, and the next state. */
function files(): Readonly<Record<string, string>> {
  return { ...comparable(output), state: readFileSync(state, "utf8") };
}

function restore(): void {
  rmSync(output, { recursive: true, force: true });
  writeFileSync(state, stateBefore);
}

describe("any number of parts", () => {
  let usual: Readonly<Record<string, string>>;
  beforeAll(async () => {
    restore();
    await diffed(feeds, osm, output, options);
    usual = files();
  }, 60_000);

  it("what is compared has every kind of thing in it", () => {
    const { report, proposals } = resultsIn(output);
    const { create, modify } = report.counts.proposals;
    expect(Math.min(create ?? 0, modify ?? 0)).toBeGreaterThan(5);
    expect(report.counts.records.skipped["duplicate-id"]).toBeGreaterThan(30);
    expect(proposals.some(({ tags }) => tags.some(({ sources }) => sources.length > 0))).toBe(true);
  });

  it.each([1, 2, 3, 7])("gives the files of one run: %s", async (of) => {
    restore();
    const parts = await shards(of);
    // The parts have all of the feed that is needed: it is not read again.
    const kept = feeds.map((feed) => readFileSync(feed));
    for (const feed of feeds) rmSync(feed);
    try {
      await merged(parts, output);
    } finally {
      for (const [index, feed] of feeds.entries()) writeFileSync(feed, kept[index] ?? "");
    }
    const made = files();
    const names = new Set([...Object.keys(made), ...Object.keys(usual)]);
    expect([...names].filter((name) => made[name] !== usual[name])).toEqual([]);
  });

  it("gives what verify can replay", async () => {
    restore();
    await merged(await shards(2), output);
    writeFileSync(state, stateBefore);
    expect(await verify(output, { workers: 0, progress: "never" }, SILENT)).toBeGreaterThan(5);
  });
});

describe("merge", () => {
  it("judges thresholds on all of the feed, and leaves the state as it was when one is crossed", async () => {
    restore();
    const parts = await shards(2, { maxRejects: "0" });
    expect(await refusal(merged(parts, output, { report: path("why.json") }))).toMatchObject({ code: 4 });
    expect(readFileSync(state).equals(stateBefore)).toBe(true);
    expect(readJson(path("why.json"))).toMatchObject({ outputs: [] });
    await merged(parts, output, { maxRejects: "50%" });
    expect(resultsIn(output).proposals.length).toBeGreaterThan(5);
  });

  it("takes what belongs to the end of a run: where the state goes, and exit 6", async () => {
    restore();
    const end = merged(await shards(2), output, { stateTo: path("next"), exitCode: true });
    expect(await refusal(end)).toMatchObject({ code: 6 });
    expect(readFileSync(state).equals(stateBefore)).toBe(true);
    expect(readFileSync(path("next"), "utf8")).not.toBe(stateBefore.toString());
  });

  it("wants a folder for parts of diff", async () => {
    expect(await refusal(merged(await shards(1), "-"))).toMatchObject({ code: 2 });
  });
});

it.each(["report", "rejects", "stateTo", "exitCode"])(
  "a shard refuses --%s, which is merge's",
  async (option) => {
    expect(await refusal(shards(1, { [option]: option === "exitCode" ? true : path("x") }))).toMatchObject({
      code: 2,
      message: expect.stringContaining("give it to merge"),
    });
  },
);
