import { createReadStream, existsSync, readFileSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

import { describe, expect, test } from "vitest";

import { chunked, framedValues, thrownBy } from "./framing.test-support.js";
import { openBatches, type OpenOptions } from "./open-batches.js";

const byBytes: OpenOptions = { source: "auto", reader: "bytes" };
const byTokens: OpenOptions = { source: "auto", reader: "tokens" };
const record = { id: "1", coordinates: {} };

function open(text: string | Uint8Array, options: OpenOptions): ReturnType<typeof openBatches> {
  return openBatches({ name: "feed", open: () => chunked(text, [1000]) }, options);
}

describe("an input", () => {
  test("comes with its format, its records, what stood beside them and how far it was read", async () => {
    const text = gzipSync(
      `\ufeff${JSON.stringify({ status_code: 1000, data: [record, null], status_message: "ok" })}`,
    );
    for (const options of [byBytes, byTokens]) {
      const opened = await open(text, options);
      expect(opened.compressed).toBe(true);
      expect(opened.format).toMatchObject({ source: "ocpi", framing: "documents", version: undefined });
      expect(await framedValues(opened.batches)).toEqual([record, null]);
      expect(Object.fromEntries(opened.facts().members)).toEqual({
        status_code: [1000],
        status_message: ["ok"],
      });
      expect(opened.bytesRead()).toBe(text.length);
    }
  });

  test("of lines is read by either reader", async () => {
    const text = `${JSON.stringify({ items: [record] })}\n${JSON.stringify(record)}\n`;
    for (const options of [byBytes, byTokens]) {
      expect(await framedValues((await open(text, options)).batches)).toEqual([record, record]);
    }
  });

  test("with its records in an unusual place is read by tokens, and by bytes says so", async () => {
    const text = JSON.stringify({ export: { stations: [record, record] } });
    expect(await framedValues((await open(text, byTokens)).batches)).toEqual([record, record]);
    expect(await thrownBy(() => open(text, byBytes))).toMatchObject({
      name: "InputError",
      advice: expect.stringMatching(/tokens/),
    });
  });

  test("with a record over the limit keeps its place; tokens read it", async () => {
    const big = { coordinates: "x".repeat(5000) };
    const { batches } = await open(JSON.stringify([record, big, record]), {
      ...byBytes,
      maxRecordBytes: 1000,
    });
    const lengths: number[] = [];
    for await (const { spans } of batches) {
      for (let i = 0; i < spans.length; i += 2) lengths.push((spans[i + 1] ?? 0) - (spans[i] ?? 0));
    }
    const length = JSON.stringify(record).length;
    expect(lengths).toEqual([length, 0, length]);
    expect(await framedValues((await open(JSON.stringify([big]), byTokens)).batches)).toEqual([big]);
  });

  test("is closed when it is of no known format, and when reading stops early", async () => {
    for (const text of ['{"what":1}', JSON.stringify(Array.from({ length: 9 }, () => record))]) {
      let closed = false;
      async function* watched(): AsyncGenerator<Uint8Array> {
        try {
          yield Buffer.from(text);
          yield Buffer.from(" ".repeat(2 << 20));
          yield Buffer.from(" ");
        } finally {
          closed = true;
        }
      }
      await thrownBy(async () => {
        const { batches } = await openBatches({ name: "feed", open: watched }, byBytes);
        for await (const batch of batches) if (batch.firstRecord >= 0) break;
      });
      expect(closed).toBe(true);
    }
  });
});

describe("real feeds", () => {
  const feeds = new URL("../../../shared/feeds/", import.meta.url);
  const names = existsSync(feeds) ? readdirSync(feeds).filter((name) => name.endsWith(".json")) : [];
  test.runIf(names.length > 0)("hold the records JSON.parse finds, by either reader", async () => {
    for (const name of names) {
      const path = fileURLToPath(new URL(name, feeds));
      const whole: unknown = JSON.parse(readFileSync(path, "utf8"));
      const expected: unknown = Array.isArray(whole) ? whole : Reflect.get(Object(whole), "data");
      for (const options of [byBytes, byTokens]) {
        const opened = await openBatches({ name, open: () => createReadStream(path) }, options);
        expect(await framedValues(opened.batches)).toEqual(expected);
      }
    }
  });
});
