/** Answers that say themselves that they are not all there is are warned of. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { createLog } from "../../runs/log.js";
import { aStation } from "../here-v2.test-support.js";
import { convert } from "../convert.js";
import { optionsOf } from "../convert.test-support.js";
import { inspect } from "../inspect.js";

const folder = mkdtempSync(join(tmpdir(), "ocpi2osm-answers-"));
afterAll(() => rmSync(folder, { recursive: true }));

let files = 0;
function feed(text: string, name = `feed-${files++}.json`): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

const station = (id: string) => ({ ...aStation([], { poolId: `p-${id}` }), id });
const page = (id: string, more: object) =>
  JSON.stringify({ ...more, evStations: { evStation: [station(id)] } });
const warnings = (...inputs: string[]): Promise<string> => warningsOf(inputs, "bytes");

const v3 = { id: "1", location: { lat: 52.5, lng: 13.4 }, evses: [{ uid: "1", connectors: [] }] };
const answer = (more: object) => JSON.stringify({ items: [v3], ...more });

/** What `inspect` warns of, which `convert` must, too. */
async function warningsOf(inputs: readonly string[], reader: "bytes" | "tokens"): Promise<string> {
  const said: string[] = ["", ""];
  const logs = said.map((_none, index) =>
    createLog({
      format: "text",
      quiet: true,
      stream: { write: (text: string) => (said[index] += text) },
      env: {},
    }),
  );
  const [first, second] = logs;
  if (first === undefined || second === undefined) throw new Error("no log");
  await inspect(inputs, { source: "auto", reader, progress: "never" }, first);
  await convert({ ...optionsOf(folder, inputs), read: { source: "auto", reader } }, second);
  expect(said[1]).toBe(said[0]);
  return said[0] ?? "";
}

describe("an answer whose list is null", () => {
  it.each(["bytes", "tokens"] as const)("is read as an empty one, and warned of: %s", async (reader) => {
    const file = feed(JSON.stringify({ data: null, status_code: 1000 }));
    expect(await warningsOf([file], reader)).toMatch(/^warning: .*says "data": null.*\n$/);
  });

  it("is not warned of where the list is empty, or null is another member's", async () => {
    expect(await warnings(feed(answer({ status_message: null })))).toBe("");
  });
});

describe("an answer that says that more stations follow", () => {
  it.each([
    ["hasMore", true],
    ["has_more", "true"],
    ["HasMore", "True"],
  ])("is warned of, with what to do: %s %j", async (key, value) => {
    const file = feed(page("1", { [key]: value }));
    expect(await warnings(file)).toMatch(/^warning: .*feed-\d+\.json: .*hasMore.*Fetch the next page.*\n$/);
  });

  it("also where it says so after the records, or beside them", async () => {
    expect(
      await warnings(feed(JSON.stringify({ evStations: { evStation: [station("1")] }, hasMore: true }))),
    ).toMatch(/Fetch the next page/);
    const inside = { evStations: { hasMore: true, evStation: [station("1")] } };
    expect(await warnings(feed(JSON.stringify(inside)))).toMatch(/Fetch the next page/);
  });

  it("is warned of once for all pages, unless the last page is there", async () => {
    const pages = ["1", "2"].map((id) => feed(page(id, { hasMore: true })));
    const said = await warnings(...pages);
    expect(said).toMatch(/\(and 1 more\)/);
    expect(said.match(/warning/g)).toHaveLength(1);
    expect(await warnings(...pages, feed(page("3", { hasMore: false })))).toBe("");
    const joined = feed(page("4", { hasMore: true }) + page("5", { hasMore: "false" }));
    expect(await warnings(joined)).toBe("");
  });
});

describe("an answer that misses ids", () => {
  it.each([
    ["missingItems", ["a"], /1 id asked for.*: a\. Ask for these ids again/],
    ["missing_items", ["a", "b", "a"], /2 ids asked for.*: a, b\. Ask/],
    ["missing", ["a", 2, "c", "d"], /4 ids asked for.*: a, 2, c, …\. Ask/],
  ])("is warned of: %s %j", async (key, ids, words) => {
    expect(await warnings(feed(answer({ [key]: ids })))).toMatch(words);
  });

  it("is warned of with an answer a line, too, by either reader", async () => {
    const lines = ["a", "b"].map((id) => `${answer({ missingItems: [id] })}\n`).join("");
    const file = feed(lines, "answers.ndjson");
    for (const reader of ["bytes", "tokens"] as const) {
      expect(await warningsOf([file], reader)).toMatch(/2 ids asked for.*: a, b\. Ask/);
    }
  });

  it("is no cause for warnings where none is missing", async () => {
    expect(await warnings(feed(answer({ missingItems: [] })))).toBe("");
    expect(await warnings(feed(answer({ missingItems: [null, ""] })))).toBe("");
  });

  it("is not what a tile is", async () => {
    const tile = { hasMore: true, missingItems: ["a"], chargingLocation: [v3] };
    const name = "electric-vehicle-charging-locations_23600694_v7321.json";
    expect(await warnings(feed(JSON.stringify(tile), name))).toBe("");
    // The GeoJSON made from it, larger than what is looked at to tell formats apart, has an envelope as answers have.
    const geometry = { type: "Point", coordinates: [13.4, 52.5] };
    const features = [{ type: "Feature", geometry, properties: { ...v3, evsesIndex: [0] } }];
    const geoJson = { type: "FeatureCollection", features, hasMore: true, note: "x".repeat(1 << 20) };
    expect(await warningsOf([feed(JSON.stringify(geoJson), "tile.geojson")], "tokens")).toBe("");
  });
});
