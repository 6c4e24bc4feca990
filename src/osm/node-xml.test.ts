import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { create } from "xmlbuilder2";
import type { OsmNode } from "./element.js";
import { nodeXml } from "./node-xml.js";
import { anyText, readXml } from "./xml.test-support.js";
import { legalText } from "./xml-text.js";

describe("nodeXml", () => {
  it("writes a node as OSM editors do", () => {
    const tags = [
      { key: "amenity", value: "charging_station" },
      { key: "operator", value: 'Müller & "Söhne"' },
    ];
    expect(nodeXml({ id: -1, lat: "54.6871555", lon: "25.2796514", tags })).toBe(
      '  <node id="-1" lat="54.6871555" lon="25.2796514">\n' +
        '    <tag k="amenity" v="charging_station"/>\n' +
        '    <tag k="operator" v="Müller &amp; &quot;Söhne&quot;"/>\n' +
        "  </node>\n",
    );
  });

  it("is well-formed and gives every text back, whatever stands in the node", () => {
    const anyNode: fc.Arbitrary<OsmNode> = fc.record({
      id: fc.integer(),
      lat: anyText,
      lon: anyText,
      tags: fc.array(fc.record({ key: anyText, value: anyText }), { maxLength: 5 }),
    });
    fc.assert(
      fc.property(anyNode, (node) => {
        const [element, ...tags] = readXml(nodeXml(node));
        expect(element).toEqual({
          name: "node",
          attributes: { id: `${node.id}`, lat: legalText(node.lat), lon: legalText(node.lon) },
        });
        expect(tags).toEqual(
          node.tags.map(({ key, value }) => ({
            name: "tag",
            attributes: { k: legalText(key), v: legalText(value) },
          })),
        );
      }),
    );
  });

  it("writes what xmlbuilder2 writes, where xmlbuilder2 can be trusted", () => {
    /** It leaves what looks like an entity as it is, and `'`, and (not made here) control characters. */
    const clean = fc.string({ unit: "grapheme" }).filter((text) => !/'|&(?:[A-Za-z]+|#\d+);/.test(text));
    const degrees = fc.integer({ min: -900_000_000, max: 900_000_000 }).map((units) => `${units / 1e7}`);
    const node = fc.record({
      id: fc.integer({ max: -1 }),
      lat: degrees,
      lon: degrees,
      tags: fc.array(fc.record({ key: clean, value: clean }), { minLength: 1, maxLength: 15 }),
    });
    fc.assert(
      fc.property(node, ({ id, lat, lon, tags }) => {
        const root = create()
          .ele("osm")
          .ele("node", { id: `${id}`, lat, lon });
        for (const { key, value } of tags) root.ele("tag", { k: key, v: value });
        const oracle = root.doc().end({ prettyPrint: true, headless: true });
        expect(`<osm>\n${nodeXml({ id, lat, lon, tags })}</osm>`).toBe(oracle);
      }),
    );
  });
});
