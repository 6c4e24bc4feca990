import { describe, expect, it } from "vitest";
import { HOSTILE_TEXTS } from "../osm/xml.test-support.js";
import type { Proposal } from "../merging/proposal.js";
import { changesCsv } from "./changes-csv.js";
import { CHANGES_COLUMNS } from "./csv-columns.js";
import { readCsv } from "./csv.test-support.js";
import { LICENSED, UNLICENSED } from "./emitted.test-support.js";
import type { OutputAbout } from "./output-form.js";
import { CREATE, MODIFY, NODE, REVIEW, fileText, proposalWith } from "./proposal.test-support.js";

function rowsOf(proposals: readonly Proposal[], about: OutputAbout = LICENSED): Record<string, string>[] {
  const [header = [], ...records] = readCsv(fileText(changesCsv, proposals, about));
  expect(header).toEqual([...CHANGES_COLUMNS]);
  return records.map((record) =>
    Object.fromEntries(header.map((column, index) => [column, record[index] ?? "?"])),
  );
}

describe("changes.csv", () => {
  it("has a row a tag: what OSM has, what the feed said and says, why, and links", () => {
    const rows = rowsOf([MODIFY]);
    expect(rows).toHaveLength(2);
    expect(rows[0]).toEqual({
      proposal: "modify/LT*IGN*42",
      change: "modify",
      class: "A",
      osm_type: "node",
      osm_id: "123",
      osm_version: "4",
      country_code: "LT",
      party_id: "IGN",
      location_id: "42",
      lat: "54.6872",
      lon: "25.2701",
      distance_m: "8.1",
      match: "ref",
      key: "capacity",
      old_value: "2",
      base_value: "2",
      new_value: "4",
      rule: "T5.1",
      reason:
        "the feed's value changed since the last import, OSM still has the earlier one; " +
        "number of EVSEs that are neither removed nor planned",
      source_file: "feeds/example.json",
      source_pointer: "/evses",
      source_value: '[1,{"a":null}]',
      osm_url: "https://www.openstreetmap.org/node/123",
      josm_url: "http://127.0.0.1:8111/load_object?objects=n123&addtags=capacity%3D4%7Csocket%3Atype2%3D4",
      decision: "",
      note: "",
    });
  });

  it("has the new node's id and place of a create, charge points after their station", () => {
    expect(rowsOf([MODIFY, CREATE]).slice(2)).toMatchObject([
      {
        proposal: "create/LT*IGN*7",
        osm_type: "node",
        osm_id: "-1",
        osm_version: "",
        match: "",
        osm_url: "https://www.openstreetmap.org/?mlat=54.5&mlon=-25.25#map=19/54.5/-25.25",
        josm_url: "http://127.0.0.1:8111/add_node?lon=-25.25&lat=54.5&addtags=amenity%3Dcharging_station",
      },
      { proposal: "create/LT*IGN*7/cp1", osm_id: "-2", lat: "54.5001", key: "man_made", class: "A" },
    ]);
  });

  it("lists the candidates of an unsettled match and chooses none", () => {
    expect(rowsOf([REVIEW])[0]).toMatchObject({
      change: "review",
      osm_type: "",
      osm_id: "",
      match: "ambiguous",
      reason:
        "two candidates are about as likely: n1;w2 (0.62, 12.3 m), r3 (0.6, 20 m); " +
        "OSM has no charging station here; the feed lists a charging station here",
      josm_url:
        "http://127.0.0.1:8111/load_and_zoom?left=-25.251&right=-25.249&top=54.501&bottom=54.499" +
        "&select=node1,way2,relation3",
    });
  });

  it("has a row for a proposal without tags too", () => {
    expect(rowsOf([{ ...REVIEW, tags: [] }])).toMatchObject([
      { proposal: "review/LT*IGN*8", key: "", new_value: "" },
    ]);
  });

  it("only shows, in JOSM, what is not ready to be edited", () => {
    const [close] = rowsOf([{ ...MODIFY, id: "close/1", change: "close", reason: "gone-from-feed" }]);
    expect(close?.["josm_url"]).toMatch(/load_and_zoom\?.*&select=node123$/);
    expect(close?.["reason"]).toMatch(/^missing from the feed for several runs; /);
    const unversioned = {
      ...MODIFY,
      withheld: "no-version" as const,
      target: { ...NODE, version: undefined },
    };
    const [withheld] = rowsOf([unversioned]);
    expect(withheld?.["josm_url"]).toMatch(/load_and_zoom/);
    expect(withheld?.["reason"]).toMatch(/^not in the files for editors: /);
  });

  it("sends JOSM no tag that its separator would tear apart, and none to take away", () => {
    const [first] = MODIFY.tags;
    const tags = [
      { ...first!, key: "a", new: "1|b=2" },
      { ...first!, key: "b", new: undefined },
      { ...first!, key: "c", new: "x=y & z" },
    ];
    const url = new URL(rowsOf([{ ...MODIFY, tags }])[0]?.["josm_url"] ?? "");
    expect(url.searchParams.get("addtags")).toBe("c=x=y & z");
  });

  it("marks every row of an unlicensed source and gives it no way into JOSM (D9)", () => {
    for (const row of rowsOf([MODIFY, CREATE, REVIEW], UNLICENSED)) {
      expect(row["reason"]).toMatch(/^compare only: survey before you map; /);
      expect(row["josm_url"]).toBe("");
    }
  });

  it.each(HOSTILE_TEXTS)("keeps %j in its cells", (text) => {
    const rows = rowsOf([proposalWith(text)]);
    expect(rows).toHaveLength(1);
    for (const cell of Object.values(rows[0] ?? {})) expect(cell).not.toMatch(/^[=+@\t\r]|^-(?!\d)/);
  });

  it("writes many rows in pieces, and all of them", () => {
    const proposals = Array.from({ length: 3000 }, (_, index) => ({ ...MODIFY, id: `modify/${index}` }));
    const rows = rowsOf(proposals);
    expect(rows.map(({ proposal }) => proposal)).toEqual(proposals.flatMap(({ id }) => [id, id]));
  });
});
