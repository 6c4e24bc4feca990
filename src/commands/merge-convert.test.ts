/** `convert --shard` and `merge`: the single run, byte for byte. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { FORM_NAMES, type FormName } from "../proposals/output-form.js";
import { temporaryFolder } from "../runs/compiled.test-support.js";
import { reportSchema } from "../runs/report.js";
import type { ConvertOptions } from "./convert.js";
import { convert } from "./convert.js";
import { SILENT, optionsOf } from "./convert.test-support.js";
import { merged, mixedFeeds, shardsOf, withoutRun } from "./merge.test-support.js";
import { CLI, generateFeed, locationJson, readJson, runCli, runShell } from "./run-cli.test-support.js";

const folder = temporaryFolder();
afterAll(() => folder.remove());
const path = (name: string) => join(folder.path, name);
const COUNTS = [1, 2, 3, 7];

let feeds: string[];
beforeAll(() => {
  mkdirSync(path("feeds"));
  feeds = mixedFeeds(path("feeds"));
});

interface Written {
  readonly output: string;
  readonly report: string;
  readonly rejects: string;
}

/** What stands under the names that both ways of doing it write to. */
function written({ output, report = "", rejects = "" }: ConvertOptions): Written {
  return {
    output: readFileSync(output, "latin1"),
    report: withoutRun(readFileSync(report, "utf8")),
    rejects: readFileSync(rejects, "utf8"),
  };
}

async function inParts(options: ConvertOptions, of: number): Promise<Written> {
  const { output, report, rejects } = options;
  for (const file of [output, report ?? "", rejects ?? ""]) writeFileSync(file, "not written");
  const parts = await shardsOf(options, of, folder.path);
  await merged(parts.toReversed(), output, { report, rejects });
  return written(options);
}

async function atOnce(options: ConvertOptions): Promise<Written> {
  await convert(options, SILENT);
  return written(options);
}

function expectSame(made: Written, expected: Written, what: string): void {
  // Compared before `expect`, which would print megabytes.
  const differing = [
    made.output === expected.output ? "" : "output",
    made.report === expected.report ? "" : "report",
    made.rejects === expected.rejects ? "" : "rejects",
  ].filter((file) => file !== "");
  expect({ what, differing }).toEqual({ what, differing: [] });
}

describe("any number of parts gives the bytes of one run", () => {
  const cases = FORM_NAMES.flatMap((form) =>
    [false, true].map((chargePoints): [FormName, boolean] => [form, chargePoints]),
  );
  it.each(cases)(
    "as %s, charge points %s, every dialect",
    { timeout: 120_000 },
    async (form, chargePoints) => {
      const plain = optionsOf(folder.path, feeds, form);
      const options = { ...plain, tagging: { ...plain.tagging, chargePoints } };
      const expected = await atOnce(options);
      for (const of of COUNTS) expectSame(await inParts(options, of), expected, `${of} parts`);
    },
  );

  it("what is compared has every kind of record in it", () => {
    const { counts } = reportSchema.parse(readJson(path("report.json")));
    expect(counts.read).toBeGreaterThan(1000);
    expect(counts.skipped["duplicate-id"]).toBeGreaterThan(100);
    expect(Object.keys(counts.rejected).length).toBeGreaterThan(2);
    const rejects = readFileSync(path("rejects.ndjson"), "utf8");
    const told = ["identical to the record", "differs from the record", "the parts it shares"];
    expect(told.filter((words) => !rejects.includes(words))).toEqual([]);
  });

  it("with switches, a threshold and a date", async () => {
    const plain = optionsOf(folder.path, feeds, "ndjson");
    const options = {
      ...plain,
      tagging: { ...plain.tagging, extended: true, countries: new Set(["LT", "DE"]) },
      maxRejects: { limit: 90, percent: true },
      asOf: "2026-11-01",
    };
    const expected = await atOnce(options);
    expectSame(await inParts(options, 3), expected, "3 parts");
  });

  it("by the other reader, whose records have no places", async () => {
    const plain = optionsOf(folder.path, feeds.slice(0, 4), "csv");
    const options = { ...plain, read: { ...plain.read, reader: "tokens" } } satisfies ConvertOptions;
    const expected = await atOnce(options);
    expectSame(await inParts(options, 3), expected, "3 parts");
  });

  it("where a feed has fewer records than there are parts, or none", async () => {
    for (const text of [`[${locationJson("1")}]`, "[]"]) {
      writeFileSync(path("few.json"), text);
      const options = optionsOf(folder.path, [path("few.json")]);
      const expected = await atOnce(options);
      expectSame(await inParts(options, 3), expected, text.slice(0, 10));
    }
  });

  it("where a record is over the size limit", { timeout: 60_000 }, async () => {
    const large = locationJson("2", { name: "x".repeat(17 << 20) });
    writeFileSync(path("large.ndjson"), `${locationJson("1")}\n${large}\n${locationJson("3")}\n`);
    const options = optionsOf(folder.path, [path("large.ndjson")]);
    const expected = await atOnce(options);
    expect(expected.rejects).toContain("too-large");
    expectSame(await inParts(options, 2), expected, "2 parts");
  });
});

