/** A national feed at two dates, imported again and again while mappers go on mapping. */
import { copyFileSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import type { Change } from "../merging/proposal.js";
import { readCsv } from "../proposals/csv.test-support.js";
import { temporaryFolder } from "../runs/compiled.test-support.js";
import { converted, optionsOf } from "./convert.test-support.js";
import { type DiffResults, asked, diffed, fileAt } from "./diff.test-support.js";
import { OsmWorld, nodeOf, wayOf } from "./osm-world.test-support.js";
import { type Chance, chance } from "./random.test-support.js";
import { jsonLines, readJson } from "./run-cli.test-support.js";

const FEEDS = "../shared/feeds";
const feedOf = (date: string) => join(FEEDS, `ocpi_2_2_locations-lakd.lt.${date}.json`);
const MAY = feedOf("2024-05-30");
const JUNE = feedOf("2024-06-06");
const absent = !existsSync(MAY) || !existsSync(JUNE);

const folder = temporaryFolder();
afterAll(() => folder.remove());
const path = (name: string) => join(folder.path, name);

/** Location key → its tags, as `convert` writes them: what the feed says, by a way that knows no OSM. */
type FeedTags = ReadonlyMap<string, Readonly<Record<string, string>>>;

const emittedSchema = z.object({
  location: z.object({ country_code: z.string(), party_id: z.string(), id: z.string() }),
  tags: z.record(z.string(), z.string()),
  notes: z.array(z.object({ code: z.string() })),
});

/** Without Locations whose position is doubtful (T1.6): they are reviewed, whatever OSM has. */
async function tagsOf(feed: string): Promise<FeedTags> {
  const { output } = await converted(optionsOf(folder.path, [feed], "ndjson"));
  const emitted = jsonLines(output).map((line) => emittedSchema.parse(line));
  const trusted = emitted.filter(({ notes }) => notes.every(({ code }) => code !== "outside-country"));
  return new Map(trusted.map(({ location, tags }) => [keyOf(location), tags]));
}

function keyOf({ country_code, party_id, id }: z.infer<typeof emittedSchema>["location"]): string {
  return `${country_code}*${party_id}*${id}`.toUpperCase();
}

/** `LT*IGN*324 capacity: 4 → 5` for every tag that differs between two dates, of Locations that both have. */
function changedTags(before: FeedTags, after: FeedTags): string[] {
  const changed: string[] = [];
  for (const [location, now] of after) {
    const then = before.get(location);
    if (then === undefined) continue;
    for (const key of new Set([...Object.keys(then), ...Object.keys(now)]))
      if (then[key] !== now[key]) changed.push(`${location} ${key}: ${then[key] ?? ""} → ${now[key] ?? ""}`);
  }
  return changed.sort();
}

function proposedTags({ proposals }: DiffResults, changes: readonly Change[]): string[] {
  return proposals
    .filter(({ change, target }) => changes.includes(change) && target !== undefined)
    .flatMap(({ location, tags }) =>
      tags.map((tag) => `${location.key} ${tag.key}: ${tag.base ?? ""} → ${tag.new ?? ""}`),
    )
    .sort();
}

const created = ({ proposals }: DiffResults) =>
  proposals.flatMap(({ change, location }) => (change === "create" ? [location.key] : [])).sort();

/** Location key → the element it is on. */
function elementsOf(output: string): Map<string, string> {
  const [, ...rows] = readCsv(readFileSync(join(output, "matches.csv"), "utf8"));
  return new Map(
    rows.flatMap(([country_code = "", party_id = "", id = "", verdict, , osm = ""]) =>
      verdict === "matched" ? [[keyOf({ country_code, party_id, id }), osm] as const] : [],
    ),
  );
}

describe.skipIf(absent)(`the Lithuanian feed of ${FEEDS} (skipped where that folder is absent)`, () => {
  const imported = new OsmWorld();
  let may: FeedTags;
  let june: FeedTags;
  let first: DiffResults;
  let second: DiffResults;
  /** Where each Location stands after the import. */
  let elements: ReadonlyMap<string, string>;

  /** `diff` of a feed against a world, with a state that is kept under this name. */
  const compared = (feed: string, world: OsmWorld, name: string): Promise<DiffResults> =>
    diffed([feed], world.saveTo(path(`${name}.osm`)), path(name), { state: path(`${name}.state`) });

  beforeAll(async () => {
    may = await tagsOf(MAY);
    june = await tagsOf(JUNE);
    first = await compared(MAY, imported, "import");
    imported.upload(first.changes);
    second = await compared(MAY, imported, "import");
    elements = elementsOf(path("import"));
  });

  it("is created whole where OSM has nothing", () => {
    expect(created(first)).toEqual([...may.keys()].sort());
    expect(imported.elements).toHaveLength(may.size);
    for (const [location, osm] of elements)
      expect(Object.fromEntries(imported.tags(osm))).toEqual(may.get(location));
  });

  it("asks nothing more once OSM has it", () => {
    expect(asked(second)).toEqual([]);
    expect(elements.size).toBe(may.size);
  });

  it("asks nothing more either where no state is kept", async () => {
    const stateless = await diffed([MAY], imported.saveTo(path("bare.osm")), path("bare"));
    expect(asked(stateless)).toEqual([]);
  });

  it("at its second date asks for what changed in it, no more and no less", async () => {
    const world = imported.copy();
    copyFileSync(path("import.state"), path("june.state"));
    const results = await compared(JUNE, world, "june");
    expect(created(results)).toEqual([...june.keys()].filter((key) => !may.has(key)).sort());
    expect(proposedTags(results, ["modify"])).toEqual(changedTags(may, june));
    expect(proposedTags(results, ["review", "conflict", "relink", "close"])).toEqual([]);
    world.upload(results.changes);
    expect(asked(await compared(JUNE, world, "june"))).toEqual([]);
  });

  it("asks the same again while nobody uploads it", async () => {
    copyFileSync(path("import.state"), path("again.state"));
    const before = await compared(JUNE, imported, "again");
    const after = await compared(JUNE, imported, "again");
    expect(after.proposals).toEqual(before.proposals);
    expect(after.changes).toBe(before.changes);
  });

  it.each([1, 2, 3])("reverts no mapper's edit when feed and OSM both change (%i)", async (seed) => {
    const random = chance(seed);
    const name = `mapped-${seed}`;
    const feed = fileAt(path(`${name}.json`), JSON.stringify(spoiled(readJson(JUNE), random)));
    const now = await tagsOf(feed);
    const world = imported.copy();
    copyFileSync(path("import.state"), path(`${name}.state`));
    const edits = mapped(world, elements, may, random);
    const results = await compared(feed, world, name);
    const where = new Map([...elementsOf(path(name))].map(([location, osm]) => [osm, location]));

    const feedChanged = new Set(changedTags(may, now).map((text) => text.slice(0, text.indexOf(": "))));
    const changed: string[] = [];
    for (const { name, before, after } of world.upload(results.changes)) {
      if (before === undefined) continue;
      const then = new Map(before.tags.map(({ key, value }) => [key, value]));
      const next = new Map(after.tags.map(({ key, value }) => [key, value]));
      for (const key of new Set([...then.keys(), ...next.keys()])) {
        if (then.get(key) === next.get(key)) continue;
        changed.push(`${where.get(name)} ${key}`);
      }
      expect({ ...after, tags: [], version: 0 }).toEqual({ ...before, tags: [], version: 0 });
    }
    expect(changed.filter((tag) => edits.tags.has(tag))).toEqual([]);
    expect(changed.filter((tag) => !feedChanged.has(tag))).toEqual([]);
    expect(changed.length).toBeGreaterThan(50);
    expect(edits.tags.size).toBeGreaterThan(100);

    const newLocations = new Set([...now.keys()].filter((key) => !may.has(key)));
    expect(created(results).filter((key) => !newLocations.has(key))).toEqual([]);
    // A station that a mapper deleted does not come back; whether a neighbour is meant instead may be asked.
    const comeBack = results.proposals.filter(({ location }) => edits.deleted.includes(location.key));
    expect(
      comeBack.filter(({ change, candidates }) => change !== "review" || candidates.length === 0),
    ).toEqual([]);
    expect(edits.deleted.length).toBeGreaterThan(10);

    const told = new Set(
      results.proposals.flatMap(({ location, tags, change }) =>
        change === "conflict" || change === "review" ? tags.map(({ key }) => `${location.key} ${key}`) : [],
      ),
    );
    const bothChanged = [...feedChanged].filter((tag) => edits.tags.has(tag) && isTold(tag, now));
    expect(bothChanged.length).toBeGreaterThan(5);
    expect(bothChanged.filter((tag) => !told.has(tag))).toEqual([]);

    const edited = (await compared(feed, world, name)).proposals.filter(({ change }) =>
      ["create", "modify", "relink", "close"].includes(change),
    );
    expect(edited.map(({ id }) => id)).toEqual([]);
  });
});

/** D3: what the feed drops it no longer contradicts; T8: its `24/7` never contradicts anything. */
function isTold(tag: string, now: FeedTags): boolean {
  const [location = "", key = ""] = tag.split(" ");
  const value = now.get(location)?.[key];
  return value !== undefined && value !== "24/7";
}

const locationsSchema = z.array(
  z.looseObject({
    evses: z
      .array(
        z.looseObject({
          connectors: z.array(
            z.looseObject({ standard: z.string(), max_electric_power: z.number().nullish() }),
          ),
        }),
      )
      .nullish(),
  }),
);

/** A later feed: a third of its Locations has other sockets, power or numbers of EVSEs. */
function spoiled(feed: unknown, random: Chance): unknown {
  const locations = locationsSchema.parse(feed);
  for (const location of locations) {
    const { evses } = location;
    if (evses == null || evses.length === 0 || !random.happens(0.33)) continue;
    if (random.happens(0.2)) {
      evses.push(...evses.map((evse) => Object.assign({}, evse, { uid: `${String(evse["uid"])}b` })));
      continue;
    }
    const [evse] = random.shuffled(evses);
    for (const connector of evse?.connectors ?? []) {
      if (random.happens(0.5)) connector.max_electric_power = random.pick([11_000, 22_000, 60_000, 150_000]);
      else connector.standard = random.pick(["CHADEMO", "IEC_62196_T2_COMBO", "IEC_62196_T2", "DOMESTIC_F"]);
    }
    if (evse !== undefined && random.happens(0.7)) location.evses = [evse];
  }
  return locations;
}

interface Edits {
  /** `LOCATION KEY` of every tag that a mapper changed, deleted or added. */
  readonly tags: ReadonlySet<string>;
  /** Locations whose station a mapper deleted. */
  readonly deleted: readonly string[];
}

/** Mappers edit half of the stations. */
function mapped(
  world: OsmWorld,
  elements: ReadonlyMap<string, string>,
  feed: FeedTags,
  random: Chance,
): Edits {
  const tags = new Set<string>();
  const deleted: string[] = [];
  for (const [location, osm] of elements) {
    const keys = Object.keys(feed.get(location) ?? {}).filter((key) => key !== "amenity");
    const edit = (key: string, value: string | undefined): void => {
      world.edit(osm, { [key]: value });
      tags.add(`${location} ${key}`);
    };
    const chosen = random.number(11);
    if (chosen === 0) {
      world.delete(osm);
      deleted.push(location);
    } else if (chosen === 1) redrawn(world, osm);
    else if (chosen === 2)
      edit(random.pick(["note", "fee", "name", "socket:schuko", "capacity:disabled"]), "7");
    else if (chosen === 3) edit(random.pick(keys), undefined);
    else if (chosen <= 6)
      for (const key of random.shuffled(keys).slice(0, 3)) edit(key, `${100 + random.number(90)}`);
  }
  return { tags, deleted };
}

/** A mapper draws the station as an area and gives the node's tags to it. */
function redrawn(world: OsmWorld, node: string): void {
  const { lat, lon, tags } = world.get(node);
  const corners = [
    [-1, -1],
    [-1, 1],
    [1, 1],
    [1, -1],
  ].map(([north = 0, east = 0]) => {
    const corner = nodeOf(world.nextId(), Number(lat) + north * 1e-5, Number(lon) + east * 1e-5);
    world.add(corner);
    return corner.id;
  });
  const way = wayOf(world.nextId(), [...corners, ...corners.slice(0, 1)]);
  world.delete(node);
  world.add({ ...way, tags });
}
