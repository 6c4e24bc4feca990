import { Buffer } from "node:buffer";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { SourceRecord } from "../ocpi/source-record.js";
import type { Batch } from "./batch.js";
import { BatchRecords } from "./batch-records.js";
import type { Dialect } from "./dialect.js";
import { documentBatches } from "./document-framing.js";
import { EnvelopeMembers } from "./envelope.js";
import { chunked } from "./framing.test-support.js";
import { lineBatches } from "./line-framing.js";
import { RecordLists } from "./record-lists.js";

const LISTS = ["charginglocation", "charginglocations"];

/** What a record's dialect was given. */
interface Seen {
  readonly value: unknown;
  readonly document: unknown;
  readonly index: number | undefined;
}

interface Reading {
  readonly seen: readonly Seen[];
  readonly unreadable: readonly unknown[];
  readonly batches: readonly Batch[];
}

/** Frames the text, and reads every record by a dialect that only looks. */
async function reading(
  text: string,
  {
    lines = false,
    maxRecordBytes = 1 << 20,
    sizes = [7],
  }: { lines?: boolean; maxRecordBytes?: number; sizes?: number[] } = {},
): Promise<Reading> {
  const seen: Seen[] = [];
  const nothing: SourceRecord = { location: { evses: [] }, ocpiLocationId: undefined, notes: [] };
  const dialect: Dialect = {
    name: "hmc-locations",
    read(value, _decode, _depth, document) {
      seen.push({ value, document: document?.value, index: document?.index });
      return nothing;
    },
    sourcePointer: (pointer) => pointer,
    unusualKeys: () => [],
  };
  const framing = { file: "tile", members: new EnvelopeMembers(), maxRecordBytes };
  const documents = (lines ? lineBatches : documentBatches)(chunked(text, sizes), framing);
  const lists = new RecordLists(LISTS);
  const batches: Batch[] = [];
  const unreadable: unknown[] = [];
  for await (const document of documents) {
    const batch = lists.batch(document);
    if (batch === undefined) continue;
    batches.push(batch);
    const records = new BatchRecords(batch, dialect);
    for (let record = 0; record < records.count; record++) {
      const read = records.read(record, "tagging");
      if ("unreadable" in read) unreadable.push(read.unreadable);
    }
  }
  return { seen, unreadable, batches };
}

const tile = (name: string, locations: readonly unknown[]): object => ({
  partitionName: name,
  evse: [{ uid: "1" }, { uid: "2" }],
  chargingLocation: locations,
  businessDetails: [{ name: "Ä" }],
});

