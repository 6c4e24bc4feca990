import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mergeExtracts } from "./merge-extracts.js";
import { anyElements, xmlOf } from "./osm-data.test-support.js";
import { osmXml, sourceOf } from "./osm-files.test-support.js";
import type { OsmExtract } from "./osm-object.js";
import { readOsm } from "./read-osm.js";

const CHARGING = '<tag k="amenity" v="charging_station"/>';

async function read(document: string): Promise<OsmExtract> {
  const { facts: _facts, ...extract } = await readOsm(sourceOf(document));
  return extract;
}

const node = (id: number, version: number, lat: number, more = ""): string =>
  `<node id="${id}" version="${version}" lat="${lat}" lon="1">${more}</node>`;

describe("mergeExtracts", () => {
  it("leaves one extract as it is, and the same extract twice", async () => {
    await fc.assert(
      fc.asyncProperty(anyElements, async (elements) => {
        const extract = await read(xmlOf(elements));
        expect(mergeExtracts([extract])).toEqual(extract);
        expect(mergeExtracts([extract, extract])).toEqual(extract);
      }),
    );
  });

  it("does not depend on the order of the extracts", async () => {
    await fc.assert(
      fc.asyncProperty(anyElements, anyElements, anyElements, async (first, second, third) => {
        const [a, b, c] = [await read(xmlOf(first)), await read(xmlOf(second)), await read(xmlOf(third))];
        const merged = mergeExtracts([a, b, c]);
        const bytes = (extract: OsmExtract): string =>
          JSON.stringify([extract.objects, [...extract.wayNodes]]);
        for (const order of [
          [c, b, a],
          [b, a, c],
          [a, c, b],
        ])
          expect(bytes(mergeExtracts(order))).toBe(bytes(merged));
      }),
    );
  });

  it("takes the newest version of an element in several", async () => {
    const merged = mergeExtracts([
      await read(osmXml(node(1, 2, 2, CHARGING))),
      await read(osmXml(node(1, 1, 1, CHARGING))),
    ]);
    expect(merged.objects).toMatchObject([{ version: 2, lat: 2 }]);
  });

  it("places a way across a border by the nodes of both sides", async () => {
    const way = `<way id="9" version="1"><nd ref="1"/><nd ref="2"/><nd ref="3"/><nd ref="1"/>${CHARGING}</way>`;
    const north = await read(osmXml(node(1, 1, 4), node(2, 1, 6), way));
    const south = await read(osmXml(node(3, 1, 0), way));
    const [object] = mergeExtracts([north, south]).objects;
    expect(object).toMatchObject({ lat: 3, lon: 1 });
    expect(object?.outlines[0]).toEqual([4, 6, 0, 4].map((lat) => ({ lat, lon: 1 })));
  });

  it("places a relation by the extract that has all of it, not by what another one has", async () => {
    const relation = `<relation id="9" version="1"><member type="node" ref="1" role=""/>
      <member type="node" ref="2" role=""/><tag k="type" v="site"/>${CHARGING}</relation>`;
    const whole = await read(osmXml(node(1, 1, 4), node(2, 1, 6), relation));
    for (const half of [node(1, 1, 4), node(2, 1, 6)]) {
      const part = await read(osmXml(half, relation));
      expect(part.objects).not.toMatchObject([{ lat: 5 }]);
      for (const extracts of [
        [whole, part],
        [part, whole],
      ])
        expect(mergeExtracts(extracts).objects).toMatchObject([{ lat: 5 }]);
    }
  });
});
