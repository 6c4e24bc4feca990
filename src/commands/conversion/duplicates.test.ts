import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { FORM_NAMES, type FormName } from "../../proposals/output-form.js";
import { temporaryFolder } from "../../runs/compiled.test-support.js";
import { converted, optionsOf } from "../convert.test-support.js";
import { Duplicates } from "./duplicates.js";
import { fixture, jsonLines, locationJson, runCli } from "../run-cli.test-support.js";
import type { InputRun } from "./source-run.js";

const folder = temporaryFolder();
afterAll(() => folder.remove());
const path = (name: string) => join(folder.path, name);

function feed(name: string, content: string | Uint8Array): string {
  writeFileSync(path(name), content);
  return path(name);
}

const skippedSchema = z.object({
  file: z.string(),
  byte: z.int(),
  id: z.string(),
  reason: z.literal("duplicate-id"),
  detail: z.string(),
});
const details = (rejects: readonly unknown[]) => rejects.map((reject) => skippedSchema.parse(reject).detail);
const idsIn = (output: Buffer) =>
  jsonLines(output).map(
    (line) => z.object({ location: z.object({ id: z.string() }) }).parse(line).location.id,
  );

describe("a Location that comes again", () => {
  const a = locationJson("a");
  const renamed = locationJson("A", { name: "Other", evses: [{ uid: "1", connectors: [] }] });

  test("is left out, and told apart from the first: identical, or the fields that differ", async () => {
    const file = feed("twice.json", `[${a},${locationJson("b")},${a},${renamed}]`);
    const { output, report, rejects } = await converted(optionsOf(folder.path, [file], "ndjson"));
    expect(idsIn(output)).toEqual(["a", "b"]);
    expect(report.counts).toEqual({ read: 4, emitted: 2, skipped: { "duplicate-id": 2 }, rejected: {} });
    expect(details(rejects)).toEqual([
      `identical to the record at byte 1 of ${file}`,
      `differs from the record at byte 1 of ${file} in evses, id, name`,
    ]);
  });

  test("is identical whatever the order of its keys and its blanks", async () => {
    const entries = Object.entries(z.record(z.string(), z.unknown()).parse(JSON.parse(a)));
    const reordered = JSON.stringify(Object.fromEntries(entries.toReversed()), undefined, 3);
    const { rejects } = await converted(optionsOf(folder.path, [feed("order.json", `[${a},${reordered}]`)]));
    expect(details(rejects)).toEqual([expect.stringMatching(/^identical to/)]);
  });

  test("is found in another file, also a compressed one or another form; the first file by name is kept", async () => {
    const files = [
      feed("1.ndjson", `${locationJson("x")}\n${a}\n`),
      feed("2.json.gz", gzipSync(`[${a},${locationJson("y")}]`)),
      feed("3.json", `{"data":[${locationJson("y", { name: "Y" })},${a}]}`),
    ];
    const { output, rejects } = await converted(optionsOf(folder.path, files.toReversed(), "ndjson"));
    expect(idsIn(output)).toEqual(["x", "a", "y"]);
    const at = Buffer.byteLength(locationJson("x")) + 1;
    expect(details(rejects)).toEqual([
      `identical to the record at byte ${at} of ${files[0]}`,
      `differs from the record at byte ${Buffer.byteLength(a) + 2} of ${files[1]} in name`,
      `identical to the record at byte ${at} of ${files[0]}`,
    ]);
  });

  test("is found in stdin, which cannot be read a second time", async () => {
    const args = ["convert", "-", "--format", "ndjson", "--rejects", path("stdin.ndjson")];
    const { code, stdout } = await runCli(args, { stdin: `[${a},${a},${renamed}]` });
    expect({ code, ids: idsIn(stdout) }).toEqual({ code: 0, ids: ["a"] });
    expect(details(jsonLines(readFileSync(path("stdin.ndjson"))))).toEqual([
      "identical to the record at byte 1 of -",
      "differs from the record at byte 1 of - in evses, id, name",
    ]);
  });

  test("is found by the token reader", async () => {
    const options = optionsOf(folder.path, [feed("tokens.json", `[${a},${a},${renamed}]`)], "ndjson");
    const { output, rejects } = await converted({ ...options, read: { source: "auto", reader: "tokens" } });
    expect(idsIn(output)).toEqual(["a"]);
    expect(rejects).toMatchObject([
      { detail: expect.stringMatching(/^identical to/) },
      { detail: expect.stringMatching(/^differs from .* in evses, id, name$/) },
    ]);
  });
});

