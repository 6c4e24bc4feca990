import { existsSync, readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatDegrees } from "../ocpi/coordinates.js";
import { chargingForm } from "./charging-form.js";
import type { WritableElement } from "./element-xml.js";
import { anyElements, overpassOf, xmlOf } from "./osm-data.test-support.js";
import { osmXml, osmiumFile, sourceOf } from "./osm-files.test-support.js";
import type { ElementType, OsmExtract } from "./osm-object.js";
import { itWithOsmium } from "./osmium.test-support.js";
import { readOsm } from "./read-osm.js";

const ZUGERLAND = "../shared/osm/zugerland.osm.pbf";
const CHARGING = '<tag k="amenity" v="charging_station"/>';

/** For `closeTo`: a centre between two units is rounded to one of them. */
const ABOUT_HALF = -0.1;

async function read(content: Uint8Array | string): Promise<OsmExtract> {
  const { facts: _facts, ...extract } = await readOsm(sourceOf(content));
  return extract;
}

/** Worked out from the elements without any of the reader's code: what is charging and placed, and where. */
function expected(elements: readonly WritableElement[]): unknown[] {
  const find = (type: ElementType, id: number) => elements.find((e) => e.type === type && e.id === id);
  const places = (element: WritableElement | undefined): WritableElement[] => [
    ...(element?.type === "node" ? [element] : []),
    ...(element?.nodes ?? []).flatMap((id) => find("node", id) ?? []),
  ];
  return elements.flatMap((element) => {
    if (chargingForm(element.tags) === undefined) return [];
    const parts = [
      element,
      ...element.members.map(({ type, ref }) => (type === "relation" ? undefined : find(type, ref))),
    ];
    const around = parts.flatMap(places);
    if (around.length === 0) return [];
    const middle = (of: "lat" | "lon"): number => {
      const units = around.map((node) => Math.round(Number(node[of]) * 1e7));
      return (Math.min(...units) + Math.max(...units)) / 2;
    };
    const { lat: _lat, lon: _lon, ...rest } = element;
    return [{ ...rest, latUnits: middle("lat"), lonUnits: middle("lon") }];
  });
}

function withUnits({ objects }: OsmExtract): unknown[] {
  return objects.map(({ lat, lon, outlines: _outlines, ...rest }) => ({
    ...rest,
    latUnits: expect.closeTo(lat * 1e7, ABOUT_HALF),
    lonUnits: expect.closeTo(lon * 1e7, ABOUT_HALF),
  }));
}

