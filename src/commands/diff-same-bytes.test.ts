/** Rule D7: the same input gives the same bytes, however it is handed over and wherever the program runs. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { osmXml } from "../osm/osm-files.test-support.js";
import { elementXml } from "../osm/element-xml.js";
import { proposalsIn, readReviewPage } from "../proposals/review-page.test-support.js";
import { temporaryFolder } from "../runs/compiled.test-support.js";
import { comparable, diffed, resultsIn } from "./diff.test-support.js";
import { OsmWorld, nodeOf } from "./osm-world.test-support.js";
import { type RunOptions, generateFeed, readJson, runCli } from "./run-cli.test-support.js";
import { chance } from "./random.test-support.js";

const folder = temporaryFolder();
afterAll(() => folder.remove());
const path = (name: string) => join(folder.path, name);
const recordsSchema = z.array(
  z.looseObject({
    evses: z.array(z.unknown()),
    coordinates: z.looseObject({ latitude: z.string(), longitude: z.string() }),
  }),
);
const random = chance(5);
const world = new OsmWorld();
let records: z.output<typeof recordsSchema>;
let decided: string;

/** Where every run finds its inputs, so that names are the same. */
const feed = path("feed.json");
const osm = path("osm.osm");
const state = path("state");
const decisions = path("decisions");

type Files = Readonly<Record<string, string>>;
const SOURCE = /"source":\{"file":"[^"]*","record":\d+\}/g;
let usual: Files;
let stateBefore: Buffer;
let runs = 0;

/** Puts the inputs in their places, as the usual run has them. */
function restore(): void {
  writeFileSync(feed, JSON.stringify(records));
  writeFileSync(state, stateBefore);
  writeFileSync(decisions, decided);
  world.saveTo(osm);
}

/** The files of a run in this process. */
async function filesOf(
  inputs: readonly string[] = [feed],
  options: Readonly<Record<string, unknown>> = {},
): Promise<Files> {
  const output = path(`out-${++runs}`);
  await diffed(inputs, osm, output, { state, decisions, chargePoints: true, split: "50", ...options });
  return { ...comparable(output), state: readFileSync(state, "utf8") };
}

/** The files of a run of the program. */
async function filesOfProgram(
  inputs: readonly string[],
  more: string[] = [],
  options: RunOptions = {},
): Promise<Files> {
  const output = path(`out-${++runs}`);
  const files = ["--osm", osm, "-o", output, "--state", state, "--decisions", decisions];
  const args = ["diff", ...inputs, ...files, "--charge-points", "--split", "50", "--quiet", ...more];
  const { code, stderr } = await runCli(args, options);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return { ...comparable(output), state: readFileSync(state, "utf8") };
}

beforeAll(async () => {
  generateFeed(path("generated.json"), 160, "array", 0);
  records = recordsSchema.parse(readJson(path("generated.json")));
  // OSM has half of the stations, edited, and others that the feed does not know; an earlier run was at another date.
  const earlier = records
    .slice(0, 110)
    .map((record) => Object.assign({}, record, { evses: record.evses.slice(0, 1) }));
  writeFileSync(path("earlier.json"), JSON.stringify(earlier));
  const first = await diffed([path("earlier.json")], world.saveTo(path("none.osm")), path("first"));
  world.upload(first.changes);
  await diffed([path("earlier.json")], world.saveTo(path("seen.osm")), path("second"), { state });
  stateBefore = readFileSync(state);
  for (const { id } of world.elements) {
    if (random.happens(0.2)) world.delete(`n${id}`);
    else if (random.happens(0.3)) world.edit(`n${id}`, { capacity: "77", "ref:ocpi:location:id": undefined });
    else if (random.happens(0.1))
      world.edit(`n${id}`, { amenity: undefined, "disused:amenity": "charging_station" });
  }
  for (const { coordinates } of records.slice(80, 140)) {
    const { latitude, longitude } = coordinates;
    const tags = {
      amenity: "charging_station",
      ...random.pick([{}, { operator: "Žalia ž" }, { brand: "I" }]),
    };
    const lat = (Number(latitude) + random.number(9) * 1e-4).toFixed(7);
    world.add(nodeOf(world.nextId(), lat, longitude, tags));
  }
  const proposals = first.proposals.slice(0, 10).map(({ location }) => `modify/${location.key}`);
  decided = proposals.map((proposal) => `${JSON.stringify({ proposal, decision: "reject" })}\n`).join("");
  restore();
  usual = await filesOf();
});

