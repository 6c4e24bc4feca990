import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { changeFrame } from "./change-frame.js";
import { nodeXml } from "./node-xml.js";
import { itWithOsmium, osmiumIn } from "./osmium.test-support.js";
import { anyText, readXml } from "./xml.test-support.js";
import { legalText } from "./xml-text.js";

describe("changeFrame", () => {
  it("is an osmChange document of API 0.6", () => {
    const { head, tail } = changeFrame("ocpi2osm 0.1.0");
    expect(head + tail).toBe(
      '<?xml version="1.0" encoding="UTF-8"?>\n<osmChange version="0.6" generator="ocpi2osm 0.1.0">\n</osmChange>\n',
    );
  });

  it("keeps any generator text", () => {
    fc.assert(
      fc.property(anyText, (generator) => {
        const { head, tail } = changeFrame(generator);
        expect(readXml(head + tail)).toEqual([
          { name: "osmChange", attributes: { version: "0.6", generator: legalText(generator) } },
        ]);
      }),
    );
  });

  itWithOsmium("is read by osmium, with elements and without", () => {
    const { head, tail } = changeFrame("ocpi2osm 0.1.0");
    const node = nodeXml({ id: -1, lat: "1", lon: "2", tags: [{ key: "a", value: "b" }] });
    for (const [document, nodes] of [
      [head + tail, "0"],
      [`${head}<create>\n${node}</create>\n${tail}`, "1"],
    ] as const) {
      const count = osmiumIn({ "a.osc": document }, "fileinfo", "-e", "-g", "data.count.nodes", "a.osc");
      expect(count.trim()).toBe(nodes);
    }
  });
});
