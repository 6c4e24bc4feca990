import * as fc from "fast-check";
import { describe, expect, test } from "vitest";

import type { Batch } from "./batch.js";
import { EnvelopeMembers } from "./envelope.js";
import { chunkSizes, chunked, framed, framedValues, recordValue, thrownBy } from "./framing.test-support.js";
import { lineBatches } from "./line-framing.js";

interface Framing {
  readonly sizes?: readonly number[];
  readonly maxRecordBytes?: number;
  readonly members?: EnvelopeMembers;
}

function frame(
  text: string,
  { sizes = [], maxRecordBytes = 1 << 24, members = new EnvelopeMembers() }: Framing = {},
): AsyncGenerator<Batch, void, undefined> {
  return lineBatches(chunked(text, sizes), { file: "feed.ndjson", maxRecordBytes, members });
}

describe("lines", () => {
  test("any records, with either line end and blank lines, come out with their line numbers", async () => {
    const line = fc.option(recordValue, { nil: undefined });
    await fc.assert(
      fc.asyncProperty(
        fc.array(line),
        fc.constantFrom("\n", "\r\n"),
        fc.boolean(),
        chunkSizes,
        async (lines, end, last, sizes) => {
          const text = lines.map((value) => JSON.stringify(value) ?? " ").join(end) + (last ? end : "");
          const records = await framed(frame(text, { sizes }));
          expect(records.map((record): unknown => JSON.parse(record.text))).toEqual(
            lines.filter((value) => value !== undefined),
          );
          for (const { line: number, text: record } of records) {
            expect(record).toBe(JSON.stringify(lines[(number ?? 0) - 1]));
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  test("offsets are those of the input", async () => {
    const text = '{"address":"é"}\n\n  {"evses":[]}\r\n{"data":[{"a":1}, 5]}\n';
    const records = await framed(frame(text));
    expect(records).toHaveLength(4);
    for (const { offset, text: record } of records) {
      expect(Buffer.from(text).toString("utf8", offset, offset + Buffer.byteLength(record))).toBe(record);
    }
  });

  test("a line that is an envelope or a list yields its records, all with its line number", async () => {
    const members = new EnvelopeMembers();
    const text =
      '{"items":[{"a":1},null],"missingItems":["x"]}\n[{"b":1}]\n{"missingItems":["y"],"items":[]}\n{"evses":[],"data":[]}\n';
    const records = await framed(frame(text, { members }));
    expect(records.map(({ line, text: record }) => [line, record])).toEqual([
      [1, '{"a":1}'],
      [1, "null"],
      [2, '{"b":1}'],
      [4, '{"evses":[],"data":[]}'],
    ]);
    expect(Object.fromEntries(members.members)).toEqual({ missingItems: ["x", "y"] });
  });

  test("a malformed line is one record and swallows no neighbour", async () => {
    const bad = ['{"evses":[{"x":"', "]", '{"data":[{"a":1},', "<html>", '"', '{"data":[]} x', "nul"];
    const text = bad.map((line) => `${line}\n{"address":"x"}\n`).join("");
    const records = await framed(frame(text));
    expect(records.map(({ text: record }) => record)).toEqual(
      bad.flatMap((line) => [line, '{"address":"x"}']),
    );
  });

  test("batches are about a MiB", async () => {
    const line = `${JSON.stringify({ address: "x".repeat(1000) })}\n`;
    let count = 0;
    for await (const { bytes, spans, firstRecord, lines } of frame(line.repeat(5000), { sizes: [1 << 18] })) {
      expect(firstRecord).toBe(count);
      expect(lines?.[0]).toBe(count + 1);
      expect(bytes.length).toBeLessThan(1.5 * (1 << 20));
      count += spans.length / 2;
    }
    expect(count).toBe(5000);
  });
});

describe("the size limit", () => {
  test.each([5000, 3_000_000])(
    "a line of %d bytes over it is an empty span, and the rest goes on",
    async (length) => {
      const big = JSON.stringify({ address: "x".repeat(length) });
      const text = `{"evses":1}\n${big}\n${big}\n{"evses":2}\n`;
      const records = await framed(frame(text, { sizes: [65_536], maxRecordBytes: 2000 }));
      expect(records.map(({ text: record, line }) => [record, line])).toEqual([
        ['{"evses":1}', 1],
        ["", 2],
        ["", 3],
        ['{"evses":2}', 4],
      ]);
      expect(records[2]?.offset).toBe(12 + big.length + 1);
    },
  );

  test("an overlong last line without newline is reported too", async () => {
    const text = `{"evses":1}\n"${"x".repeat(3_000_000)}`;
    const records = await framed(frame(text, { sizes: [65_536], maxRecordBytes: 2000 }));
    expect(records.map(({ text: record }) => record)).toEqual(['{"evses":1}', ""]);
  });
});

describe("cut off input", () => {
  test("a last line that stops in the middle is an InputError with its line", async () => {
    const text = '{"id":"1","evses":[]}\n{"id":"2","evses":[{"uid":"x"}]}';
    const first = text.indexOf("\n") + 1;
    expect(await framedValues(frame(text))).toHaveLength(2);
    for (let length = first + 1; length < text.length; length++) {
      const error = await thrownBy(() => framed(frame(text.slice(0, length), { sizes: [5] })));
      expect(error).toMatchObject({ name: "InputError", file: "feed.ndjson", line: 2, byte: length });
    }
  });
});
