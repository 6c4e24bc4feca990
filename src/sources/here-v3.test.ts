import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { locationSchema } from "../ocpi/location.js";
import { hereV3 } from "./here-v3.js";

const asIs = (text: string) => text;

/** Untyped, like every feed. */
function json(path: string) {
  return JSON.parse(readFileSync(new URL(`../../fixtures/here-v3/${path}`, import.meta.url), "utf8"));
}

function lines(path: string) {
  const text = readFileSync(new URL(`../../fixtures/here-v3/${path}`, import.meta.url), "utf8");
  return text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
}

const latin1 = (value: unknown) => JSON.parse(Buffer.from(JSON.stringify(value), "utf8").toString("latin1"));

function read(value: unknown, depth: "whole" | "tagging" = "whole") {
  const record = hereV3.read(value, asIs, depth);
  if ("unreadable" in record) throw new Error(`${record.unreadable}: ${record.detail}`);
  return record;
}

/** Every content id of the fixtures says who it is from. */
const supplierNote = (id: number) => ({
  code: "here-supplier",
  pointer: "/id",
  detail: `examplesupplier, id ${id}`,
});

function readEvse(evse: object, rest: object = {}) {
  return read({ id: "x", ...rest, evses: [{ connectors: [], ...evse }] }).location.evses[0]!;
}

function parkingOf(parking: object | undefined, rest: object = {}) {
  const { location, notes } = read({ id: "x", ...rest, evses: [{ uid: "u", connectors: [], parking }] });
  return {
    place: location.parking_places?.[0],
    notes: notes.map(({ code, detail }) => `${code}: ${detail}`),
  };
}

function hoursOf(openingHours: unknown) {
  return read({ id: "x", openingHours, evses: [] }).location.opening_times;
}

