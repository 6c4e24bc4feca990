import { assert, double, integer, property, string } from "fast-check";
import { describe, expect, it } from "vitest";
import { aGroup, aStation, readStation, tagged } from "../commands/here-v2.test-support.js";

function supply(group: object) {
  const record = readStation(aStation(aGroup(31, 1, group)));
  const connector = record.location.evses[0]?.connectors[0];
  return {
    power_type: connector?.power_type,
    volts: connector?.max_voltage,
    amperes: connector?.max_amperage,
    watts: connector?.max_electric_power,
  };
}

describe("kilowatts", () => {
  it.each([
    [22.08, 22_080],
    ["22.08", 22_080],
    [3.7, 3700],
    [0.1 + 0.2 + 4, 4300],
    [350, 350_000],
    [0, undefined],
    ["", undefined],
  ])("%s kW are %s W", (kilowatts, watts) => {
    const given = typeof kilowatts === "number" ? Number(kilowatts.toFixed(9)) : kilowatts;
    expect(supply({ maxPowerLevel: given }).watts).toBe(watts);
  });

  it("are exact for every number of watts", () => {
    assert(
      property(integer({ min: 1000, max: 4_000_000 }), (watts) => {
        expect(supply({ maxPowerLevel: watts / 1000 }).watts).toBe(watts);
      }),
    );
  });

  it("beyond all numbers of watts are no power, and noted", () => {
    expect(supply({ maxPowerLevel: 1e300 }).watts).toBe(1e303);
    for (const maxPowerLevel of [1e306, Number.MAX_VALUE]) {
      expect(supply({ maxPowerLevel }).watts).toBeUndefined();
      const { notes } = tagged(aStation(aGroup(34, 1, { maxPowerLevel })));
      expect(notes).toContain(`bad-field: /connectors/connector/maxPowerLevel is ${maxPowerLevel}`);
    }
  });

  it("below one, or no number, are no power, and noted; watts in their place are implausible", () => {
    expect(tagged(aStation(aGroup(34, 1, { maxPowerLevel: 0.5 }))).notes).toContain(
      "bad-field: /connectors/connector/maxPowerLevel is 0.5",
    );
    expect(tagged(aStation(aGroup(34, 1, { maxPowerLevel: "fast" }))).notes).toContain(
      'bad-field: /connectors/connector/maxPowerLevel is "fast"',
    );
    const inWatts = tagged(aStation(aGroup(34, 1, { maxPowerLevel: 50_000 })));
    expect(inWatts.notes).toContain("power-implausible: 50000 kW at type2_combo");
    expect(inWatts.tags["socket:type2_combo:output"]).toBeUndefined();
  });
});

describe("current, phases, volts and amperes", () => {
  it.each<[object, ReturnType<typeof supply>["power_type"], number | undefined, number | undefined]>([
    [
      { chargingPoint: { voltsRange: "380-480V AC", phases: 3, ampsRange: "32A" } },
      "AC_3_PHASE",
      undefined,
      32,
    ],
    [{ chargingPoint: { voltsRange: "230V AC", phases: "1", ampsRange: "6-16 A" } }, "AC_1_PHASE", 230, 16],
    [{ chargingPoint: { voltsRange: "500V DC" } }, "DC", 500, undefined],
    [{ chargingPoint: { chargeMode: "4" } }, "DC", undefined, undefined],
    [{ chargingPoint: { chargeMode: 3, phases: 3 } }, "AC_3_PHASE", undefined, undefined],
    [{ chargingPoint: { chargeMode: 3 } }, "AC", undefined, undefined],
    [{ powerFeedType: { id: "3", name: "DC fast charge" } }, "DC", undefined, undefined],
    [{ powerFeedType: { name: "AC, 1-phase" } }, "AC_1_PHASE", undefined, undefined],
    [{ powerType: "DC" }, "DC", undefined, undefined],
    [{ chargeCapacity: "200-240VAC, 1-phase at max 16A" }, "AC_1_PHASE", undefined, 16],
    [{ chargeCapacity: "380-480VAC, 3-phase at max. 32 A" }, "AC_3_PHASE", undefined, 32],
    [{ chargeCapacity: "400VAC, 3-phase at max 63A" }, "AC_3_PHASE", 400, 63],
    [{ chargeCapacity: "500VDC, max 125A" }, "DC", 500, 125],
    [
      { chargeCapacity: "200-240VAC, 1-phase at max 16A; 380-480VAC, 3-phase at max 32A" },
      "AC",
      undefined,
      32,
    ],
    [{ chargeCapacity: "230VAC, 1-phase at max 16A; or more" }, undefined, undefined, undefined],
    [{ chargeCapacity: "Level 2" }, undefined, undefined, undefined],
    [{ powerFeedType: { name: "AC" }, chargingPoint: { voltsRange: "500V DC" } }, undefined, 500, undefined],
    [{ powerFeedType: { name: "AC and DC" } }, undefined, undefined, undefined],
  ])("%j", (group, power_type, volts, amperes) => {
    expect(supply({ chargingPoint: {}, ...group })).toEqual({ power_type, volts, amperes, watts: undefined });
  });

  it("make a power only from one voltage, never from a range", () => {
    const output = (chargeCapacity: string) =>
      tagged(aStation(aGroup(31, 1, { chargeCapacity }))).tags["socket:type2_cable:output"];
    expect(output("400VAC, 3-phase at max 32A")).toBe("22 kW");
    expect(output("230VAC, 3-phase at max 16A")).toBe("11 kW");
    expect(output("380-480VAC, 3-phase at max 32A")).toBeUndefined();
    expect(output("500VDC, max 125A")).toBeUndefined();
  });

  it("come out of any text without throwing", () => {
    assert(
      property(string(), double(), (text, number) => {
        const { watts } = supply({
          chargeCapacity: text,
          maxPowerLevel: number,
          powerFeedType: { name: text },
        });
        expect(watts === undefined || Number.isFinite(watts)).toBe(true);
        supply({ chargingPoint: { voltsRange: text, ampsRange: text, phases: number, chargeMode: text } });
      }),
    );
  });
});
