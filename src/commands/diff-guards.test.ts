/** What keeps a bad feed from doing harm: thresholds, patience, exit codes (D4). */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { temporaryFolder } from "../runs/compiled.test-support.js";
import { diffReportSchema } from "../runs/diff-report.js";
import { asked, bytesOf, diffed, evses, feedText, refusal, resultsIn } from "./diff.test-support.js";
import { OsmWorld } from "./osm-world.test-support.js";
import { jsonLines, readJson, runCli } from "./run-cli.test-support.js";

let folder: ReturnType<typeof temporaryFolder>;
const path = (name: string) => join(folder.path, name);
let world: OsmWorld;
let feed: string;
let state: string;

/** Compares the feed as it is now with OSM as it is now. */
const run = (options: Readonly<Record<string, unknown>> = {}) =>
  diffed([feed], world.saveTo(path("osm.osm")), path("out"), { state, ...options });
const report = (name: string) => diffReportSchema.parse(readJson(path(name)));

/** Thirty Locations, imported into OSM. */
beforeEach(async () => {
  folder = temporaryFolder();
  world = new OsmWorld();
  feed = path("feed.json");
  state = path("state.ndjson");
  writeFileSync(feed, feedText(30));
  world.upload((await run()).changes);
  await run();
});
afterEach(() => folder.remove());

const leftOut = (...ids: number[]) => feedText(30, (id) => (ids.includes(id) ? undefined : {}));

describe("a feed that lost most of its Locations", () => {
  it("ends with 4, and folder and state are as they were", async () => {
    writeFileSync(feed, feedText(10));
    world.saveTo(path("osm.osm"));
    const before = bytesOf(path("out"), state);
    const args = ["diff", feed, "--osm", path("osm.osm"), "-o", path("out"), "--state", state];
    const { code, stdout, stderr } = await runCli([...args, "--report", path("report.json")]);
    expect({ code, stdout: stdout.toString() }).toEqual({ code: 4, stdout: "" });
    expect(stderr).toMatch(/20 of 30 known Locations vanished.*66\.7 %.*--max-disappear allows 5%/);
    expect(bytesOf(path("out"), state)).toEqual(before);
    expect(report("report.json").disappearance).toMatchObject({ known: 30, vanished: 20, crossed: true });
    expect(report("report.json").outputs).toEqual([]);
  });

  it("makes no folder where there was none", async () => {
    writeFileSync(feed, feedText(10));
    const first = diffed([feed], world.saveTo(path("osm.osm")), path("other"), { state });
    expect((await refusal(first)).code).toBe(4);
    expect([...bytesOf(path("other")).values()].filter((content) => content !== "folder")).toEqual([]);
  });

  it.each(["19", "66%"])("is refused with --max-disappear %s of 20 in 30", async (maxDisappear) => {
    writeFileSync(feed, feedText(10));
    expect(await refusal(run({ maxDisappear }))).toMatchObject({ code: 4 });
  });

  it.each(["20", "67%", "100%"])("passes with --max-disappear %s", async (maxDisappear) => {
    writeFileSync(feed, feedText(10));
    expect(asked(await run({ maxDisappear }))).toEqual([]);
    expect(resultsIn(path("out")).report.disappearance).toMatchObject({ vanished: 20, crossed: false });
  });

  it("passes even when it is empty, if all of it may vanish", async () => {
    writeFileSync(feed, "[]");
    expect(await refusal(run({ maxDisappear: "99%" }))).toMatchObject({ code: 4 });
    expect(asked(await run({ maxDisappear: "100%" }))).toEqual([]);
  });

  it("takes the limit of the profile where the command line has none", async () => {
    writeFileSync(feed, feedText(10));
    const profile = path("p.json");
    writeFileSync(profile, '{"name":"unnamed source","thresholds":{"maxDisappear":"70%","patience":1}}');
    expect(asked(await run({ profile }))).toHaveLength(20);
    writeFileSync(profile, '{"name":"unnamed source","thresholds":{"maxDisappear":3}}');
    writeFileSync(feed, feedText(5));
    expect((await refusal(run({ profile }))).message).toContain("--max-disappear allows 3;");
  });
});