describe("of a program run in parts", () => {
  beforeAll(() => generateFeed(path("feed.json"), 700));

  it.each(["0", "2"])(
    "stdin is read by every shard, on %s threads; - takes the result",
    async (workers) => {
      const lines = [
        `$CLI convert - --format csv < feed.json > one.csv`,
        ...COUNTS.map(
          (k) =>
            `cat feed.json | $CLI convert - --format csv --shard ${k}/7 --workers ${workers} -o ${k}.part`,
        ),
        `for k in 4 5 6; do cat feed.json | $CLI convert - --format csv --shard $k/7 -o $k.part; done`,
        `$CLI merge [1-7].part -o - > merged.csv`,
        `cat feed.json | $CLI convert - --format csv > piped.csv`,
        `cmp piped.csv merged.csv`,
      ];
      const { code, stderr } = await runShell(`set -e; ${lines.join("; ")}`, folder.path);
      expect({ code, stderr }).toMatchObject({ code: 0 });
      expect(readFileSync(path("merged.csv"), "utf8").split("\n").length).toBeGreaterThan(600);
    },
    60_000,
  );

  it("a threshold is judged on all records: by merge, which may be given another", async () => {
    const shards = [1, 2].map(
      (k) => `$CLI convert feed.json --shard ${k}/2 --max-rejects 0 -o t${k}.part --quiet`,
    );
    expect(await runShell(shards.join(" && "), folder.path)).toMatchObject({ code: 0 });
    const parts = [path("t1.part"), path("t2.part")];
    const refused = await runCli(["merge", ...parts, "-o", path("refused.osm"), "--report", path("r.json")]);
    expect(refused).toMatchObject({ code: 4 });
    expect(reportSchema.parse(readJson(path("r.json"))).output).toBeUndefined();
    const allowed = await runCli(["merge", ...parts, "-o", path("allowed.osm"), "--max-rejects", "50%"]);
    expect(allowed).toMatchObject({ code: 0 });
    expect(() => readFileSync(path("refused.osm"))).toThrow("ENOENT");
  });

  it("memory stays flat: ten times the feed takes no more", { timeout: 120_000 }, async () => {
    const peaks: number[] = [];
    for (const locations of [2000, 20_000]) {
      generateFeed(path("sized.json"), locations);
      const shards = [1, 2].map(
        (k) => `$CLI convert sized.json --shard ${k}/2 -o s${k}.part --workers 0 --quiet`,
      );
      expect(await runShell(shards.join(" && "), folder.path)).toMatchObject({ code: 0 });
      const line = `${process.execPath} --import "data:text/javascript,process.on('exit',()=>console.log(process.resourceUsage().maxRSS))" ${CLI} merge s1.part s2.part -o s.osm --quiet`;
      const { code, stdout } = await runShell(line, folder.path);
      expect(code).toBe(0);
      peaks.push(Number(stdout));
    }
    expect(peaks[1]).toBeLessThan((peaks[0] ?? 0) + 60_000);
  });
});
