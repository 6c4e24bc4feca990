/** `rebase`: which proposals still hold against newer OSM, and the edits that are left (D8). */
import { copyFileSync, mkdirSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readXml } from "../osm/xml.test-support.js";
import { readCsv } from "../proposals/csv.test-support.js";
import { parseProposalLine } from "../proposals/proposal-line.js";
import { temporaryFolder } from "../runs/compiled.test-support.js";
import { bytesOf, diffed, placeOf, refusal } from "./diff.test-support.js";
import { mixedFeed, mixedWorld } from "./mixed-world.test-support.js";
import { type OsmWorld, nodeOf } from "./osm-world.test-support.js";
import { rebase } from "./rebase.js";
import { fixture, runCli } from "./run-cli.test-support.js";

let folder: ReturnType<typeof temporaryFolder>;
const path = (name: string) => join(folder.path, name);
let world: OsmWorld;
let changes: string;

beforeEach(async () => {
  folder = temporaryFolder();
  world = mixedWorld();
  writeFileSync(path("feed.json"), mixedFeed());
  const options = { profile: fixture("profiles/example.jsonc"), chargePoints: true };
  ({ changes } = await diffed([path("feed.json")], world.saveTo(path("osm.osm")), path("out"), options));
});
afterEach(() => folder.remove());

interface RebasedRow {
  readonly status: string;
  readonly reason: string;
  /** By key. */
  readonly tags: Readonly<Record<string, string>>;
}

/** What became of each proposal against OSM as it is now. */
async function rebased(): Promise<ReadonlyMap<string, RebasedRow>> {
  const counts = await rebase(path("out"), [world.saveTo(path("newer.osm"))], path("rebased"));
  const [header = [], ...rows] = readCsv(readFileSync(path("rebased/rebase.csv"), "utf8"));
  const fates = new Map<string, RebasedRow>();
  for (const row of rows) {
    const cell = (column: string) => row[header.indexOf(column)] ?? "";
    const known = fates.get(cell("proposal"));
    const tags = { ...known?.tags, ...(cell("key") !== "" && { [cell("key")]: cell("tag_status") }) };
    fates.set(cell("proposal"), { status: cell("status"), reason: cell("reason"), tags });
  }
  for (const [status, count] of Object.entries(counts))
    expect([status, [...fates.values()].filter((fate) => fate.status === status).length]).toEqual([
      status,
      count,
    ]);
  return fates;
}

