import { describe, expect, it } from "vitest";
import { decodeOpl, itWithOsmium, osmium } from "../osm/osmium.test-support.js";
import { HOSTILE_TEXTS, readXml } from "../osm/xml.test-support.js";
import { legalText } from "../osm/xml-text.js";
import { EMITTED, LICENSED, UNLICENSED, documentOf, emittedWith } from "./emitted.test-support.js";
import { osmForm } from "./osm-form.js";

describe("--format osm", () => {
  it("writes the station, then its charge points", async () => {
    const elements = readXml(await documentOf(osmForm, LICENSED, [EMITTED]));
    const nodes = elements.filter(({ name }) => name === "node");
    expect(nodes.map(({ attributes }) => attributes)).toEqual([
      { id: "-4", lat: "54.6871555", lon: "-25.27" },
      { id: "-5", lat: "54.6873", lon: "-25.2701" },
    ]);
  });

  it("cannot be uploaded from JOSM without a licence, and only after a question with one (D9)", async () => {
    expect(readXml(await documentOf(osmForm, UNLICENSED, []))[0]?.attributes["upload"]).toBe("never");
    expect(readXml(await documentOf(osmForm, LICENSED, []))[0]?.attributes).toMatchObject({
      upload: "false",
      license: "https://opendatacommons.org/licenses/odbl/",
    });
  });

  it("pre-fills the changeset", async () => {
    const tags = readXml(await documentOf(osmForm, LICENSED, [])).slice(-2);
    expect(tags.map(({ attributes }) => attributes)).toEqual([
      { k: "comment", v: "Charging stations of Example" },
      { k: "source", v: "Example OCPI feed" },
    ]);
  });

  it("writes the bounds over their place, and over nothing else", async () => {
    const head = await osmForm.head(LICENSED);
    const bounds = { minLat: 54.6871555, minLon: -25.2701, maxLat: 54.6873, maxLon: -25.27 };
    const patch = osmForm.boundsPatch?.(head, bounds);
    const bytes = Buffer.from(await documentOf(osmForm, LICENSED, [EMITTED]));
    const before = readXml(bytes.toString());
    bytes.write(patch?.text ?? "", patch?.offset ?? 0);
    const [root, element, ...rest] = readXml(bytes.toString());
    expect(element).toEqual({
      name: "bounds",
      attributes: { minlat: "54.6871555", minlon: "-25.2701", maxlat: "54.6873", maxlon: "-25.27" },
    });
    expect([root, ...rest]).toEqual(before);
  });

  itWithOsmium("is read by osmium with hostile text in every place", async () => {
    const emitted = HOSTILE_TEXTS.map((text, index) => ({
      ...emittedWith(text),
      station: { ...emittedWith(text).station, id: -index - 1 },
      chargePoints: [],
    }));
    const document = await documentOf(osmForm, UNLICENSED, emitted);
    osmium(document, "check-refs");
    const nodes = osmium(document, "cat", "-t", "node", "-f", "opl").trim().split("\n");
    const values = nodes.map((line) => decodeOpl(/,z=(\S*) x/.exec(line)?.[1] ?? "not found"));
    expect(values).toEqual(HOSTILE_TEXTS.map(legalText));
  });
});
