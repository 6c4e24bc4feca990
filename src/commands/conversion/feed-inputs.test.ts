import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { temporaryFolder } from "../../runs/compiled.test-support.js";
import { createLog } from "../../runs/log.js";
import { converted, optionsOf } from "../convert.test-support.js";
import { feedInputs } from "./feed-inputs.js";
import { fixture, jsonLines } from "../run-cli.test-support.js";

const folder = temporaryFolder();
afterAll(() => folder.remove());

const LAYER = "electric-vehicle-charging-locations";
const TILES = ["23600694", "23600695"].map((tile) => `${LAYER}_${tile}_v7321.json`);

/** The folder that the fetching tools leave behind: several versions and forms of a tile, other layers, odd files. */
function exported(): string {
  const root = join(folder.path, "decoded");
  for (const name of TILES) {
    const tile = join(root, "heretile", name.split("_")[1] ?? "");
    mkdirSync(tile, { recursive: true });
    const whole = fixture(`hmc-locations/tiles/${name}`);
    copyFileSync(whole, join(tile, name));
    copyFileSync(whole, join(tile, name.replace("v7321", "v7000")));
    copyFileSync(whole, join(tile, name.replace(".json", "_olpcli.json")));
    copyFileSync(fixture("hmc-locations/tile.json.geojson"), join(tile, `${name}.geojson`));
    writeFileSync(
      join(tile, name.replace(LAYER, "address-locations")),
      '{"partitionName":"1","address":[{}]}',
    );
    writeFileSync(join(tile, "readme.txt"), "");
  }
  writeFileSync(join(root, `${LAYER}_23600696_v7321.json`), '{"partitionName":"23600696"}');
  return root;
}

test("a folder of tiles is one input: each tile once, what is left out listed, empty tiles no error", async () => {
  const options = optionsOf(folder.path, [exported()], "ndjson");
  const { output, report } = await converted(options);
  const alone = optionsOf(folder.path, [fixture("hmc-locations/tiles")], "ndjson");
  const tagsOf = (text: Buffer): unknown[] =>
    jsonLines(text).map((line) => Reflect.get(Object(line), "tags"));
  expect(tagsOf(output)).toEqual(tagsOf((await converted(alone)).output));
  expect(report.inputs).toHaveLength(3);
  expect(report.left_out?.map(({ reason }) => reason).sort()).toEqual([
    "older-version",
    "older-version",
    "other-form",
    "other-form",
    "other-form",
    "other-form",
    "other-layer",
    "other-layer",
  ]);
});

test("a Location on the border of two tiles is emitted once, and told as a duplicate", async () => {
  const { report, output } = await converted(
    optionsOf(folder.path, [fixture("hmc-locations/tiles")], "ndjson"),
  );
  const read = TILES.flatMap((name) => {
    const tile: { chargingLocation: { id: string }[] } = JSON.parse(
      readFileSync(fixture(`hmc-locations/tiles/${name}`), "utf8"),
    );
    return tile.chargingLocation.map(({ id }) => id);
  });
  expect(report.counts.read).toBe(read.length);
  expect(new Set(read).size).toBeLessThan(read.length);
  expect(report.counts.skipped["duplicate-id"]).toBe(read.length - new Set(read).size);
  expect(jsonLines(output).length + Object.values(report.counts.skipped).reduce((a, b) => a + b, 0)).toBe(
    read.length,
  );
});

test("a file that is named by itself is read, whatever lies beside it", async () => {
  const root = exported();
  const tile = join(root, "heretile", "23600694");
  const older = join(tile, TILES[0]?.replace("v7321", "v7000") ?? "");
  const { report } = await converted(optionsOf(folder.path, [older, tile], "ndjson"));
  expect(report.inputs.map(({ name }) => name)).toContain(older);
});

test("a pattern finds each tile once, as its folder does", async () => {
  const tiles = join(exported(), "heretile", "*", "*.json");
  const { report } = await converted(optionsOf(folder.path, [tiles], "ndjson"));
  expect(report.inputs.map(({ name }) => name.split("/").at(-1))).toEqual(TILES);
  expect(report.left_out).toHaveLength(6);
});

test("a tile that is named in two versions is read twice, with a warning", async () => {
  const tile = join(exported(), "heretile", "23600694");
  const [newest = ""] = TILES;
  const names = [newest, newest.replace("v7321", "v7000")].map((name) => join(tile, name));
  const said: string[] = [];
  const stream = { write: (text: string) => said.push(text) > 0 };
  const { inputs, leftOut } = await feedInputs(
    names,
    createLog({ format: "text", quiet: false, stream, env: {} }),
  );
  expect(inputs).toHaveLength(2);
  expect(leftOut).toEqual([]);
  expect(said.join("")).toMatch(/^warning: 1 of the files named holds a tile .*_v7000\.json.* in quotes/);
});

test("what is left out is counted in words for one and for several", async () => {
  const one = join(folder.path, "one");
  mkdirSync(one);
  const [newest = ""] = TILES;
  for (const name of [newest, newest.replace("v7321", "v7000")]) writeFileSync(join(one, name), "{}");
  writeFileSync(join(one, "readme.txt"), "");
  const said: string[] = [];
  const stream = { write: (text: string) => said.push(text) > 0 };
  const log = createLog({ format: "text", quiet: false, stream, env: {} });
  await feedInputs([one], log);
  expect(said.join("")).toContain("1 file in the folders given is no feed by its name; it was left out");
  expect(said.join("")).toContain("1 file left out: older versions of tiles");
  said.length = 0;
  await feedInputs([exported()], log);
  expect(said.join("")).toContain("2 files in the folders given are no feeds by their names");
  expect(said.join("")).toContain("2 files left out: older versions of tiles");
});
