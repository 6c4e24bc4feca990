import { describe, expect, test } from "vitest";
import { LOCATION_FIELDS, ocpiNameOf, withOcpiNames } from "./field-names.js";

const named = (value: unknown): unknown => withOcpiNames(value, LOCATION_FIELDS);

describe("withOcpiNames", () => {
  test("camelCase, PascalCase and other spellings, at every depth", () => {
    expect(
      named({
        countryCode: "LT",
        PartyId: "ABC",
        Evses: [{ evseId: "1", connectors: [{ maxElectricPower: 1, "power-type": "DC" }] }],
        openingTimes: { regularHours: [{ periodBegin: "08:00" }] },
      }),
    ).toMatchObject({
      country_code: "LT",
      party_id: "ABC",
      evses: [{ evse_id: "1", connectors: [{ max_electric_power: 1, power_type: "DC" }] }],
      opening_times: { regular_hours: [{ period_begin: "08:00" }] },
    });
  });

  test("T4.2: 2.1.1's names of fields are read as 2.3.0's", () => {
    expect(
      named({ type: "ON_STREET", evses: [{ connectors: [{ voltage: 230, amperage: 32 }] }] }),
    ).toMatchObject({
      parking_type: "ON_STREET",
      evses: [{ connectors: [{ max_voltage: 230, max_amperage: 32 }] }],
    });
    expect(named({ coordinates: { lat: 1, lng: 2 } })).toMatchObject({
      coordinates: { latitude: 1, longitude: 2 },
    });
  });

  test("OCPI's own spelling wins, unless it is null", () => {
    expect(named({ party_id: "A", partyId: "B" })).toMatchObject({ party_id: "A" });
    expect(named({ party_id: null, partyId: "B" })).toMatchObject({ party_id: "B" });
    expect(named({ partyId: "B", party_id: null })).toMatchObject({ party_id: "B" });
    expect(named({ evses: null, Evses: [{ evseId: "1" }] })).toMatchObject({ evses: [{ evse_id: "1" }] });
  });

  test("of several foreign spellings the first that says something wins", () => {
    expect(named({ partyId: "A", PartyID: "B" })).toMatchObject({ party_id: "A" });
    expect(named({ partyId: null, PartyID: "B" })).toMatchObject({ party_id: "B" });
    expect(named({ partyId: "A", PartyID: null })).toMatchObject({ party_id: "A" });
  });

  test("a record in OCPI's names is given back as it is, and no record is changed", () => {
    const plain = { id: "1", evses: [{ uid: "a", connectors: [{ id: "1" }] }], other: { deep: [] } };
    expect(named(plain)).toBe(plain);
    const camel = Object.freeze({ partyId: "A", evses: Object.freeze([Object.freeze({ evseId: "1" })]) });
    expect(named(camel)).toMatchObject({ party_id: "A", evses: [{ evse_id: "1" }] });
  });

  test("`type` of something else than a Location keeps its meaning", () => {
    const image = { images: [{ type: "png" }] };
    expect(named(image)).toBe(image);
  });

  test("unknown keys are left alone, `__proto__` among them", () => {
    const hostile: unknown = JSON.parse(
      '{"__proto__":{"publish":false},"constructor":{},"partyId":"A","evses":[{"__proto__":{"status":"REMOVED"},"evseId":"1"}]}',
    );
    const result = named(hostile);
    expect(result).toMatchObject({ party_id: "A", evses: [{ evse_id: "1" }] });
    expect(result).not.toHaveProperty("publish");
    expect(result).not.toHaveProperty("evses.0.status");
  });

  test("what is no object has no names", () => {
    for (const value of [null, 7, "x", true, [], [1, null, [{ evseId: 1 }]]])
      expect(named(value)).toBe(value);
  });
});

describe("ocpiNameOf", () => {
  test.each([
    ["countryCode", "country_code"],
    ["COUNTRY CODE", "country_code"],
    ["type", "parking_type"],
    ["Type", "parking_type"],
    ["lat", undefined],
    ["__proto__", undefined],
    ["toString", undefined],
    ["", undefined],
  ])("%j of a Location is %s", (key, name) => expect(ocpiNameOf(key, LOCATION_FIELDS)).toBe(name));
});