describe("readOsm", () => {
  it("finds the charging objects, complete, in XML and in Overpass JSON", async () => {
    await fc.assert(
      fc.asyncProperty(anyElements, async (elements) => {
        const xml = await read(xmlOf(elements));
        expect(expected(elements)).toEqual(withUnits(xml));
        expect(await read(overpassOf(elements))).toEqual(xml);
      }),
    );
  });

  for (const [what, options] of [
    ["PBF", ["cat"]],
    [
      "PBF without compression and dense nodes",
      ["cat", "-f", "pbf,pbf_compression=none,pbf_dense_nodes=false"],
    ],
    ["PBF with deflated plain nodes", ["cat", "-f", "pbf,pbf_dense_nodes=false"]],
    ["PBF with nodes' places on ways", ["add-locations-to-ways", "-n", "--ignore-missing-nodes"]],
  ] as const) {
    itWithOsmium(`reads the same from ${what}`, async () => {
      await fc.assert(
        fc.asyncProperty(anyElements, async (elements) => {
          const document = xmlOf(elements);
          expect(await read(osmiumFile(document, "osm.pbf", ...options))).toEqual(await read(document));
        }),
        { numRuns: 25 },
      );
    });
  }

  for (const ending of ["osm.pbf", "osm"]) {
    itWithOsmium(`places ways and relations of .${ending} that has places on ways and no nodes`, async () => {
      const document = osmXml(
        '<node id="1" lat="1" lon="2"/><node id="2" lat="1" lon="4"/><node id="3" lat="3" lon="4"/>',
        `<way id="9"><nd ref="1"/><nd ref="2"/><nd ref="3"/><nd ref="1"/>${CHARGING}</way>`,
        `<relation id="8"><member type="way" ref="9" role="outer"/><tag k="type" v="multipolygon"/>${CHARGING}</relation>`,
      );
      const { objects } = await read(osmiumFile(document, ending, "add-locations-to-ways"));
      expect(objects).toEqual((await read(document)).objects);
      expect(objects.map(({ outlines }) => outlines[0]?.length)).toEqual([4, 4]);
    });
  }

  for (const ending of ["osm", "osm.gz", "osm.bz2"]) {
    itWithOsmium(`reads the same from osmium's own .${ending}`, async () => {
      await fc.assert(
        fc.asyncProperty(anyElements, async (elements) => {
          const document = xmlOf(elements);
          expect(await read(osmiumFile(document, ending))).toEqual(await read(document));
        }),
        { numRuns: 15 },
      );
    });
  }

  it("gives every position back to the seventh decimal", async () => {
    const units = (most: number) => fc.integer({ min: -most * 1e7, max: most * 1e7 });
    await fc.assert(
      fc.asyncProperty(units(90), units(180), async (latUnits, lonUnits) => {
        const [lat, lon] = [formatDegrees(latUnits / 1e7), formatDegrees(lonUnits / 1e7)];
        const { objects } = await read(osmXml(`<node id="1" lat="${lat}" lon="${lon}">${CHARGING}</node>`));
        expect(objects.map((node) => [formatDegrees(node.lat), formatDegrees(node.lon)])).toEqual([
          [lat, lon],
        ]);
      }),
    );
  });

  it("does not depend on where the pieces of the file are cut, nor on wrapping", async () => {
    const [elements] = fc.sample(anyElements, { numRuns: 1, seed: 7 });
    const document = Buffer.from(xmlOf(elements ?? []));
    const whole = await readOsm(sourceOf(document, document.length));
    for (const size of [1, 2, 3, 7, 64]) expect(await readOsm(sourceOf(document, size))).toEqual(whole);
    const { facts, ...extract } = await readOsm(sourceOf(gzipSync(document), 5));
    expect({ ...extract, facts: whole.facts }).toEqual(whole);
    expect(facts).toEqual({ ...whole.facts, compression: "gzip" });
  });

  it("reads the first stream to its end, so that it can be hashed, and further ones only for ways", async () => {
    const node = `<node id="1" lat="1" lon="2">${CHARGING}</node>`;
    const nodes = sourceOf(osmXml(node));
    await readOsm(nodes);
    expect([nodes.opened(), nodes.finished()]).toEqual([1, 1]);
    const ways = sourceOf(
      osmXml(node, '<node id="2" lat="1" lon="2"/>', `<way id="1"><nd ref="2"/>${CHARGING}</way>`),
    );
    await readOsm(ways);
    expect(ways.finished()).toBe(ways.opened());
    expect(ways.opened()).toBe(2);
  });

  it("keeps a way's nodes with all that is needed to write them", async () => {
    const extract = await read(
      osmXml(
        '<node id="1" version="3" user="A &amp; B" lat="1" lon="2"><tag k="barrier" v="gate"/></node>',
        '<node id="2" lat="1" lon="4"/><node id="3" lat="3" lon="4"/>',
        `<way id="9" version="2"><nd ref="1"/><nd ref="2"/><nd ref="3"/><nd ref="1"/>${CHARGING}</way>`,
      ),
    );
    expect(extract.objects).toMatchObject([{ type: "way", lat: 2, lon: 3, nodes: [1, 2, 3, 1] }]);
    const ring = [
      { lat: 1, lon: 2 },
      { lat: 1, lon: 4 },
      { lat: 3, lon: 4 },
      { lat: 1, lon: 2 },
    ];
    expect(extract.objects[0]?.outlines).toEqual([ring]);
    expect([...extract.wayNodes.keys()]).toEqual([1, 2, 3]);
    expect(extract.wayNodes.get(1)).toEqual({
      id: 1,
      version: 3,
      user: "A & B",
      lat: 1,
      lon: 2,
      tags: [{ key: "barrier", value: "gate" }],
    });
  });

  it("puts a multipolygon's outer rings together, whichever way its ways run", async () => {
    const corners = [
      [0, 0],
      [0, 2],
      [2, 2],
      [2, 0],
    ].map(([lat, lon], index) => `<node id="${index + 1}" lat="${lat}" lon="${lon}"/>`);
    const extract = await read(
      osmXml(
        ...corners,
        '<way id="1"><nd ref="1"/><nd ref="2"/><nd ref="3"/></way><way id="2"><nd ref="1"/><nd ref="4"/><nd ref="3"/></way>',
        `<relation id="1"><member type="way" ref="1" role="outer"/><member type="way" ref="2" role="outer"/><tag k="type" v="multipolygon"/>${CHARGING}</relation>`,
      ),
    );
    expect(extract.objects).toMatchObject([
      { type: "relation", lat: 1, lon: 1, members: [{ ref: 1 }, { ref: 2 }] },
    ]);
    expect(extract.objects[0]?.outlines[0]?.map(({ lat, lon }) => `${lat} ${lon}`)).toEqual([
      "0 0",
      "0 2",
      "2 2",
      "2 0",
      "0 0",
    ]);
    expect(extract.wayNodes.size).toBe(0);
  });

  it("counts and names what nothing in the extract places", async () => {
    const { objects, facts } = await readOsm(
      sourceOf(
        osmXml(`<way id="12"><nd ref="1"/>${CHARGING}</way>`, `<relation id="3">${CHARGING}</relation>`),
      ),
    );
    expect(objects).toEqual([]);
    expect(facts.unplaced).toEqual(["w12", "r3"]);
  });

  it.each([
    ["in order", (old: string, young: string) => [old, young]],
    ["the newer one first", (old: string, young: string) => [young, old]],
  ])("takes the newest version of an element that stands there twice, %s", async (_, order) => {
    const old = `<node id="5" version="1" lat="1" lon="1">${CHARGING}</node>`;
    const newer = (rest: string) =>
      read(osmXml(...order(old, `<node id="5" version="2" lat="2" lon="2"${rest}`)));
    expect((await newer(`>${CHARGING}</node>`)).objects).toMatchObject([{ version: 2, lat: 2 }]);
    expect((await newer("/>")).objects).toEqual([]);
    expect((await newer(' visible="false"/>')).objects).toEqual([]);
  });

  itWithOsmium("does so in PBF too, over many blocks, sorted or not", async () => {
    const count = 20_000;
    const nodes = Array.from(
      { length: count },
      (_, at) => `<node id="${at + 1}" version="1" lat="${at / 1000}" lon="1"/>`,
    );
    const stations = [`<node id="${count + 1}" version="1" lat="1" lon="1">${CHARGING}</node>`];
    const ways = [
      `<way id="1" version="1"><nd ref="1"/><nd ref="${count}"/>${CHARGING}</way>`,
      `<way id="2" version="1"><nd ref="9000"/></way>`,
    ];
    const relation = `<relation id="1" version="1"><member type="way" ref="2" role=""/>${CHARGING}</relation>`;
    const gone = `<node id="${count + 1}" version="2" lat="1" lon="1"/>`;
    const sorted = osmXml(...nodes, ...stations, ...ways, relation);
    const unsorted = osmXml(relation, gone, ...ways, ...nodes.toReversed(), ...stations);
    const expectedWays = [
      { type: "way", id: 1, lat: (count - 1) / 2000 },
      { type: "relation", id: 1, lat: 8.999 },
    ];
    for (const format of ["pbf", "pbf,pbf_dense_nodes=false"]) {
      const whole = await read(osmiumFile(sorted, "osm.pbf", "cat", "-f", format));
      expect(whole.objects).toMatchObject([{ type: "node", id: count + 1 }, ...expectedWays]);
      expect([...whole.wayNodes.keys()]).toEqual([1, count]);
      const mixed = await read(osmiumFile(unsorted, "osm.pbf", "cat", "-f", format));
      expect(mixed.objects).toMatchObject(expectedWays);
      expect(mixed.objects).toHaveLength(2);
      expect(mixed.wayNodes).toEqual(whole.wayNodes);
    }
  });

  it("takes JOSM's files: negative ids, what is to be deleted left out", async () => {
    const { objects } = await read(
      osmXml(
        `<node id="-1" action="modify" lat="1" lon="1">${CHARGING}</node>`,
        `<node id="-2" lat="1" lon="1">${CHARGING}</node>`,
        `<node id="7" action="delete" version="1" lat="1" lon="1">${CHARGING}</node>`,
      ),
    );
    expect(objects.map(({ id, version }) => [id, version])).toEqual([
      [-2, undefined],
      [-1, undefined],
    ]);
  });

  it("says what it knows of the extract", async () => {
    const content = `{"version":0.6,"osm3s":{"timestamp_osm_base":"2026-01-02T03:04:05Z"},"elements":[
      {"type":"node","id":1,"lat":1,"lon":2,"version":4,"tags":{"amenity":"charging_station"}},
      {"type":"way","id":1,"center":{"lat":1,"lon":2},"nodes":[8],"tags":{"man_made":"charge_point"}}]}`;
    expect((await readOsm(sourceOf(content))).facts).toEqual({
      format: "Overpass JSON",
      timestamp: "2026-01-02T03:04:05Z",
      objects: { node: 1, way: 1, relation: 0 },
      withoutVersion: 1,
      unplaced: [],
    });
  });

  it("does not take version 0, changeset 0 or an empty user for knowledge", async () => {
    const document = osmXml(
      `<node id="1" version="0" changeset="0" uid="0" user="" timestamp="yesterday" lat="1" lon="2">${CHARGING}</node>`,
    );
    expect((await read(document)).objects).toEqual([
      {
        type: "node",
        id: 1,
        lat: 1,
        lon: 2,
        tags: [{ key: "amenity", value: "charging_station" }],
        nodes: [],
        members: [],
        outlines: [],
      },
    ]);
  });
});

describe("readOsm with a real extract", () => {
  it("finds in it what osmium tags-filter finds", async (context) => {
    if (!existsSync(ZUGERLAND)) return context.skip("the extract is not on this machine");
    const { objects, facts } = await readOsm(sourceOf(readFileSync(ZUGERLAND), 1 << 16));
    expect(objects).toMatchObject([
      {
        type: "node",
        id: 3302625972,
        version: 6,
        timestamp: "2022-05-09T14:39:03Z",
        user: "Voonosm",
        lat: 47.1923146,
        lon: 8.477667,
      },
    ]);
    expect(objects[0]?.tags.map(({ key }) => key)).toHaveLength(14);
    expect(facts).toMatchObject({ format: "PBF", timestamp: "2026-01-27T08:11:02Z", withoutVersion: 0 });
  });
});
