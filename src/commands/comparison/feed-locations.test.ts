import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { ValueSource } from "../../merging/proposal.js";
import { anEvse } from "../../ocpi/location.test-support.js";
import { type LocationSources, readSources } from "../../proposals/sources-form.js";
import { UNLICENSED } from "../../proposals/emitted.test-support.js";
import { temporaryFolder } from "../../runs/compiled.test-support.js";
import { createLog } from "../../runs/log.js";
import { expandInputs } from "../../runs/inputs.js";
import { createProgress } from "../../runs/progress.js";
import { DEFAULT_TAGGING } from "../../tagging/tag-location.js";
import { type FeedReading, feedLocations, locationSources } from "./feed-locations.js";

const FIXTURES = join(import.meta.dirname, "../../../fixtures");
const log = createLog({ format: "text", quiet: true, stream: { write: () => true }, env: {} });
const progress = createProgress(log, "never", undefined);

async function reading(...files: string[]): Promise<FeedReading> {
  return readingOf(...files.map((file) => join(FIXTURES, file)));
}

async function readingOf(...files: string[]): Promise<FeedReading> {
  const { inputs } = await expandInputs(files);
  return {
    inputs,
    read: { source: "auto", reader: "bytes" },
    about: UNLICENSED,
    tagging: { ...DEFAULT_TAGGING, chargePoints: true },
    workers: 0,
  };
}

describe("feedLocations", () => {
  it("tags every Location and says what else is in the feed", async () => {
    const { locations, refused, tally } = await feedLocations(
      await reading("ocpi/states.json"),
      undefined,
      progress,
    );
    const { counts } = tally.results();
    expect(locations.filter(({ removed }) => !removed)).toHaveLength(counts.emitted);
    expect(locations.filter(({ removed }) => removed)).toHaveLength(counts.skipped["removed"] ?? 0);
    expect(locations.some(({ removed }) => removed)).toBe(true);
    for (const { key, tags, removed } of locations) {
      expect(refused.has(key)).toBe(false);
      expect(tags.some(({ key }) => key === "amenity")).toBe(!removed);
    }
    expect(refused.size).toBeGreaterThan(0);
  });

  it("keeps EVSE ids that are too many for a tag", async () => {
    const { locations } = await feedLocations(await reading("ocpi/long-evse-list.json"), undefined, progress);
    const withheld = locations.filter(({ notes }) => notes.some(({ code }) => code === "value-too-long"));
    expect(withheld.length).toBeGreaterThan(0);
    for (const { tags, evseIds } of withheld) {
      expect(tags.some(({ key }) => key === "ref:EU:EVSE")).toBe(false);
      expect(evseIds.join(";").length).toBeGreaterThan(255);
    }
  });

  it("takes a damaged name for no operator (T7), where it would speak against the station that has the whole one", async () => {
    const folder = temporaryFolder();
    const file = join(folder.path, "latin1.json");
    const [evse, place] = [anEvse(), { latitude: "48.137", longitude: "11.575" }];
    const named = (id: string, name: string): unknown => ({
      id,
      coordinates: place,
      operator: { name },
      evses: [evse],
    });
    const feed = JSON.stringify([named("1", "Stadtwerke München"), named("2", "Stadtwerke")]);
    writeFileSync(file, Buffer.from(feed, "latin1"));
    const { locations } = await feedLocations(await readingOf(file), undefined, progress);
    folder.remove();
    expect(locations.map(({ operator, notes }) => [operator, notes.map(({ code }) => code)])).toEqual([
      [undefined, ["text-damaged"]],
      ["Stadtwerke", []],
    ]);
    expect(locations[0]?.tags.some(({ key }) => key === "operator")).toBe(false);
  });

  it("gives one Location of a repeated id", async () => {
    const { locations, tally } = await feedLocations(
      await reading("ocpi/duplicate-ids.json"),
      undefined,
      progress,
    );
    expect(new Set(locations.map(({ key }) => key)).size).toBe(locations.length);
    expect(tally.results().counts.skipped["duplicate-id"]).toBeGreaterThan(0);
  });
});

describe("locationSources", () => {
  it("tells where the values of the tags asked about stand, and of no others", async () => {
    const feed = await reading("ocpi/envelope-2.2.1.json", "here-v3/list.json");
    const { locations } = await feedLocations(feed, undefined, progress);
    const chosen = locations.filter((_, index) => index % 2 === 1);
    const asked = new Map<string, Map<number, readonly string[]>>();
    for (const { source } of chosen) {
      const records = asked.get(source.file) ?? new Map<number, readonly string[]>();
      asked.set(source.file, records.set(source.record, ["capacity", "not-a-tag-of-it"]));
    }
    const found: LocationSources[] = [];
    await locationSources(feed, asked, (sources) => found.push(sources));
    expect(found.map(({ key }) => key)).toEqual(chosen.map(({ key }) => key));
    for (const { sources } of found) expect([...sources.keys()]).toEqual(["capacity"]);
    const capacity = readSources(found[0]?.sources.get("capacity") ?? "[]");
    expect(capacity.length).toBeGreaterThan(0);
    expect(capacity[0]?.pointer).toMatch(/^\/evses/);
  });

  it("tells no place of what only the profile says, and of the record itself no value", async () => {
    const sources = await sourcesIn([anEvse()], ["amenity", "operator", "capacity"], "Stromwerk");
    expect(sources.get("operator")).toEqual([]);
    expect(sources.get("amenity")).toEqual([{ pointer: "", value: null }]);
  });

  it("tells the first twenty places of a value that many make", async () => {
    const evses = Array.from({ length: 22 }, (_, number) => anEvse({ evse_id: `DE*ABC*E${number}` }));
    const sources = await sourcesIn(evses, ["ref:EU:EVSE", "capacity", "socket:type2"], undefined);
    const first = evses.slice(0, 20);
    expect(sources.get("ref:EU:EVSE")).toEqual(
      first.map(({ evse_id }, number) => ({ pointer: `/evses/${number}/evse_id`, value: evse_id })),
    );
    expect(sources.get("capacity")?.map(({ pointer }) => pointer)).toEqual(
      first.map((_, number) => `/evses/${number}`),
    );
  });

  /** Of a feed of one Location that names no operator. */
  async function sourcesIn(
    evses: readonly unknown[],
    keys: readonly string[],
    operatorName: string | undefined,
  ): Promise<ReadonlyMap<string, readonly ValueSource[]>> {
    const folder = temporaryFolder();
    const file = join(folder.path, "one.json");
    const coordinates = { latitude: "48.137", longitude: "11.575" };
    writeFileSync(
      file,
      JSON.stringify([{ country_code: "DE", party_id: "ABC", id: "1", coordinates, evses }]),
    );
    const feed = await readingOf(file);
    const tagging = { ...feed.tagging, operatorName };
    const found = new Map<string, readonly ValueSource[]>();
    await locationSources({ ...feed, tagging }, new Map([[file, new Map([[0, keys]])]]), ({ sources }) => {
      for (const [key, text] of sources) found.set(key, readSources(text));
    });
    folder.remove();
    return found;
  }
});
