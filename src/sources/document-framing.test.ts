import * as fc from "fast-check";
import { describe, expect, test } from "vitest";

import type { Batch } from "./batch.js";
import { documentBatches } from "./document-framing.js";
import { EnvelopeMembers } from "./envelope.js";
import {
  chunkSizes,
  chunked,
  framed,
  framedValues,
  indent,
  jsonValue,
  recordValue,
  thrownBy,
} from "./framing.test-support.js";
import { InputError } from "../input-error.js";

interface Framing {
  readonly sizes?: readonly number[];
  readonly maxRecordBytes?: number;
  readonly members?: EnvelopeMembers;
}

function frame(
  text: string | Uint8Array,
  { sizes = [], maxRecordBytes = 1 << 24, members = new EnvelopeMembers() }: Framing = {},
): AsyncGenerator<Batch, void, undefined> {
  return documentBatches(chunked(text, sizes), { file: "feed.json", maxRecordBytes, members });
}

const at = { coordinates: {} };

describe("records", () => {
  test("any list of values, however laid out and however it arrives, comes out value by value", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(jsonValue), indent, chunkSizes, async (values, space, sizes) => {
        expect(await framedValues(frame(JSON.stringify(values, null, space), { sizes }))).toEqual(values);
      }),
      { numRuns: 300 },
    );
  });

  test("an envelope around the list changes nothing, whatever stands beside it", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(jsonValue),
        jsonValue,
        fc.constantFrom(
          ["data"],
          ["Data"],
          ["items"],
          ["data", "locations"],
          ["response", "data", "results"],
        ),
        indent,
        chunkSizes,
        async (values, beside, path, space, sizes) => {
          let document: unknown = values;
          for (const key of path.toReversed()) document = { before: beside, [key]: document, after: beside };
          expect(await framedValues(frame(JSON.stringify(document, null, space), { sizes }))).toEqual(values);
        },
      ),
      { numRuns: 300 },
    );
  });

  test("documents one after another come out as if they were one", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof(recordValue, fc.array(recordValue))),
        indent,
        chunkSizes,
        async (documents, space, sizes) => {
          const text = documents.map((document) => JSON.stringify(document, null, space)).join("\n");
          expect(await framedValues(frame(text, { sizes }))).toEqual(documents.flat());
        },
      ),
      { numRuns: 200 },
    );
  });

  test.each<[string, string, unknown[]]>([
    ["one object", '{"id":"1","coordinates":{}}', [{ id: "1", ...at }]],
    ["one object of a kind not known", '{"foo":{"bar":[1]}}', [{ foo: { bar: [1] } }]],
    ["one object under data", '{"status_code":1000,"data":{"id":"1","evses":[]}}', [{ id: "1", evses: [] }]],
    ["an unknown object under data", '{"data":{"foo":1}}', [{ foo: 1 }]],
    ["one record under response", '{"response":{"address":"x"}}', [{ address: "x" }]],
    ["HERE v2's wrapper", '{"hasMore":false,"evStations":{"evStation":[{"id":1}]}}', [{ id: 1 }]],
    ["two pages in one file", '{"data":[{"a":1}]}{"data":[{"a":2}]}\n', [{ a: 1 }, { a: 2 }]],
    ["an empty list", "[]", []],
    ["an empty envelope", '{"data":[]}', []],
    ["data: null", '{"data":null,"status_code":1000}', []],
    ["data: {}", '{"data":{}}', []],
    ["an escaped key", '{"d\\u0061ta":[{"a":1}]}', [{ a: 1 }]],
    ["a record's own data key", '{"coordinates":{},"data":[1,2]}', [{ ...at, data: [1, 2] }]],
    [
      "an error page among pages, which must not vanish",
      '{"data":[{"a":1}]}{"status_code":3001,"data":null}',
      [{ a: 1 }, { status_code: 3001, data: null }],
    ],
  ])("%s", async (_, text, expected) => {
    for (const size of [1, 7, 1000])
      expect(await framedValues(frame(text, { sizes: [size] }))).toEqual(expected);
  });

  test("a malformed record comes out by itself and leaves its neighbours alone", async () => {
    const records = await framed(
      frame('[{"a":1}, {"b":nope}, undefined, {"c":1} {"d":1}, {"e":1] , "x, y", {"f":1}]'),
    );
    expect(records.map(({ text }) => text)).toEqual([
      '{"a":1}',
      '{"b":nope}',
      "undefined",
      '{"c":1} {"d":1}',
      '{"e":1]',
      '"x, y"',
      '{"f":1}',
    ]);
  });

  test("offsets are those of the input", async () => {
    const text = '{"status_message":"é", "data": [ {"a":1},\n null ]} [{"b":2}]';
    for (const { offset, text: record } of await framed(frame(text, { sizes: [3] }))) {
      expect(Buffer.from(text).toString("utf8", offset, offset + Buffer.byteLength(record))).toBe(record);
    }
  });

  test("nesting may be as deep as it likes", async () => {
    const deep = "[".repeat(2_000_000) + "]".repeat(2_000_000);
    expect(await framed(frame(`[${deep},1]`, { sizes: [100_000] }))).toHaveLength(2);
  });
});

describe("batches", () => {
  test("hold about a MiB, own their bytes and know their place", async () => {
    const record = JSON.stringify({ id: "x".repeat(1000) });
    const text = `[${Array.from({ length: 5000 }, () => record).join(",")}]`;
    let count = 0;
    for await (const { bytes, spans, byteOffset, firstRecord } of frame(text, { sizes: [1 << 18] })) {
      expect(firstRecord).toBe(count);
      expect(bytes.length).toBeLessThan(1.5 * (1 << 20));
      expect(text.startsWith(record, byteOffset)).toBe(true);
      count += spans.length / 2;
    }
    expect(count).toBe(5000);
  });
});