describe("a Location that is gone from the feed", () => {
  it("is asked about after as many runs as --patience, never as an edit", async () => {
    writeFileSync(feed, leftOut(7));
    expect(asked(await run({ patience: 3 }))).toEqual([]);
    expect(asked(await run({ patience: 3 }))).toEqual([]);
    const results = await run({ patience: 3 });
    expect(asked(results)).toEqual(["close/LT*ABC*7"]);
    const [closure] = results.proposals;
    expect(closure?.tags.map(({ key, old, new: value }) => [key, old, value])).toEqual([
      ["amenity", "charging_station", undefined],
      ["disused:amenity", undefined, "charging_station"],
    ]);
    expect(world.copy().upload(results.changes)).toEqual([]);
    expect(asked(await run({ patience: 3 }))).toEqual(["close/LT*ABC*7"]);
  });

  it("is no longer asked about once a mapper has confirmed it", async () => {
    writeFileSync(feed, leftOut(7));
    expect(asked(await run({ patience: 1 }))).toEqual(["close/LT*ABC*7"]);
    const station = world.named("ref:ocpi:location:id", "7");
    world.edit(station, { amenity: undefined, "disused:amenity": "charging_station" });
    expect(asked(await run({ patience: 1 }))).toEqual([]);
    expect(asked(await run({ patience: 1 }))).toEqual([]);
  });

  it("begins to count anew when it has been there in between", async () => {
    writeFileSync(feed, leftOut(7));
    await run({ patience: 2 });
    writeFileSync(feed, feedText(30));
    expect(asked(await run({ patience: 2 }))).toEqual([]);
    writeFileSync(feed, leftOut(7));
    expect(asked(await run({ patience: 2 }))).toEqual([]);
    expect(asked(await run({ patience: 2 }))).toEqual(["close/LT*ABC*7"]);
  });

  it("but came back under another id is a re-link of its station", async () => {
    writeFileSync(
      feed,
      feedText(30, (id) => (id === 7 ? { id: "700" } : {})),
    );
    const results = await run();
    expect(asked(results)).toEqual(["relink/LT*ABC*700"]);
    world.upload(results.changes);
    expect(world.tags(world.named("ref:ocpi:location:id", "700")).get("amenity")).toBe("charging_station");
    expect(world.elements).toHaveLength(30);
    expect(asked(await run())).toEqual([]);
  });
});

describe("--max-rejects", () => {
  const nowhere = { latitude: "154.6", longitude: "25.2" };
  beforeEach(() =>
    writeFileSync(
      feed,
      feedText(33, (id) => (id > 30 ? { coordinates: nowhere } : {})),
    ),
  );

  it.each(["2", "9%"])("%s of 3 in 33 ends with 4, tells why and touches nothing", async (maxRejects) => {
    const before = bytesOf(path("out"), state);
    const beside = { report: path("report.json"), rejects: path("rejects.ndjson") };
    const { code, message } = await refusal(run({ maxRejects, ...beside }));
    expect({ code, message }).toMatchObject({ code: 4, message: expect.stringContaining("3 of 33 records") });
    expect(bytesOf(path("out"), state)).toEqual(before);
    expect(report("report.json").counts.records).toMatchObject({
      read: 33,
      rejected: { "bad-coordinates": 3 },
    });
    expect(jsonLines(readFileSync(path("rejects.ndjson")))).toHaveLength(3);
  });

  it("allows as many as it says", async () => {
    expect(asked(await run({ maxRejects: "3" }))).toEqual([]);
    expect(jsonLines(readFileSync(path("out/rejects.ndjson")))).toHaveLength(3);
  });
});

describe("--exit-code", () => {
  const exitCode = async (...more: string[]): Promise<number | null> => {
    const args = ["diff", feed, "--osm", world.saveTo(path("osm.osm")), "-o", path("out"), "--state", state];
    return (await runCli([...args, ...more])).code;
  };

  it("ends with 6 when there are proposals, and they are published; with 0 when there are none", async () => {
    expect(await exitCode("--exit-code")).toBe(0);
    writeFileSync(
      feed,
      feedText(31, (id) => (id === 1 ? { evses: evses(2) } : {})),
    );
    expect(await exitCode("--exit-code")).toBe(6);
    expect(asked(resultsIn(path("out")))).toEqual(["modify/LT*ABC*1", "create/LT*ABC*31"]);
    expect(readFileSync(state, "utf8")).toContain('"key":"LT*ABC*31"');
    expect(await exitCode()).toBe(0);
  });
});

describe("the state", () => {
  it("of a first run need not be there", async () => {
    const results = await run({ state: path("new.state") });
    expect(results.report.state).toBeUndefined();
    expect(results.report.disappearance).toBeUndefined();
    expect(readFileSync(path("new.state"), "utf8")).toBe(readFileSync(state, "utf8"));
  });

  it("does not change where nothing has changed", async () => {
    const before = bytesOf(state);
    await run();
    expect(bytesOf(state)).toEqual(before);
  });

  it("may be kept compressed", async () => {
    const gz = { state: path("state.ndjson.gz") };
    await run(gz);
    expect(readFileSync(gz.state).subarray(0, 2)).toEqual(Buffer.from([0x1f, 0x8b]));
    writeFileSync(
      feed,
      feedText(30, (id) => (id === 4 ? { evses: evses(2) } : {})),
    );
    const results = await run(gz);
    expect(results.report.state?.entries).toBe(30);
    expect(asked(results)).toEqual(["modify/LT*ABC*4"]);
  });
});
