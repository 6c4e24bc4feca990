/** Survey respect from end to end: the day of the survey against the feed's own `last_updated` (D3). */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { temporaryFolder } from "../runs/compiled.test-support.js";
import { diffed, evses, feedText } from "./diff.test-support.js";
import { OsmWorld } from "./osm-world.test-support.js";

let folder: ReturnType<typeof temporaryFolder>;
let world: OsmWorld;
const path = (name: string) => join(folder.path, name);

const run = (last_updated: string | undefined, more: Readonly<Record<string, unknown>> = {}) => {
  writeFileSync(
    path("feed.json"),
    feedText(1, () => ({ last_updated, ...more })),
  );
  const options = { state: path("state.ndjson") };
  return diffed([path("feed.json")], world.saveTo(path("osm.osm")), path("out"), options);
};

/** One Location, imported into OSM, and surveyed there in 2024. */
beforeEach(async () => {
  folder = temporaryFolder();
  world = new OsmWorld();
  world.upload((await run("2023-01-01T00:00:00Z")).changes);
  await run("2023-01-01T00:00:00Z");
  world.edit(world.named("amenity", "charging_station"), { check_date: "2024-05-01" });
});
afterEach(() => folder.remove());

it.each([
  ["2026-06-01T00:00:00Z", "modify"],
  ["2024-04-30T23:59:59Z", "review"],
  [undefined, "review"],
])("a feed updated %s, after a survey of 2024-05-01: %s", async (lastUpdated, change) => {
  const { proposals } = await run(lastUpdated, { evses: evses(2) });
  expect(proposals.map((proposal) => proposal.change)).toEqual([change]);
  expect(proposals[0]?.location.lastUpdated).toBe(lastUpdated);
});
