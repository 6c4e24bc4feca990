import { Buffer } from "node:buffer";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Depth } from "../ocpi/location.js";
import type { SourceRecord, Unreadable } from "../ocpi/source-record.js";
import type { Batch } from "./batch.js";
import type { Dialect } from "./dialect.js";
import { hereV3 } from "./here-v3.js";
import { ocpi } from "./ocpi.js";
import { anyJson } from "./ocpi-records.test-support.js";
import { BatchRecords } from "./batch-records.js";

function read(bytes: Uint8Array, start: number, end: number, dialect: Dialect, depth: Depth) {
  const batch: Batch = {
    bytes: new Uint8Array(bytes),
    spans: Uint32Array.of(start, end),
    byteOffset: 0,
    firstRecord: 0,
    lines: undefined,
  };
  return new BatchRecords(batch, dialect).read(0, depth);
}

function readText(text: string | Uint8Array): SourceRecord | Unreadable {
  const bytes = Buffer.from(text);
  return read(bytes, 0, bytes.length, ocpi, "tagging");
}

describe("a batch's records", () => {
  test("reads the record between the two places", () => {
    const bytes = Buffer.from('{"id":"Ä"},{"id":"Ž"}');
    expect(read(bytes, bytes.indexOf(",{") + 1, bytes.length, ocpi, "tagging")).toMatchObject({
      location: { id: "Ž" },
      ocpiLocationId: "Ž",
    });
  });

  test("T1.7: an empty range is a record over the size limit, and says what to do", () => {
    expect(read(Buffer.from("{}"), 1, 1, ocpi, "tagging")).toEqual({
      unreadable: "too-large",
      detail: expect.stringContaining("--reader tokens"),
    });
  });

  test.each(['{"id":', "{id:1}", "NaN", '{"id":"a\nb"}', "é"])("T1.7: %j is bad-json, quoted", (text) => {
    expect(readText(text)).toEqual({
      unreadable: "bad-json",
      detail: expect.stringContaining(JSON.stringify(text)),
    });
  });

  test("T1.7: a long unreadable record is quoted in part", () => {
    const record = readText(`{"id":${"x".repeat(1_000_000)}`);
    if (!("unreadable" in record)) throw new Error("was read");
    expect(record.unreadable).toBe("bad-json");
    expect(record.detail.length).toBeLessThan(250);
  });

  test.each(["[]", "7", '"x"', "null"])("T1.7: %s is not-an-object", (text) => {
    expect(readText(text)).toEqual({ unreadable: "not-an-object", detail: text });
  });

  test("a record nested 100,000 deep is read or refused, by every dialect", () => {
    const lists = `${"[".repeat(100_000)}${"]".repeat(100_000)}`;
    const objects = `${'{"evses":'.repeat(100_000)}1${"}".repeat(100_000)}`;
    const records = [lists, objects, `{"id":"1","evses":${lists}}`, `{"id":"1","name":${objects}}`];
    for (const text of records) {
      const bytes = Buffer.from(text);
      for (const dialect of [ocpi, hereV3]) {
        for (const depth of ["tagging", "whole"] as const) {
          const record = read(bytes, 0, bytes.length, dialect, depth);
          expect("unreadable" in record ? record.unreadable : record.location).toBeDefined();
        }
      }
    }
  });

  test("any bytes are a record or a reason", () => {
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array(), fc.string({ unit: "binary" }), fc.json()), (text) => {
        const record = readText(text);
        expect("unreadable" in record || "location" in record).toBe(true);
      }),
    );
  });

  test("it does not matter how a text is escaped", () => {
    const escaped = (json: string): string =>
      json.replaceAll(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
    fc.assert(
      fc.property(anyJson, (value) => {
        const json = JSON.stringify(value);
        expect(readText(json)).toEqual(readText(escaped(json)));
      }),
      { numRuns: 1000 },
    );
  });
});
