import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { temporaryFolder } from "./compiled.test-support.js";
import { openRejectsFile, RAW_BYTES, rejectLine, type RejectedRecord } from "./rejects-file.js";

const folder = temporaryFolder();
afterAll(() => folder.remove());

const record: RejectedRecord = {
  file: "feeds/a.json",
  record: 7,
  byte: 4711,
  id: "LOC1",
  country_code: "DE",
  party_id: "ABC",
  verdict: "rejected",
  reason: "null-island",
  detail: "0, 0",
};

describe("a line", () => {
  test("says where the record stood, why it was not emitted, and what it was", () => {
    const line = rejectLine({ ...record, line: 8 }, Buffer.from('{"id":"LOC1"}'));
    expect(line.endsWith("}\n")).toBe(true);
    expect(JSON.parse(line)).toEqual({ ...record, line: 8, raw: '{"id":"LOC1"}' });
    expect(Object.keys(JSON.parse(line))[0]).toBe("file");
  });

  test("is one line whatever the record holds, and holds all of it", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (raw) => {
        const wellFormed = Buffer.from(raw, "utf8").toString("utf8");
        const line = rejectLine(record, Buffer.from(raw, "utf8"));
        expect(line.indexOf("\n")).toBe(line.length - 1);
        expect(JSON.parse(line)).toMatchObject({ raw: wellFormed });
      }),
    );
  });

  test.each([0, 1, 2, 3])("a long record is cut between characters (%i)", (shift) => {
    const raw = "x".repeat(shift) + "💡".repeat(RAW_BYTES / 2);
    const { raw: kept, raw_truncated: truncated } = JSON.parse(rejectLine(record, Buffer.from(raw)));
    expect(truncated).toBe(true);
    expect(raw.startsWith(kept)).toBe(true);
    expect(Buffer.byteLength(kept)).toBeGreaterThan(RAW_BYTES - 4);
    expect(Buffer.byteLength(kept)).toBeLessThanOrEqual(RAW_BYTES);
  });
});

test("the file appears when it is whole, with every line", async () => {
  const rejects = await openRejectsFile(join(folder.path, "rejects.ndjson"));
  for (let i = 0; i < 3000; i += 1) await rejects.write({ ...record, record: i }, Buffer.from(`{"id":${i}}`));
  expect(readdirSync(folder.path)).not.toContain("rejects.ndjson");
  await rejects.commit();
  const lines = readFileSync(join(folder.path, "rejects.ndjson"), "utf8").trimEnd().split("\n");
  expect(lines.map((line) => JSON.parse(line).record)).toEqual(lines.map((_, i) => i));
  expect(lines).toHaveLength(3000);
});