describe("a whole HERE v3 location", () => {
  const record = read(json("bare-object.json"));

  it("becomes this OCPI 2.3.0 Location", () => {
    expect(record.location).toEqual({
      country_code: "CH",
      party_id: "BSP",
      id: "756u0qj6re3k0-aGVyZS1ldjpleGFtcGxlc3VwcGxpZXI6MTAwMQ",
      name: "Parkhaus Beispielgasse",
      address: "Beispielgasse 7",
      city: "Zürich",
      state: "Zürich",
      postal_code: "8001",
      country: "CHE",
      coordinates: { latitude: "47.370519", longitude: "8.541012" },
      related_locations: [{ latitude: "47.37061", longitude: "8.54112" }],
      parking_type: "UNDERGROUND_GARAGE",
      operator: {
        name: "Beispielstrom AG",
        website: "https://beispielstrom.example",
        logo: {
          url: "https://beispielstrom.example/logo.png",
          thumbnail: "https://beispielstrom.example/logo-s.png",
          category: "OPERATOR",
        },
      },
      suboperator: { name: "Parkhaus Betriebs GmbH" },
      facilities: ["RECREATION_AREA", "WIFI"],
      time_zone: "Europe/Zurich",
      opening_times: {
        twentyfourseven: false,
        regular_hours: [
          { weekday: 1, period_begin: "06:00", period_end: "24:00" },
          { weekday: 2, period_begin: "06:00", period_end: "24:00" },
          { weekday: 3, period_begin: "06:00", period_end: "24:00" },
          { weekday: 4, period_begin: "06:00", period_end: "24:00" },
          { weekday: 5, period_begin: "06:00", period_end: "24:00" },
          { weekday: 6, period_begin: "08:00", period_end: "12:00" },
          { weekday: 6, period_begin: "13:30", period_end: "24:00" },
        ],
      },
      charging_when_closed: true,
      energy_mix: {
        is_green_energy: true,
        energy_sources: [
          { source: "WATER", percentage: 80 },
          { source: "GENERAL_GREEN", percentage: 20 },
        ],
        environ_impact: [
          { category: "NUCLEAR_WASTE", amount: 0 },
          { category: "CARBON_DIOXIDE", amount: 12.5 },
        ],
        supplier_name: "Seewerk",
        energy_product_name: "See+",
      },
      help_phone: "+41445550100",
      evses: [
        {
          uid: "evse-7-1",
          evse_id: "CH*BSP*E7*1",
          status: "UNKNOWN",
          capabilities: [
            "CREDIT_CARD_PAYABLE",
            "DEBIT_CARD_PAYABLE",
            "CONTACTLESS_CARD_SUPPORT",
            "REMOTE_START_STOP_CAPABLE",
            "RESERVABLE",
          ],
          floor_level: "-2",
          coordinates: { latitude: "47.37053", longitude: "8.54105" },
          physical_reference: "1",
          parking_restrictions: ["CUSTOMERS", "BRAND_ONLY", "DISABLED"],
          parking: [{ parking_id: "evse-7-1", evse_position: "LEFT" }],
          accepted_service_providers: ["Ladekarte Muster"],
          last_updated: "2026-03-01T06:30:00.000Z",
          connectors: [
            {
              id: "1",
              standard: "IEC_62196_T2",
              format: "SOCKET",
              power_type: "AC_3_PHASE",
              max_voltage: 230,
              max_amperage: 32,
              max_electric_power: 22000,
            },
          ],
        },
        {
          uid: "evse-7-2",
          evse_id: "CH*BSP*E7*2",
          status: "OUTOFORDER",
          capabilities: ["RFID_READER"],
          parking_restrictions: ["CUSTOMERS", "BRAND_ONLY"],
          parking: [{ parking_id: "evse-7-2" }],
          accepted_service_providers: ["Ladekarte Muster"],
          last_updated: "2026-03-01T06:31:00.000Z",
          connectors: [
            {
              id: "1",
              standard: "IEC_62196_T2_COMBO",
              format: "CABLE",
              power_type: "DC",
              max_voltage: 920,
              max_amperage: 200,
              max_electric_power: 150000,
              terms_and_conditions: "https://beispielstrom.example/agb",
              capabilities: ["ISO_15118_2_PLUG_AND_CHARGE"],
            },
          ],
        },
      ],
      parking_places: [
        {
          id: "evse-7-1",
          vehicle_types: ["PERSONAL_VEHICLE", "VAN"],
          max_vehicle_weight: 3500,
          max_vehicle_height: 195,
          max_vehicle_length: 520,
          dangerous_goods_allowed: false,
          direction: "PERPENDICULAR",
          reservation_required: false,
        },
        {
          id: "evse-7-2",
          vehicle_types: ["PERSONAL_VEHICLE", "RIGID"],
          max_vehicle_weight: 3500,
          max_vehicle_height: 210,
          dangerous_goods_allowed: false,
          drive_through: true,
        },
      ],
    });
  });

  it("has the operator's own id as its OCPI id, never HERE's", () => {
    expect(record.ocpiLocationId).toBe("BSP-LOC-7");
    expect(read({ id: "here:evcp:charginglocation:246udbvy497hq-abc" }).ocpiLocationId).toBeUndefined();
    expect(read(json("list.json").items[3]).ocpiLocationId).toBeUndefined();
  });

  it("tells of the metres it took for centimetres, and of nothing else", () => {
    expect(record.notes).toEqual([
      {
        code: "units-suspect",
        pointer: "/parking_places/0",
        detail: "parking/vehicleLimitations/height: 1.95 m as 195 cm",
      },
      {
        code: "units-suspect",
        pointer: "/parking_places/0",
        detail: "parking/vehicleLimitations/length: 5.2 m as 520 cm",
      },
      supplierNote(1001),
    ]);
  });

  it("reads the same in every field that rules look at when only those are asked for", () => {
    const tagging = read(json("bare-object.json"), "tagging");
    const { accepted_service_providers: providers } = record.location.evses[0]!;
    expect(record.location).toMatchObject({
      ...tagging.location,
      evses: tagging.location.evses.map((evse) =>
        Object.assign(evse, { accepted_service_providers: providers }),
      ),
    });
    expect(tagging.location.energy_mix).toBeUndefined();
    expect(tagging.notes).toEqual(record.notes);
  });
});

