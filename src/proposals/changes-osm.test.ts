import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { itWithOsmium, osmium } from "../osm/osmium.test-support.js";
import { readXml } from "../osm/xml.test-support.js";
import { changesOsm } from "./changes-osm.js";
import { LICENSED, UNLICENSED } from "./emitted.test-support.js";
import { newNodeIds } from "./loadable-edits.js";
import { anyProposals } from "./proposal-arbitrary.test-support.js";
import { CREATE, MODIFY, NODE, RELATION, REVIEW, WAY, WAY_NODES, fileText } from "./proposal.test-support.js";
import { elementsWithTags } from "./written-edits.test-support.js";

const OF_WAY = { ...MODIFY, id: "modify/W", target: WAY, wayNodes: WAY_NODES };
const OF_RELATION = { ...MODIFY, id: "modify/R", target: RELATION };

describe("changes.osm", () => {
  it("holds a changed element whole, with its version and all of its tags", () => {
    expect(fileText(changesOsm, [MODIFY]).split("\n").slice(6)).toEqual([
      '  <node id="123" version="4" timestamp="2025-01-02T03:04:05Z" uid="7" user="a mapper" changeset="99" ' +
        'lat="54.6871555" lon="25.27" action="modify">',
      '    <tag k="amenity" v="charging_station"/>',
      '    <tag k="capacity" v="4"/>',
      '    <tag k="note" v="kept as it is"/>',
      '    <tag k="socket:type2" v="4"/>',
      "  </node>",
      "</osm>",
      "",
    ]);
  });

  it("asks before an upload with a licence, forbids it without one, and always lets download around (D9)", () => {
    const root = (about: typeof LICENSED) => readXml(fileText(changesOsm, [MODIFY], about))[0]?.attributes;
    expect(root(LICENSED)).toEqual({
      version: "0.6",
      generator: "ocpi2osm 0.1.0",
      upload: "false",
      license: "https://opendatacommons.org/licenses/odbl/",
    });
    expect(root(UNLICENSED)).toMatchObject({ upload: "never" });
    expect(root(UNLICENSED)).not.toHaveProperty("download");
  });

  it("states the changeset's comment and source, and no bounds, which JOSM takes for a downloaded area", () => {
    const elements = readXml(fileText(changesOsm, [CREATE, OF_WAY]));
    expect(elements.slice(1, 4)).toEqual([
      { name: "changeset", attributes: {} },
      { name: "tag", attributes: { k: "comment", v: "Charging stations of Example" } },
      { name: "tag", attributes: { k: "source", v: "Example OCPI feed" } },
    ]);
    expect(elements.some(({ name }) => name === "bounds")).toBe(false);
  });

  it("holds new nodes as -1, -2, …, then nodes, ways and relations by id", () => {
    const document = fileText(changesOsm, [OF_RELATION, OF_WAY, MODIFY, CREATE]);
    const order = elementsWithTags(document).map(({ element: { name, attributes } }) => [
      `${name} ${attributes["id"]}`,
      attributes["action"],
    ]);
    expect(order).toEqual([
      ["node -1", undefined],
      ["node -2", undefined],
      ["node 31", undefined],
      ["node 32", undefined],
      ["node 33", undefined],
      ["node 123", "modify"],
      ["way 45", "modify"],
      ["relation 6", "modify"],
    ]);
    const members = readXml(document).flatMap(({ name, attributes }) =>
      name === "nd" || name === "member" ? [attributes] : [],
    );
    expect(members).toEqual([
      { ref: "31" },
      { ref: "32" },
      { ref: "33" },
      { ref: "31" },
      { type: "way", ref: "45", role: "outer" },
      { type: "node", ref: "77", role: "" },
    ]);
  });

  it("leaves out what needs a decision first and what has no version (D1.2)", () => {
    const unversioned = { ...NODE, id: 9, version: undefined };
    const proposals = [
      REVIEW,
      { ...MODIFY, id: "conflict/1", change: "conflict" as const },
      { ...MODIFY, id: "close/1", change: "close" as const },
      { ...MODIFY, id: "modify/2", withheld: "no-version" as const, target: unversioned },
      { ...MODIFY, id: "modify/3", target: unversioned },
      { ...MODIFY, id: "modify/4", target: { ...NODE, id: -9 } },
    ];
    expect(elementsWithTags(fileText(changesOsm, proposals))).toEqual([]);
  });

  it("shows a node that a changed way is made of once, as changed if it is", () => {
    const node = { ...MODIFY, id: "modify/N", target: { ...NODE, id: 32 } };
    const actions = elementsWithTags(fileText(changesOsm, [node, OF_WAY])).map(
      ({ element: { attributes } }) => [attributes["id"], attributes["action"]],
    );
    expect(actions).toEqual([
      ["31", undefined],
      ["32", "modify"],
      ["33", undefined],
      ["45", "modify"],
    ]);
  });

  it("holds an element once that several proposals change", () => {
    const relink = {
      ...MODIFY,
      id: "relink/LT*IGN*42",
      change: "relink" as const,
      tags: [{ ...MODIFY.tags[0]!, key: "ref:ocpi:location:id", new: "43" }],
    };
    const [only, ...others] = elementsWithTags(fileText(changesOsm, [MODIFY, relink]));
    expect(others).toEqual([]);
    expect(only?.tags).toEqual(
      new Map([
        ["amenity", "charging_station"],
        ["capacity", "4"],
        ["note", "kept as it is"],
        ["ref:ocpi:location:id", "43"],
        ["socket:type2", "4"],
      ]),
    );
  });

  it("keeps node ids when only a part of the proposals is written", () => {
    const second = { ...CREATE, id: "create/other" };
    const context = { about: LICENSED, newIds: newNodeIds([CREATE, second]) };
    const part = [...changesOsm.text([second], context)].join("");
    expect(elementsWithTags(part).map(({ element }) => element.attributes["id"])).toEqual(["-3", "-4"]);
  });

  it("does not write what OSM would refuse, but leaves alone what OSM holds", () => {
    const tooLong = { ...MODIFY, tags: [{ ...MODIFY.tags[0]!, new: "x".repeat(256) }] };
    expect(() => fileText(changesOsm, [tooLong])).toThrow(/modify\/LT\*IGN\*42: capacity: .* 256 characters/);
    const disagreeing = { ...MODIFY, id: "modify/other", tags: [{ ...MODIFY.tags[0]!, new: "5" }] };
    expect(() => fileText(changesOsm, [MODIFY, disagreeing])).toThrow(/disagree on capacity of n123/);
    const odd = { ...MODIFY, target: { ...NODE, tags: [{ key: "note", value: " blank at its ends " }] } };
    expect(elementsWithTags(fileText(changesOsm, [odd]))[0]?.tags.get("note")).toBe(" blank at its ends ");
  });

  itWithOsmium("is read by osmium with every reference in it, ordered", () => {
    const document = fileText(changesOsm, [CREATE, MODIFY, OF_WAY, OF_RELATION], UNLICENSED);
    osmium(document, "check-refs");
    expect(osmium(document, "fileinfo", "-e", "-g", "data.objects_ordered").trim()).toBe("yes");
    expect(osmium(document, "fileinfo", "-e", "-g", "data.count.ways").trim()).toBe("1");
    expect(osmium(document, "fileinfo", "-g", "header.option.xml_josm_upload").trim()).toBe("never");
  });

  itWithOsmium("is read by osmium, ordered, whatever the proposals are", () => {
    fc.assert(
      fc.property(anyProposals, (proposals) => {
        const document = fileText(changesOsm, proposals);
        const info = osmium(document, "fileinfo", "-e");
        if (elementsWithTags(document).length > 0)
          expect(info).toContain("Objects ordered (by type and id): yes");
      }),
      { numRuns: 20 },
    );
  });
});
