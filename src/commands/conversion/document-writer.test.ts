import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { OutputAbout, OutputForm } from "../../proposals/output-form.js";
import type { Output } from "../../runs/output-file.js";
import type { BatchResult } from "./convert-batch.js";
import { DocumentWriter } from "./document-writer.js";

const ABOUT: OutputAbout = { generator: "test", licensed: false, changeset: { comment: "c", source: "s" } };

/** An output in memory. */
function memory(patchable = true): Output & { text(): string; readonly patches: string[] } {
  let text = "";
  const patches: string[] = [];
  const written = async () => ({ bytes: text.length, sha256: undefined });
  return {
    name: "memory",
    patchable,
    patches,
    text: () => text,
    write: async (chunk) => void (text += typeof chunk === "string" ? chunk : Buffer.from(chunk).toString()),
    patch: async (_offset, bytes) => void patches.push(bytes.toString()),
    finish: written,
    commit: written,
    discard: async () => undefined,
  };
}

const form = (separator: string): OutputForm => ({
  name: "ndjson",
  reads: "tagging",
  separator,
  head: async () => "[",
  record: () => "",
  tail: async () => "]",
  boundsPatch: (_head, { minLat, minLon, maxLat, maxLon }) => ({
    offset: 0,
    text: [minLat, minLon, maxLat, maxLon].join(),
  }),
});

/** A batch whose records have these texts (undefined: not emitted); each stands at its number in degrees. */
function batchOf(records: ReadonlyArray<string | undefined>, separator: string, first = 0): BatchResult {
  const texts = records.map((record) => (record === undefined ? "" : separator + record));
  let length = 0;
  return {
    batch: {
      bytes: new Uint8Array(),
      spans: new Uint32Array(records.length * 2),
      byteOffset: 0,
      firstRecord: 0,
      lines: undefined,
    },
    text: new Uint8Array(Buffer.from(texts.join(""))),
    ends: Uint32Array.from(texts, (text) => (length += Buffer.byteLength(text))),
    keys: records.map((record, i) => (record === undefined ? "" : `key${i}`)),
    boxes: Float64Array.from(records.flatMap((_, i) => [first + i, first + i, first + i, first + i])),
    unemitted: [],
    notes: [],
    unknownKeys: [],
  };
}

const recordTexts = fc.array(fc.option(fc.constantFrom("a", "äß", "longer text"), { nil: undefined }), {
  maxLength: 6,
});

test("a document is its head, the records but for those left out, and its tail, however they came in batches", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.array(
          fc.tuple(
            recordTexts.map((texts) => texts[0]),
            fc.boolean(),
          ),
          { maxLength: 6 },
        ),
        { maxLength: 5 },
      ),
      fc.constantFrom("", ",\n"),
      async (batches, separator) => {
        const output = memory();
        const document = await DocumentWriter.begin(output, form(separator), ABOUT);
        // The first of all emitted records cannot repeat an earlier one.
        let any = false;
        const expected: string[] = [];
        for (const batch of batches) {
          const leftOut = new Set<number>();
          for (const [i, [text, repeated]] of batch.entries()) {
            if (text === undefined) continue;
            if (repeated && any) leftOut.add(i);
            else expected.push(text);
            any = true;
          }
          await document.append(
            batchOf(
              batch.map(([text]) => text),
              separator,
            ),
            leftOut,
          );
        }
        await document.end();
        expect(output.text()).toBe(`[${expected.join(separator)}]`);
      },
    ),
  );
});

describe("bounds", () => {
  test("are those of all records but for those left out", async () => {
    const output = memory();
    const document = await DocumentWriter.begin(output, form(""), ABOUT);
    await document.append(batchOf(["a", undefined, "b", "c"], "", 10), new Set([3]));
    await document.append(batchOf([undefined, "d", "e"], "", 5), new Set([2]));
    await document.end();
    expect(output.patches).toEqual(["6,6,12,12"]);
  });

  test("are left out where there are none, or where what is written cannot be written over", async () => {
    for (const [output, records] of [
      [memory(), [undefined]],
      [memory(false), ["a"]],
    ] as const) {
      const document = await DocumentWriter.begin(output, form(""), ABOUT);
      await document.append(batchOf(records, ""), new Set());
      await document.end();
      expect(output.patches).toEqual([]);
    }
  });
});

test("nothing is written before there is something to write", async () => {
  const output = memory();
  const document = await DocumentWriter.begin(output, form(""), ABOUT);
  await document.append(batchOf([undefined], ""), new Set());
  expect(output.text()).toBe("");
  await document.end();
  expect(output.text()).toBe("[]");
});
