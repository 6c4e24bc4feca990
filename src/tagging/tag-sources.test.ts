import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Location } from "../ocpi/location.js";
import { OCPI_LOCATION_ID, type SourceRecord } from "../ocpi/source-record.js";
import { aConnector, aLocation, aRecord, anEvse } from "../ocpi/location.test-support.js";
import { valueAt } from "../sources/json-value.js";
import { ocpi } from "../sources/ocpi.js";
import { ocpiRecord } from "../sources/ocpi-records.test-support.js";
import { DEFAULT_TAGGING, type Station, type TaggingOptions, tagLocation } from "./tag-location.js";
import { tagSources } from "./tag-sources.js";

const EVERYTHING: TaggingOptions = { ...DEFAULT_TAGGING, extended: true, name: true, chargePoints: true };

/** The sources of a tag that is there. */
function sources(fields: Partial<Location>, key: string): string[] {
  const record = aRecord(fields);
  const made = tagLocation(record, EVERYTHING);
  if ("reason" in made) throw new Error(made.reason);
  expect(made.station.tags.map((tag) => tag.key)).toContain(key);
  return tagSources(record, made.station.evses, made.country, key);
}

describe("tagSources: where a tag comes from", () => {
  const garage = { parking_type: "PARKING_GARAGE", parking_places: [{ roofed: true }] };
  const motorcycles = { evses: [anEvse({ parking_restrictions: ["MOTORCYCLES"] })] };
  const bad = { evses: [anEvse({ evse_id: "1" }), anEvse({ evse_id: "LT*ABC*E1" })] };
  const computed = { power_type: "AC_1_PHASE", max_voltage: 230, max_amperage: 32, max_electric_power: 0 };
  const tooMuch = aConnector({ max_electric_power: 99_000_000 });
  const unknown = aConnector({ max_electric_power: 0, max_voltage: 690, max_amperage: 32 });
  const mixed = {
    evses: [anEvse({ connectors: [aConnector(), aConnector({ format: "CABLE", ...computed })] })],
  };

  test.each<[string, Partial<Location>, string, string[]]>([
    ["the record itself", {}, "amenity", [""]],
    [
      "the EVSEs that count",
      { evses: [anEvse({ status: "REMOVED" }), anEvse(), anEvse()] },
      "capacity",
      ["/evses/1", "/evses/2"],
    ],
    ["the operator", { operator: { name: "ACME" } }, "operator", ["/operator/name"]],
    ["the id", {}, "ref:ocpi:location:id", ["/id"]],
    ["only ids that are valid", bad, "ref:EU:EVSE", ["/evses/1/evse_id"]],
    ["connectors of the key", mixed, "socket:type2_cable", ["/evses/0/connectors/1/standard"]],
    ["stated power", mixed, "socket:type2:output", ["/evses/0/connectors/0/max_electric_power"]],
    [
      "no power that was not written",
      { evses: [anEvse({ connectors: [tooMuch, unknown, aConnector()] })] },
      "socket:type2:output",
      ["/evses/0/connectors/2/max_electric_power"],
    ],
    [
      "volts and amperes",
      mixed,
      "socket:type2_cable:output",
      ["/evses/0/connectors/1/max_voltage", "/evses/0/connectors/1/max_amperage"],
    ],
    ["nothing restricts, the Location is published", {}, "access", ["/publish"]],
    [
      "a restriction",
      { evses: [anEvse({ parking_restrictions: ["CUSTOMERS"] })] },
      "access",
      ["/evses/0/parking_restrictions"],
    ],
    [
      "EVSEs that have the capability",
      { evses: [anEvse(), anEvse({ capabilities: ["RFID_READER"] })] },
      "authentication:nfc",
      ["/evses/1/capabilities"],
    ],
    ["the operator", { operator: { name: "Fastned" }, country: "NLD" }, "brand:wikidata", ["/operator/name"]],
    ["opening times", { opening_times: { twentyfourseven: true } }, "opening_hours", ["/opening_times"]],
    ["a garage", garage, "covered", ["/parking_type"]],
    ["roofs", { ...garage, parking_type: "ON_STREET" }, "covered", ["/parking_places"]],
    ["motorcycles only", motorcycles, "motorcar", ["/evses/0/parking_restrictions"]],
    ["places", { parking_places: [{ vehicle_types: ["VAN"] }] }, "goods", ["/parking_places"]],
  ])("%s", (_what, fields, key, pointers) => expect(sources(fields, key)).toEqual(pointers));

  test("a Location that does not say whether it is published is open as a whole", () => {
    const { publish: _publish, ...location } = aLocation();
    const record: SourceRecord = { location, ocpiLocationId: location.id, notes: [] };
    expect(tagSources(record, [{ evse: anEvse(), index: 0 }], "LT", "access")).toEqual([""]);
  });

  test("what a profile supplies has no source", () => {
    expect(tagSources(aRecord(), [], "LT", "operator")).toEqual([]);
    expect(tagSources(aRecord({ operator: { name: "N/A" } }), [], "LT", "operator")).toEqual([]);
  });

  test("T2.1: a genuine id that is not the record's own has a place of its own", () => {
    const record: SourceRecord = { ...aRecord(), ocpiLocationId: "CPO1" };
    expect(tagSources(record, [], "LT", "ref:ocpi:location:id")).toEqual([OCPI_LOCATION_ID]);
    expect(tagSources(record, [], "LT", "ref:ocpi:location:id", "source")).toEqual(["/id"]);
    const source: SourceRecord = { ...aRecord(), ocpiLocationId: undefined };
    expect(tagSources(source, [], "LT", "ref:ocpi:location:id")).toEqual(["/id"]);
  });

  test("every tag of any record has a place in that record, and the place holds something", () => {
    let tagsSeen = 0;
    fc.assert(
      fc.property(ocpiRecord, (value) => {
        const record = ocpi.read(value, (text) => text, "tagging");
        if ("unreadable" in record) return;
        const made: Station | { reason: string } = tagLocation(record, EVERYTHING);
        if ("reason" in made) return;
        const withoutSource: string[] = [];
        for (const point of [made.station, ...made.chargePoints]) {
          for (const { key } of point.tags) {
            tagsSeen++;
            const canonical = tagSources(record, point.evses, made.country, key);
            const pointers = canonical.map((pointer) => ocpi.sourcePointer(pointer, value) ?? "/nowhere");
            const found = pointers.every((pointer) => (valueAt(value, pointer) ?? undefined) !== undefined);
            if (pointers.length === 0 || !found) withoutSource.push(`${key} ${canonical.join(" ")}`);
          }
        }
        expect(withoutSource).toEqual([]);
      }),
      { numRuns: 500 },
    );
    expect(tagsSeen).toBeGreaterThan(1000);
  });
});
