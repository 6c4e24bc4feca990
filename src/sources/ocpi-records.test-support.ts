/** OCPI records as feeds have them, as JSON values: from blameless to hostile, for property tests. */
import * as fc from "fast-check";
import { ENUM_VALUES } from "../ocpi/enums.js";

/** Values that stand where they do not belong. */
const nasty: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom(
    null,
    "",
    " ",
    0,
    -0,
    -1,
    1.5,
    1e21,
    1e300,
    1e-7,
    true,
    false,
    "null",
    "0",
    "NaN",
    "\u0000",
  ),
  fc.string({ unit: "binary", maxLength: 12 }),
  fc.constantFrom("a\n\tb", "\ud83d", "é&#0;&quot;", "x".repeat(300), "😀".repeat(256), "__proto__", " 7 "),
  fc.constant([]),
  fc.constant({}),
  fc.constant([null, [[]], "x"]),
  fc.constant({ text: "x", latitude: 1 }),
);

/** A list for the fields of an object; `undefined` leaves a field out. */
type Fields = Record<string, fc.Arbitrary<unknown>>;

/** One in ten fields is nasty, one in ten is left out, and sometimes its key is spelt in another way. */
function object(fields: Fields): fc.Arbitrary<Record<string, unknown>> {
  const members = Object.entries(fields).map(([key, good]) =>
    fc.tuple(
      fc.oneof(
        { weight: 12, arbitrary: fc.constant(key) },
        {
          weight: 1,
          arbitrary: fc.constantFrom(
            key.replaceAll(/_(.)/g, (_, letter: string) => letter.toUpperCase()),
            key.toUpperCase(),
          ),
        },
      ),
      fc.oneof(
        { weight: 16, arbitrary: good },
        { weight: 1, arbitrary: nasty },
        { weight: 2, arbitrary: fc.constant(undefined) },
      ),
    ),
  );
  return fc
    .tuple(...members)
    .map((entries) => Object.fromEntries(entries.filter(([, value]) => value !== undefined)));
}

function list(item: fc.Arbitrary<unknown>, maxLength: number): fc.Arbitrary<unknown> {
  return fc.oneof(
    { weight: 12, arbitrary: fc.array(item, { maxLength }) },
    { weight: 1, arbitrary: fc.array(fc.oneof(item, nasty), { maxLength }) },
    { weight: 1, arbitrary: item },
  );
}

function code(...values: readonly string[]): fc.Arbitrary<unknown> {
  return fc.oneof(
    { weight: 10, arbitrary: fc.constantFrom(...values) },
    { weight: 1, arbitrary: fc.constantFrom(...values).map((value) => ` ${value.toLowerCase()}`) },
    { weight: 1, arbitrary: fc.constantFrom(...values).map((value) => value.replaceAll("_", "-")) },
  );
}

const flag = fc.constantFrom<unknown>(true, false, true, "true", "FALSE", 1, 0);
const text = fc.oneof(
  fc.string({ maxLength: 20 }),
  fc.string({ unit: "grapheme", maxLength: 20 }),
  fc.constantFrom("Ünïcode", "ACME & Co", "Ionity", "Mu\u0308nchen", "&quot;A&quot;"),
);
const numeric = (values: readonly number[]): fc.Arbitrary<unknown> =>
  fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom<unknown>(...values) },
    { weight: 1, arbitrary: fc.constantFrom(...values).map(String) },
    { weight: 1, arbitrary: fc.double({ noNaN: true, noDefaultInfinity: true }) },
  );
const degrees = (near: number): fc.Arbitrary<unknown> =>
  fc.oneof(
    { weight: 8, arbitrary: fc.integer({ min: -50, max: 50 }).map((step) => `${near + step / 10_000}`) },
    { weight: 1, arbitrary: fc.constant(near) },
    { weight: 1, arbitrary: fc.double({ min: -200, max: 200, noNaN: true }) },
  );
const coordinates = object({ latitude: degrees(54.6872), longitude: degrees(25.2797) });
const evseId = fc.oneof(
  fc.integer({ min: 1, max: 30 }).map((n) => `LT*ABC*E${n}`),
  fc.integer({ min: 1, max: 5 }).map((n) => `lt-abc-e${n}`),
  fc.constantFrom<unknown>("1", 7, "LTABCE1*2", "LTABCE12", "", "39a83d5c-3f9e-4d3b-9a57-ca1b7f1f2e11"),
);

