import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { readXml } from "../osm/xml.test-support.js";
import { CSV_COLUMNS } from "../proposals/csv-columns.js";
import { readCsv } from "../proposals/csv.test-support.js";
import { COMPARE_ONLY } from "../proposals/output-form.js";
import { temporaryFolder } from "../runs/compiled.test-support.js";
import { exitCodeOf } from "../runs/exit-codes.js";
import { reportSchema } from "../runs/report.js";
import { convertFromArguments } from "./convert-arguments.js";
import { SILENT } from "./convert.test-support.js";
import { fixture, jsonLines, locationJson, readJson } from "./run-cli.test-support.js";

const folder = temporaryFolder();
afterAll(() => folder.remove());
const path = (name: string) => join(folder.path, name);

/** Converts with options as the command line hands them over; returns what was written to `output`. */
async function run(
  inputs: readonly string[],
  options: Readonly<Record<string, unknown>> = {},
): Promise<string> {
  const defaults = {
    source: "auto",
    reader: "bytes",
    output: path("out.osm"),
    workers: 0,
    progress: "never",
  };
  const given = { ...defaults, ...options };
  await convertFromArguments(inputs, given, SILENT);
  return readFileSync(String(given.output), "utf8");
}

function profile(content: object): string {
  writeFileSync(path("profile.jsonc"), JSON.stringify({ name: "Example", ...content }));
  return path("profile.jsonc");
}

