/** What `diff` writes for editors, judged by osmium-tool; and which of it needs a licence (D6, D9). */
import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { xmlOf } from "../osm/osm-data.test-support.js";
import { elementName } from "../osm/osm-object.js";
import { itWithOsmium, osmium, osmiumIn } from "../osm/osmium.test-support.js";
import { readXml } from "../osm/xml.test-support.js";
import { readCsv } from "../proposals/csv.test-support.js";
import { temporaryFolder } from "../runs/compiled.test-support.js";
import { type DiffResults, diffed } from "./diff.test-support.js";
import { mixedFeed, mixedWorld } from "./mixed-world.test-support.js";
import type { OsmWorld } from "./osm-world.test-support.js";
import { fixture, jsonLines } from "./run-cli.test-support.js";

const folder = temporaryFolder();
afterAll(() => folder.remove());
const path = (name: string) => join(folder.path, name);
const world = mixedWorld();
const LICENSED = { profile: fixture("profiles/example.jsonc"), chargePoints: true };
let licensed: DiffResults;
let unlicensed: DiffResults;

beforeAll(async () => {
  writeFileSync(path("feed.json"), mixedFeed());
  world.saveTo(path("osm.osm"));
  licensed = await diffed([path("feed.json")], path("osm.osm"), path("licensed"), LICENSED);
  unlicensed = await diffed([path("feed.json")], path("osm.osm"), path("unlicensed"), { chargePoints: true });
});

describe("changes.osm", () => {
  itWithOsmium("has every reference in it, ordered, each element once", () => {
    const { changes } = licensed;
    for (const [fact, value] of [
      ["data.objects_ordered", "yes"],
      ["data.multiple_versions", "no"],
      ["data.count.ways", "1"],
      ["data.count.relations", "1"],
    ])
      expect([fact, osmium(changes, "fileinfo", "-e", "-g", fact ?? "").trim()]).toEqual([fact, value]);
    osmium(changes, "check-refs");
  });

  itWithOsmium("is in osmium's own order", () => {
    const sorted = osmium(licensed.changes, "sort", "-f", "osm", "-o", "-");
    const order = (document: string) =>
      readXml(document)
        .filter(({ name }) => ["node", "way", "relation"].includes(name))
        .map(({ name, attributes }) => `${name} ${attributes["id"]}`);
    expect(order(licensed.changes)).toEqual(order(sorted));
    expect(order(licensed.changes).slice(0, 3)).toEqual(["node -1", "node -2", "node -3"]);
  });

  it("shows a way with its nodes, and holds nothing else that does not change", () => {
    const elements = readXml(licensed.changes).filter(({ name }) =>
      ["node", "way", "relation"].includes(name),
    );
    const unchanged = elements.filter(({ attributes }) => !attributes["id"]?.startsWith("-"));
    expect(
      unchanged.map(
        ({ name, attributes }) => `${name} ${attributes["id"]} ${attributes["action"] ?? "shown"}`,
      ),
    ).toEqual([
      "node 11 modify",
      "node 41 modify",
      "node 61 modify",
      ...[101, 102, 103, 104].map((id) => `node ${id} shown`),
      "way 21 modify",
      "relation 31 modify",
    ]);
  });

  it("changes only tags, and of these only those proposed", () => {
    const server = world.copy();
    const proposed = new Map(
      licensed.proposals
        .filter(({ change }) => change === "modify")
        .map(({ target, tags }) => [target === undefined ? "" : elementName(target), tags]),
    );
    const uploaded = server.upload(licensed.changes);
    expect(uploaded.filter(({ before }) => before !== undefined).map(({ name }) => name)).toEqual(
      [...proposed.keys()].sort(inOrderOf(uploaded.map(({ name }) => name))),
    );
    for (const { name, before, after } of uploaded) {
      if (before === undefined) continue;
      const tags = new Map(before.tags.map(({ key, value }) => [key, value]));
      for (const { key, new: value } of proposed.get(name) ?? [])
        if (value !== undefined) tags.set(key, value);
      expect(new Map(after.tags.map(({ key, value }) => [key, value]))).toEqual(tags);
      expect({ ...after, tags: [], version: 1 }).toEqual({ ...before, tags: [], version: 1 });
    }
    expect(server.tags("n11").get("name")).toBe('Ž <&"> 電\n気');
  });
});

