import { describe, expect, test } from "vitest";
import type { Evse, Location, Parking } from "../ocpi/location.js";
import { aLocation, anEvse } from "../ocpi/location.test-support.js";
import { extendedTags } from "./extended-tags.js";
import { leftBy, placed } from "./tags.test-support.js";

function extended(fields: Partial<Location>): ReturnType<typeof leftBy> {
  const location = aLocation(fields);
  return leftBy((tags, notes) => extendedTags(location, placed(...location.evses), tags, notes));
}

function parking(...places: Parking[]): Record<string, string> {
  return extended({ parking_places: places }).tags;
}

function evses(...fields: Array<Partial<Evse>>): Record<string, string> {
  return extended({ evses: fields.map(anEvse) }).tags;
}

describe("T5.6: extended tags", () => {
  test("a Location that says nothing gets none", () => {
    expect(extended({})).toEqual({ tags: {}, notes: [] });
  });

  test.each([
    ["PERSONAL_VEHICLE", "motorcar"],
    ["PERSONAL_VEHICLE_WITH_TRAILER", "motorcar"],
    ["VAN", "goods"],
    ["SEMI_TRACTOR", "hgv"],
    ["RIGID", "hgv"],
    ["TRUCK_WITH_TRAILER", "hgv"],
    ["BUS", "bus"],
    ["MOTORCYCLE", "motorcycle"],
  ])("a place for %s is %s=yes", (type, key) => {
    expect(parking({ vehicle_types: [type] })).toEqual({ [key]: "yes" });
  });

  test("other vehicles are `no` only when every place is restricted to its types", () => {
    const bus: Parking = { vehicle_types: ["BUS"], restricted_to_type: true };
    expect(parking(bus, { ...bus, vehicle_types: ["VAN"] })).toEqual({
      bus: "yes",
      goods: "yes",
      hgv: "no",
      motorcar: "no",
      motorcycle: "no",
    });
    expect(parking(bus, { vehicle_types: ["VAN"] })).toEqual({ bus: "yes", goods: "yes" });
  });

  test("motorcycles only, on every EVSE", () => {
    const only = { parking_restrictions: ["MOTORCYCLES"] };
    expect(evses(only, only)).toEqual({ motorcycle: "designated", motorcar: "no" });
    expect(evses(only, {})).toEqual({});
  });

  test.each([
    [60, "1 hour"],
    [120, "2 hours"],
    [90, "90 minutes"],
    [1, "1 minute"],
    [0, undefined],
    [-60, undefined],
    [0.5, undefined],
    [1e300, undefined],
  ])("a time limit of %d minutes: maxstay=%s", (time_limit, value) => {
    expect(parking({ time_limit })).toEqual(value === undefined ? {} : { maxstay: value });
  });

  test.each([
    [200, "2"],
    [215, "2.15"],
    [0, undefined],
    [-200, undefined],
    [0.4, undefined],
  ])("a height of %d cm: maxheight=%s", (max_vehicle_height, value) => {
    expect(parking({ max_vehicle_height })).toEqual(value === undefined ? {} : { maxheight: value });
  });

  test("what places do not agree on is not written", () => {
    expect(parking({ time_limit: 60 }, { time_limit: 120 })).toEqual({});
    expect(parking({ roofed: true, lighting: true, max_vehicle_height: 200 }, {})).toEqual({});
    expect(parking({ roofed: true, lighting: true }, { roofed: true, lighting: true })).toEqual({
      covered: "yes",
      lit: "yes",
    });
    expect(parking({ roofed: false, lighting: false })).toEqual({});
  });

  test("only the places that the EVSEs name count; a name without an id names none", () => {
    const parking_places = [
      { id: "a", time_limit: 60 },
      { id: "b", time_limit: 120 },
    ];
    const named = (parking: Array<{ parking_id?: string }>): Record<string, string> =>
      extended({ parking_places, evses: [anEvse({ parking })] }).tags;
    expect(named([{ parking_id: "b" }])).toEqual({ maxstay: "2 hours" });
    expect(named([{ parking_id: "c" }])).toEqual({});
    const same = extended({ parking_places: parking_places.slice(0, 1), evses: [anEvse({ parking: [{}] })] });
    expect(same.tags).toEqual({ maxstay: "1 hour" });
  });

  test.each([
    ["PARKING_GARAGE", { covered: "yes" }, ["indoor"]],
    ["UNDERGROUND_GARAGE", { covered: "yes" }, ["indoor"]],
    ["ON_DRIVEWAY", {}, ["private-parking"]],
    ["ON_STREET", {}, []],
  ])("parking type %s", (parking_type, tags, notes) => {
    expect(extended({ parking_type })).toEqual({ tags, notes });
  });

  test("capacity:disabled counts EVSEs", () => {
    const disabled = { parking_restrictions: ["DISABLED"] };
    expect(evses(disabled, {}, disabled)).toEqual({ "capacity:disabled": "2" });
  });

  test("reservation: required by all places, possible at any EVSE", () => {
    const reservable = { capabilities: ["RESERVABLE"] };
    expect(evses({}, reservable)).toEqual({ reservation: "yes" });
    expect(
      extended({ evses: [anEvse(reservable)], parking_places: [{ reservation_required: true }] }).tags,
    ).toEqual({ reservation: "required" });
    expect(parking({ reservation_required: true }, { reservation_required: false })).toEqual({});
  });

  test.each([
    [["1", "1"], "1"],
    [["-2"], "-2"],
    [[" 03 "], "3"],
    [["-0"], "0"],
    [["1", "2"], undefined],
    [["1", undefined], undefined],
    [["P1"], undefined],
    [["1.5"], undefined],
    [["1234"], undefined],
  ])("floors %j: level=%s", (floors, value) => {
    const tags = evses(...floors.map((floor_level) => (floor_level === undefined ? {} : { floor_level })));
    expect(tags).toEqual(value === undefined ? {} : { level: value });
  });

  test("ref is the physical_reference of a single EVSE, clean and within OSM's limit", () => {
    expect(evses({ physical_reference: " A\t1 " })).toEqual({ ref: "A 1" });
    expect(evses({ physical_reference: "A1" }, { physical_reference: "A2" })).toEqual({});
    expect(evses({ physical_reference: "\u0000" })).toEqual({});
    const long = extended({ evses: [anEvse({ physical_reference: "x".repeat(256) })] });
    expect(long).toEqual({ tags: {}, notes: ["value-too-long"] });
  });
});