describe("the form", () => {
  test.each([
    ["x.osm", undefined, "<?xml"],
    ["x.xml", undefined, "<?xml"],
    ["x", undefined, "<?xml"],
    ["x.OSM", undefined, "<?xml"],
    ["x.csv", undefined, "proposal,"],
    ["x.geojson", undefined, '{"type":"FeatureCollection"'],
    ["x.geojsonl", undefined, '{"type":"Feature"'],
    ["x.geojsonl", "geojson", '{"type":"Feature"'],
    ["x.ndjson", undefined, '{"source"'],
    ["x.jsonl", undefined, '{"source"'],
    ["x.ndjson", "ocpi", '{"country_code"'],
    ["x.json", "geojson", '{"type":"FeatureCollection"'],
    ["x.txt", "csv", "proposal,"],
    ["dots.in.osm/../x.csv", undefined, "proposal,"],
  ])("of %s with --format %s", async (name, format, start) => {
    expect(
      await run([fixture("demo.json")], { output: join(folder.path, name.replace(/.*\//, "")), format }),
    ).toMatch(new RegExp(`^${start.replace(/[?{]/g, "\\$&")}`));
  });
});

describe("a source without a licence is for comparing only", () => {
  const demo = [fixture("demo.json")];
  const gates: Array<[string, string | undefined]> = [
    ["no profile", undefined],
    ["a profile without one", profile({})],
  ];
  test.each(gates)("%s", async (_what, file) => {
    expect(readXml(await run(demo, { profile: file }))[0]?.attributes).toMatchObject({ upload: "never" });
    const rows = readCsv(await run(demo, { profile: file, output: path("x.csv") })).slice(1);
    expect(rows.every((row) => row[CSV_COLUMNS.indexOf("josm_url")] === "")).toBe(true);
    expect(rows.every((row) => row[CSV_COLUMNS.indexOf("reason")]?.startsWith(COMPARE_ONLY))).toBe(true);
    expect(JSON.parse(await run(demo, { profile: file, output: path("x.geojson") }))).toMatchObject({
      compare_only: COMPARE_ONLY,
    });
  });

  test("with one, JOSM asks before uploading, and the CSV has its links", async () => {
    const licensed = { profile: fixture("profiles/example.jsonc") };
    const [root] = readXml(await run(demo, licensed));
    expect(root?.attributes).toMatchObject({
      upload: "false",
      license: "https://example.org/beispielstrom/openstreetmap-permission.pdf",
    });
    const rows = readCsv(await run(demo, { ...licensed, output: path("x.csv") })).slice(1);
    expect(
      rows.every((row) => row[CSV_COLUMNS.indexOf("josm_url")]?.startsWith("http://127.0.0.1:8111/")),
    ).toBe(true);
    expect(rows.some((row) => row[CSV_COLUMNS.indexOf("reason")]?.includes(COMPARE_ONLY))).toBe(false);
    expect(JSON.parse(await run(demo, { ...licensed, output: path("x.geojson") }))).not.toHaveProperty(
      "compare_only",
    );
  });

  test("and one that writes the source's own ids keeps the gate shut, licence or not", async () => {
    const licence = { id: "ODbL-1.0", url: "https://opendatacommons.org/licenses/odbl/" };
    const list = [fixture("here-v3/list.json")];
    const genuine = await run(list, { profile: profile({ licence }) });
    expect(genuine).toContain('upload="false"');
    expect(genuine).not.toContain("ref:ocpi:location:id");
    const source = await run(list, { profile: profile({ licence, locationRef: "source" }) });
    expect(source).toContain('upload="never"');
    expect(source).toContain('<tag k="ref:ocpi:location:id" v="250');
    expect(
      await run([fixture("demo.json")], { profile: profile({ licence, locationRef: "none" }) }),
    ).not.toContain("ref:ocpi:location:id");
  });
});

test("the changeset says what the profile does, and the date of the data", async () => {
  const changeset = { comment: "Stations of <Example> & Co", source: "Example feed" };
  const elements = readXml(
    await run([fixture("demo.json")], { profile: profile({ changeset }), asOf: "2026-11-21" }),
  );
  const tags = elements.slice(elements.findIndex(({ name }) => name === "changeset") + 1).slice(0, 2);
  expect(tags.map(({ attributes }) => attributes)).toEqual([
    { k: "comment", v: "Stations of <Example> & Co" },
    { k: "source", v: "Example feed, 2026-11-21" },
  ]);
});

describe("--country", () => {
  const kept = async (country: string[], inputs = [fixture("demo.json")]) => {
    const output = await run(inputs, { country, output: path("c.ndjson"), report: path("c.json") });
    const { counts } = reportSchema.parse(readJson(path("c.json")));
    return { lines: jsonLines(output).length, counts };
  };
  test.each([
    [["DE"], 2],
    [["deu"], 2],
    [["DE", "at"], 3],
    [["IS"], 0],
  ])("%s keeps only its own, and lists the others as skipped", async (country, lines) => {
    expect(await kept(country)).toEqual({
      lines,
      counts: { read: 12, emitted: lines, skipped: { "other-country": 12 - lines }, rejected: {} },
    });
  });

  test("goes by the position where the record states no country", async () => {
    writeFileSync(
      path("nowhere.json"),
      `[${locationJson("a", { country: undefined, country_code: undefined })}]`,
    );
    expect((await kept(["LT"], [path("nowhere.json")])).lines).toBe(1);
    expect((await kept(["LV"], [path("nowhere.json")])).lines).toBe(0);
  });
});

describe("--charge-points", () => {
  const stations = [fixture("ocpi/evse-positions.json"), fixture("demo.json")];
  test("adds nodes, each with an id of its own; what is written without them stays", async () => {
    const idsOf = (text: string) => [...text.matchAll(/<node id="(-\d+)"/g)].map(([, id]) => Number(id));
    const without = await run(stations);
    const withThem = await run(stations, { chargePoints: true });
    expect(withThem).toBe(
      await run(stations, { profile: profile({ chargePoints: true }) }).then((text) =>
        sameHead(text, withThem),
      ),
    );
    expect(withThem.match(/man_made/g)).not.toBeNull();
    const ids = idsOf(withThem);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toEqual(ids.toSorted((a, b) => b - a));
    expect(ids.length).toBe(idsOf(without).length + (withThem.match(/man_made/g)?.length ?? 0));
  });

  test("ids depend on a record's place alone, so what others become does not move them", async () => {
    const idOf = (text: string, id: string) => new RegExp(`<node id="(-\\d+)"[^]*?"${id}"`).exec(text)?.[1];
    const records = [locationJson("a"), locationJson("b"), locationJson("c")];
    const spoilt = [locationJson("a", { publish: false }), records[1], records[2]];
    writeFileSync(path("three.json"), `[${records.join()}]`);
    writeFileSync(path("spoilt.json"), `[${spoilt.join()}]`);
    for (const chargePoints of [false, true]) {
      const whole = await run([path("three.json")], { chargePoints });
      const fewer = await run([path("spoilt.json")], { chargePoints });
      expect(lastId(fewer)).toBe(lastId(whole));
    }
    expect(idOf(await run([path("three.json")]), "a")).toBe("-1");
  });
});

test("a hundred answers of HERE in a folder are one feed", async () => {
  const here = temporaryFolder();
  try {
    const answer = readFileSync(fixture("here-v3/responses/one.json"), "utf8");
    const id = z.object({ id: z.string() }).parse(JSON.parse(answer)).id;
    for (let i = 0; i < 100; i++)
      writeFileSync(
        join(here.path, `${i}.json`),
        answer.replace(id, `${id.slice(0, -2)}${`${i}`.padStart(2, "0")}`),
      );
    writeFileSync(join(here.path, "fetched.log"), "100 answers");
    const output = await run([here.path], { output: path("here.ndjson"), report: path("here.json") });
    expect(jsonLines(output)).toHaveLength(100);
    const { counts, inputs } = reportSchema.parse(readJson(path("here.json")));
    expect(counts).toMatchObject({ read: 100, emitted: 100 });
    expect(inputs).toHaveLength(100);
  } finally {
    here.remove();
  }
});

test("a bad country, threshold or profile is a usage error before anything is written", async () => {
  for (const options of [
    { country: ["XX"] },
    { maxRejects: "many" },
    { profile: path("no.jsonc") },
    { output: path("x.json") },
  ]) {
    const code = await run(["missing.json"], options).then(() => 0, exitCodeOf);
    expect({ options, code }).toEqual({ options, code: 2 });
  }
});

test("the report's config hash tells settings that decide the output from those that do not", async () => {
  const hashOf = async (options: Readonly<Record<string, unknown>>): Promise<string> => {
    await run([fixture("demo.json")], { ...options, report: path("hash.json") });
    return reportSchema.parse(readJson(path("hash.json"))).config_hash;
  };
  const plain = await hashOf({});
  expect(await hashOf({ progress: "always", rejects: path("r.ndjson"), output: path("other.osm") })).toBe(
    plain,
  );
  expect(await hashOf({ country: ["DE", "AT"] })).toBe(await hashOf({ country: ["AUT", "DEU"] }));
  const decisive = [
    { chargePoints: true },
    { tags: "extended" },
    { country: ["DE"] },
    { asOf: "2026-01-01" },
  ];
  const hashes = [plain];
  for (const options of [...decisive, { format: "csv" }, { profile: profile({}) }, { maxRejects: "3" }])
    hashes.push(await hashOf(options));
  expect(new Set(hashes).size).toBe(hashes.length);
});

/** The document `text` with the head of `other`, which the profile's name changes. */
function sameHead(text: string, other: string): string {
  const end = (document: string) => document.indexOf("<node ");
  return other.slice(0, end(other)) + text.slice(end(text));
}

function lastId(document: string): string | undefined {
  return [...document.matchAll(/<node id="(-\d+)"/g)].at(-1)?.[1];
}
