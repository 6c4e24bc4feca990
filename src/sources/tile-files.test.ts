import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { leftOutTiles } from "./tile-files.js";

const NEW = "electric-vehicle-charging-locations";
const OLD = "electric-vehicle-charging-stations";

describe("a folder of HERE Map Content tiles", () => {
  test("the latest version of a tile is read, by number and not by spelling", () => {
    expect(leftOutTiles([`d/${NEW}_23618402_v99.json`, `d/${NEW}_23618402_v100.json`])).toEqual(
      new Map([[`d/${NEW}_23618402_v99.json`, "older-version"]]),
    );
  });

  test("of the forms of one version the decoded tile is read, then the command line's, then GeoJSON", () => {
    const [plain, cli, geo] = [
      `${NEW}_23618402_v7.json`,
      `${NEW}_23618402_v7_olpcli.json`,
      `${NEW}_23618402_v7.json.geojson`,
    ];
    expect([...leftOutTiles([cli, geo, plain])]).toEqual([
      [geo, "other-form"],
      [cli, "other-form"],
    ]);
    expect([...leftOutTiles([geo, cli])]).toEqual([[geo, "other-form"]]);
    expect(leftOutTiles([geo])).toEqual(new Map());
  });

  test("the older layer is read only where the newer one is missing", () => {
    const names = [`${NEW}_1_v1.json`, `${OLD}_1_v1.json`, `${OLD}_2_v1.json`];
    expect([...leftOutTiles(names)]).toEqual([[`${OLD}_1_v1.json`, "old-layer"]]);
  });

  test("tiles of other layers are no feeds; files with other names are not judged", () => {
    const names = ["address-locations_23618402_v5.json", "feed.json", "answers/here_2.json"];
    expect([...leftOutTiles(names)]).toEqual([["address-locations_23618402_v5.json", "other-layer"]]);
  });

  test("two folders are two exports", () => {
    expect(leftOutTiles([`a/${NEW}_1_v1.json`, `b/${NEW}_1_v2.json`])).toEqual(new Map());
  });

  test("of every charging tile exactly one file is read, whatever the order", () => {
    const file = fc.record({
      layer: fc.constantFrom(NEW, OLD),
      tile: fc.constantFrom("1", "2"),
      version: fc.constantFrom("1", "02", "10"),
      ending: fc.constantFrom(".json", "_olpcli.json", ".json.geojson", ".json.gz"),
    });
    fc.assert(
      fc.property(
        fc.uniqueArray(file.map((f) => `${f.layer}_${f.tile}_v${f.version}${f.ending}`)),
        (names) => {
          const leftOut = leftOutTiles(names);
          const read = names.filter((name) => !leftOut.has(name));
          const tiles = read.map((name) => name.split("_")[1]);
          expect(new Set(tiles)).toEqual(new Set(names.map((name) => name.split("_")[1])));
          expect(tiles).toHaveLength(new Set(tiles).size);
        },
      ),
    );
  });
});
