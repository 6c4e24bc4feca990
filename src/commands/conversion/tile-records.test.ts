import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { temporaryFolder } from "../../runs/compiled.test-support.js";
import { converted, optionsOf } from "../convert.test-support.js";
import { jsonLines } from "../run-cli.test-support.js";

const folder = temporaryFolder();
afterAll(() => folder.remove());

/** A tile of one location, whose operator and EVSEs are in the tile's own lists. */
function tile(id: string, operator: string, { name = "Site", before = 0 } = {}): string {
  const others = Array.from({ length: before }, (_, index) => ({ name: `Other ${index}` }));
  return JSON.stringify({
    partitionName: "1",
    chargingLocation: [
      {
        id,
        name,
        geometry: { latitude: 52.52, longitude: 13.38 },
        operatorIndex: before,
        evsesIndex: [0],
      },
    ],
    evse: [{ uid: "1", connectors: [{ standard: "MCS" }] }],
    businessDetails: [...others, { name: operator }],
  });
}

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder.path, name);
  writeFileSync(path, content);
  return path;
}

async function conversionOf(inputs: readonly string[]) {
  const { output, report, rejects } = await converted(optionsOf(folder.path, inputs, "ndjson"));
  const tagged = z.object({ tags: z.record(z.string(), z.string()) });
  return {
    counts: report.counts,
    operators: jsonLines(output).map((line) => tagged.parse(line).tags["operator"]),
    details: rejects.map((reject) => z.object({ detail: z.string() }).parse(reject).detail),
  };
}

describe("T1.4: a Location that comes again at a tile's border", () => {
  const start = tile("x", "a").indexOf('{"id"');
  const place = (path: string) => `the record at byte ${start} of ${path}`;

  test.each([
    ["the same in all it points at", "a", {}, (first: string) => `identical to ${place(first)}`],
    [
      "another operator at the same index",
      "b",
      {},
      (first: string) => `differs from ${place(first)} in operator`,
    ],
    [
      "the same operator at another index",
      "a",
      { before: 2 },
      (first: string) => `the same as ${place(first)}; the parts it shares stand elsewhere in its tile`,
    ],
    [
      "another name and operator",
      "b",
      { name: "Other" },
      (first: string) => `differs from ${place(first)} in name, operator`,
    ],
  ])("is compared with what it points at in its own tile: %s", async (_what, operator, other, detail) => {
    const first = file("1.json", tile("x", "a"));
    const { counts, details, operators } = await conversionOf([
      first,
      file("2.json", tile("x", operator, other)),
    ]);
    expect(counts).toMatchObject({ read: 2, emitted: 1, skipped: { "duplicate-id": 1 } });
    expect(operators).toEqual(["a"]);
    expect(details).toEqual([detail(first)]);
  });

  test("is not said to be identical where the first tile cannot be read a second time", async () => {
    const first = file("1.json.gz", gzipSync(tile("x", "a")));
    const { details } = await conversionOf([first, file("2.json.gz", gzipSync(tile("x", "b")))]);
    expect(details).toEqual([
      `like ${place(first)}, as far as it says itself; the parts they share with others of their tiles were not compared`,
    ]);
  });

  test("is found in one file of several tiles", async () => {
    const lines = file(
      "lines.ndjson",
      `${tile("x", "a")}\n${tile("y", "b")}\n${tile("x", "c")}\n${tile("y", "b")}\n`,
    );
    const { details } = await conversionOf([lines]);
    expect(details).toEqual([
      `differs from ${place(lines)} in operator`,
      `identical to the record at byte ${tile("x", "a").length + 1 + start} of ${lines}`,
    ]);
  });
});

test.each([
  ["a tile a line", "\n"],
  ["one after the other", " "],
])("a small file of several tiles, %s: each record has the parts of its own tile", async (_what, between) => {
  const tiles = [tile("x", "a"), tile("y", "b"), '{"partitionName":"3"}', tile("z", "c")];
  const { operators, counts } = await conversionOf([file("several.json", tiles.join(between))]);
  expect(operators).toEqual(["a", "b", "c"]);
  expect(counts).toMatchObject({ read: 3, emitted: 3 });
});
