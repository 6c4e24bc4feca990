import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { iso1A2Code } from "@rapideditor/country-coder";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { FORM_NAMES, feedText, writeFeed } from "./generate-feed.mjs";
import { tileAt } from "./synthetic/here-tile.mjs";

const text = (form: string, locations: number, seed = 1, defects = 0) =>
  [...feedText({ form, locations, seed, defects })].join("");

const records = (form: string, feed: string) => {
  if (form === "ndjson")
    return feed
      .split("\n")
      .filter(Boolean)
      .map((line) => JSON.parse(line));
  const value = JSON.parse(feed);
  return form === "array" ? value : (value.data ?? value.items ?? value.evStations.evStation);
};

describe("generate-feed", () => {
  test("every form, size, seed and share of defects gives that many JSON records", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...FORM_NAMES),
        fc.nat(40),
        fc.nat(),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (form, locations, seed, defects) => {
          expect(records(form, text(form, locations, seed, defects))).toHaveLength(locations);
        },
      ),
      { numRuns: 60 },
    );
  });

  test("the same arguments give the same text, another seed another", () => {
    expect(text("array", 50, 7, 0.5)).toBe(text("array", 50, 7, 0.5));
    expect(text("array", 50, 7, 0.5)).not.toBe(text("array", 50, 8, 0.5));
  });

  test("array, envelope and NDJSON hold the same records, and a longer feed begins with the shorter", () => {
    const array = records("array", text("array", 30, 3, 0.3));
    expect(records("envelope", text("envelope", 30, 3, 0.3))).toEqual(array);
    expect(records("ndjson", text("ndjson", 60, 3, 0.3)).slice(0, 30)).toEqual(array);
  });

  test("without defects: ids and EVSE ids are unique and positions lie in the stated country", () => {
    const locations = records("array", text("array", 1000, 5));
    expect(new Set(locations.map(({ id }: { id: string }) => id)).size).toBe(1000);
    const evseIds = locations.flatMap(({ evses }: { evses: { evse_id: string }[] }) =>
      evses.map((e) => e.evse_id),
    );
    expect(new Set(evseIds).size).toBe(evseIds.length);
    for (const id of evseIds) expect(id).toMatch(/^[A-Z]{2}\*[A-Z0-9]{3}\*E[A-Z0-9*]{1,30}$/);
    for (const { country_code, coordinates } of locations) {
      expect(iso1A2Code([Number(coordinates.longitude), Number(coordinates.latitude)])).toBe(country_code);
    }
  });

  test("a record is as large as a real one: about 4.8 kB", () => {
    const mean = Buffer.byteLength(text("array", 2000)) / 2000;
    expect(mean).toBeGreaterThan(4500);
    expect(mean).toBeLessThan(5100);
  });

  test("defects of 1 leave no record whole", () => {
    const whole = new Set(
      records("array", text("array", 300)).map((record: unknown) => JSON.stringify(record)),
    );
    const damaged = records("array", text("array", 300, 1, 1));
    const repeats = damaged.filter((record: unknown) => whole.has(JSON.stringify(record)));
    // Only a repeated record or a defect that changes nothing in that record may look whole.
    expect(repeats.length).toBeLessThan(30);
  });

  test("HERE v3 and OCPI describe the same stations", () => {
    const ocpi = records("array", text("array", 50, 9));
    const here = records("here-v3", text("here-v3", 50, 9));
    const ids = (locations: Record<string, unknown>[], key: string) =>
      locations.map((location) => location[key]);
    expect(ids(here, "cpoLocationId")).toEqual(ids(ocpi, "id"));
    for (const { id } of here) expect(id).toMatch(/^here:evcp:charginglocation:\d{3}[0-9b-z]{10}-[\w-]+$/);
  });

  test("HERE v2 describes the same stations, and counts every connector of theirs once", () => {
    const ocpi = records("array", text("array", 50, 9));
    const here = records("here-v2", text("here-v2", 50, 9));
    expect(here.map(({ name }: { name: string }) => name)).toEqual(
      ocpi.map(({ name }: { name: string }) => name),
    );
    for (const [index, { totalNumberOfConnectors, connectors }] of here.entries()) {
      const plugs = ocpi[index].evses.flatMap((evse: { connectors: unknown[] }) => evse.connectors).length;
      const grouped = connectors.connector.reduce(
        (sum: number, group: { chargingPoint: { numberOfConnectors: number } }) =>
          sum + group.chargingPoint.numberOfConnectors,
        0,
      );
      expect([totalNumberOfConnectors, grouped]).toEqual([plugs, plugs]);
    }
  });

  test("--tiles stands the Locations into so many tiles, in every dialect at the same places", () => {
    const world = { locations: 60, seed: 4, tiles: 3, defects: 0 };
    const ocpi = records("array", [...feedText({ ...world, form: "array" })].join(""));
    const here = records("here-v3", [...feedText({ ...world, form: "here-v3" })].join(""));
    const tiles = new Set(
      here.map(({ location }: { location: { lat: number; lng: number } }) =>
        tileAt(location.lat, location.lng),
      ),
    );
    expect(tiles.size).toBe(3);
    expect(here.map(({ location }: { location: { lat: number } }) => location.lat)).toEqual(
      ocpi.map(({ coordinates }: { coordinates: { latitude: string } }) => Number(coordinates.latitude)),
    );
  });

  test("--gzip compresses the very same text", async () => {
    const folder = mkdtempSync(join(tmpdir(), "generate-feed-"));
    try {
      const output = join(folder, "feed.json.gz");
      await writeFeed({ form: "array", locations: 100, seed: 2, defects: 0.1, gzip: true, output });
      expect(gunzipSync(readFileSync(output)).toString()).toBe(text("array", 100, 2, 0.1));
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
