import { anything, array, assert, jsonValue, property, record as recordOf } from "fast-check";
import { describe, expect, it } from "vitest";
import { connectorTypeReader, crosswalkOf } from "./connector-type-crosswalk.js";
import { aGroup, aStation, fixtureJson, tagged } from "../commands/here-v2.test-support.js";

const saved = fixtureJson("connector-types/country-metadata.json");

function inCountry(country: string, id: unknown) {
  return { ...aStation(aGroup(id, 1, { powerFeedType: { name: "DC" } })), address: { country } };
}

describe("a saved countryMetadata answer", () => {
  it("becomes one row an id, and one a standard where countries differ", () => {
    expect(crosswalkOf(saved)).toEqual([
      { id: 10, standard: "DOMESTIC_E" },
      { id: 31, standard: "IEC_62196_T2" },
      { id: 43, standard: "SAE_J3400", countries: ["USA"] },
      { id: 43, standard: "TESLA_S", countries: ["AUT"] },
      { id: 57, standard: "IEC_62196_T2_COMBO" },
    ]);
  });

  it("is the same in pieces and in any order", () => {
    const [first, ...others] = saved.countries;
    expect(crosswalkOf([{ countries: others }, first])).toEqual(crosswalkOf(saved));
  });

  it("is empty where it has no legacyId, and nothing makes it throw", () => {
    expect(crosswalkOf({ evStations: {} })).toEqual([]);
    expect(
      crosswalkOf([{ countries: [{ countryCode: "DEU", connectorTypes: [{ standard: "MCS" }] }] }]),
    ).toEqual([]);
    assert(property(jsonValue(), (value) => Array.isArray(crosswalkOf(value))));
    const type = recordOf({ standard: jsonValue(), legacyId: jsonValue() });
    const countries = array(recordOf({ countryCode: anything(), connectorTypes: array(type) }));
    assert(property(countries, (value) => Array.isArray(crosswalkOf({ countries: value }))));
  });
});

describe("a station read with it", () => {
  const crosswalk = crosswalkOf(saved);

  it("has the plugs of ids that are not public, and of those that could be several", () => {
    expect(tagged(inCountry("DEU", 57), crosswalk).tags).toMatchObject({ "socket:type2_combo": "1" });
    const french = tagged(inCountry("FRA", "10"), crosswalk);
    expect(french.tags).toMatchObject({ "socket:typee": "1" });
    expect(french.notes.filter((note) => note.startsWith("connector-type"))).toEqual([]);
  });

  it("believes its own country where countries differ, and nobody elsewhere", () => {
    expect(tagged(inCountry("AUT", 43), crosswalk).tags).toMatchObject({ "socket:type2_combo": "1" });
    expect(tagged(inCountry("usa", 43), crosswalk).tags).toMatchObject({ "socket:nacs": "1" });
    const elsewhere = tagged(inCountry("DEU", 43), crosswalk);
    expect(Object.keys(elsewhere.tags).filter((key) => key.startsWith("socket:"))).toEqual([]);
    expect(elsewhere.notes).toContain(
      "connector-type-ambiguous: id 43 is SAE_J3400 in USA and TESLA_S in AUT",
    );
  });

  it("falls back on the table for ids it does not have", () => {
    expect(connectorTypeReader(crosswalk)("34", undefined, "DEU")).toEqual({
      standard: "IEC_62196_T2_COMBO",
    });
  });
});
