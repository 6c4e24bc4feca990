/** What reviewers decided holds in every later run (D5). */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { temporaryFolder } from "../runs/compiled.test-support.js";
import { type DiffResults, asked, bytesOf, diffed, evses, feedText, placeOf } from "./diff.test-support.js";
import { OsmWorld, nodeOf } from "./osm-world.test-support.js";

let folder: ReturnType<typeof temporaryFolder>;
const path = (name: string) => join(folder.path, name);
let world: OsmWorld;
let decided: object[];

beforeEach(() => {
  folder = temporaryFolder();
  world = new OsmWorld();
  decided = [];
});
afterEach(() => folder.remove());

const STATION = { amenity: "charging_station" };

/** Compares what the feed says now with OSM and with what was decided so far. */
function run(feed: string, options: Readonly<Record<string, unknown>> = {}): Promise<DiffResults> {
  writeFileSync(path("feed.json"), feed);
  writeFileSync(path("decisions"), decided.map((decision) => `${JSON.stringify(decision)}\n`).join(""));
  const files = { state: path("state"), decisions: path("decisions") };
  return diffed([path("feed.json")], world.saveTo(path("osm.osm")), path("out"), { ...files, ...options });
}

/** Location 2 with so many EVSEs. */
const withEvses = (count: number) => feedText(3, (id) => (id === 2 ? { evses: evses(count) } : {}));

/** `capacity=2` for what is asked about Location 2. */
const tagsAsked = (results: DiffResults) =>
  results.proposals
    .filter(({ location }) => location.id === "2")
    .flatMap(({ tags }) => tags.map(({ key, new: value }) => `${key}=${value}`));

describe("a rejected tag of a modify", () => {
  beforeEach(async () => {
    world.upload((await run(feedText(3))).changes);
    await run(feedText(3));
  });

  it.each([
    ["with its value", { value: "2" }],
    ["without one", {}],
  ])("(%s) does not come again until the feed's value changes; the others do", async (_, value) => {
    expect(tagsAsked(await run(withEvses(2)))).toContain("capacity=2");
    decided.push({ proposal: "modify/LT*ABC*2", key: "capacity", decision: "reject", ...value });
    for (let again = 0; again < 3; again++) {
      const results = await run(withEvses(2));
      expect(tagsAsked(results)).toContain("socket:type2=2");
      expect(tagsAsked(results)).not.toContain("capacity=2");
    }
    expect(tagsAsked(await run(withEvses(3)))).toContain("capacity=3");
    expect(tagsAsked(await run(withEvses(2)))).not.toContain("capacity=2");
  });

  it("stays away also when the rest was uploaded", async () => {
    await run(withEvses(2));
    decided.push({ proposal: "modify/LT*ABC*2", key: "capacity", decision: "reject", value: "2" });
    world.upload((await run(withEvses(2))).changes);
    expect(asked(await run(withEvses(2)))).toEqual([]);
    expect(world.tags(world.named("ref:ocpi:location:id", "2")).get("capacity")).toBe("1");
  });

  it("or rejected as a whole, all of it stays away", async () => {
    await run(withEvses(2));
    decided.push({ proposal: "modify/LT*ABC*2", decision: "reject" });
    expect(asked(await run(withEvses(2)))).toEqual([]);
    expect(asked(await run(withEvses(2)))).toEqual([]);
    expect(tagsAsked(await run(withEvses(3)))).toContain("capacity=3");
  });

  it("put off is a review, not an edit", async () => {
    await run(withEvses(2));
    decided.push({ proposal: "modify/LT*ABC*2", key: "capacity", decision: "defer", value: "2" });
    const results = await run(withEvses(2));
    const review = results.proposals.find(({ id }) => id === "review/LT*ABC*2");
    expect(review?.tags.map(({ key, reason }) => [key, reason])).toEqual([["capacity", "deferred"]]);
    world.upload(results.changes);
    expect(asked(await run(withEvses(2)))).toEqual(["review/LT*ABC*2"]);
  });

  it("is decided by whoever spoke last, in whatever order the lines stand", async () => {
    await run(withEvses(2));
    const about = { proposal: "modify/LT*ABC*2", key: "capacity", value: "2" };
    decided.push({ ...about, decision: "accept", when: "2026-02-02T00:00:00Z", who: "b" });
    decided.push({ ...about, decision: "reject", when: "2026-01-01T00:00:00Z", who: "a" });
    expect(tagsAsked(await run(withEvses(2)))).toContain("capacity=2");
    decided.push({ ...about, decision: "reject", when: "2026-03-03T00:00:00Z", who: "a" });
    expect(tagsAsked(await run(withEvses(2)))).not.toContain("capacity=2");
  });
});

