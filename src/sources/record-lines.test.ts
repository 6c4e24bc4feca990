import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { recordLines } from "./record-lines.js";

const MOST = 40;

/** The records of an input that comes in these pieces; `undefined` for one over the limit. */
async function recordsOf(pieces: readonly (string | Uint8Array)[]): Promise<Array<string | undefined>> {
  async function* stream(): AsyncGenerator<Uint8Array> {
    for (const piece of pieces) yield Buffer.from(piece);
  }
  const records: Array<string | undefined> = [];
  for await (const { bytes, spans, firstRecord } of recordLines(stream(), MOST)) {
    expect(firstRecord).toBe(records.length);
    for (let i = 0; i < spans.length; i += 2) {
      const [start = 0, end = 0] = spans.subarray(i, i + 2);
      records.push(start === end ? undefined : Buffer.from(bytes.subarray(start, end)).toString());
    }
  }
  return records;
}

describe("recordLines", () => {
  it("takes every line that holds anything, without its blanks, carriage return and byte order mark", async () => {
    const text = '\uFEFF{"a":1}\r\n\n  \t\r\n {"b":2} \n\uFEFF[]\nno JSON\nlast';
    expect(await recordsOf([text])).toEqual(['{"a":1}', '{"b":2}', "[]", "no JSON", "last"]);
  });

  it("does not look into lines: an envelope is one record", async () => {
    expect(await recordsOf(['{"data":[{},{}]}\n'])).toEqual(['{"data":[{},{}]}']);
  });

  it("hands out what is complete without waiting for more", async () => {
    let asked = 0;
    async function* stream(): AsyncGenerator<Uint8Array> {
      asked++;
      yield Buffer.from("one\ntwo\nthr");
      asked++;
      yield Buffer.from("ee\n");
    }
    const batches = recordLines(stream(), MOST);
    const { value } = await batches.next();
    expect(value?.spans.length).toBe(4);
    expect(asked).toBe(1);
    await batches.return();
  });

  it("gives the same records however the bytes come, long lines among them", async () => {
    const line = fc.oneof(
      fc.string({ maxLength: 20 }).map((text) => text.replaceAll("\n", "")),
      fc.constantFrom("", " ", "\r", "x".repeat(MOST), "x".repeat(MOST + 1), "ü".repeat(70), "{}\r"),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(line), fc.boolean(), fc.array(fc.nat(300)), async (lines, ended, cuts) => {
        const bytes = Buffer.from(lines.join("\n") + (ended ? "\n" : ""));
        const places = [
          0,
          ...cuts.map((cut) => Math.min(cut, bytes.length)).sort((a, b) => a - b),
          bytes.length,
        ];
        const pieces = places.slice(1).map((end, index) => bytes.subarray(places[index], end));
        expect(await recordsOf(pieces)).toEqual(await recordsOf([bytes]));
      }),
    );
  });
});
