/** The comparison is fair only when the plain programs do the same job: they must write the same nodes and tags. */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { SaxesParser } from "saxes";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { writeFeed } from "../generate-feed.mjs";

const program = (name: string) => fileURLToPath(new URL(name, import.meta.url));

interface Node {
  position: [number, number];
  tags: Record<string, string>;
}

function nodesOf(xml: string): Node[] {
  const nodes: Node[] = [];
  const parser = new SaxesParser();
  parser.on("opentag", ({ name, attributes }) => {
    if (name === "node") nodes.push({ position: [Number(attributes.lat), Number(attributes.lon)], tags: {} });
    const last = nodes.at(-1);
    if (name === "tag" && last) last.tags[String(attributes.k)] = String(attributes.v);
  });
  parser.write(xml).close();
  return nodes;
}

describe("the baselines of the benchmark", () => {
  const folder = mkdtempSync(join(tmpdir(), "baselines-"));
  const feed = join(folder, "feed.json");
  let plain: Node[] = [];

  beforeAll(async () => {
    await writeFeed({ form: "array", locations: 300, seed: 4, defects: 0.4, gzip: false, output: feed });
    const output = join(folder, "plain.osm");
    execFileSync(process.execPath, [program("plain-pipeline.mjs"), feed, output]);
    plain = nodesOf(readFileSync(output, "utf8"));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test("stream-json + zod + xmlbuilder2 writes most records, each with the core tags", () => {
    expect(plain.length).toBeGreaterThan(200);
    expect(plain.length).toBeLessThan(300);
    for (const { tags } of plain) {
      expect(tags).toMatchObject({ amenity: "charging_station", capacity: expect.stringMatching(/^\d+$/) });
      expect(tags).toHaveProperty("ref:ocpi:location:id");
    }
    expect(plain.some(({ tags }) => tags["socket:type2_combo:output"] === "50 kW")).toBe(true);
  });

  test("the Python script writes the same nodes", ({ skip }) => {
    if (spawnSync("python3", ["--version"]).status !== 0) skip("python3 is not present");
    const output = join(folder, "python.osm");
    execFileSync("python3", [program("convert.py"), feed, output]);
    expect(nodesOf(readFileSync(output, "utf8"))).toEqual(plain);
  });

  test("the jq program writes the same nodes", ({ skip }) => {
    if (spawnSync("jq", ["--version"]).status !== 0) skip("jq is not present");
    const xml = execFileSync("jq", ["-r", "-f", program("convert.jq"), feed], {
      encoding: "utf8",
      maxBuffer: 1 << 26,
    });
    expect(nodesOf(xml)).toEqual(plain);
  });
});
