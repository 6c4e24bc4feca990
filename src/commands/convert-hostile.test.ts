import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { checkElement } from "../osm/limits.js";
import { itWithOsmium, osmium } from "../osm/osmium.test-support.js";
import { HOSTILE_TEXTS, readXml } from "../osm/xml.test-support.js";
import { readCsv } from "../proposals/csv.test-support.js";
import { FORM_NAMES } from "../proposals/output-form.js";
import { temporaryFolder } from "../runs/compiled.test-support.js";
import { RunError, exitCodeOf } from "../runs/exit-codes.js";
import type { ConvertOptions } from "./convert.js";
import { converted, nodesIn, optionsOf } from "./convert.test-support.js";
import { jsonLines, locationJson } from "./run-cli.test-support.js";

const folder = temporaryFolder();
afterAll(() => folder.remove());
const path = (name: string) => join(folder.path, name);

/** Options with everything switched on, for a feed of this content. */
function convertingAll(content: string | Uint8Array, form: ConvertOptions["form"] = "osm"): ConvertOptions {
  writeFileSync(path("feed.json"), content);
  const options = optionsOf(folder.path, [path("feed.json")], form);
  return { ...options, tagging: { ...options.tagging, extended: true, name: true, chargePoints: true } };
}

/** A list of this record and a good one. */
const besideGood = (record: string) => `[${record},${locationJson("good")}]`;
const place = '"coordinates":{"latitude":"54.1","longitude":"25.1"}';
const deep = (open: string, close: string) => open.repeat(100_000) + close.repeat(100_000);

describe("a record that is strange harms neither the run nor its neighbour", () => {
  test.each([
    ["null", "null", { rejected: { "not-an-object": 1 } }],
    ["a list in the list", "[]", { rejected: { "not-an-object": 1 } }],
    ["no object", '"text"', { rejected: { "not-an-object": 1 } }],
    ["nothing in it", "{}", { rejected: { "no-id": 1 } }],
    ["no JSON", '{"id":"a","evses":[],x}', { rejected: { "bad-json": 1 } }],
    [
      "lists a hundred thousand deep",
      `{"id":"a",${place},"evses":[{}],"x":${deep("[", "]")}}`,
      { emitted: 2 },
    ],
    ["EVSEs that deep", `{"id":"a",${place},"evses":${deep('{"a":', "}").replace("{}", "{1}")}}`, {}],
    [
      "over the size limit",
      `{"id":"a",${place},"evses":[{}],"x":"${"y".repeat(17 << 20)}"}`,
      { rejected: { "too-large": 1 } },
    ],
    ["an id of a million letters", `{"id":"${"a".repeat(1e6)}",${place},"evses":[{}]}`, { emitted: 2 }],
    [
      "an id of a million digits",
      `{"id":${"1".repeat(1e6)},${place},"evses":[{}]}`,
      { rejected: { "no-id": 1 } },
    ],
    [
      "ten thousand EVSEs",
      `{"id":"a",${place},"evses":[${Array(10_000).fill('{"evse_id":"LT*ABC*E1"}').join()}]}`,
      { emitted: 2 },
    ],
    [
      "names of object parts",
      `{"__proto__":{"publish":false},"id":"__proto__","party_id":"constructor",${place},` +
        `"operator":{"name":"__proto__"},"hasOwnProperty":1,"toString":{},` +
        `"evses":[{"status":"constructor","connectors":[{"standard":"__proto__","power_type":"toString"}]}]}`,
      { emitted: 2 },
    ],
  ])("%s", async (_what, record, counts) => {
    const { output, report } = await converted(convertingAll(besideGood(record)));
    expect(report.counts).toMatchObject({ read: 2, ...counts });
    expect(output.toString()).toContain("LT*ABC*EGOOD");
    expect(nodesIn(output).flatMap((node) => checkElement(node))).toEqual([]);
  });
});

test("a record over the size limit is read as tokens", async () => {
  const record = `{"id":"a",${place},"evses":[{}],"x":"${"y".repeat(17 << 20)}"}`;
  const options = convertingAll(besideGood(record), "ndjson");
  const { report } = await converted({ ...options, read: { source: "auto", reader: "tokens" } });
  expect(report.counts).toMatchObject({ read: 2, emitted: 2 });
});

test.each([
  ["a million brackets", "[".repeat(1_000_000)],
  ["a hundred thousand lists in one another", deep("[", "]")],
  ["a hundred thousand objects in one another", deep('{"data":', "}")],
  ["a list of lists of nothing", "[[]]"],
  ["a string without an end", `["${"a".repeat(1 << 20)}`],
  ["zeros", Buffer.alloc(100_000)],
])("%s are no feed", async (_what, content) => {
  const code = await converted(convertingAll(content)).then(() => 0, exitCodeOf);
  expect(code).toBe(3);
});

