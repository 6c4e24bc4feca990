import { describe, expect, test } from "vitest";
import type { Connector } from "./location.js";
import { statedPower } from "./power.js";

function volts(power_type: string, max_voltage: number, max_amperage: number): Connector {
  return { power_type, max_voltage, max_amperage };
}

describe("T4.1: stated power", () => {
  test.each([
    [22_000, 22, false],
    [1000, 1, false],
    [999, 999, true],
    [22, 22, true],
    [7.4, 7.4, true],
    [150_000, 150, false],
  ])("%d is %d kW; read as kilowatts: %s", (max_electric_power, kilowatts, inKilowatts) => {
    expect(statedPower({ max_electric_power })).toEqual({
      kilowatts,
      field: "max_electric_power",
      inKilowatts,
    });
  });

  test("0 and less, and what is neither watts nor kilowatts, count as absent: volts and amperes decide", () => {
    for (const max_electric_power of [0, -0, -22_000, 0.022]) {
      expect(statedPower({ max_electric_power })).toBeUndefined();
      expect(statedPower({ ...volts("AC_1_PHASE", 230, 16), max_electric_power })?.kilowatts).toBeCloseTo(
        3.68,
      );
    }
  });

  test("it goes before volts and amperes, even when it contradicts them", () => {
    expect(statedPower({ ...volts("AC_3_PHASE", 230, 32), max_electric_power: 11_000 })?.kilowatts).toBe(11);
  });
});

describe("T4.2: volts and amperes", () => {
  test.each([
    ["AC_1_PHASE", 230, 32, 7.36],
    ["AC_1_PHASE", 400, 32, 12.8],
    ["AC_2_PHASE", 230, 16, 7.36],
    ["AC_3_PHASE", 230, 32, 22.08],
    ["AC_3_PHASE", 200, 32, 19.2],
    ["AC_3_PHASE", 250, 32, 24],
    ["AC_3_PHASE", 380, 32, 21.062],
    ["AC_3_PHASE", 400, 63, 43.648],
    ["AC_3_PHASE", 415, 32, 23.002],
  ])("%s %d V × %d A is %d kW", (powerType, voltage, amperage, kilowatts) => {
    const power = statedPower(volts(powerType, voltage, amperage));
    expect(power?.kilowatts).toBeCloseTo(kilowatts, 3);
    expect(power).toMatchObject({ field: "max_voltage", inKilowatts: false });
  });

  test.each([
    ["AC_3_PHASE", 199, 32],
    ["AC_3_PHASE", 251, 32],
    ["AC_3_PHASE", 379, 32],
    ["AC_3_PHASE", 416, 32],
    ["AC_3_PHASE", 22, 32],
    ["AC_2_PHASE_SPLIT", 230, 32],
    ["DC", 920, 400],
    ["SOMETHING", 230, 32],
    ["AC_1_PHASE", 0, 32],
    ["AC_1_PHASE", 22, 32],
    ["AC_2_PHASE", 22, 32],
    ["AC_1_PHASE", 230, 0],
    ["AC_1_PHASE", -230, -32],
  ])("%s %d V × %d A is not multiplied", (powerType, voltage, amperage) => {
    expect(statedPower(volts(powerType, voltage, amperage))).toBeUndefined();
  });

  test("without a power type, volts or amperes there is no power", () => {
    expect(statedPower({ max_voltage: 230, max_amperage: 32 })).toBeUndefined();
    expect(statedPower({ power_type: "AC_1_PHASE", max_voltage: 230 })).toBeUndefined();
    expect(statedPower({ power_type: "AC_1_PHASE", max_amperage: 32 })).toBeUndefined();
    expect(statedPower({})).toBeUndefined();
  });
});
