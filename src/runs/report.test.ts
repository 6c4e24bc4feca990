import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { temporaryFolder } from "./compiled.test-support.js";
import { openOutput } from "./output-file.js";
import {
  configHash,
  reportJsonSchema,
  reportSchema,
  summaryLines,
  Tally,
  writeReport,
  type ListedRecord,
  type Report,
} from "./report.js";

const folder = temporaryFolder();
afterAll(() => folder.remove());

const rejected = (record: number, reason = "bad-coordinates"): ListedRecord => ({
  file: "a.json",
  record,
  byte: record * 100,
  id: `id${record}`,
  verdict: "rejected",
  reason,
  detail: "latitude 91",
});

function reportOf(tally: Tally): Report {
  return {
    report: 1,
    tool: { name: "ocpi2osm", version: "0.1.0" },
    config_hash: configHash({}),
    inputs: [],
    ...tally.results(),
    run: {
      started: "2026-03-01T00:00:00.000Z",
      finished: "2026-03-01T00:00:01.000Z",
      seconds: 1,
      workers: 0,
      node: "v20.20.2",
      platform: "linux-x64",
    },
  };
}

describe("counts", () => {
  test("nothing is lost: read = emitted + skipped + rejected", () => {
    const tally = new Tally();
    tally.addRead(4);
    tally.addEmitted(2);
    tally.addUnemitted(rejected(2));
    tally.addUnemitted({ ...rejected(3, "unpublished"), verdict: "skipped" });
    expect(tally.results().counts).toEqual({
      read: 4,
      emitted: 2,
      skipped: { unpublished: 1 },
      rejected: { "bad-coordinates": 1 },
    });
  });

  test.each([1, -1])("a balance that is off by %i is a failure, not a report", (off) => {
    const tally = new Tally();
    tally.addRead(3 + off);
    tally.addEmitted(2);
    tally.addUnemitted(rejected(2));
    expect(() => tally.results()).toThrow(/records were lost or invented/);
  });

  test("10,000 records are listed, the rest counted", () => {
    const tally = new Tally();
    tally.addRead(10_005);
    for (let i = 0; i < 10_005; i += 1) tally.addUnemitted(rejected(i));
    const { listed, not_listed, counts } = tally.results();
    expect([listed.length, listed.at(-1)?.record, not_listed]).toEqual([10_000, 9999, 5]);
    expect(counts.rejected).toEqual({ "bad-coordinates": 10_005 });
  });
});

describe("notes", () => {
  test("are counted, with their first three examples, sorted by code", () => {
    const tally = new Tally();
    const example = (record: number) => ({
      file: "a.json",
      record,
      id: "1",
      pointer: "/evses/0",
      detail: "x",
    });
    tally.addNotes("power-in-kw", "was kilowatts", 5, [example(1), example(2)]);
    tally.addNotes("power-in-kw", "was kilowatts", 2, [example(3), example(4)]);
    tally.addNotes("bad-field", "wrong type", 1, [example(0)]);
    const { notes } = tally.results();
    expect(Object.keys(notes)).toEqual(["bad-field", "power-in-kw"]);
    expect(notes["power-in-kw"]).toEqual({
      count: 7,
      meaning: "was kilowatts",
      examples: [example(1), example(2), example(3)],
    });
  });
});

describe("report.json", () => {
  test("is what its schema says, and the schema is a JSON Schema", async () => {
    const tally = new Tally();
    tally.addRead(1);
    tally.addUnemitted(rejected(0));
    const report = reportOf(tally);
    const output = await openOutput(join(folder.path, "report.json"));
    await writeReport(output, report);
    expect(existsSync(join(folder.path, "report.json"))).toBe(false);
    await output.commit();
    const text = readFileSync(join(folder.path, "report.json"), "utf8");
    expect(text.endsWith("}\n")).toBe(true);
    expect(reportSchema.parse(JSON.parse(text))).toEqual(report);
    expect(reportJsonSchema()).toMatchObject({ type: "object", properties: { report: { const: 1 } } });
  });

  test("does not depend on the order in which reasons first came", () => {
    const texts = [
      ["b", "a", "__proto__"],
      ["a", "__proto__", "b"],
    ].map((reasons) => {
      const tally = new Tally();
      tally.addRead(3);
      for (const reason of reasons) tally.addUnemitted(rejected(0, reason));
      return JSON.stringify(tally.results().counts);
    });
    expect(texts[0]).toBe(texts[1]);
    expect(texts[0]).toContain('"__proto__":1');
  });

  test("the config hash ignores the order of keys, not the values", () => {
    expect(configHash({ a: 1, b: { c: [1, 2], d: 2 } })).toBe(configHash({ b: { d: 2, c: [1, 2] }, a: 1 }));
    expect(configHash({ a: [1, 2] })).not.toBe(configHash({ a: [2, 1] }));
  });
});

describe("the summary", () => {
  const busy = () => {
    const tally = new Tally();
    tally.addRead(1030);
    tally.addEmitted(1000);
    for (let i = 0; i < 20; i += 1) tally.addUnemitted(rejected(i, `reason-${i}`));
    for (let i = 0; i < 10; i += 1) tally.addUnemitted({ ...rejected(i), verdict: "skipped" });
    for (let i = 0; i < 20; i += 1) tally.addNotes(`note-${i}`, "something", i + 1, []);
    return reportOf(tally);
  };

  test("balances, names the commonest notes first, and fits a screen", () => {
    const lines = summaryLines(busy(), undefined);
    expect(lines[0]).toBe("1,030 records read = 1,000 emitted + 10 skipped + 20 rejected");
    expect(lines).toContain("  20 × note-19: something");
    expect(lines.length).toBeLessThanOrEqual(15);
    expect(lines.at(-1)).toContain("--rejects FILE");
  });

  test("says where the rejects are", () => {
    expect(summaryLines(busy(), "rejects.ndjson").at(-1)).toContain("rejects.ndjson");
  });

  test("of a clean run is one line; of an empty one it asks", () => {
    const clean = new Tally();
    clean.addRead(1);
    clean.addEmitted(1);
    expect(summaryLines(reportOf(clean), undefined)).toHaveLength(1);
    expect(summaryLines(reportOf(new Tally()), undefined).at(-1)).toContain("Nothing was read");
  });
});