describe("the size limit", () => {
  const big = JSON.stringify({
    coordinates: Array.from({ length: 300_000 }, (_, n) => (n % 3 ? `,"${n}\\` : [{}])),
  });

  test.each([
    ["in a list", `[{"a":1},${big},{"b":2}]`, ['{"a":1}', "", '{"b":2}']],
    ["by itself", `${big}\n{"b":2}`, ["", '{"b":2}']],
    ["under data", `{"data":${big}}`, [""]],
    ["a text", `[1,"${"[".repeat(3_000_000)}",2]`, ["1", "", "2"]],
  ])("a record over it is an empty span: %s", async (_, text, expected) => {
    const records = await framed(frame(text, { sizes: [65_536], maxRecordBytes: 10_000 }));
    expect(records.map(({ text: record }) => record)).toEqual(expected);
    const empty = records.find(({ text: record }) => record === "");
    expect(empty?.offset).toBe(text.search(/\{"coordinates|"\[\[/));
  });

  test("changes nothing but the spans of the records over it", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(jsonValue),
        fc.integer({ min: 1, max: 60 }),
        chunkSizes,
        async (values, limit, sizes) => {
          const texts = values.map((value) => JSON.stringify(value));
          const long = `["${String.raw`[,\"`.repeat(40_000)}",{}]`;
          const text = `[${[...texts, long, ...texts].join(",")}]`;
          const records = await framed(frame(text, { sizes: [...sizes, 30_000], maxRecordBytes: limit }));
          const expected = [...texts, long, ...texts];
          expect(records.map((record) => record.text)).toEqual(
            expected.map((record) => (Buffer.byteLength(record) > limit ? "" : record)),
          );
        },
      ),
      { numRuns: 100 },
    );
  });

  test("a record of just the limit is whole", async () => {
    const text = JSON.stringify({ coordinates: "x".repeat(5000) });
    expect(
      await framedValues(frame(`[${text}]`, { sizes: [100], maxRecordBytes: text.length })),
    ).toHaveLength(1);
  });

  test("does not hold an envelope member or a key of any length", async () => {
    const long = "y".repeat(2_000_000);
    const text = `{"status_message":"${long}","${long}":{"a":["${long}"]},"data":[{"a":1}]}`;
    expect(await framedValues(frame(text, { sizes: [65_536], maxRecordBytes: 1000 }))).toEqual([{ a: 1 }]);
  });
});

describe("what stands beside the records", () => {
  test("scalars and small lists are kept, over all documents, and so is what comes after the list", async () => {
    const members = new EnvelopeMembers();
    const text =
      '{"status_code":1000,"items":[{"a":1}],"missingItems":["x"],"o":{"p":1}}{"status_code":1000,"items":[],"missingItems":["y"]}';
    await framed(frame(text, { members, sizes: [5] }));
    expect(Object.fromEntries(members.members)).toEqual({ status_code: [1000], missingItems: ["x", "y"] });
  });

  test("a record's members are not taken for an envelope's", async () => {
    const members = new EnvelopeMembers();
    await framed(frame('{"id":"1","coordinates":{}}', { members }));
    expect(members.members.size).toBe(0);
  });
});

describe("input that is no feed", () => {
  test.each([
    ["a list", '[{"a":[1,{"b":"x\\"y"}]},null , "z"]'],
    ["an envelope", '{"status_code":1000,"data":[{"a":1}],"missingItems":["x"]}'],
    ["a single record", '{"id":"1","coordinates":{"latitude":1},"data":[]}'],
    ["a nested envelope", '{"response":{"data":{"locations":[{"a":true}]}}}'],
  ])("cut off at any byte, %s is an InputError at its end", async (_, text) => {
    for (let length = 1; length < text.length; length++) {
      const error = await thrownBy(() => framed(frame(text.slice(0, length), { sizes: [3] })));
      expect(error, text.slice(0, length)).toBeInstanceOf(InputError);
      expect(error).toMatchObject({ file: "feed.json", byte: length });
    }
  });

  test.each([
    ["text after the end", '[{"a":1}] oops', 10],
    ["a bracket too many", "[]]", 2],
    ["objects with commas between", '{"a":1},{"b":2}', 7],
    ["a list closed by a brace", '[{"a":1}}', 8],
    ["a comma without a record", '[{"a":1},]', 9],
    ["a comma first", '[,{"a":1}]', 1],
    ["no comma after the list of an envelope", '{"data":[] "b":1}', 11],
    ["zeros after the end", "[]\0\0", 2],
  ])("%s is an InputError at that byte", async (_, text, byte) => {
    expect(await thrownBy(() => framed(frame(text)))).toMatchObject({ name: "InputError", byte });
  });

  test("never anything but records or an InputError, whatever the bytes", async () => {
    const soup = fc.string({
      unit: fc.constantFrom("{", "}", "[", "]", '"', "\\", ",", ":", " ", "1", '"data":'),
      maxLength: 60,
    });
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(soup.map(Buffer.from), fc.uint8Array({ maxLength: 100 })),
        chunkSizes,
        async (bytes, sizes) => {
          const error = await thrownBy(() => framed(frame(bytes, { sizes })));
          expect(error === undefined || error instanceof InputError).toBe(true);
        },
      ),
      { numRuns: 1000 },
    );
  });
});