test("of a hundred thousand tiny records none is lost", async () => {
  const records = Array.from({ length: 100_000 }, (_, id) => `{"id":${id},"evses":[]}`);
  const { report } = await converted(convertingAll(`[${records.join()}]`));
  expect(report.counts).toMatchObject({ read: 100_000, rejected: { "bad-coordinates": 100_000 } });
  expect(report.listed).toHaveLength(10_000);
  expect(report.not_listed).toBe(90_000);
});

/** A feed with a hostile text wherever a text can stand. */
function feedOf(texts: readonly string[]): string {
  const records = texts.map((text, i) => {
    const connectors = [{ id: text, standard: "IEC_62196_T2", format: text, power_type: text }];
    const evses = [
      {
        uid: text,
        evse_id: text,
        physical_reference: text,
        floor_level: text,
        capabilities: [text],
        connectors,
      },
      { evse_id: "LT*ABC*E1", coordinates: { latitude: "54.688", longitude: "25.2797" }, connectors },
    ];
    const names = { name: text, operator: { name: text }, party_id: text, time_zone: text, [text]: text };
    return locationJson(`${text}${i}`, { ...names, evses });
  });
  return `[${records.join()}]`;
}

itWithOsmium("hostile texts come out as values that are safe in every form", async () => {
  const content = feedOf(HOSTILE_TEXTS);
  for (const form of FORM_NAMES) {
    const { output, report } = await converted(convertingAll(content, form));
    const text = output.toString();
    expect(report.counts.emitted).toBe(HOSTILE_TEXTS.length);
    // oxlint-disable-next-line no-control-regex -- control characters are what must not be there
    if (form !== "osm") expect(text).not.toMatch(/[\u0000-\u0008\u000B\u000C\u000E-\u001F]/);
    if (form === "osm") {
      const nodes = nodesIn(output);
      expect(nodes.flatMap((node) => checkElement(node))).toEqual([]);
      expect(new Set(readXml(text).map(({ name }) => name))).toEqual(
        new Set(["osm", "bounds", "changeset", "node", "tag"]),
      );
      expect(osmium(text, "fileinfo", "-e", "-g", "data.count.nodes").trim()).toBe(`${nodes.length}`);
    } else if (form === "csv") {
      const cells = readCsv(text).flat();
      expect(cells.filter((cell) => /^[=+@\t\r]/.test(cell) || /^-(?![\d.]+$)/.test(cell))).toEqual([]);
    } else if (form === "geojson") JSON.parse(text);
    else
      expect(jsonLines(text)).toHaveLength(
        form === "geojsonl" ? HOSTILE_TEXTS.length * 2 : HOSTILE_TEXTS.length,
      );
  }
});

test("any bytes at all are converted or refused in good order", async () => {
  const start = Buffer.from(besideGood(locationJson("a")));
  await fc.assert(
    fc.asyncProperty(
      fc.nat(start.length - 1),
      fc.uint8Array({ maxLength: 8 }),
      fc.nat(8),
      async (at, bytes, gone) => {
        const content = Buffer.concat([start.subarray(0, at), bytes, start.subarray(at + gone)]);
        const failure = await converted(convertingAll(content)).then(
          () => undefined,
          (error: unknown) => error,
        );
        if (failure !== undefined)
          expect([failure instanceof RunError, exitCodeOf(failure)]).toEqual([true, 3]);
      },
    ),
    { numRuns: 300 },
  );
});

itWithOsmium("real feeds, where they are at hand, become documents osmium reads", async () => {
  const feeds = join("..", "shared", "feeds");
  if (!existsSync(feeds)) {
    process.stderr.write("no real feeds beside this checkout: nothing to convert\n");
    return;
  }
  for (const name of readdirSync(feeds).filter((name) => name.endsWith(".json"))) {
    const options = optionsOf(folder.path, [join(feeds, name)]);
    const { output, report } = await converted({
      ...options,
      tagging: { ...options.tagging, chargePoints: true },
    });
    expect(report.counts.emitted).toBeGreaterThan(0);
    const nodes = nodesIn(output);
    expect(nodes.flatMap((node) => checkElement(node))).toEqual([]);
    expect(osmium(output.toString(), "fileinfo", "-e", "-g", "data.count.nodes").trim()).toBe(
      `${nodes.length}`,
    );
  }
});
