/** `convert --shard` and `merge`: the single run, byte for byte. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { FORM_NAMES, type FormName } from "../proposals/output-form.js";
import { temporaryFolder } from "../runs/compiled.test-support.js";
import { createLog } from "../runs/log.js";
import { reportSchema } from "../runs/report.js";
import type { ConvertOptions } from "./convert.js";
import { convert } from "./convert.js";
import { SILENT, converted, optionsOf } from "./convert.test-support.js";
import { refusal } from "./diff.test-support.js";
import { mergeFromArguments } from "./merge-arguments.js";
import { merged, mixedFeeds, shardsOf, withoutRun } from "./merge.test-support.js";
import { CLI, fixture, generateFeed, locationJson, readJson, runShell } from "./run-cli.test-support.js";
import { BLOCK_RECORDS } from "./shards/shard.js";

const folder = temporaryFolder();
afterAll(() => folder.remove());
const path = (name: string) => join(folder.path, name);
const COUNTS = [1, 2, 3, 7];
const featureSchema = z.looseObject({ properties: z.looseObject({}) });
const featuresSchema = z.object({ features: z.tuple([featureSchema]).rest(featureSchema) });

let feeds: string[];
beforeAll(() => {
  mkdirSync(path("feeds"));
  feeds = mixedFeeds(path("feeds"));
}, 60_000);

interface Written {
  readonly output: string;
  readonly report: string;
  readonly rejects: string;
}

/** What stands under the names that both ways of doing it write to. */
function written({ output, report = "", rejects = "" }: ConvertOptions): Written {
  return {
    output: readFileSync(output, "latin1"),
    report: withoutRun(readFileSync(report, "utf8")),
    rejects: readFileSync(rejects, "utf8"),
  };
}

async function inParts(options: ConvertOptions, of: number): Promise<Written> {
  const { output, report, rejects } = options;
  for (const file of [output, report ?? "", rejects ?? ""]) writeFileSync(file, "not written");
  const parts = await shardsOf(options, of, folder.path);
  await merged(parts.toReversed(), output, { report, rejects });
  return written(options);
}

async function atOnce(options: ConvertOptions): Promise<Written> {
  await convert(options, SILENT);
  return written(options);
}

function expectSame(made: Written, expected: Written, what: string): void {
  // Compared before `expect`, which would print megabytes.
  const differing = [
    made.output === expected.output ? "" : "output",
    made.report === expected.report ? "" : "report",
    made.rejects === expected.rejects ? "" : "rejects",
  ].filter((file) => file !== "");
  expect({ what, differing }).toEqual({ what, differing: [] });
}

/** Neither knows of the other: every form meets several numbers of parts, and every number the form that holds ids. */
const FORM_CASES = FORM_NAMES.flatMap((form): Array<[FormName, boolean, readonly number[]]> => [
  [form, false, [3]],
  [form, true, form === "osm" ? COUNTS : [2]],
]);