describe("a create", () => {
  it("that was rejected does not come again, with a state or without", async () => {
    expect(asked(await run(feedText(3)))).toHaveLength(3);
    decided.push({ proposal: "create/LT*ABC*2", decision: "reject", note: "not there, 2026-05-01" });
    for (const options of [{}, {}, { state: undefined }])
      expect(asked(await run(feedText(3), options))).toEqual(["create/LT*ABC*1", "create/LT*ABC*3"]);
  });

  it("comes again when the feed no longer says what was rejected", async () => {
    decided.push({ proposal: "create/LT*ABC*2", decision: "reject", values: { capacity: "1" } });
    expect(asked(await run(withEvses(1)))).not.toContain("create/LT*ABC*2");
    expect(asked(await run(withEvses(2)))).toContain("create/LT*ABC*2");
  });

  it("put off is a review", async () => {
    decided.push({ proposal: "create/LT*ABC*2", decision: "defer" });
    const results = await run(feedText(3));
    expect(asked(results)).toEqual(["create/LT*ABC*1", "review/LT*ABC*2", "create/LT*ABC*3"]);
    expect(world.upload(results.changes)).toHaveLength(2);
  });

  it("that a mapper deleted from OSM after its upload is not created again", async () => {
    world.upload((await run(feedText(3))).changes);
    await run(feedText(3));
    world.delete(world.named("ref:ocpi:location:id", "2"));
    expect(asked(await run(feedText(3)))).toEqual([]);
    expect(asked(await run(withEvses(2)))).toEqual([]);
  });
});

describe("a station that may be the Location's", () => {
  beforeEach(() => {
    const { latitude, longitude } = placeOf(2);
    world.add(nodeOf(5, Number(latitude) + 0.0006, longitude, STATION));
  });
  const only = feedText(2, (id) => (id === 2 ? {} : undefined));

  it("is put to review, and is neither edited nor doubled", async () => {
    const results = await run(only);
    expect(asked(results)).toEqual(["review/LT*ABC*2"]);
    expect(results.proposals[0]?.candidates.map(({ osm }) => osm)).toEqual(["n5"]);
    expect(world.copy().upload(results.changes)).toEqual([]);
  });

  it("is matched from the next run on when that was accepted", async () => {
    await run(only);
    decided.push({ proposal: "review/LT*ABC*2", decision: "accept", osm: "n5" });
    const results = await run(only);
    expect(results.proposals.map(({ id, match }) => [id, match?.method, match?.osm])).toEqual([
      ["modify/LT*ABC*2", "decision", "n5"],
    ]);
    world.upload(results.changes);
    expect(world.tags("n5").get("ref:ocpi:location:id")).toBe("2");
    expect(asked(await run(only))).toEqual([]);
  });

  it("is never taken for it again when that was rejected", async () => {
    decided.push({ proposal: "review/LT*ABC*2", decision: "reject", osm: "n5" });
    for (let again = 0; again < 2; again++) {
      const results = await run(only);
      expect(results.proposals.filter(({ target }) => target !== undefined)).toEqual([]);
      expect(results.proposals.map(({ match }) => match)).toEqual(results.proposals.map(() => undefined));
    }
  });

  it("a rejected review as a whole is not asked again", async () => {
    await run(only);
    decided.push({ proposal: "review/LT*ABC*2", decision: "reject" });
    expect(asked(await run(only))).toEqual([]);
  });
});

describe("a closure", () => {
  const without = feedText(3, (id) => (id === 2 ? undefined : {}));
  beforeEach(async () => {
    world.upload((await run(feedText(3))).changes);
    await run(feedText(3));
  });

  it("that was rejected does not come again", async () => {
    const gone = { patience: 1, maxDisappear: "1" };
    expect(asked(await run(without, gone))).toEqual(["close/LT*ABC*2"]);
    decided.push({ proposal: "close/LT*ABC*2", decision: "reject" });
    expect(asked(await run(without, gone))).toEqual([]);
    expect(asked(await run(without, gone))).toEqual([]);
  });
});

it("decisions are only read", async () => {
  decided.push({ proposal: "create/LT*ABC*2", decision: "reject" });
  await run(feedText(3));
  const before = bytesOf(path("decisions"));
  await run(feedText(3));
  expect(bytesOf(path("decisions"))).toEqual(before);
});
