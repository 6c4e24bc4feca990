import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { type Converted, converted, optionsOf } from "./convert.test-support.js";
import { fixture, jsonLines } from "./run-cli.test-support.js";

const folder = mkdtempSync(join(tmpdir(), "here-v2-"));
afterAll(() => rmSync(folder, { recursive: true }));

function run(input: string): Promise<Converted> {
  return converted(optionsOf(folder, [input], "ndjson"));
}

describe("the forms of v2", () => {
  it.each([
    ["stations.json", 3],
    ["lines.ndjson", 3],
    ["one-station.json", 1],
    ["bare-station.json", 1],
    ["pools.json", 1],
    ["search.json", 1],
  ])("%s is recognised and framed: %i Locations", async (name, count) => {
    const { report, output } = await run(fixture(`here-v2/${name}`));
    expect(report.inputs[0]?.format).toContain("HERE EV Charge Points v2");
    expect(report.counts).toMatchObject({ read: count, emitted: count });
    expect(jsonLines(output)).toHaveLength(count);
    const tokens = optionsOf(folder, [fixture(`here-v2/${name}`)], "ndjson");
    const byTokens = await converted({ ...tokens, read: { source: "auto", reader: "tokens" } });
    expect(byTokens.output).toEqual(output);
  });

  it("two stations of one pool are two Locations, so that no socket is lost", async () => {
    const [station] = z
      .array(z.looseObject({}))
      .parse(jsonLines(readFileSync(fixture("here-v2/lines.ndjson"))));
    const other = { ...station, id: "276u33db-2", totalNumberOfConnectors: 9 };
    const file = join(folder, "pool.json");
    writeFileSync(file, JSON.stringify({ evStations: { evStation: [station, other] } }));
    const { report } = await run(file);
    expect(report.counts).toMatchObject({ emitted: 2, skipped: {} });
  });

  it("evses/bulk is recognised, and rejected for want of a position", async () => {
    const { report } = await run(fixture("here-v2/evses-bulk.json"));
    expect(report.counts).toMatchObject({ read: 1, rejected: { "bad-coordinates": 1 } });
    expect(report.notes["position-not-given"]?.count).toBe(1);
  });
});