describe("what an answer lacks", () => {
  const [unasked, pruned, twoWheelers, heavy] = json("list.json").items.map((item: unknown) => read(item));

  it("evses that were not asked for are noted, not taken for a closed station", () => {
    expect(unasked.location.evses).toEqual([]);
    expect(unasked.notes).toEqual([
      { code: "evses-not-asked", pointer: "/evses", detail: "" },
      supplierNote(2001),
    ]);
    expect(read({ id: "x", evses: [] }).notes).toEqual([]);
  });

  it("an answer pruned by connectorTypes= is noted", () => {
    expect(pruned.notes).toEqual([
      { code: "evses-pruned", pointer: "/evses", detail: "group CHADEMO 50000 W has no connector" },
      supplierNote(2002),
    ]);
    const group = { standard: "IEC_62196_T2", maxPower: 11000, connectorCount: 1 };
    const evses = [{ connectors: [{ standard: "IEC_62196_T2", maxPower: 22000 }] }];
    expect(read({ id: "x", connectorGroups: [group], evses }).notes[0]!.code).toBe("evses-pruned");
    const both = [...evses, { connectors: [{ standard: "IEC_62196_T2", maxPower: 11000 }] }];
    expect(read({ id: "x", connectorGroups: [group], evses: both }).notes[0]!.detail).toBe(
      "connector IEC_62196_T2 22000 W is in no group",
    );
  });

  it("a connector without maxPower agrees with a group of its standard", () => {
    const group = { standard: "IEC_62196_T2", maxPower: 11000, connectorCount: 1 };
    const evses = [{ connectors: [{ standard: "iec_62196_t2", maxVoltage: 230, maxCurrent: 16 }] }];
    expect(read({ id: "x", connectorGroups: [group], evses }).notes).toEqual([]);
  });

  it("two-wheelers alone make a motorcycle place; limits in tonnes and metres become kilograms and centimetres", () => {
    expect(twoWheelers.location.parking_places).toEqual([{ id: "2003-1", vehicle_types: ["MOTORCYCLE"] }]);
    expect(twoWheelers.location.opening_times).toEqual({ twentyfourseven: true });
    expect(heavy.location.parking_places).toEqual([
      { id: "2004-1", max_vehicle_weight: 3500, max_vehicle_height: 260 },
    ]);
  });

  it("no coordinates and no id are left for the rules to reject", () => {
    expect(read({ evses: [] }).location).toEqual({ evses: [] });
    expect(read({ id: "here:evcp:charginglocation:" }).location.id).toBeUndefined();
  });
});

describe("records that are no locations", () => {
  it.each([[null], [5], ["text"], [true], [[]], [[{}]]])("%j is not an object", (value) => {
    expect(hereV3.read(value, asIs, "whole")).toMatchObject({ unreadable: "not-an-object" });
  });

  it("an error body is not a location, and the reason shows what it is", () => {
    expect(hereV3.read(json("responses/not-found.json"), asIs, "whole")).toEqual({
      unreadable: "not-a-location",
      detail:
        "none of id, location, evses, connectorGroups is there; keys: title, status, code, cause, action",
    });
  });

  it("saved answers beside it are read", () => {
    expect(read(json("responses/one.json")).location.name).toBe("Einzelantwort");
    expect(read(json("responses/two.json").items[0]).location.evses).toHaveLength(1);
  });
});

describe("odd spellings and types (one location a line)", () => {
  const [taxis, spelling, wrong, answer] = lines("locations.ndjson");

  it("a restriction holds for every EVSE", () => {
    expect(read(taxis).location.evses[0]!.parking_restrictions).toEqual(["TAXIS"]);
    const evses = [{ connectors: [] }, { connectors: [] }];
    const shared = read({ id: "x", restrictions: ["carSharingOnly"], evses }).location;
    expect(shared.evses.map((evse) => evse.parking_restrictions)).toEqual([
      ["CAR_SHARING_ONLY"],
      ["CAR_SHARING_ONLY"],
    ]);
  });

  it.each([
    [{ restrictions: ["BRAND_ONLY", "other"] }, ["BRAND_ONLY", "OTHER"]],
    [{ accessRestrictions: ["CUSTOMERS_ONLY"] }, ["CUSTOMERS"]],
    [{ restrictionReasons: ["brand-only"] }, ["BRAND_ONLY"]],
    [{ restrictions: ["aReasonOfTomorrow"] }, ["OTHER"]],
    [{ restrictions: [] }, undefined],
    [{ restrictions: null }, undefined],
  ])("%j → %j", (rest, expected) => {
    expect(readEvse({}, rest).parking_restrictions).toEqual(expected);
  });

  it("upper-case words, numbers as text and text as numbers are read without a note", () => {
    const { location, notes } = read(spelling);
    expect(notes).toEqual([supplierNote(3002)]);
    expect(location.evses).toEqual([
      {
        uid: "3002",
        status: "OUTOFORDER",
        capabilities: ["CREDIT_CARD_PAYABLE"],
        parking_restrictions: ["BRAND_ONLY"],
        connectors: [
          {
            id: "1",
            standard: "IEC_62196_T2_COMBO",
            format: "CABLE",
            power_type: "DC",
            max_voltage: 400,
            max_amperage: 375,
            max_electric_power: 150000,
          },
        ],
      },
    ]);
  });

  it("values of the wrong type are absent and noted, restrictions not understood; everything beside them is kept", () => {
    const { location, notes } = read(wrong);
    expect(location.coordinates).toEqual({ latitude: "50.1109", longitude: "8.6821" });
    expect(location.evses.map((evse) => evse.uid)).toEqual(["3003-1", "3003-2"]);
    expect(location.evses[0]!.connectors).toEqual([
      { id: "1", standard: "IEC_62196_T2", format: "SOCKET", power_type: "AC_3_PHASE", max_amperage: 16 },
    ]);
    expect(location.evses[1]!.parking_restrictions).toEqual(["CUSTOMERS", "OTHER"]);
    expect(notes.map(({ code, pointer, detail }) => `${code} ${pointer} | ${detail}`)).toEqual([
      "bad-field  | /restrictions/1 is an object",
      'bad-field  | /address is the text "Hauptstraße 1"',
      "bad-field /evses | /evses/0 is the number 5",
      "bad-field /evses/0/connectors | /evses/1/connectors/0 is null",
      'bad-field /evses/0/connectors/0/max_voltage | /evses/1/connectors/1/maxVoltage is the text "?"',
      "bad-field /evses/0/connectors/0/max_electric_power | /evses/1/connectors/1/maxPower is the boolean true",
      "bad-field /evses/1/coordinates | /evses/2/location is a list",
      "here-supplier /id | examplesupplier, id 3003",
    ]);
  });

  it("a list answer on one line holds locations like any other", () => {
    expect(read(answer.items[0]).location.parking_places).toEqual([
      { id: "3004-1", vehicle_types: ["SEMI_TRACTOR"], drive_through: true },
    ]);
  });
});

