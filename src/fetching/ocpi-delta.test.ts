import { Buffer } from "node:buffer";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DeltaMerge } from "./ocpi-delta.js";
import { identityOf } from "./ocpi-identity.js";
import { folder } from "./ocpi-server.test-support.js";
import { RecordSpool } from "./ocpi-spool.js";

interface Change {
  readonly id: number;
  readonly at: number;
}

function line({ id, at }: Change, from: string): string {
  return JSON.stringify({ id, from, last_updated: new Date(at * 1000).toISOString() });
}

async function addPage(spool: RecordSpool, lines: readonly string[]): Promise<void> {
  const bytes = Buffer.from(lines.map((text) => `${text}\n`).join(""));
  const records = lines.map((text) => {
    const record = Buffer.from(text);
    return { identity: identityOf(record, 0, record.length), length: record.length + 1 };
  });
  await spool.add(bytes, records);
}

async function textOf(lines: AsyncIterable<Uint8Array>): Promise<string[]> {
  const chunks = [];
  for await (const chunk of lines) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString().split("\n").slice(0, -1);
}

const change = fc.record({ id: fc.nat(12), at: fc.nat(3) });
/** Pages of a list, each with what a broken attempt left of another one before. */
const pages = fc.array(
  fc.record({ broken: fc.array(change, { maxLength: 3 }), whole: fc.array(change, { maxLength: 6 }) }),
  {
    maxLength: 4,
  },
);

describe("changes put into a stored feed", () => {
  it("are what one gets by doing it with a map", async () => {
    const made = await folder();
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(fc.nat(9)), pages, fc.boolean(), async (ids, list, gzip) => {
        const stored = [...ids.map((id) => line({ id, at: 0 }, "stored")), "null", "no json"];
        const file = join(made, "stored.ndjson");
        const text = stored.map((record) => `${record}\n`).join("");
        await writeFile(file, gzip ? gzipSync(text) : text);
        const spool = await RecordSpool.beside(join(made, "feed.ndjson"));
        try {
          const newest = new Map<number, Change & { readonly text: string }>();
          for (const [number, { broken, whole }] of list.entries()) {
            spool.beginPage();
            await addPage(
              spool,
              broken.map((record) => line(record, "broken")),
            );
            spool.beginPage();
            const lines = whole.map((record) => line(record, `page ${number}`));
            await addPage(spool, lines);
            spool.endPage(true);
            for (const [index, record] of whole.entries()) {
              const before = newest.get(record.id);
              const kept = { ...record, text: lines[index] ?? "" };
              if (before === undefined || before.at <= record.at) newest.set(record.id, kept);
            }
          }
          const merge = new DeltaMerge(file, spool);
          const merged = await textOf(merge.lines());
          const added = [...newest.keys()].filter((id) => !ids.includes(id));
          expect(merged).toStrictEqual([
            ...ids.map((id, index) => newest.get(id)?.text ?? stored[index]),
            "null",
            "no json",
            ...added.map((id) => newest.get(id)?.text),
          ]);
          expect(merge.counts).toStrictEqual({
            records: merged.length,
            added: added.length,
            replaced: newest.size - added.length,
          });
        } finally {
          await spool.discard();
        }
      }),
      { numRuns: 60 },
    );
  });

  it("do not glue themselves to a last line without a line break", async () => {
    const made = await folder();
    const file = join(made, "stored.ndjson");
    await writeFile(file, `${line({ id: 1, at: 0 }, "stored")}\n${line({ id: 2, at: 0 }, "stored")}`);
    const spool = await RecordSpool.beside(join(made, "feed.ndjson"));
    try {
      spool.beginPage();
      await addPage(spool, [line({ id: 3, at: 1 }, "new")]);
      spool.endPage(true);
      const merged = await textOf(new DeltaMerge(file, spool).lines());
      expect(merged).toStrictEqual([
        line({ id: 1, at: 0 }, "stored"),
        line({ id: 2, at: 0 }, "stored"),
        line({ id: 3, at: 1 }, "new"),
      ]);
    } finally {
      await spool.discard();
    }
  });
});
