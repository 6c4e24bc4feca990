import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Proposal } from "../merging/proposal.js";
import { formatDegrees } from "../ocpi/coordinates.js";
import { documentFrame } from "../osm/document-frame.js";
import { elementXml } from "../osm/element-xml.js";
import { type OsmObject, compareElements } from "../osm/osm-object.js";
import { itWithOsmium, osmiumIn } from "../osm/osmium.test-support.js";
import { readXml } from "../osm/xml.test-support.js";
import { changesOsc } from "./changes-osc.js";
import { LICENSED, UNLICENSED } from "./emitted.test-support.js";
import { LICENCE_NEEDED } from "./proposal-form.js";
import { anyProposals } from "./proposal-arbitrary.test-support.js";
import { CREATE, MODIFY, NODE, RELATION, REVIEW, WAY, WAY_NODES, fileText } from "./proposal.test-support.js";

const { head, tail } = documentFrame({ ...LICENSED, upload: "false" });

function extract(objects: readonly OsmObject[]): string {
  const texts = [...objects].sort(compareElements).map((object) => {
    const position =
      object.type === "node"
        ? { lat: formatDegrees(object.lat), lon: formatDegrees(object.lon) }
        : { lat: undefined, lon: undefined };
    return elementXml({ ...object, ...position });
  });
  return head + texts.join("") + tail;
}

/** The objects as they should be afterwards, worked out apart from what is tested. */
function afterwards(objects: readonly OsmObject[], proposals: readonly Proposal[]): OsmObject[] {
  const edits = proposals.filter(
    ({ change, withheld }) => ["create", "modify", "relink"].includes(change) && withheld === undefined,
  );
  const changed = objects.map((object) => {
    const tags = Object.fromEntries(object.tags.map(({ key, value }) => [key, value]));
    const all = new Map(Object.entries(tags));
    for (const { target, tags } of edits) {
      if (target?.type !== object.type || target.id !== object.id) continue;
      for (const { key, new: value } of tags) {
        if (value === undefined) all.delete(key);
        else all.set(key, value);
      }
    }
    return Object.assign({}, object, { tags: sorted(all) });
  });
  let id = -1;
  const created = edits.flatMap(({ target, location, tags, chargePoints }) => {
    if (target !== undefined) return [];
    const station = new Map(
      tags.flatMap(({ key, new: value }) => (value === undefined ? [] : [[key, value]])),
    );
    const points = chargePoints.map((point) => ({
      ...point,
      tags: new Map(point.tags.map(({ key, value }) => [key, value])),
    }));
    return [{ lat: location.lat, lon: location.lon, tags: station }, ...points].map(({ lat, lon, tags }) => ({
      type: "node" as const,
      id: id--,
      lat: Number(lat),
      lon: Number(lon),
      tags: sorted(tags),
      nodes: [],
      members: [],
      outlines: [],
    }));
  });
  return [...created, ...changed];
}

function sorted(tags: ReadonlyMap<string, string>) {
  return [...tags].map(([key, value]) => ({ key, value })).sort((a, b) => (a.key < b.key ? -1 : 1));
}

/** Without who changed an object last and when: a change file does not say. */
function opl(files: Readonly<Record<string, string>>, ...command: string[]): string[] {
  const lines = osmiumIn(files, ...command, "-f", "opl", "-o", "-").split("\n");
  const elements = lines.filter((line) => /^[nwr]/.test(line));
  return elements.map((line) => line.replace(/ c\S* t\S* i\S* u\S*/, "")).sort();
}

function expectApplied(objects: readonly OsmObject[], proposals: readonly Proposal[]): void {
  const files = {
    "before.osm": extract(objects),
    "changes.osc": fileText(changesOsc, proposals),
    "after.osm": extract(afterwards(objects, proposals)),
  };
  expect(opl(files, "apply-changes", "before.osm", "changes.osc")).toEqual(opl(files, "cat", "after.osm"));
}

describe("changes.osc", () => {
  it("is refused without a licence, with what to do about it (D9)", () => {
    expect(() => fileText(changesOsc, [], UNLICENSED)).toThrow(LICENCE_NEEDED);
    expect(LICENCE_NEEDED).toContain("source profile");
  });

  it("creates, then modifies in the version OSM has, without a changeset", () => {
    expect(fileText(changesOsc, [CREATE, MODIFY, REVIEW]).split("\n")).toEqual([
      '<?xml version="1.0" encoding="UTF-8"?>',
      '<osmChange version="0.6" generator="ocpi2osm 0.1.0">',
      " <create>",
      '  <node id="-1" lat="54.5" lon="-25.25">',
      '    <tag k="amenity" v="charging_station"/>',
      "  </node>",
      '  <node id="-2" lat="54.5001" lon="-25.2501">',
      '    <tag k="man_made" v="charge_point"/>',
      "  </node>",
      " </create>",
      " <modify>",
      '  <node id="123" version="4" lat="54.6871555" lon="25.27">',
      '    <tag k="amenity" v="charging_station"/>',
      '    <tag k="capacity" v="4"/>',
      '    <tag k="note" v="kept as it is"/>',
      '    <tag k="socket:type2" v="4"/>',
      "  </node>",
      " </modify>",
      "</osmChange>",
      "",
    ]);
  });

  it("has no blocks when there is nothing to edit", () => {
    expect(readXml(fileText(changesOsc, [REVIEW])).map(({ name }) => name)).toEqual(["osmChange"]);
  });

  itWithOsmium("applied by osmium makes of an extract what was proposed, object by object", () => {
    const nodes = WAY_NODES.map((node) => Object.assign({}, NODE, node));
    const untouched = { ...NODE, id: 124 };
    const closed = { ...MODIFY, tags: [{ ...MODIFY.tags[0]!, new: undefined }] };
    expectApplied(
      [NODE, untouched, ...nodes, WAY, RELATION],
      [
        CREATE,
        closed,
        { ...MODIFY, id: "modify/W", target: WAY },
        { ...MODIFY, id: "modify/R", target: RELATION },
      ],
    );
  });

  itWithOsmium("applied by osmium makes what was proposed, whatever that is", () => {
    fc.assert(
      fc.property(anyProposals, (proposals) => {
        const targets = proposals.flatMap(({ target }) => (target === undefined ? [] : [target]));
        expectApplied(targets, proposals);
      }),
      { numRuns: 25 },
    );
  });
});