describe("any number of parts gives the bytes of one run", () => {
  it.each(FORM_CASES)(
    "as %s, charge points %s, every dialect, in %j parts",
    { timeout: 60_000 },
    async (form, chargePoints, counts) => {
      const plain = optionsOf(folder.path, feeds, form);
      const options = { ...plain, tagging: { ...plain.tagging, chargePoints } };
      const expected = await atOnce(options);
      for (const of of counts) expectSame(await inParts(options, of), expected, `${of} parts`);
    },
  );

  it("what is compared has every kind of record in it, and a block for each of the parts", async () => {
    const { report, rejects } = await converted(optionsOf(folder.path, feeds, "csv"));
    const { counts } = report;
    expect(counts.read).toBeGreaterThan(Math.max(...COUNTS) * BLOCK_RECORDS);
    expect(counts.skipped["duplicate-id"]).toBeGreaterThan(50);
    expect(Object.keys(counts.rejected).length).toBeGreaterThan(2);
    const told = ["identical to the record", "differs from the record", "the parts it shares"];
    expect(told.filter((words) => !JSON.stringify(rejects).includes(words))).toEqual([]);
  });

  it("with switches, a threshold and a date", async () => {
    const plain = optionsOf(folder.path, feeds, "ndjson");
    const options = {
      ...plain,
      tagging: { ...plain.tagging, extended: true, countries: new Set(["LT", "DE"]) },
      maxRejects: { limit: 90, percent: true },
      asOf: "2026-11-01",
    };
    const expected = await atOnce(options);
    expectSame(await inParts(options, 3), expected, "3 parts");
  });

  it("by the other reader, whose records have no places", async () => {
    const plain = optionsOf(folder.path, feeds.slice(0, 4), "csv");
    const options = { ...plain, read: { ...plain.read, reader: "tokens" } } satisfies ConvertOptions;
    const expected = await atOnce(options);
    expectSame(await inParts(options, 3), expected, "3 parts");
  });

  it("where a feed has more unknown keys than a report lists", async () => {
    const [pattern] = featuresSchema.parse(readJson(fixture("hmc-locations/tile.json.geojson"))).features;
    const features = Array.from({ length: 250 }, (_, record) => {
      const many = Array.from({ length: 15 }, (_unused, key): [string, number] => [`k${record}-${key}`, 1]);
      // Known from the first record, and in the second block behind more than a thousand others.
      if (record === 0 || record === 195) many.push(["known", 1]);
      const properties = { ...pattern.properties, id: `${record}`, ...Object.fromEntries(many) };
      return { ...pattern, properties };
    });
    writeFileSync(path("keys.json.geojson"), JSON.stringify({ type: "FeatureCollection", features }));
    const options = optionsOf(folder.path, [path("keys.json.geojson")]);
    const expected = await atOnce(options);
    expect(expected.report).toMatch(/known",\s*"count": 2,/);
    expectSame(await inParts(options, 2), expected, "2 parts");
  });

  it("where a feed has fewer records than there are parts, or none", async () => {
    for (const text of [`[${locationJson("1")}]`, "[]"]) {
      writeFileSync(path("few.json"), text);
      const options = optionsOf(folder.path, [path("few.json")]);
      const expected = await atOnce(options);
      expectSame(await inParts(options, 3), expected, text.slice(0, 10));
    }
  });

  it("where a record is over the size limit", { timeout: 60_000 }, async () => {
    const large = locationJson("2", { name: "x".repeat(17 << 20) });
    writeFileSync(path("large.ndjson"), `${locationJson("1")}\n${large}\n${locationJson("3")}\n`);
    const options = optionsOf(folder.path, [path("large.ndjson")]);
    const expected = await atOnce(options);
    expect(expected.rejects).toContain("too-large");
    expectSame(await inParts(options, 2), expected, "2 parts");
  });
});

describe("of a program run in parts", () => {
  it("stdin is read by every shard, on threads or not; - takes the result", { timeout: 60_000 }, async () => {
    generateFeed(path("feed.json"), 250);
    const lines = [
      `cat feed.json | $CLI convert - --format csv > piped.csv`,
      `cat feed.json | $CLI convert - --format csv --shard 1/2 --workers 0 -o 1.part`,
      `cat feed.json | $CLI convert - --format csv --shard 2/2 --workers 2 > 2.part`,
      `$CLI merge [12].part -o - > merged.csv`,
      `cmp piped.csv merged.csv`,
    ];
    const { code, stderr } = await runShell(`set -e; ${lines.join("; ")}`, folder.path);
    expect({ code, stderr }).toMatchObject({ code: 0 });
    expect(readFileSync(path("merged.csv"), "utf8").split("\n").length).toBeGreaterThan(200);
  });

  it("memory stays flat: ten times the feed takes no more", { timeout: 60_000 }, async () => {
    const peaks: number[] = [];
    for (const locations of [300, 3000]) {
      const parts = await largeInParts(locations);
      const line = `${process.execPath} --import "data:text/javascript,process.on('exit',()=>console.log(process.resourceUsage().maxRSS))" ${CLI} merge ${parts.join(" ")} -o s.osm --quiet`;
      const { code, stdout } = await runShell(line, folder.path);
      expect(code).toBe(0);
      peaks.push(Number(stdout));
    }
    // 55 MB more of feed; kilobytes.
    expect(peaks[1]).toBeLessThan((peaks[0] ?? 0) + 40_000);
  });

  it("a repeated Location of any of more files than may be open is looked up in its part", async () => {
    mkdirSync(path("many"));
    const twice = (id: number): string =>
      `${locationJson(`${id}`)}\n${locationJson(`${id}`, { name: "other" })}\n`;
    for (let id = 1000; id < 1400; id++) writeFileSync(path(`many/${id}.ndjson`), twice(id));
    const options = optionsOf(folder.path, [path("many")]);
    const parts = await shardsOf(options, 3, folder.path);
    const line = `ulimit -n 250; $CLI merge ${parts.join(" ")} -o few.osm --report few.json --quiet`;
    expect(await runShell(line, folder.path)).toMatchObject({ code: 0, stderr: "" });
    const { counts, listed } = reportSchema.parse(readJson(path("few.json")));
    expect(counts).toMatchObject({ emitted: 400, skipped: { "duplicate-id": 400 } });
    expect(listed.filter(({ detail }) => !detail.includes("differs from the record at byte 0 of"))).toEqual(
      [],
    );
  });
});

/** A feed of so many Locations of 20 kB each, in two parts. */
function largeInParts(locations: number): Promise<string[]> {
  const name = "x".repeat(20_000);
  const lines = Array.from({ length: locations }, (_, id) => locationJson(`${id}`, { name }));
  writeFileSync(path("sized.ndjson"), lines.join("\n"));
  return shardsOf(optionsOf(folder.path, [path("sized.ndjson")]), 2, folder.path);
}

it("merge judges the threshold on all records, and tells CI how it ended", async () => {
  const bad = ["x", "y"].map((id) => locationJson(id, { coordinates: {} }));
  writeFileSync(path("judged.ndjson"), [locationJson("1"), ...bad].join("\n"));
  const plain = optionsOf(folder.path, [path("judged.ndjson")]);
  const parts = await shardsOf({ ...plain, maxRejects: { limit: 1, percent: false } }, 2, folder.path);
  const env = { GITHUB_ACTIONS: "true", GITHUB_STEP_SUMMARY: path("summary.md") };
  const log = createLog({ format: "text", quiet: true, stream: { write: () => true }, env });
  const given = { junit: path("junit.xml"), report: path("judged.json"), progress: "never" };
  const refused = mergeFromArguments(parts, { ...given, output: path("refused.osm") }, log);
  expect(await refusal(refused)).toMatchObject({
    code: 4,
    message: expect.stringContaining("2 of 3 records"),
  });
  expect(existsSync(path("refused.osm"))).toBe(false);
  expect(reportSchema.parse(readJson(given.report)).output).toBeUndefined();
  expect(readFileSync(given.junit, "utf8")).toContain("the limit is 1");
  expect(readFileSync(env.GITHUB_STEP_SUMMARY, "utf8")).toContain("Nothing was published");
  await mergeFromArguments(parts, { ...given, output: path("allowed.osm"), maxRejects: "70%" }, log);
  expect(existsSync(path("allowed.osm"))).toBe(true);
  expect(readFileSync(given.junit, "utf8")).toContain('failures="0"');
});
