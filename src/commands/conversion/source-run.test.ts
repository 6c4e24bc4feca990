import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, expect, test } from "vitest";
import { temporaryFolder } from "../../runs/compiled.test-support.js";
import { UnreadableInputError } from "../../runs/exit-codes.js";
import { expandInputs } from "../../runs/inputs.js";
import { fixture, generateFeed } from "../run-cli.test-support.js";
import { SourceRun } from "./source-run.js";

const folder = temporaryFolder();
afterAll(() => folder.remove());
const path = (name: string) => join(folder.path, name);

async function sourceRun(inputs: readonly string[], fingerprints = false): Promise<SourceRun> {
  const expanded = await expandInputs(inputs);
  return new SourceRun(expanded.inputs, { source: "auto", reader: "bytes", fingerprints });
}

test("records are numbered through the whole run, and through each input", async () => {
  generateFeed(path("long.json"), 700);
  writeFileSync(path("long.json.gz"), gzipSync(readFileSync(path("long.json"))));
  const run = await sourceRun([path("long.json"), path("long.json.gz"), fixture("ocpi/states.json")]);
  let inRun = 0;
  const inInput = new Map<number, number>();
  for await (const { batch, run: input, firstPosition } of run.batches()) {
    expect(firstPosition).toBe(inRun);
    expect(batch.firstRecord).toBe(inInput.get(input.number) ?? 0);
    inRun += batch.spans.length / 2;
    inInput.set(input.number, batch.firstRecord + batch.spans.length / 2);
  }
  expect(inRun).toBe(1405);
  expect(run.runs.map(({ records, compressed }) => [records, compressed])).toEqual(
    run.runs.map(({ input }) =>
      input.name.includes("states") ? [5, false] : [700, input.name.endsWith("gz")],
    ),
  );
});

test("progress only grows, and ends at all records and all bytes as they are stored", async () => {
  const run = await sourceRun([path("long.json.gz"), fixture("demo.json")]);
  let before = run.progress;
  expect(before).toEqual({ records: 0, bytes: 0 });
  for await (const _ of run.batches()) {
    expect(run.progress.records).toBeGreaterThanOrEqual(before.records);
    expect(run.progress.bytes).toBeGreaterThanOrEqual(before.bytes);
    before = run.progress;
  }
  const stored = readFileSync(path("long.json.gz")).length + readFileSync(fixture("demo.json")).length;
  expect(run.progress).toEqual({ records: 712, bytes: stored });
});

test("fingerprints are those of the stored bytes, and cost nothing when nobody wants them", async () => {
  for (const wanted of [true, false]) {
    const run = await sourceRun([path("long.json.gz")], wanted);
    for await (const _ of run.batches()) continue;
    const stored = readFileSync(path("long.json.gz"));
    expect(run.runs[0]?.bytes).toBe(stored.length);
    expect(run.runs[0]?.fingerprint).toEqual(
      wanted
        ? { bytes: stored.length, sha256: createHash("sha256").update(stored).digest("hex") }
        : undefined,
    );
  }
});

test("the first input that cannot be read ends the run, after the records before it, with advice", async () => {
  const whole = readFileSync(fixture("demo.json"));
  writeFileSync(path("1-whole.json"), whole);
  writeFileSync(path("2-cut.json"), whole.subarray(0, 1000));
  const run = await sourceRun([path("1-whole.json"), path("2-cut.json")]);
  const read = async () => {
    for await (const _ of run.batches()) continue;
  };
  await expect(read()).rejects.toThrow(UnreadableInputError);
  expect(run.progress.records).toBe(12);
  const again = await sourceRun([fixture("ocpi/error-answer.json")]);
  await expect(again.batches().next()).rejects.toThrow(/OCPI status 2001.*fetch the feed again/);
});

test("a service's error answer among others is one record nobody can read; alone it is no feed", async () => {
  const folderRun = await sourceRun([fixture("here-v3/responses")]);
  const counts = new Map<string, number>();
  for await (const { run } of folderRun.batches()) counts.set(run.input.name, 0);
  for (const { input, records } of folderRun.runs) counts.set(input.name.split("/").at(-1) ?? "", records);
  expect(counts.get("not-found.json")).toBe(1);
  expect(folderRun.runs.map(({ format }) => format.errorAnswer !== undefined)).toContain(true);

  const drain = async (run: SourceRun): Promise<void> => {
    for await (const _ of run.batches()) continue;
  };
  const alone = [fixture("ocpi/error-answer.json")];
  await expect(drain(await sourceRun(alone))).rejects.toThrow(/error answer: OCPI status 2001/);
  const together = [...alone, fixture("here-v3/responses/not-found.json")];
  await expect(drain(await sourceRun(together))).rejects.toThrow(UnreadableInputError);
});