const connector = object({
  id: text,
  standard: code(...ENUM_VALUES.ConnectorType, "IEC_62196_T2", "IEC_62196_T2", "IEC_62196_T2_COMBO", "PLUG"),
  format: code("SOCKET", "CABLE"),
  power_type: code(...ENUM_VALUES.PowerType),
  max_voltage: numeric([230, 400, 380, 0, 920, 250]),
  max_amperage: numeric([16, 32, 63, 10, 0, 400]),
  max_electric_power: numeric([0, 22, 22_000, 11_040, 150_000, 43_650, 22_000_000, 999, 1000, 50_150]),
});
const evse = object({
  uid: text,
  evse_id: evseId,
  status: code(...ENUM_VALUES.Status, "AVAILABLE", "AVAILABLE", "AVAILABLE"),
  capabilities: list(code(...ENUM_VALUES.Capability), 4),
  connectors: list(connector, 4),
  floor_level: fc.constantFrom<unknown>("1", "-1", "P1", 2, " 03 "),
  coordinates: fc.oneof(coordinates, fc.constant(undefined)),
  physical_reference: fc.oneof(fc.constantFrom<unknown>("A", "B1", "B10", "B2", 7), text),
  parking_restrictions: fc.oneof(
    fc.constant([]),
    fc.constant(undefined),
    list(code(...ENUM_VALUES.ParkingRestriction), 2),
  ),
  parking: list(object({ parking_id: fc.constantFrom("p1", "p2"), evse_position: code("LEFT") }), 2),
  images: list(object({ url: text, category: text, width: numeric([1]) }), 1),
});
const clock = fc.oneof(
  fc
    .tuple(fc.integer({ min: 0, max: 24 }), fc.constantFrom("00", "30", "59"))
    .map(([hour, minute]) => `${`${hour}`.padStart(2, "0")}:${minute}`),
  fc.constantFrom("23:59", "00:00", "24:00", "8:00", "08:00:30", "25:00", "12:60"),
);
const location = object({
  country_code: fc.constantFrom("LT", "lt", "US", "CN", "", "XX"),
  party_id: fc.constantFrom("ABC", "abc"),
  id: fc.oneof(fc.integer({ min: 1, max: 1e9 }), fc.uuid(), text, fc.constant("x".repeat(40))),
  publish: fc.constantFrom<unknown>(true, true, true, true, true, false, "false"),
  name: text,
  country: fc.constantFrom("LTU", "LT", "USA", "CHN", "Polska", "TRY"),
  coordinates,
  evses: list(evse, 5),
  operator: object({ name: text, website: text }),
  parking_type: code(...ENUM_VALUES.ParkingType),
  parking_places: list(
    object({
      id: fc.constantFrom("p1", "p2"),
      vehicle_types: list(code(...ENUM_VALUES.VehicleType), 2),
      max_vehicle_height: numeric([200, 215]),
      restricted_to_type: flag,
      reservation_required: flag,
      time_limit: numeric([60, 90, 120]),
      roofed: flag,
      lighting: flag,
    }),
    2,
  ),
  opening_times: object({
    twentyfourseven: fc.constantFrom<unknown>(true, false, false, false),
    regular_hours: list(
      object({
        weekday: fc.oneof(fc.integer({ min: 1, max: 7 }), fc.constantFrom<unknown>("1", 0, 8)),
        period_begin: clock,
        period_end: clock,
      }),
      6,
    ),
  }),
  address: text,
  images: list(object({ url: text, width: numeric([100]) }), 2),
  energy_mix: object({
    is_green_energy: flag,
    energy_sources: list(object({ percentage: numeric([1]) }), 1),
  }),
});

/** Records that are mostly a Location. */
export const ocpiRecord: fc.Arbitrary<Record<string, unknown>> = location;

/** Any JSON value at all, sometimes under the keys of a Location, `__proto__` among them. */
export const anyJson: fc.Arbitrary<unknown> = fc.oneof(
  fc.jsonValue(),
  ocpiRecord,
  nasty,
  fc.dictionary(
    fc.constantFrom("id", "evses", "coordinates", "opening_times", "operator", "__proto__", "constructor"),
    fc.oneof(fc.jsonValue(), nasty),
  ),
);