describe("operator ids", () => {
  it.each([
    [["DE-CPI"], "DE", "CPI"],
    [["DE*CPI", "de-cpi", " DE-CPI ", "DECPI"], "DE", "CPI"],
    [["DE-CPI", "NL-CPI"], undefined, undefined],
    [["CPI"], undefined, undefined],
    [[], undefined, undefined],
  ])("%j → %j, %j", (eMobilityIds, country, party) => {
    const { location } = read({ id: "x", operator: { name: "Beispielstrom", eMobilityIds } });
    expect([location.country_code, location.party_id]).toEqual([country, party]);
  });
});

describe("address", () => {
  it.each([
    [{ street: "Rue A", houseNumber: "1", label: "Rue A 1, Paris" }, "Rue A 1"],
    [{ street: "Rue A" }, "Rue A"],
    [{ houseNumber: "1", label: "Autoroute A6" }, "Autoroute A6"],
    [{}, undefined],
  ])("%j → %j", (address, expected) => {
    expect(read({ id: "x", address }).location.address).toBe(expected);
  });
});

describe("opening hours", () => {
  const days = ["sa"];
  it.each([
    [{ open24x7: true, regularSchedule: [{ days, periods: [] }] }, { twentyfourseven: true }],
    [{ open24x7: false }, { twentyfourseven: false }],
    [{ open24x7: "true" }, { twentyfourseven: true }],
    [{ chargingWhenClosed: true }, undefined],
    [null, undefined],
    [{ regularSchedule: [{ days, periods: [] }] }, undefined],
    [{ regularSchedule: [{ days }] }, undefined],
  ])("%j → %j", (hours, expected) => expect(hoursOf(hours)).toEqual(expected));

  it.each([
    [{}, "00:00", "24:00"],
    [{ from: "08:00:00" }, "08:00", "24:00"],
    [{ to: "17:30:00" }, "00:00", "17:30"],
    [{ from: "8:00", to: "00:00:00" }, "08:00", "24:00"],
    [{ from: "22:00:00", to: "06:00:00" }, "22:00", "06:00"],
    [{ from: "08:00:00", to: "24:00:00" }, "08:00", "24:00"],
    [{ from: "morning", to: "17:00" }, "morning", "17:00"],
  ])("a period %j runs from %s to %s", (period, begin, end) => {
    expect(hoursOf({ regularSchedule: [{ days, periods: [period] }] })?.regular_hours).toEqual([
      { weekday: 6, period_begin: begin, period_end: end },
    ]);
  });

  it("a day that is none keeps its hours without a weekday, so that no tag is made of them", () => {
    const regularSchedule = [{ days: ["SUNDAY", "holiday"], periods: [{}] }];
    expect(hoursOf({ regularSchedule })?.regular_hours).toEqual([
      { period_begin: "00:00", period_end: "24:00" },
      { weekday: 7, period_begin: "00:00", period_end: "24:00" },
    ]);
  });
});

