import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { afterAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { checkElement } from "../osm/limits.js";
import { itWithOsmium, osmium } from "../osm/osmium.test-support.js";
import { readXml } from "../osm/xml.test-support.js";
import { CSV_COLUMNS } from "../proposals/csv-columns.js";
import { readCsv } from "../proposals/csv.test-support.js";
import type { FormName } from "../proposals/output-form.js";
import { temporaryFolder } from "../runs/compiled.test-support.js";
import type { ConvertOptions } from "./convert.js";
import { converted, nodesIn, optionsOf } from "./convert.test-support.js";
import { FEED_FIXTURES, fixture, generateFeed, jsonLines } from "./run-cli.test-support.js";

const folder = temporaryFolder();
afterAll(() => folder.remove());
const path = (name: string) => join(folder.path, name);
const all = FEED_FIXTURES.map(fixture);

/** Everything switched on, so that every writer has something to do. */
function everything(inputs: readonly string[], form: FormName): ConvertOptions {
  const options = optionsOf(folder.path, inputs, form);
  return { ...options, tagging: { ...options.tagging, extended: true, name: true, chargePoints: true } };
}

const featureSchema = z.object({
  type: z.literal("Feature"),
  id: z.string().regex(/^node\/-\d+$/),
  geometry: z.object({ type: z.literal("Point"), coordinates: z.tuple([z.number(), z.number()]) }),
  properties: z.record(z.string(), z.string()),
});
const collectionSchema = z.object({ type: z.literal("FeatureCollection"), features: z.array(featureSchema) });
const lineSchema = z.object({
  source: z.object({ file: z.string(), record: z.int() }),
  osm: z.object({ id: z.int().negative() }),
  tags: z.record(z.string(), z.string()),
  charge_points: z.array(z.object({ id: z.int().negative(), tags: z.record(z.string(), z.string()) })),
});

describe.each(FEED_FIXTURES)("%s", (name) => {
  test("is converted to every form, and all say the same", async () => {
    const inputs = [fixture(name)];
    const osm = nodesIn((await converted(everything(inputs, "osm"))).output);
    expect(osm.flatMap((node) => checkElement(node))).toEqual([]);
    expect(new Set(osm.map(({ id }) => id)).size).toBe(osm.length);
    const tags = osm.map((node) => [
      node.id,
      Object.fromEntries(node.tags.map(({ key, value }) => [key, value])),
    ]);

    const { features } = collectionSchema.parse(
      JSON.parse((await converted(everything(inputs, "geojson"))).output.toString()),
    );
    const idOf = (id: string) => Number(id.replace("node/", ""));
    expect(features.map(({ id, properties }) => [idOf(id), properties])).toEqual(tags);
    expect(features.map(({ geometry }) => geometry.coordinates)).toEqual(
      osm.map(({ lat, lon }) => [Number(lon), Number(lat)]),
    );

    const featureLines = jsonLines((await converted(everything(inputs, "geojsonl"))).output);
    expect(featureLines.map((line) => featureSchema.parse(line))).toEqual(features);

    const lines = jsonLines((await converted(everything(inputs, "ndjson"))).output);
    const points = lines.flatMap((line) => {
      const { osm, tags, charge_points } = lineSchema.parse(line);
      return [[osm.id, tags], ...charge_points.map((point) => [point.id, point.tags])];
    });
    expect(points).toEqual(tags);

    const [header, ...rows] = readCsv((await converted(everything(inputs, "csv"))).output.toString());
    expect(header).toEqual([...CSV_COLUMNS]);
    expect(rows.every((row) => row.length === CSV_COLUMNS.length)).toBe(true);
    expect(rows.map((row) => row[CSV_COLUMNS.indexOf("osm_id")])).toEqual(
      osm.flatMap((node) => node.tags.map(() => `${node.id}`)),
    );

    const { output, report } = await converted(everything(inputs, "ocpi"));
    expect(jsonLines(output)).toHaveLength(report.counts.emitted);
    expect(lines).toHaveLength(report.counts.emitted);
  });

  test("loses no record: read = emitted + skipped + rejected, and each that is not emitted is listed", async () => {
    const { report, rejects } = await converted(optionsOf(folder.path, [fixture(name)]));
    const { read, emitted, skipped, rejected } = report.counts;
    const without = [...Object.values(skipped), ...Object.values(rejected)].reduce((sum, n) => sum + n, 0);
    expect(emitted + without).toBe(read);
    expect(report.inputs.map(({ records }) => records)).toEqual([read]);
    expect(report.listed).toHaveLength(without);
    expect(rejects).toHaveLength(without);
    expect(rejects).toMatchObject(
      report.listed.map(({ file, record, reason }) => ({ file, record, reason })),
    );
  });
});

itWithOsmium(
  "osmium reads all fixtures as one document: new nodes, in its order, within bounds",
  async () => {
    const { output } = await converted(everything(all, "osm"));
    const document = output.toString();
    const nodes = nodesIn(output);
    expect(osmium(document, "fileinfo", "-e", "-g", "data.count.nodes").trim()).toBe(`${nodes.length}`);
    expect(osmium(document, "fileinfo", "-e", "-g", "data.objects_ordered").trim()).toBe("yes");
    expect(osmium(document, "fileinfo", "-e", "-g", "data.multiple_versions").trim()).toBe("no");
    const lons = nodes.map(({ lon }) => Number(lon));
    const lats = nodes.map(({ lat }) => Number(lat));
    const box = [Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)];
    expect(osmium(document, "fileinfo", "-g", "header.boxes").trim()).toBe(`(${box.join(",")})`);
    expect(osmium(document, "fileinfo", "-e", "-g", "data.bbox").trim()).toBe(`(${box.join(",")})`);
  },
);

