/** What `merge` refuses: it must never take the wrong parts for a run. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { temporaryFolder } from "../../runs/compiled.test-support.js";
import { openOutput } from "../../runs/output-file.js";
import { TOOL } from "../../version.js";
import { SILENT, optionsOf } from "../convert.test-support.js";
import { convertShard } from "./convert-shard.js";
import { feedText, refusal } from "../diff.test-support.js";
import { merged, shardsOf } from "../merge.test-support.js";
import { readJson } from "../run-cli.test-support.js";
import { openPart } from "./shard-part-reader.js";
import { PartWriter } from "./shard-part-writer.js";

const folder = temporaryFolder();
afterAll(() => folder.remove());
const path = (name: string) => join(folder.path, name);
const output = path("merged.osm");

let parts: string[];
let [first, second, third] = ["", "", ""];
beforeAll(async () => {
  writeFileSync(path("feed.json"), feedText(250));
  parts = await shardsOf(optionsOf(folder.path, [path("feed.json")]), 3, folder.path);
  [first = "", second = "", third = ""] = parts;
});

/** A part made otherwise. */
async function strange(
  number: number,
  change: Partial<ReturnType<typeof optionsOf>>,
  of = 3,
): Promise<string> {
  const file = path("strange.part");
  const options = optionsOf(folder.path, [path("feed.json")]);
  await convertShard({ ...options, ...change, output: file }, { number, of }, SILENT);
  return file;
}

async function refused(given: readonly string[]): Promise<{ code: number; message: string }> {
  const why = await refusal(merged(given, output));
  expect(existsSync(output)).toBe(false);
  return why;
}

describe("merge refuses, and writes nothing,", () => {
  it("when parts are missing: it says which", async () => {
    expect(await refused([second])).toEqual({
      code: 2,
      message: "of 3 parts 2 are missing: 1, 3; run --shard 1/3 and give its part, too",
    });
  });

  it("when a part is there twice", async () => {
    writeFileSync(path("copy.part"), readFileSync(second));
    expect(await refused([first, second, third, path("copy.part")])).toMatchObject({
      code: 2,
      message: expect.stringMatching(/copy\.part.* are both part 2 of 3/),
    });
  });

  it("when they are of runs with other settings, inputs or numbers of parts", async () => {
    const other = async (made: Promise<string>): Promise<unknown> => refused([first, second, await made]);
    const message = (what: string): unknown => ({ code: 2, message: expect.stringContaining(what) });
    const settings = strange(3, { asOf: "2026-01-01", form: "csv" });
    expect(await other(settings)).toEqual(message("the settings differ (form, asOf)"));
    expect(await other(strange(3, {}, 4))).toEqual(message("the numbers of parts differ (3 and 4)"));
    const renamed = path("renamed.json");
    writeFileSync(renamed, readFileSync(path("feed.json")));
    expect(await other(strange(3, { inputs: [renamed] }))).toEqual(message(`feed.json and ${renamed}`));
    const another = strange(3, { inputs: [renamed, path("feed.json")] });
    expect(await other(another)).toEqual(message("the inputs differ (1 and 2 files)"));
    const before = readFileSync(path("feed.json"), "utf8");
    writeFileSync(path("feed.json"), before.replace("LTU", "LVA"));
    const changed = await strange(3, {});
    writeFileSync(path("feed.json"), before);
    expect(await refused([first, second, changed])).toEqual(message("feed.json was not the same in both"));
  });

  it("when another version wrote them", async () => {
    const { part, about } = await openPart(third, TOOL.version);
    await part.close();
    const old = await openOutput(path("old.part"));
    await new PartWriter(old).end({ ...about, tool: "0.0.1" });
    await old.commit();
    expect(await refused([first, second, path("old.part")])).toMatchObject({
      code: 2,
      message: expect.stringMatching(/written by version 0\.0\.1, and this is .*of one version/),
    });
  });

  it("when one is missing, is a feed, or is a part of itself", async () => {
    expect(await refused([first, second, path("none.part")])).toMatchObject({ code: 3 });
    expect(await refused([first, second, path("feed.json")])).toMatchObject({
      code: 3,
      message: expect.stringContaining("this is no part; merge takes what --shard wrote"),
    });
  });

  it("when the parts are not files: it says what to give", async () => {
    expect(await refused(["-"])).toMatchObject({ code: 2, message: expect.stringContaining("stdin") });
    const given = `${folder.path}/*.part`;
    expect(await refused([folder.path])).toMatchObject({ code: 2, message: expect.stringContaining(given) });
  });

  it("when it is to be written over one of its parts or the feed, or named like another form", async () => {
    expect(await refusal(merged(parts, first))).toMatchObject({ code: 2 });
    for (const over of [{ report: path("feed.json") }, { rejects: path("feed.json") }])
      expect(await refusal(merged(parts, output, over))).toMatchObject({
        code: 2,
        message: expect.stringContaining("feed.json is both an input"),
      });
    expect(await refusal(merged(parts, path("merged.osm.gz")))).toMatchObject({ code: 2 });
    expect(await refusal(merged(parts, path("merged.csv")))).toMatchObject({
      code: 2,
      message: expect.stringContaining("made with --format osm"),
    });
    expect(await refusal(merged(parts, output, { exitCode: true }))).toMatchObject({ code: 2 });
  });

  it("when a part was cut off anywhere", async () => {
    const whole = readFileSync(third);
    const cut = path("cut.part");
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: whole.length - 1 }), async (length) => {
        writeFileSync(cut, whole.subarray(0, length));
        expect(await refused([first, second, cut])).toMatchObject({ code: 3 });
      }),
      { numRuns: 60 },
    );
  });

  it("when any byte of a part is another", { timeout: 60_000 }, async () => {
    const whole = readFileSync(third);
    const damaged = path("damaged.part");
    await fc.assert(
      fc.asyncProperty(
        fc.nat({ max: whole.length - 1 }),
        fc.integer({ min: 1, max: 255 }),
        async (at, bits) => {
          const bytes = Buffer.from(whole);
          bytes[at] = (bytes[at] ?? 0) ^ bits;
          writeFileSync(damaged, bytes);
          expect(await refused([first, second, damaged])).toMatchObject({ code: 3 });
        },
      ),
      { numRuns: 150 },
    );
  });
});

it("a name that says only that it is JSON takes what the parts were made with", async () => {
  const options = optionsOf(folder.path, [path("feed.json")], "geojson");
  await merged(await shardsOf(options, 1, folder.path), path("merged.json"));
  expect(readJson(path("merged.json"))).toMatchObject({ type: "FeatureCollection" });
});

describe("a shard refuses", () => {
  it("to write its part over the feed", async () => {
    const options = optionsOf(folder.path, [path("feed.json")]);
    const over = convertShard({ ...options, output: path("feed.json") }, { number: 1, of: 2 }, SILENT);
    expect(await refusal(over)).toMatchObject({ code: 2 });
  });

  it("a feed that cannot be read to its end: no part is left", async () => {
    writeFileSync(path("cut.json"), feedText(150).slice(0, -40));
    const options = { ...optionsOf(folder.path, [path("cut.json")]), output: path("none.part") };
    expect(await refusal(convertShard(options, { number: 1, of: 2 }, SILENT))).toMatchObject({ code: 3 });
    expect(existsSync(path("none.part"))).toBe(false);
  });
});
