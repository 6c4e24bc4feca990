import { existsSync, readFileSync } from "node:fs";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { hereV3 } from "./here-v3.js";
import { ocpi } from "./ocpi.js";

const unknown = (dialect: typeof ocpi, value: unknown) =>
  dialect
    .unusualKeys(value)
    .filter(({ readAs }) => readAs === undefined)
    .map(({ pointer }) => pointer);

describe("keys of an OCPI record", () => {
  test("that OCPI does not have are told once each time they occur, by place", () => {
    const connector = { id: "1", status: "FREE" };
    const record = {
      id: "1",
      colour: { red: 1 },
      evses: [{ uid: "a", connectors: [connector, connector] }, null, { uid: "b", "a/b~": 0 }],
    };
    expect(ocpi.unusualKeys(record)).toEqual([
      { pointer: "/colour", value: { red: 1 }, readAs: undefined },
      { pointer: "/evses/*/connectors/*/status", value: "FREE", readAs: undefined },
      { pointer: "/evses/*/connectors/*/status", value: "FREE", readAs: undefined },
      { pointer: "/evses/*/a~1b~0", value: 0, readAs: undefined },
    ]);
  });

  test("in another spelling come with OCPI's, and what is in them is looked at", () => {
    const record = { countryCode: "NL", type: "X", openingTimes: { regularHours: [{ weekDay: 1, foo: 2 }] } };
    expect(ocpi.unusualKeys(record).map(({ pointer, readAs }) => [pointer, readAs])).toEqual([
      ["/countryCode", "country_code"],
      ["/type", "parking_type"],
      ["/openingTimes", "opening_times"],
      ["/openingTimes/regularHours", "regular_hours"],
      ["/openingTimes/regularHours/*/weekDay", "weekday"],
      ["/openingTimes/regularHours/*/foo", undefined],
    ]);
  });

  test("beside OCPI's own spelling are not read, so they are unknown", () => {
    expect(unknown(ocpi, { party_id: "ABC", partyId: "DEF" })).toEqual(["/partyId"]);
    expect(unknown(ocpi, { party_id: null, partyId: "DEF" })).toEqual([]);
  });

  test("with names that mean something to JavaScript are keys as any other", () => {
    const record: unknown = JSON.parse('{"__proto__":{"id":1},"constructor":2,"evses":[{"toString":3}]}');
    expect(unknown(ocpi, record)).toEqual(["/__proto__", "/constructor", "/evses/*/toString"]);
  });

  test("any JSON value has an answer, and nesting does not matter", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        for (const dialect of [ocpi, hereV3]) {
          for (const { pointer } of dialect.unusualKeys({ evses: value, id: value }))
            expect(pointer).toMatch(/^\/evses\//);
        }
      }),
    );
    let deep: unknown = 1;
    for (let i = 0; i < 100_000; i++) deep = { evses: [deep] };
    expect(unknown(ocpi, deep)).toEqual(["/evses/*/evses"]);
  });
});

describe("keys of a HERE v3 record", () => {
  test("that HERE documents are no surprise, read or not", () => {
    const record = {
      id: "1",
      location: { lat: 1, lng: 2 },
      operator: { name: "X", partnerId: "1" },
      predictions: [{ date: "2026-01-01" }],
      evses: [{ uid: "1", reliability: {}, connectors: [{ id: "1", tariffIndexes: [0] }] }],
      connectorGroups: [{ standard: "CHADEMO", connectorCount: 1 }],
    };
    expect(hereV3.unusualKeys(record)).toEqual([]);
  });

  test("that HERE does not have, or spells otherwise, are unknown", () => {
    const record = { id: "1", connector_groups: [], evses: [{ uid: "1", colour: 1 }] };
    expect(unknown(hereV3, record)).toEqual(["/connector_groups", "/evses/*/colour"]);
  });

  test("HERE's own example has none", () => {
    const file = "../shared/here/v3-ChargingLocation.spec-example.json";
    if (!existsSync(file)) return void process.stdout.write(`not tested: ${file} is not there\n`);
    expect(hereV3.unusualKeys(JSON.parse(readFileSync(file, "utf8")))).toEqual([]);
  });
});