describe("changes.osc", () => {
  /** Without who changed an object last and when, and as versions are before a server counts them up. */
  const opl = (files: Record<string, string>, ...command: string[]): string[] =>
    osmiumIn(files, ...command, "-f", "opl", "-o", "-")
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => line.replace(/ c\S* t\S* i\S* u\S*/, ""))
      .sort();

  itWithOsmium("applied by osmium makes what changes.osm makes, object by object", () => {
    const files = { "osm.osm": xmlOf(world.elements), "changes.osc": text("licensed/changes.osc") };
    const applied = opl(files, "apply-changes", "osm.osm", "changes.osc");
    const expected = opl({ "after.osm": xmlOf(afterwards(world, licensed.changes)) }, "cat", "after.osm");
    expect(applied).toEqual(expected);
    expect(applied.length).toBe(world.elements.length + 3);
  });
});

describe("the licence gate (D9)", () => {
  it("without a licence: no .osc, nothing that can be uploaded, and every row says why", () => {
    expect(existsSync(path("unlicensed/changes.osc"))).toBe(false);
    expect(readXml(unlicensed.changes)[0]?.attributes).toMatchObject({ upload: "never" });
    const [header = [], ...rows] = readCsv(text("unlicensed/changes.csv"));
    const reasons = rows.map((row) => row[header.indexOf("reason")]);
    expect(reasons.length).toBeGreaterThan(20);
    expect(reasons.filter((reason) => !reason?.startsWith("compare only: survey before you map"))).toEqual(
      [],
    );
    expect(text("unlicensed/report.md")).toContain("Compare only: survey before you map");
    expect(unlicensed.report.licence).toEqual({ licensed: false });
    expect(unlicensed.report.counts.withheld.map(({ reason }) => reason)).toContain("no-licence");
  });

  it("with one: both files, and JOSM asks before it uploads", () => {
    expect(existsSync(path("licensed/changes.osc"))).toBe(true);
    const [root, ...others] = readXml(licensed.changes);
    expect(root?.attributes).toMatchObject({
      upload: "false",
      license: expect.stringContaining("permission.pdf"),
    });
    const changeset = others.filter(({ name }) => name === "tag").slice(0, 2);
    expect(changeset.map(({ attributes }) => attributes["k"])).toEqual(["comment", "source"]);
    expect(text("licensed/changes.csv")).not.toContain("compare only");
    expect(licensed.report.licence).toMatchObject({ licensed: true, id: "permission" });
  });

  it("a licence taken back takes the .osc of an earlier run away", async () => {
    const output = path("taken-back");
    await diffed([path("feed.json")], path("osm.osm"), output, { ...LICENSED, split: "country" });
    expect(readdirSync(output)).toEqual(expect.arrayContaining(["changes.osc", "changes-LT-1.osc"]));
    await diffed([path("feed.json")], path("osm.osm"), output);
    expect(readdirSync(output).filter((file) => file.endsWith(".osc") || file.includes("-LT-"))).toEqual([]);
  });

  it("the same is proposed either way", () => {
    const proposed = ({ proposals }: DiffResults) =>
      proposals.map(({ id, tags }) => [id, tags.filter(({ key }) => !key.startsWith("operator"))]);
    expect(proposed(unlicensed)).toEqual(proposed(licensed));
    expect(jsonLines(text("licensed/proposals.ndjson"))).toHaveLength(licensed.proposals.length);
  });
});

function text(file: string): string {
  return readFileSync(path(file), "utf8");
}

function inOrderOf(names: readonly string[]): (a: string, b: string) => number {
  return (a, b) => names.indexOf(a) - names.indexOf(b);
}

/** The world after an upload, with versions and new ids as they were before it. */
function afterwards(world: OsmWorld, changes: string) {
  const server = world.copy();
  let next = -1;
  const uploaded = new Map(
    server.upload(changes).map(({ name, before }) => [name, before ?? { id: next--, version: undefined }]),
  );
  return server.elements.map((element) => {
    const { id, version } = uploaded.get(elementName(element)) ?? element;
    return Object.assign({}, element, { id, version });
  });
}
