import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { elementXml } from "./element-xml.js";
import { nodeXml } from "./node-xml.js";
import { anyElements } from "./osm-data.test-support.js";
import { osmXml } from "./osm-files.test-support.js";
import { decodeOpl, itWithOsmium, osmium } from "./osmium.test-support.js";
import { HOSTILE_TEXTS, anyText, readXml } from "./xml.test-support.js";
import { legalText } from "./xml-text.js";

describe("elementXml", () => {
  it("writes a changed way as JOSM and osmium do", () => {
    const xml = elementXml(
      {
        type: "way",
        id: 12,
        version: 3,
        timestamp: "2026-01-02T03:04:05Z",
        uid: 4,
        user: "A & B",
        changeset: 5,
        tags: [{ key: "amenity", value: "charging_station" }],
        nodes: [1, -2, 1],
        members: [],
      },
      "modify",
    );
    expect(xml).toBe(
      '  <way id="12" version="3" timestamp="2026-01-02T03:04:05Z" uid="4" user="A &amp; B" changeset="5" action="modify">\n' +
        '    <nd ref="1"/>\n    <nd ref="-2"/>\n    <nd ref="1"/>\n' +
        '    <tag k="amenity" v="charging_station"/>\n' +
        "  </way>\n",
    );
  });

  it("writes a new node as nodeXml does", () => {
    const node = { id: -1, lat: "1.5", lon: "2", tags: [{ key: "a", value: "<b>" }] };
    expect(elementXml({ type: "node", ...node, nodes: [], members: [] })).toBe(nodeXml(node));
  });

  it("is well-formed and gives every text back, whatever stands in the element", () => {
    const hostile = fc.oneof(anyText, fc.constantFrom(...HOSTILE_TEXTS));
    fc.assert(
      fc.property(hostile, hostile, hostile, hostile, (user, role, key, value) => {
        const members = [{ type: "node", ref: 1, role }] as const;
        const xml = elementXml({ type: "relation", id: 1, user, tags: [{ key, value }], nodes: [], members });
        expect(readXml(xml).map(({ attributes }) => attributes)).toEqual([
          { id: "1", user: legalText(user) },
          { type: "node", ref: "1", role: legalText(role) },
          { k: legalText(key), v: legalText(value) },
        ]);
      }),
    );
  });

  itWithOsmium("is read by osmium as it was meant", () => {
    fc.assert(
      fc.property(anyElements, (elements) => {
        const opl = osmium(osmXml(...elements.map((element) => elementXml(element))), "cat", "-f", "opl");
        const lines = decodeOpl(opl.replace(/%a%|%d%/g, " "))
          .split("\n")
          .slice(0, -1);
        expect(lines.map((line) => line.split(" ", 1)[0])).toEqual(
          elements.map(({ type, id }) => `${type.charAt(0)}${id}`),
        );
        elements.forEach(({ type, nodes, members, lat, lon }, index) => {
          const place = type === "node" ? ` x${lon} y${lat}` : "";
          const refs = nodes.map((id) => `n${id}`).join(",");
          expect(lines[index]).toContain(type === "way" ? ` N${refs}` : place);
          for (const { type, ref, role } of members) {
            expect(lines[index]).toContain(`${type.charAt(0)}${ref}@${role}`);
          }
        });
      }),
      { numRuns: 30 },
    );
  });
});
