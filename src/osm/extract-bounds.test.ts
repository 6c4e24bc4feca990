import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { sourceOf } from "./osm-files.test-support.js";
import { itWithOsmium } from "./osmium.test-support.js";
import { readOsm } from "./read-osm.js";

const BOUNDS = '<bounds minlat="54.5" minlon="25.1" maxlat="54.9" maxlon="25.5"/>';
const NODE = '<node id="1" version="1" lat="54.7" lon="25.3"><tag k="amenity" v="charging_station"/></node>';
const document = (generator: string, bounds: string): string =>
  `<osm version="0.6" generator="${generator}">${bounds}${NODE}</osm>`;

const boundsIn = async (bytes: Uint8Array) => (await readOsm(sourceOf(bytes))).facts.bounds;

it("tells the area that XML states, and of several all that lies between them", async () => {
  const other = '<bounds minlat="53" minlon="24" maxlat="53.5" maxlon="24.5"/>';
  expect(await boundsIn(Buffer.from(document("osmium", BOUNDS)))).toEqual({
    minLat: 54.5,
    minLon: 25.1,
    maxLat: 54.9,
    maxLon: 25.5,
  });
  expect(await boundsIn(Buffer.from(document("JOSM", BOUNDS + other)))).toEqual({
    minLat: 53,
    minLon: 24,
    maxLat: 54.9,
    maxLon: 25.5,
  });
});

it("knows no area where none is stated, or only what this program wrote around its own content", async () => {
  expect(await boundsIn(Buffer.from(document("osmium", "")))).toBeUndefined();
  expect(await boundsIn(Buffer.from(document("ocpi2osm 0.1.0", BOUNDS)))).toBeUndefined();
});

itWithOsmium("tells the area that a PBF header states", async () => {
  const folder = mkdtempSync(join(tmpdir(), "ocpi2osm-bounds-"));
  try {
    writeFileSync(join(folder, "in.osm"), document("osmium", BOUNDS));
    execFileSync("osmium", ["cat", join(folder, "in.osm"), "-o", join(folder, "out.osm.pbf")]);
    expect(await boundsIn(readFileSync(join(folder, "out.osm.pbf")))).toEqual({
      minLat: 54.5,
      minLon: 25.1,
      maxLat: 54.9,
      maxLon: 25.5,
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
});
