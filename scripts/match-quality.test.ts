/** Rule D10: matching is as good as the README says, or the build fails. */
import { describe, expect, test } from "vitest";
import * as api from "../src/index.js";
import { matchLocations } from "../src/matching/match-locations.js";
import { stationsOf } from "../src/matching/stations-of.js";
import { readOsm } from "../src/osm/read-osm.js";
import { locationForm, parseLocationLine } from "../src/proposals/location-form.js";
import { wantedSet } from "./synthetic/wanted-set.mjs";
import { measureQuality } from "./match-quality.mjs";

const program = { ...api, locationForm, parseLocationLine, readOsm, stationsOf, matchLocations };

describe("measured quality of matching", () => {
  test("3,000 Locations of a town pass the gate, and no other method comes near in precision, recall or false creates", async () => {
    const { own, others } = await measureQuality(program, wantedSet({ locations: "3000", layout: "town" }));
    expect(own.total.failures()).toEqual([]);
    const ours = own.total.shares();
    for (const [name, { total }] of others) {
      const theirs = total.shares();
      expect([name, (theirs.precision ?? 0) < (ours.precision ?? 0)]).toEqual([name, true]);
      expect([name, (theirs.recall ?? 0) < (ours.recall ?? 0)]).toEqual([name, true]);
      expect([name, (theirs.falseCreates ?? 0) > (ours.falseCreates ?? 0)]).toEqual([name, true]);
    }
  });

  test("an OSM that holds what the program would write is matched whole, without reviews", async () => {
    const { own } = await measureQuality(
      program,
      wantedSet({ locations: "500", only: "", layout: "scattered" }),
    );
    expect(own.total.shares()).toMatchObject({ precision: 1, recall: 1, reviewRate: 0, falseCreates: 0 });
  });
});