it("what is compared has every kind of thing in it", () => {
  const { create, modify, review, conflict } = resultsIn(path("out-1")).report.counts.proposals;
  expect([create, modify, review, conflict].filter((count) => count < 5)).toEqual([]);
  expect(Object.keys(usual).filter((file) => /^changes-.*\.osm$/.test(file)).length).toBeGreaterThan(2);
});

beforeEach(restore);

describe("every file is the same", () => {
  it.each(["0", "1", "2"])("on %s threads", async (workers) => {
    expect(differing(await filesOfProgram([feed], ["--workers", workers]), usual)).toEqual([]);
  });

  it("in another time zone and language", async () => {
    const env = { TZ: "Asia/Tokyo", LC_ALL: "tr_TR.UTF-8", LANG: "tr_TR.UTF-8" };
    expect(differing(await filesOfProgram([feed], ["--workers", "0"], { env }), usual)).toEqual([]);
  });
});

describe("every file is the same, but for what the report tells of the inputs,", () => {
  it("with the other reader", async () => {
    expect(
      differing(withoutReport(await filesOf([feed], { reader: "tokens" })), withoutReport(usual)),
    ).toEqual([]);
  });

  it("from gzip", async () => {
    for (const file of [feed, osm, state, decisions]) writeFileSync(file, gzipSync(readFileSync(file)));
    expect(differing(withoutReport(await filesOf()), withoutReport(usual))).toEqual([]);
  });

  it("from lines", async () => {
    writeFileSync(feed, records.map((record) => JSON.stringify(record)).join("\n"));
    expect(differing(withoutReport(await filesOf()), withoutReport(usual))).toEqual([]);
  });

  it("from OSM data in another order", async () => {
    writeFileSync(osm, osmXml(...random.shuffled(world.elements).map((element) => elementXml(element))));
    expect(differing(withoutReport(await filesOf()), withoutReport(usual))).toEqual([]);
  });
});

describe("every file is the same, but for the names of inputs and the places of records,", () => {
  it("from stdin, on threads", async () => {
    const files = await filesOfProgram(["-"], ["--workers", "2"], { stdin: readFileSync(feed) });
    expect(differing(withoutPlaces(files), withoutPlaces(usual))).toEqual([]);
  });

  it("from records in another order", async () => {
    writeFileSync(feed, JSON.stringify(random.shuffled(records)));
    expect(differing(withoutPlaces(await filesOf()), withoutPlaces(usual))).toEqual([]);
  });

  it("from several files, in any order", async () => {
    const parts = ["c.json", "a.json", "b.json"].map((name) => path(name));
    for (const [part, name] of parts.entries())
      writeFileSync(name, JSON.stringify(records.filter((_, index) => index % parts.length === part)));
    const one = await filesOf(parts);
    restore();
    const other = await filesOf(parts.toReversed());
    expect(differing(withoutReport(one), withoutReport(other))).toEqual([]);
    expect(differing(withoutPlaces(one), withoutPlaces(usual))).toEqual([]);
  });
});

/** The names of files that are not the same in both. */
function differing(one: Files, other: Files): string[] {
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...names].filter((name) => one[name] !== other[name]);
}

/** Without what tells of the inputs themselves: their sizes and hashes. */
function withoutReport(files: Files): Files {
  const { "report.json": _report, "report.md": summary = "", ...others } = files;
  return { ...others, "report.md": summary.replace(/## Made from[^]*/, "") };
}

/** Without where records stood. */
function withoutPlaces(files: Files): Files {
  const {
    "changes.csv": csv = "",
    "proposals.ndjson": ndjson = "",
    "review.html": review = "",
    ...others
  } = withoutReport(files);
  const page = readReviewPage(review);
  return {
    ...others,
    "changes.csv": csv.replaceAll(/,(?:'-|[^,]*\.json),(?=[^,]*,[^,]*,)/g, ",FILE,"),
    "proposals.ndjson": ndjson.replaceAll(SOURCE, ""),
    "review.html": [page.about, page.index, proposalsIn(page).replaceAll(SOURCE, ""), page.rest].join("\n"),
  };
}