describe("the records of a tile", () => {
  test("are the elements of its list, each with the whole tile and its place in it", async () => {
    const one = tile("1", [{ id: "a" }, { id: "b" }]);
    const two = tile("2", [{ id: "c" }]);
    const wanted = [
      { value: { id: "a" }, document: one, index: 0 },
      { value: { id: "b" }, document: one, index: 1 },
      { value: { id: "c" }, document: two, index: 0 },
    ];
    const decoded = (seen: readonly Seen[]) =>
      JSON.parse(Buffer.from(JSON.stringify(seen), "latin1").toString("utf8"));
    const forms = [
      `[${JSON.stringify(one)},${JSON.stringify(two)}]`,
      `${JSON.stringify(one, null, 2)}\n${JSON.stringify(two)}`,
    ];
    for (const form of forms) expect(decoded((await reading(form)).seen)).toEqual(wanted);
    const lines = await reading(`${JSON.stringify(one)}\n${JSON.stringify(two)}\n`, { lines: true });
    expect(decoded(lines.seen)).toEqual(wanted);
    expect(lines.batches.flatMap(({ lines: numbers }) => Array.from(numbers ?? []))).toEqual([1, 1, 2]);
  });

  test("are found whatever the list is called in another spelling, and wherever it stands among the pools", async () => {
    for (const key of ["chargingLocation", "charging_location", "ChargingLocations"]) {
      const { seen } = await reading(
        JSON.stringify({ location: {}, address: [{}], [key]: [{ id: 1 }], evse: [] }),
      );
      expect(seen.map(({ value }) => value)).toEqual([{ id: 1 }]);
    }
  });

  test("are none where the tile says nothing but its name or has an empty list", async () => {
    expect((await reading('{"partitionName":"23618402"}')).seen).toEqual([]);
    expect((await reading('{"partitionName":"23618402","chargingLocation":[],"evse":[{}]}')).seen).toEqual(
      [],
    );
  });

  test("T1.7: an object without a list is one record, so that it is read or listed, never passed over", async () => {
    for (const text of ['{"partitionName":"1","evse":[{}]}', '{"geometry":{"latitude":1}}', "7"]) {
      const { seen } = await reading(text);
      expect(seen).toEqual([{ value: JSON.parse(text), document: undefined, index: undefined }]);
    }
  });

  test("T1.7: an element that is no JSON is rejected alone; its tile's other records are read with their pools", async () => {
    const text =
      '{"evse":[{"uid":"1"},{uid:2},{"uid":"3"}],"chargingLocation":[{"id":"a"},{"id":NaN},{"id":"c"}]}';
    const { seen, unreadable } = await reading(text);
    expect(unreadable).toEqual(["bad-json"]);
    expect(seen.map(({ value, index }) => [value, index])).toEqual([
      [{ id: "a" }, 0],
      [{ id: "c" }, 2],
    ]);
    expect(seen[0]?.document).toMatchObject({ evse: [{ uid: "1" }, undefined, { uid: "3" }] });
  });

  test("are read by themselves where a tile has its list twice: no record gets another's content", async () => {
    const { seen } = await reading(
      '{"chargingLocation":[{"id":"a"}],"evse":[{}],"chargingLocation":[{"id":"b"}]}',
    );
    expect(seen.map(({ value }) => value)).toEqual([{ id: "a" }, { id: "b" }]);
    expect(seen.map(({ document }) => document)).toEqual([undefined, undefined]);
  });

  test("T1.7: a tile over the size limit is one record that is too large, and harms no other tile", async () => {
    const big = tile("1", [{ id: "x".repeat(500) }]);
    const { seen, unreadable } = await reading(JSON.stringify([big, tile("2", [{ id: "b" }])]), {
      maxRecordBytes: 300,
    });
    expect(unreadable).toEqual(["too-large"]);
    expect(seen.map(({ value }) => value)).toEqual([{ id: "b" }]);
  });

  test("come out as JSON.parse has them, in any order of members and in chunks of any size", async () => {
    const list = fc.array(fc.jsonValue(), { maxLength: 5 });
    const other = fc.dictionary(
      fc.string().filter((key) => !/location/i.test(key)),
      fc.jsonValue(),
      { maxKeys: 4 },
    );
    await fc.assert(
      fc.asyncProperty(
        list,
        other,
        other,
        fc.array(fc.integer({ min: 1, max: 40 })),
        async (records, before, after, sizes) => {
          const document = JSON.stringify({ ...before, evse: [1], chargingLocation: records, ...after });
          const parsed: { chargingLocation: unknown[] } = JSON.parse(document);
          const { seen, unreadable, batches } = await reading(document, { sizes });
          expect(unreadable).toEqual([]);
          expect(JSON.stringify(seen.map(({ value }) => value))).toEqual(
            Buffer.from(JSON.stringify(parsed.chargingLocation)).toString(
              /[\u0080-\uffff]/.test(document) && !document.includes("\\u") ? "latin1" : "utf8",
            ),
          );
          expect(batches.map(({ firstRecord }) => firstRecord)).toEqual(records.length === 0 ? [] : [0]);
        },
      ),
    );
  });

  test.each([
    ["another with records", JSON.stringify(tile("2", [{ id: "b" }]))],
    ["one without", '{"partitionName":"2"}'],
    ["one of nothing", "{}"],
  ])("a text of several documents is not taken for one: %s before or after a tile", (_what, other) => {
    const lists = new RecordLists(LISTS);
    const one = JSON.stringify(tile("1", [{ id: "a" }]));
    const sole = (text: string) => lists.soleDocument(Buffer.from(text))?.documents?.length;
    expect([sole(`${one}\n${other}`), sole(`${other} ${one}`)]).toEqual([undefined, undefined]);
    expect(sole(` ${one}\n`)).toBe(2);
    lists.close();
  });

  test("a tile of 100,000 records is read in time that grows with it", async () => {
    const { seen } = await reading(
      JSON.stringify(
        tile(
          "1",
          Array.from({ length: 100_000 }, (_, id) => ({ id })),
        ),
      ),
      {
        maxRecordBytes: 1 << 26,
        sizes: [1 << 16],
      },
    );
    expect(seen.at(-1)).toMatchObject({ value: { id: 99_999 }, index: 99_999 });
  });
});
