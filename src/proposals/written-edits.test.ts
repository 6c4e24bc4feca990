import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { HOSTILE_TEXTS, readXml } from "../osm/xml.test-support.js";
import type { Proposal } from "../merging/proposal.js";
import { changesCsv } from "./changes-csv.js";
import { changesOsc } from "./changes-osc.js";
import { changesOsm } from "./changes-osm.js";
import { anyProposals } from "./proposal-arbitrary.test-support.js";
import { proposalsNdjson } from "./proposal-line.js";
import { CREATE, MODIFY, REVIEW, fileText, proposalWith } from "./proposal.test-support.js";
import { editsInCsv, editsInNdjson, editsInXml } from "./written-edits.test-support.js";

function editsEverywhere(proposals: readonly Proposal[]) {
  const ndjson = fileText(proposalsNdjson, proposals);
  return {
    ndjson: editsInNdjson(ndjson),
    osm: editsInXml(fileText(changesOsm, proposals), ndjson),
    osc: editsInXml(fileText(changesOsc, proposals), ndjson),
    csv: editsInCsv(fileText(changesCsv, proposals)),
  };
}

describe("one set of proposals in many forms (D6)", () => {
  it("says the same in all of them", () => {
    const expected = [
      "new -1 54.5,-25.25 amenity=charging_station",
      "new -2 54.5001,-25.2501 man_made=charge_point",
      "node 123 v4 capacity=4",
      "node 123 v4 socket:type2=4",
    ];
    expect(editsEverywhere([CREATE, MODIFY, REVIEW])).toEqual({
      ndjson: expected,
      osm: expected,
      osc: expected,
      csv: expected,
    });
  });

  it("says the same in all of them, whatever the proposals are", () => {
    fc.assert(
      fc.property(anyProposals, (proposals) => {
        const { ndjson, osm, osc, csv } = editsEverywhere(proposals);
        expect(osm).toEqual(ndjson);
        expect(osc).toEqual(ndjson);
        expect(csv).toEqual(ndjson);
      }),
    );
  });

  it.each(HOSTILE_TEXTS)("says the same with %j in every place", (text) => {
    const { ndjson, osm, osc, csv } = editsEverywhere([proposalWith(text)]);
    expect(ndjson).toHaveLength(1);
    expect(osm).toEqual(ndjson);
    expect(osc).toEqual(ndjson);
    expect(csv).toEqual(ndjson);
    expect(
      readXml(fileText(changesOsm, [proposalWith(text)])).filter(({ name }) => name === "node"),
    ).toHaveLength(1);
  });
});
