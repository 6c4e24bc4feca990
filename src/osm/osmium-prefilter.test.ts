import { createReadStream, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as fc from "fast-check";
import { afterAll, expect } from "vitest";
import { anyElements, xmlOf } from "./osm-data.test-support.js";
import { osmiumFile } from "./osm-files.test-support.js";
import type { OsmSource } from "./osm-source.js";
import { itWithOsmium } from "./osmium.test-support.js";
import { readOsm } from "./read-osm.js";

const folder = mkdtempSync(join(tmpdir(), "ocpi2osm-prefilter-"));
afterAll(() => rmSync(folder, { recursive: true }));

function fileSource(content: Uint8Array): OsmSource & { readonly finished: () => number } {
  const path = join(folder, "named.as.you.like");
  writeFileSync(path, content);
  let finished = 0;
  async function* open(): AsyncGenerator<Uint8Array> {
    for await (const chunk of createReadStream(path)) if (chunk instanceof Uint8Array) yield chunk;
    finished++;
  }
  return { name: "x.osm.pbf", path, open, finished: () => finished };
}

function leftovers(): string[] {
  return readdirSync(tmpdir()).filter((name) => name.startsWith("ocpi2osm-osm-"));
}

itWithOsmium("osmium as a first step changes nothing, and leaves nothing behind", async () => {
  const before = leftovers();
  await fc.assert(
    fc.asyncProperty(anyElements, async (elements) => {
      const source = fileSource(osmiumFile(xmlOf(elements), "osm.pbf", "sort"));
      const direct = await readOsm(source, { prefilter: "never" });
      const finished = source.finished();
      expect(await readOsm(source, { prefilter: "auto" })).toEqual(direct);
      expect(source.finished()).toBe(finished + 1);
    }),
    { numRuns: 25 },
  );
  expect(leftovers()).toEqual(before);
});

itWithOsmium("a truncated file is refused with osmium as without", async () => {
  const [elements] = fc.sample(anyElements, { numRuns: 1, seed: 5 });
  const whole = osmiumFile(xmlOf(elements ?? []), "osm.pbf", "sort");
  const source = fileSource(whole.subarray(0, -5));
  await expect(readOsm(source, { prefilter: "auto" })).rejects.toThrow("the file ends inside the block");
});