test("the .osm form of nothing is a whole document without bounds", async () => {
  const { output, report } = await converted(optionsOf(folder.path, [fixture("ocpi/empty-envelope.json")]));
  expect(readXml(output.toString()).map(({ name }) => name)).not.toContain("bounds");
  expect(report.counts).toEqual({ read: 0, emitted: 0, skipped: {}, rejected: {} });
});

describe("where a record stood", () => {
  const placeSchema = z.object({
    file: z.string(),
    record: z.int(),
    byte: z.int(),
    line: z.int().optional(),
    raw: z.string(),
    raw_truncated: z.boolean().optional(),
  });
  test.each(["array", "envelope", "ndjson", "here-v3"])("is told to the byte: %s", async (form) => {
    const file = path(`places-${form}.json`);
    generateFeed(file, 400, form, 0.3);
    const mark = form === "array" ? "\uFEFF" : "";
    writeFileSync(file, mark + readFileSync(file, "utf8"));
    writeFileSync(`${file}.gz`, gzipSync(readFileSync(file)));
    for (const input of [file, `${file}.gz`]) {
      const { rejects } = await converted(optionsOf(folder.path, [input]));
      expect(rejects.length).toBeGreaterThan(20);
      const text = readFileSync(file);
      for (const reject of rejects) {
        const { byte, line, raw, raw_truncated } = placeSchema.parse(reject);
        const there = text.subarray(byte, byte + Buffer.byteLength(raw));
        expect(raw_truncated).toBeUndefined();
        expect(there.toString()).toBe(raw);
        if (form === "ndjson") {
          expect(line).toBe(text.subarray(0, byte).toString().split("\n").length);
          expect(raw).toBe(text.toString().split("\n")[(line ?? 0) - 1]);
        } else expect(line).toBeUndefined();
      }
    }
  });

  test("is the record's position in its own file when there are several", async () => {
    const { rejects } = await converted(
      optionsOf(folder.path, [fixture("demo.json"), fixture("ocpi/states.json")]),
    );
    const places = rejects.map((reject) => placeSchema.parse(reject));
    expect(places.map(({ file }) => file)).toEqual(places.map(() => fixture("ocpi/states.json")));
    expect(places.map(({ record }) => record)).toEqual(
      [...new Set(places.map(({ record }) => record))].toSorted(),
    );
    expect(Math.max(...places.map(({ record }) => record))).toBeLessThan(5);
  });
});

test("a rejects file can be mended and run again", async () => {
  const file = path("mend.json");
  writeFileSync(
    file,
    '[{"id":"a","evses":[{"connectors":[]}],"coordinates":{"latitude":"154.6","longitude":"25.2"}}]',
  );
  const { rejects } = await converted(optionsOf(folder.path, [file]));
  const [{ raw }] = z.tuple([z.object({ raw: z.string() })]).parse(rejects);
  writeFileSync(file, raw.replace("154.6", "54.6"));
  expect((await converted(optionsOf(folder.path, [file]))).report.counts).toMatchObject({
    read: 1,
    emitted: 1,
  });
});

test("the report fingerprints inputs and output as they are on the disk", async () => {
  const { createHash } = await import("node:crypto");
  const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
  const inputs = [fixture("ocpi/array.json.gz"), fixture("demo.json")];
  const { output, report } = await converted(optionsOf(folder.path, inputs));
  expect(report.inputs.map(({ name, sha256, bytes }) => ({ name, sha256, bytes }))).toEqual(
    inputs.toSorted().map((name) => {
      const content = readFileSync(name);
      return { name, sha256: sha256(content), bytes: content.length };
    }),
  );
  expect(report.output).toEqual({
    file: path("out"),
    format: "osm",
    bytes: output.length,
    sha256: sha256(output),
  });
  expect(gunzipSync(readFileSync(fixture("ocpi/array.json.gz"))).length).not.toBe(report.inputs[1]?.bytes);
});
