import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BOUNDS_PLACEHOLDER, boundsElement, boundsOffset } from "./bounds.js";
import { documentFrame } from "./document-frame.js";
import { nodeXml } from "./node-xml.js";
import { decodeOpl, itWithOsmium, osmium } from "./osmium.test-support.js";
import { HOSTILE_TEXTS, anyText, readXml } from "./xml.test-support.js";
import { legalText } from "./xml-text.js";

const ABOUT = {
  generator: "ocpi2osm 0.1.0",
  upload: "never",
  changeset: { comment: "Charging stations of Example", source: "Example OCPI feed" },
} as const;

const NODES =
  nodeXml({ id: -1, lat: "54.5", lon: "25.25", tags: [{ key: "amenity", value: "charging_station" }] }) +
  nodeXml({ id: -2, lat: "-33.5", lon: "151", tags: [{ key: "operator", value: 'A & B\n"<C>"' }] });
const BOUNDS = { minLat: -33.5, minLon: 25.25, maxLat: 54.5, maxLon: 151 };

function withBounds(document: string): string {
  const bytes = Buffer.from(document);
  bytes.write(boundsElement(BOUNDS), boundsOffset(document));
  return bytes.toString();
}

describe("documentFrame", () => {
  it("is what JOSM and osmium expect of an OSM file", () => {
    const { head, tail } = documentFrame({ ...ABOUT, license: "https://example.org/odbl" });
    expect(head + tail).toBe(
      '<?xml version="1.0" encoding="UTF-8"?>\n' +
        '<osm version="0.6" generator="ocpi2osm 0.1.0" upload="never" download="never" license="https://example.org/odbl">\n' +
        BOUNDS_PLACEHOLDER +
        "  <changeset>\n" +
        '    <tag k="comment" v="Charging stations of Example"/>\n' +
        '    <tag k="source" v="Example OCPI feed"/>\n' +
        "  </changeset>\n" +
        "</osm>\n",
    );
  });

  it("lets JOSM download into the layer, and keeps no place for bounds, where that is asked for", () => {
    const { head, tail } = documentFrame({ ...ABOUT, download: "allowed", bounds: "none" });
    const [osm, next] = readXml(head + tail);
    expect(osm?.attributes).toEqual({ version: "0.6", generator: ABOUT.generator, upload: "never" });
    expect(next?.name).toBe("changeset");
    expect(head).not.toContain(BOUNDS_PLACEHOLDER);
  });

  it("keeps any text of a profile text", () => {
    fc.assert(
      fc.property(anyText, anyText, (generator, comment) => {
        const { head, tail } = documentFrame({
          ...ABOUT,
          generator,
          changeset: { comment, source: "" },
        });
        const [osm, , tag] = readXml(head + tail);
        expect(osm?.attributes).toMatchObject({
          generator: legalText(generator),
        });
        expect(tag?.attributes["v"]).toBe(legalText(comment));
      }),
    );
  });

  it.each(HOSTILE_TEXTS)("keeps the place for bounds with the generator %j", (generator) => {
    const { head, tail } = documentFrame({ ...ABOUT, generator });
    expect(readXml(withBounds(head + tail)).map(({ name }) => name)).toEqual([
      "osm",
      "bounds",
      "changeset",
      "tag",
      "tag",
    ]);
  });

  for (const [what, finish] of [
    ["without bounds", (document: string) => document],
    ["with bounds", withBounds],
  ] as const) {
    itWithOsmium(`gives a document osmium reads, ${what}`, () => {
      const { head, tail } = documentFrame(ABOUT);
      const document = finish(head + NODES + tail);
      expect(osmium(document, "fileinfo", "-e", "-g", "data.count.nodes").trim()).toBe("2");
      expect(osmium(document, "fileinfo", "-e", "-g", "data.objects_ordered").trim()).toBe("yes");
      expect(osmium(document, "fileinfo", "-g", "header.option.xml_josm_upload").trim()).toBe("never");
      expect(osmium(document, "fileinfo", "-g", "header.boxes").trim()).toBe(
        what === "with bounds" ? "(25.25,-33.5,151,54.5)" : "",
      );
      osmium(document, "check-refs");
      const nodes = osmium(document, "cat", "-t", "node", "-f", "opl").trim().split("\n");
      expect(nodes[0]).toMatch(/^n-1 .* Tamenity=charging_station x25.25 y54.5$/);
      expect(decodeOpl(nodes[1] ?? "")).toContain('Toperator=A & B\n"<C>" x151 y-33.5');
    });
  }
});