describe("parking", () => {
  it("reads HERE's documented example, whose metres contradict its own centimetres", () => {
    const parking = {
      conditions: ["customers"],
      vehicleTypes: ["van", "semiTractor"],
      vehicleLimitations: { height: 3.5, width: 2.5, length: 12 },
      noClearanceHeight: false,
      evsePosition: "left",
      parkingDirection: "perpendicular",
      reservationRequired: true,
    };
    expect(parkingOf(parking)).toEqual({
      place: {
        id: "u",
        vehicle_types: ["VAN", "SEMI_TRACTOR"],
        max_vehicle_height: 350,
        max_vehicle_width: 250,
        max_vehicle_length: 1200,
        direction: "PERPENDICULAR",
        reservation_required: true,
      },
      notes: [
        "units-suspect: parking/vehicleLimitations/height: 3.5 m as 350 cm",
        "units-suspect: parking/vehicleLimitations/length: 12 m as 1200 cm",
        "units-suspect: parking/vehicleLimitations/width: 2.5 m as 250 cm",
      ],
    });
  });

  it.each([
    [29.9, 2990],
    [30, 30],
    [210, 210],
    ["2.55", 255],
  ])("a height of %j is %i cm", (height, expected) => {
    expect(parkingOf({ vehicleLimitations: { height } }).place?.max_vehicle_height).toBe(expected);
  });

  it.each([
    [2.8, 2800],
    [99, 99000],
    [100, 100],
    [2800, 2800],
  ])("a weight of %j is %i kg", (weight, expected) => {
    expect(parkingOf({ vehicleLimitations: { weight } }).place?.max_vehicle_weight).toBe(expected);
  });

  it("a limit of zero or less is no limit", () => {
    expect(parkingOf({ vehicleLimitations: { weight: 0, height: -1 } })).toEqual({
      place: { id: "u" },
      notes: [
        "bad-field: parking/vehicleLimitations/weight is 0",
        "bad-field: parking/vehicleLimitations/height is -1",
      ],
    });
  });

  it.each([
    [["car"], undefined],
    [
      ["car", "truck"],
      ["PERSONAL_VEHICLE", "RIGID"],
    ],
    [["twoWheeler"], ["MOTORCYCLE"]],
    [["truck", "vehicleOfTomorrow"], ["RIGID"]],
  ])("supportedVehicles %j → %j", (supportedVehicles, expected) => {
    expect(parkingOf(undefined, { supportedVehicles }).place?.vehicle_types).toEqual(expected);
  });

  it("reservationRequired of a location with several EVSEs says nothing of any one of them, unless it is false", () => {
    const evses = [
      { uid: "a", connectors: [] },
      { uid: "b", connectors: [] },
    ];
    expect(read({ id: "x", reservationRequired: true, evses }).location.parking_places).toBeUndefined();
    expect(read({ id: "x", reservationRequired: false, evses }).location.parking_places).toEqual([
      { id: "a", reservation_required: false },
      { id: "b", reservation_required: false },
    ]);
    expect(parkingOf(undefined, { reservationRequired: true }).place?.reservation_required).toBe(true);
  });

  it("makes no parking place out of nothing, and ids of their own for EVSEs without uid or with a repeated one", () => {
    const parking = { reservationRequired: true };
    const evses = [{ uid: "a", parking }, { uid: "b" }, { uid: "a", parking }, { parking }];
    const { location } = read({ id: "x", evses });
    expect(location.parking_places?.map((place) => place.id)).toEqual(["a", "evse-2", "evse-3"]);
    expect(location.evses.map((evse) => evse.parking?.[0]?.parking_id)).toEqual([
      "a",
      undefined,
      "evse-2",
      "evse-3",
    ]);
  });
});

describe("text", () => {
  it("that people see is decoded, names and house numbers alike", () => {
    const decode = (text: string) => Buffer.from(text, "latin1").toString("utf8");
    const whole = json("bare-object.json");
    expect(hereV3.read(latin1(whole), decode, "whole")).toEqual(hereV3.read(whole, asIs, "whole"));
  });
});

describe("the specification's own examples", () => {
  it("are read without a bad field", (context) => {
    const folder = new URL("../../../shared/here/", import.meta.url);
    if (!existsSync(folder)) {
      context.skip("the examples are not on this machine");
      return;
    }
    for (const name of ["v3-ChargingLocation.spec-example", "v3-location-klataus.docs-partial"]) {
      const value: unknown = JSON.parse(readFileSync(new URL(`${name}.json`, folder), "utf8"));
      const { location, notes } = read(value);
      expect(notes.filter((note) => note.code === "bad-field")).toEqual([]);
      expect(locationSchema.safeParse(location).error).toBeUndefined();
      expect(location.coordinates?.latitude).toMatch(/^\d\d\.\d+$/);
    }
  });
});