test.each([
  ["other JSON", '{"id":"b"}', /^differs from .* in id$/],
  ["no JSON any more", "[[[[[[[[", /^not compared with .*, which has changed since it was read$/],
])("a file that holds %s by the time a duplicate comes is no reason to stop", async (_what, now, detail) => {
  const bytes = new Uint8Array(Buffer.from('{"id":"a"}{"id":"a"}'));
  const input: InputRun["input"] = {
    name: "feed.json",
    size: bytes.length,
    seekable: true,
    open: () => {
      throw new Error("not to be read again");
    },
    readAt: () => new Uint8Array(Buffer.from(now)),
    close: () => undefined,
  };
  const format: InputRun["format"] = {
    source: "ocpi",
    framing: "documents",
    version: undefined,
    description: "",
  };
  const unread = { bytes: undefined, facts: undefined, fingerprint: undefined };
  const run = { number: 0, input, format, compressed: false, records: 0, ...unread };
  const batch = {
    bytes,
    spans: Uint32Array.of(0, 10, 10, 20),
    byteOffset: 0,
    firstRecord: 0,
    lines: undefined,
  };
  const duplicates = new Duplicates();
  expect(duplicates.check("key", run, batch, 0)).toBeUndefined();
  expect(await duplicates.check("key", run, batch, 1)?.detail()).toMatch(detail);
});

test("one id at two parties, or in two countries, is two Locations", async () => {
  const records = [
    locationJson("a"),
    locationJson("a", { party_id: "XYZ" }),
    locationJson("a", { country_code: "LV" }),
    locationJson("a", { country_code: "lt", party_id: "abc" }),
  ];
  const { report } = await converted(optionsOf(folder.path, [feed("parties.json", `[${records.join()}]`)]));
  expect(report.counts).toMatchObject({ read: 4, emitted: 3, skipped: { "duplicate-id": 1 } });
});

test("of two records only one of which is emitted, that one is written, wherever it stands", async () => {
  const unpublished = locationJson("a", { publish: false });
  const records = [unpublished, locationJson("a"), unpublished];
  const { report } = await converted(optionsOf(folder.path, [feed("states.json", `[${records.join()}]`)]));
  expect(report.counts).toMatchObject({ emitted: 1, skipped: { unpublished: 2 } });
});

/** The stations of a document, one by one. */
const STATIONS_IN: Readonly<Record<FormName, (document: string) => ArrayLike<unknown> | null>> = {
  osm: (document) => document.match(/<node /g),
  csv: (document) => document.match(/,amenity,/g),
  geojson: (document) => JSON.parse(document).features,
  geojsonl: jsonLines,
  ndjson: jsonLines,
  ocpi: jsonLines,
};

test.each(FORM_NAMES)("what is left out leaves a whole document: %s", async (form) => {
  const [a, b, c] = ["a", "b", "c"].map((id) => locationJson(id));
  const doubled = feed("doubled.json", `[${[a, a, a, b, a, b, c, c].join()}]`);
  const options = optionsOf(folder.path, [doubled], form);
  const { output } = await converted(options);
  expect(STATIONS_IN[form](output.toString())).toHaveLength(3);
});

test("bounds are those of what is written, not of what is left out", async () => {
  const far = locationJson("a", { coordinates: { latitude: "60", longitude: "30" } });
  const file = feed("far.json", `[${locationJson("a")},${far}]`);
  const { output } = await converted(optionsOf(folder.path, [file]));
  expect(output.toString()).toContain(
    '<bounds minlat="54.6872" minlon="25.2797" maxlat="54.6872" maxlon="25.2797"/>',
  );
});

test("the fixture", async () => {
  const { report } = await converted(optionsOf(folder.path, [fixture("ocpi/duplicate-ids.json")]));
  expect(report.counts).toEqual({ read: 5, emitted: 3, skipped: { "duplicate-id": 2 }, rejected: {} });
});
