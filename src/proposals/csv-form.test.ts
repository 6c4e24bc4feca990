import { describe, expect, it } from "vitest";
import { HOSTILE_TEXTS } from "../osm/xml.test-support.js";
import { DEFAULT_TAGGING, tagLocation } from "../tagging/tag-location.js";
import { CSV_COLUMNS } from "./csv-columns.js";
import { csvForm } from "./csv-form.js";
import { readCsv } from "./csv.test-support.js";
import { EMITTED, LICENSED, UNLICENSED, documentOf, emittedWith } from "./emitted.test-support.js";
import type { EmittedLocation, OutputAbout } from "./output-form.js";
import { ruleReason } from "./rule-reasons.js";

async function rowsOf(
  emitted: EmittedLocation,
  about: OutputAbout = LICENSED,
): Promise<Record<string, string>[]> {
  const [header = [], ...records] = readCsv(await documentOf(csvForm, about, [emitted]));
  expect(header).toEqual([...CSV_COLUMNS]);
  return records.map((record) =>
    Object.fromEntries(header.map((column, index) => [column, record[index] ?? "?"])),
  );
}

describe("--format csv", () => {
  it("writes one row a tag, with where it came from and why", async () => {
    const rows = await rowsOf(EMITTED);
    expect(rows).toHaveLength(3);
    expect(rows[1]).toEqual({
      proposal: "create/LT*IGN*42",
      change: "create",
      class: "A",
      osm_type: "node",
      osm_id: "-4",
      osm_version: "",
      country_code: "LT",
      party_id: "IGN",
      location_id: "42",
      lat: "54.6871555",
      lon: "-25.27",
      distance_m: "",
      match: "",
      key: "socket:type2",
      old_value: "",
      base_value: "",
      new_value: "1",
      rule: "T3.1",
      reason: "number of vehicles that can use this socket at once",
      source_file: "feeds/example.json",
      source_pointer: "/evses/0/connectors/0/standard",
      source_value: "IEC_62196_T2",
      osm_url: "https://www.openstreetmap.org/?mlat=54.6871555&mlon=-25.27#map=19/54.6871555/-25.27",
      josm_url:
        "http://127.0.0.1:8111/add_node?lon=-25.27&lat=54.6871555&addtags=amenity%3Dcharging_station%7Csocket%3Atype2%3D1",
    });
  });

  it("numbers charge points after their station and places them where they stand", async () => {
    const charge = (await rowsOf(EMITTED))[2];
    expect(charge).toMatchObject({
      proposal: "create/LT*IGN*42/cp1",
      osm_id: "-5",
      lat: "54.6873",
      key: "man_made",
    });
  });

  it("marks every row of an unlicensed source and gives it no way into JOSM (D9)", async () => {
    for (const row of await rowsOf(EMITTED, UNLICENSED)) {
      expect(row["reason"]).toMatch(/^compare only: survey before you map/);
      expect(row["josm_url"]).toBe("");
    }
  });

  it("shows one source as it is and several as JSON, pointers apart by blanks", async () => {
    const sources = [
      { pointer: "/evses/0/status", value: "AVAILABLE" },
      { pointer: "/evses/1", value: { status: null, uid: 7 } },
    ];
    const [several] = await rowsOf({ ...EMITTED, sourcesOf: () => sources });
    expect(several).toMatchObject({
      source_pointer: "/evses/0/status /evses/1",
      source_value: '["AVAILABLE",{"status":null,"uid":7}]',
    });
    const [object] = await rowsOf({ ...EMITTED, sourcesOf: () => sources.slice(1) });
    expect(object?.["source_value"]).toBe('{"status":null,"uid":7}');
    const [none] = await rowsOf({ ...EMITTED, sourcesOf: () => [] });
    expect(none).toMatchObject({ source_pointer: "", source_value: "" });
  });

  it("sends JOSM no tag that its separator would tear apart", async () => {
    const tags = [
      { key: "a", value: "1|b=2", rule: "T5.5" },
      { key: "c", value: "x=y & z", rule: "T5.5" },
    ];
    const [row] = await rowsOf({ ...EMITTED, station: { ...EMITTED.station, tags } });
    expect(new URL(row?.["josm_url"] ?? "").searchParams.get("addtags")).toBe("c=x=y & z");
  });

  it.each(HOSTILE_TEXTS)("keeps %j in its cells", async (text) => {
    const rows = await rowsOf(emittedWith(text));
    expect(rows).toHaveLength(4);
    for (const row of rows) {
      for (const column of ["country_code", "source_file", "source_value", "new_value"]) {
        expect(row[column]).not.toMatch(/^[=+@\t\r]|^-(?!\d)/);
      }
      expect(row["proposal"]).toMatch(/^create\//);
    }
  });

  it("has a reason in words for every rule that tags a Location", () => {
    const tagged = tagLocation(
      {
        ocpiLocationId: "42",
        notes: [],
        location: {
          country_code: "DE",
          party_id: "ABC",
          id: "42",
          name: "Main St",
          coordinates: { latitude: "52.5", longitude: "13.4" },
          operator: { name: "Example" },
          opening_times: { twentyfourseven: true },
          evses: [
            {
              evse_id: "DE*ABC*E1",
              capabilities: ["RFID_READER", "RESERVABLE"],
              coordinates: { latitude: "52.501", longitude: "13.4" },
              connectors: [{ standard: "IEC_62196_T2", format: "CABLE", max_electric_power: 22_000 }],
            },
          ],
        },
      },
      { ...DEFAULT_TAGGING, extended: true, name: true, chargePoints: true },
    );
    if ("reason" in tagged) throw new Error(`not emitted: ${tagged.reason}`);
    const rules = new Set(
      [tagged.station, ...tagged.chargePoints].flatMap(({ tags }) => tags.map(({ rule }) => rule)),
    );
    expect(rules.size).toBeGreaterThan(8);
    for (const rule of rules) expect(ruleReason(rule)).not.toContain(rule);
  });
});
