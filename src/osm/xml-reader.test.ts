import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anyElements, xmlOf } from "./osm-data.test-support.js";
import { osmXml, refusal, sourceOf } from "./osm-files.test-support.js";
import { InputError } from "../input-error.js";
import { readOsm } from "./read-osm.js";

const CHARGING = '<tag k="amenity" v="charging_station"/>';

describe("OSM XML", () => {
  it("is refused wherever it was cut off", async () => {
    const document = Buffer.from(osmXml(`<node id="1" lat="1" lon="2">${CHARGING}</node>`)).subarray(0, -1);
    for (let length = 0; length < document.length; length++) {
      expect(await refusal(document.subarray(0, length))).toMatch(/^x\.osm.* \| /);
    }
  });

  it("is read or refused, never worse, with any of its bytes changed", async () => {
    const [elements] = fc.sample(anyElements, { numRuns: 1, seed: 11 });
    const whole = Buffer.from(xmlOf(elements ?? []));
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 1), fc.nat(255), async (at, byte) => {
        const damaged = Buffer.from(whole);
        damaged[at] = byte;
        await readOsm(sourceOf(damaged)).catch((error: unknown) => expect(error).toBeInstanceOf(InputError));
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['<node id="1" lat="1" lon="2"><tag k="a" v="&nope;"/></node>', 3, "not well-formed XML"],
    [
      '<node id="1" lat="north" lon="2"><tag k="amenity" v="charging_station"/></node>',
      3,
      '"north" is no latitude',
    ],
    ['\n<node id="1x" lat="1" lon="2"/>', 4, 'the id of a node is "1x", no whole number'],
    ['<way id="1"><nd/></way>', 3, "the ref of a <nd> is missing"],
    ['<relation id="1"><member type="area" ref="1"/></relation>', 3, "neither node, way nor relation"],
    ['<node id="1"><tag k="a"/></node>', 3, "a <tag> without k or v"],
    ['<way id="1"><node id="2"/></way>', 3, "a <node> inside a <way>"],
  ])("is refused with its line for %s", async (element, line, problem) => {
    const said = await refusal(osmXml(element));
    expect(said).toContain(`x.osm, line ${line}: `);
    expect(said).toContain(problem);
  });

  it("is refused when it is not UTF-8", async () => {
    expect(await refusal(Buffer.from(osmXml('<node id="1" user="Müller"/>'), "latin1"))).toContain(
      "not UTF-8",
    );
  });

  it("does not gather what never ends", async () => {
    let given = 0;
    async function* endless(): AsyncGenerator<Uint8Array> {
      yield Buffer.from('<osm><node id="');
      for (; ; given += 1 << 20) yield Buffer.alloc(1 << 20, "1");
    }
    await expect(readOsm({ name: "x", open: endless })).rejects.toThrow(
      "millions of characters without a tag",
    );
    expect(given).toBeLessThan(1 << 26);
  });

  it("takes Overpass's centres, bounds and lines where nodes are not given", async () => {
    const { objects, facts } = await readOsm(
      sourceOf(
        osmXml(
          '<meta osm_base="2026-01-02T03:04:05Z"/>',
          `<way id="1"><center lat="1" lon="2"/><nd ref="8"/>${CHARGING}</way>`,
          `<way id="2"><bounds minlat="1" minlon="2" maxlat="3" maxlon="4"/><nd ref="8"/>${CHARGING}</way>`,
          `<way id="3"><nd ref="1" lat="1" lon="1"/><nd ref="2" lat="1" lon="3"/><nd ref="3" lat="3" lon="3"/><nd ref="1" lat="1" lon="1"/>${CHARGING}</way>`,
          `<relation id="4"><member type="node" ref="9" role="" lat="5" lon="6"/>${CHARGING}</relation>`,
        ),
      ),
    );
    expect(objects.map(({ lat, lon, outlines }) => [lat, lon, outlines.length])).toEqual([
      [1, 2, 0],
      [2, 3, 0],
      [2, 2, 1],
      [5, 6, 0],
    ]);
    expect(facts.timestamp).toBe("2026-01-02T03:04:05Z");
  });
});
