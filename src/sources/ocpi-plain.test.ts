import { existsSync, readFileSync, readdirSync } from "node:fs";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { taggedLocationSchema } from "../ocpi/location.js";
import { asIs } from "./dialect.js";
import { isRecord } from "./json-value.js";
import { ocpi } from "./ocpi.js";
import { readPlainLocation } from "./ocpi-plain.js";
import { ocpiRecord } from "./ocpi-records.test-support.js";

const PLAIN = {
  country_code: "DE",
  party_id: "ABC",
  id: " LOC1 ",
  publish: true,
  country: null,
  coordinates: { latitude: "52.5", longitude: "13.4" },
  operator: { name: "Beispielstrom", website: "https://example.org" },
  opening_times: {
    twentyfourseven: false,
    regular_hours: [{ weekday: 1, period_begin: "08:00", period_end: "20:00" }],
  },
  evses: [
    {
      uid: "1",
      evse_id: "DE*ABC*E1",
      status: "Available",
      capabilities: ["RFID_READER"],
      connectors: [
        { id: "1", standard: "IEC_62196_T2", format: "socket", power_type: "ac_3_phase", max_voltage: 230 },
      ],
      vendor_key: 1,
    },
  ],
  parking_places: [],
  last_updated: "2026-06-01T00:00:00Z",
};

/** The same record read the long way: at depth `whole` the short way is never taken. */
function longWay(value: unknown) {
  const read = ocpi.read(value, asIs, "whole");
  return "unreadable" in read ? undefined : read.location;
}

test("a record that takes no liberties is read the short way", () => {
  expect(readPlainLocation(PLAIN, asIs)).toEqual({
    country_code: "DE",
    party_id: "ABC",
    id: "LOC1",
    publish: true,
    coordinates: { latitude: "52.5", longitude: "13.4" },
    operator: { name: "Beispielstrom" },
    opening_times: {
      twentyfourseven: false,
      regular_hours: [{ weekday: 1, period_begin: "08:00", period_end: "20:00" }],
    },
    evses: [
      {
        uid: "1",
        evse_id: "DE*ABC*E1",
        status: "AVAILABLE",
        capabilities: ["RFID_READER"],
        connectors: [
          { standard: "IEC_62196_T2", format: "SOCKET", power_type: "AC_3_PHASE", max_voltage: 230 },
        ],
      },
    ],
    parking_places: [],
    last_updated: "2026-06-01T00:00:00Z",
  });
});

test.each([
  ["a number for text", { ...PLAIN, id: 5 }],
  ["text for a number", { ...PLAIN, evses: [{ connectors: [{ max_voltage: "230" }] }] }],
  ["text for a flag", { ...PLAIN, publish: "false" }],
  ["another name", { ...PLAIN, evses: [{ evseId: "DE*ABC*E1", connectors: [] }] }],
  ["an older name", { ...PLAIN, evses: [{ connectors: [{ voltage: 230 }] }] }],
  ["another name in the coordinates", { ...PLAIN, coordinates: { lat: 52.5, lng: 13.4 } }],
  ["null in a list", { ...PLAIN, evses: [null] }],
  ["an object for a list", { ...PLAIN, evses: {} }],
  ["a text for a list", { ...PLAIN, evses: [{ capabilities: "RFID_READER", connectors: [] }] }],
  ["parking", { ...PLAIN, parking_places: [{ id: "1" }] }],
  ["an infinite number", { ...PLAIN, evses: [{ connectors: [{ max_voltage: Infinity }] }] }],
])("%s goes the long way", (_what, value) => {
  expect(readPlainLocation(value, asIs)).toBeUndefined();
});

/** What tagging reads, without the fields that only depth `whole` has. */
function tagged(location: ReturnType<typeof longWay>): unknown {
  return location === undefined ? undefined : taggedLocationSchema.parse(location);
}

const text = fc.oneof(
  fc.string(),
  fc.constantFrom("", " x ", "AC_3_PHASE", "ac3Phase", "é"),
  fc.constant(null),
);
const number = fc.oneof(fc.integer(), fc.double({ noDefaultInfinity: true, noNaN: true }), fc.constant(null));
const flag = fc.oneof(fc.boolean(), fc.constant(null));
const codes = fc.oneof(fc.array(text, { maxLength: 3 }), fc.constant(null));
const geo = fc.oneof(fc.record({ latitude: text, longitude: text }, { requiredKeys: [] }), fc.constant(null));
const sparse = { requiredKeys: [] };
const connector = fc.record(
  {
    standard: text,
    format: text,
    power_type: text,
    tariff_ids: codes,
    last_updated: text,
    max_voltage: number,
    max_amperage: number,
    max_electric_power: number,
  },
  sparse,
);
const evse = fc.record(
  {
    uid: text,
    evse_id: text,
    status: text,
    capabilities: codes,
    floor_level: text,
    coordinates: geo,
    physical_reference: text,
    parking_restrictions: codes,
    connectors: fc.array(connector, { maxLength: 3 }),
  },
  sparse,
);
const period = fc.record({ weekday: number, period_begin: text, period_end: text }, sparse);
/** Records as they should be, fields missing at will. */
const goodRecord = fc.record(
  {
    country_code: text,
    party_id: text,
    id: text,
    publish: flag,
    name: text,
    country: text,
    coordinates: geo,
    parking_type: text,
    last_updated: text,
    evses: fc.array(evse, { maxLength: 4 }),
    operator: fc.record({ name: text }, sparse),
    opening_times: fc.record(
      { twentyfourseven: flag, regular_hours: fc.array(period, { maxLength: 3 }) },
      sparse,
    ),
  },
  sparse,
);

test("whatever the short way reads, the long way reads the same", () => {
  let short = 0;
  fc.assert(
    fc.property(fc.oneof({ arbitrary: goodRecord, weight: 4 }, ocpiRecord), (value) => {
      const plain = isRecord(value) ? readPlainLocation(value, asIs) : undefined;
      if (plain === undefined) return;
      short++;
      expect(tagged(plain)).toEqual(tagged(longWay(value)));
    }),
    { numRuns: 2000 },
  );
  expect(short).toBeGreaterThan(1000);
});

const feeds = new URL("../../../shared/feeds/", import.meta.url);
test.runIf(existsSync(feeds))("real feeds read the same either way", () => {
  let short = 0;
  for (const name of readdirSync(feeds).filter((file) => file.endsWith(".json"))) {
    const feed: unknown = JSON.parse(readFileSync(new URL(name, feeds), "utf8").replace(/^\ufeff/, ""));
    const records = Array.isArray(feed)
      ? feed
      : isRecord(feed) && Array.isArray(feed["data"])
        ? feed["data"]
        : [];
    for (const record of records.filter(isRecord)) {
      const plain = readPlainLocation(record, asIs);
      if (plain === undefined) continue;
      short++;
      expect(tagged(plain)).toEqual(tagged(longWay(record)));
    }
  }
  expect(short).toBeGreaterThan(100);
});