const left = () => readFileSync(path("rebased/changes.osm"), "utf8");
const idsLeft = () =>
  readFileSync(path("rebased/proposals.ndjson"), "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line, index) => parseProposalLine(line, "proposals.ndjson", index + 1).id);

describe("against the same OSM", () => {
  it("everything is clean, and the edits are the same bytes", async () => {
    const statuses = [...(await rebased()).values()].map(({ status }) => status);
    expect(new Set(statuses)).toEqual(new Set(["clean"]));
    for (const file of ["changes.osm", "changes.osc", "changes.csv", "proposals.ndjson", "changes.geojson"])
      expect([file, readFileSync(path(`rebased/${file}`), "utf8")]).toEqual([
        file,
        readFileSync(path(`out/${file}`), "utf8"),
      ]);
  });
});

describe("once the edits are uploaded", () => {
  it("they are already done, and nothing is left to do", async () => {
    world.upload(changes);
    for (const [id, { status }] of await rebased())
      if (/^(?:create|modify)/.test(id)) expect([id, status]).toEqual([id, "already-done"]);
    expect(world.upload(left())).toEqual([]);
    expect(readXml(left()).filter(({ name }) => ["node", "way", "relation"].includes(name))).toEqual([]);
  });

  it("those that were not are still to do", async () => {
    const proposed = world.copy();
    proposed.upload(changes);
    for (const { key, value } of proposed.get("w21").tags) world.edit("w21", { [key]: value });
    const fates = await rebased();
    expect(fates.get("modify/LT*ABC*2")).toMatchObject({ status: "already-done" });
    expect(fates.get("modify/LT*ABC*1")).toMatchObject({ status: "clean" });
    expect(world.upload(left()).map(({ name }) => name)).not.toContain("w21");
  });
});

describe("where a mapper was active since", () => {
  it("in another tag, the edit is made from the object as it is now", async () => {
    world.edit("n11", { wheelchair: "yes", note: undefined });
    const fates = await rebased();
    expect(fates.get("modify/LT*ABC*1")?.status).toBe("clean");
    world.upload(left());
    const tags = world.tags("n11");
    expect([tags.get("wheelchair"), tags.get("note"), tags.get("capacity")]).toEqual(["yes", undefined, "1"]);
    expect(world.get("n11").version).toBe(3);
  });

  it("in a tag that is proposed for, that one conflicts and the others are kept", async () => {
    world.edit("n11", { capacity: "6" });
    expect((await rebased()).get("modify/LT*ABC*1")).toMatchObject({
      status: "conflicting",
      reason: "a mapper changed it since",
      tags: { capacity: "conflicting", "socket:type2": "clean" },
    });
    world.upload(left());
    expect([world.tags("n11").get("capacity"), world.tags("n11").get("socket:type2")]).toEqual(["6", "1"]);
  });

  it("and did a part of what is proposed, the rest is left", async () => {
    world.edit("n11", { capacity: "1" });
    expect((await rebased()).get("modify/LT*ABC*1")).toMatchObject({
      status: "clean",
      tags: { capacity: "already-done", "socket:type2": "clean" },
    });
    world.upload(left());
    expect(world.tags("n11").get("socket:type2")).toBe("1");
  });

  it("and deleted the object, nothing is left of the proposal", async () => {
    world.delete("n11");
    const fate = (await rebased()).get("modify/LT*ABC*1");
    expect(fate).toMatchObject({
      status: "conflicting",
      reason: expect.stringContaining("no longer in OSM"),
    });
    expect(idsLeft()).not.toContain("modify/LT*ABC*1");
    world.upload(left());
  });

  it("and closed the station, nothing is left either", async () => {
    world.edit("n11", { amenity: "bench" });
    expect((await rebased()).get("modify/LT*ABC*1")?.status).toBe("conflicting");
    expect(idsLeft()).not.toContain("modify/LT*ABC*1");
  });

  it("and mapped a station where one was to be created, it is not created", async () => {
    const { latitude, longitude } = placeOf(7);
    world.add(nodeOf(77, Number(latitude) + 0.0005, longitude, { amenity: "charging_station" }));
    const fates = await rebased();
    expect(fates.get("create/LT*ABC*7")).toMatchObject({
      status: "conflicting",
      reason: expect.stringContaining("within 100 m"),
    });
    expect(fates.get("create/LT*ABC*8")).toMatchObject({ status: "clean" });
    expect(idsLeft()).not.toContain("create/LT*ABC*7");
    const created = world.upload(left()).filter(({ before }) => before === undefined);
    expect(created).toHaveLength(2);
  });

  it("and changed the nodes of a way, they are shown as they are now", async () => {
    world.add({ ...world.get("n101"), version: 2, lat: "55.0198" });
    const way = world.get("w21");
    world.add(nodeOf(105, 55.02, 25.2795));
    world.add({ ...way, version: 2, nodes: [...way.nodes.slice(0, -1), 105, 101] });
    expect((await rebased()).get("modify/LT*ABC*2")?.status).toBe("clean");
    expect(world.upload(left()).map(({ name }) => name)).toContain("w21");
    const shown = readXml(left()).filter(({ name, attributes }) => name === "node" && !attributes["action"]);
    expect(
      shown.map(({ attributes }) => [attributes["id"], attributes["version"], attributes["lat"]]),
    ).toEqual(
      expect.arrayContaining([
        ["101", "2", "55.0198"],
        ["105", "1", "55.02"],
      ]),
    );
  });
});

it("an extract that is older than the one compared with is no base for edits", async () => {
  const newer = mixedWorld();
  newer.edit("n11", { wheelchair: "yes" });
  await diffed([path("feed.json")], newer.saveTo(path("osm.osm")), path("out"));
  const fate = (await rebased()).get("modify/LT*ABC*1");
  expect(fate).toMatchObject({ status: "conflicting", reason: expect.stringContaining("older version") });
});

describe("the command", () => {
  it("writes the clean set beside a table, tells how many, and leaves the first folder as it was", async () => {
    const before = bytesOf(path("out"));
    world.edit("n11", { capacity: "6" });
    const args = ["rebase", path("out"), "--osm", world.saveTo(path("newer.osm")), "-o", path("rebased")];
    const { code, stdout, stderr } = await runCli(args);
    expect({ code, stdout: stdout.toString() }).toEqual({ code: 0, stdout: "" });
    expect(stderr).toMatch(/\d+ clean, 0 already done, 1 conflicting/);
    expect(bytesOf(path("out"))).toEqual(before);
    expect(readdirSync(path("rebased"))).toEqual(expect.arrayContaining(["changes.osc", "rebase.csv"]));
  });

  it("keeps to the licence", async () => {
    await diffed([path("feed.json")], path("osm.osm"), path("out"));
    await rebased();
    expect(readdirSync(path("rebased"))).not.toContain("changes.osc");
    expect(readXml(left())[0]?.attributes).toMatchObject({ upload: "never" });
  });

  it.each([
    ["no diff", { from: "none" }, 2, /report\.json: there is none/],
    ["itself as its output", { to: "out" }, 2, /is the folder to be rebased/],
    ["itself by another name", { to: "./out/../out/" }, 2, /is the folder to be rebased/],
    ["itself through a link", { to: "link" }, 2, /is both an input/],
    [
      "an extract in the folder to be written",
      { to: "other", osm: "other/changes.osm" },
      2,
      /is both an input/,
    ],
    ["an output that is a file", { to: "feed.json" }, 2, /is a file/],
    ["an extract that is not there", { osm: "none.osm" }, 3, /none\.osm/],
    ["damaged proposals", { damage: true }, 3, /proposals\.ndjson.*2/],
  ])(
    "refuses %s",
    async (_, { from = "out", to = "rebased", osm = "osm.osm", damage = false }: Wrong, code, words) => {
      const file = path("out/proposals.ndjson");
      if (damage) writeFileSync(file, readFileSync(file, "utf8").replace("\n{", "\n{{"));
      symlinkSync("out", path("link"));
      mkdirSync(path("other"));
      copyFileSync(path("osm.osm"), path("other/changes.osm"));
      const before = bytesOf(folder.path);
      const ended = await refusal(rebase(path(from), [path(osm)], `${folder.path}/${to}`));
      expect(ended).toEqual({ code, message: expect.stringMatching(words) });
      expect(bytesOf(folder.path)).toEqual(before);
    },
  );
});

interface Wrong {
  readonly from?: string;
  readonly to?: string;
  readonly osm?: string;
  readonly damage?: boolean;
}
