import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { hereV3 } from "./here-v3.js";
import { PLACES } from "./here-v3-tables.js";
import { valueAt } from "./json-value.js";

const whole: unknown = JSON.parse(
  readFileSync(new URL("../../fixtures/here-v3/bare-object.json", import.meta.url), "utf8"),
);

describe("sourcePointer", () => {
  it.each([
    ["", ""],
    ["/id", "/id"],
    ["/party_id", "/operator/eMobilityIds"],
    ["/coordinates/latitude", "/location/lat"],
    ["/address", "/address/street"],
    ["/country", "/address/countryCode"],
    ["/operator/name", "/operator/name"],
    ["/ocpi_location_id", "/cpoLocationId"],
    ["/opening_times", "/openingHours"],
    ["/opening_times/regular_hours/3/weekday", "/openingHours/regularSchedule"],
    ["/energy_mix/energy_sources/1/percentage", "/energyMix/energySources/1/percentage"],
    ["/evses", "/evses"],
    ["/evses/1/evse_id", "/evses/1/evseId"],
    ["/evses/1/connectors/0/max_electric_power", "/evses/1/connectors/0/maxPower"],
    ["/evses/0/capabilities", "/evses/0/paymentSupports"],
    ["/evses/0/capabilities/4", "/evses/0/paymentSupports"],
    ["/evses/0/parking_restrictions", "/restrictions"],
    ["/evses/0/parking/0/evse_position", "/evses/0/parking/evsePosition"],
    ["/parking_places/0/max_vehicle_height", "/evses/0/parking/vehicleLimitations/height"],
    ["/parking_places/0/max_vehicle_weight", "/vehicleLimitations/weight"],
    ["/parking_places/1/vehicle_types", "/supportedVehicles"],
    ["/publish", undefined],
    ["/evses/7/status", undefined],
    ["/evses/1/floor_level", undefined],
    ["/parking_places/9/id", undefined],
    ["/no/such/place", undefined],
  ])("%s → %s", (canonical, here) => expect(hereV3.sourcePointer(canonical, whole)).toBe(here));

  it("leads to the conditions of the EVSE where the location has no restrictions", () => {
    const value = { id: "x", evses: [{ connectors: [], parking: { conditions: ["customers"] } }] };
    expect(hereV3.sourcePointer("/evses/0/parking_restrictions", value)).toBe("/evses/0/parking/conditions");
  });

  it("counts as the reader does where a list holds things that are no objects", () => {
    const value = { id: "x", evses: [7, { connectors: [null, { id: "1" }], parking: {} }, { uid: "b" }] };
    expect(hereV3.sourcePointer("/evses/0/connectors/0/id", value)).toBe("/evses/1/connectors/1/id");
    expect(hereV3.sourcePointer("/evses/1/uid", value)).toBe("/evses/2/uid");
    expect(hereV3.sourcePointer("/parking_places/0", value)).toBe("/evses/1/parking");
  });

  it("leads to something for every value of a Location that was read", () => {
    const record = hereV3.read(whole, (text) => text, "whole");
    if ("unreadable" in record) throw new Error(record.detail);
    const lost = leaves(record.location, "").filter((pointer) => {
      const here = hereV3.sourcePointer(pointer, whole);
      return here === undefined || valueAt(whole, here) === undefined;
    });
    expect(lost).toEqual([
      // the reader's own
      "/evses/0/parking/0/parking_id",
      "/evses/1/parking/0/parking_id",
      "/operator/logo/category",
    ]);
  });

  it("knows each canonical place once", () => {
    expect(new Set(PLACES.map(([canonical]) => canonical)).size).toBe(PLACES.length);
  });
});

function leaves(value: unknown, pointer: string): string[] {
  if (typeof value !== "object" || value === null) return value === undefined ? [] : [pointer];
  return Object.entries(value).flatMap(([key, child]) => leaves(child, `${pointer}/${key}`));
}
