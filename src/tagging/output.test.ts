import { describe, expect, test } from "vitest";
import type { Connector } from "../ocpi/location.js";
import { outputKilowatts } from "./output.js";
import { socketOf } from "./socket-of-connector.js";

function output(kilowatts: number, connector: Connector): number | "implausible" {
  const { socket } = socketOf(connector, "DE");
  if (socket === undefined) throw new Error(`no socket: ${connector.standard}`);
  return outputKilowatts({ kilowatts, field: "max_electric_power", inKilowatts: false }, socket, connector);
}

const TYPE_2: Connector = { standard: "IEC_62196_T2", format: "SOCKET" };
const CCS: Connector = { standard: "IEC_62196_T2_COMBO" };

describe("T4.4: rounding", () => {
  test.each([
    [22.08, 22],
    [43.648, 43],
    [43.47, 43],
    [7.36, 7.4],
    [3.68, 3.7],
    [2.3, 2.3],
    [4.6, 4.6],
    [11.04, 11],
    [11.22, 11],
    [21.56, 22],
    [7.5, 7.4],
    [10.56, 10.56],
    [21.12, 21],
    [7.04, 7],
    [37.95, 38],
    [8.28, 8.28],
    [9.66, 9.66],
    [16.5, 16.5],
    [16.5678, 16.57],
    [20.15, 20],
    [19.85, 20],
    [0.1, 0.1],
  ])("%d kW of AC is %d", (stated, written) => expect(output(stated, TYPE_2)).toBe(written));

  test.each([
    [22.08, 22],
    [21.7, 21.7],
    [43.65, 43.65],
    [7.36, 7.36],
    [49.9, 50],
    [50.15, 50],
    [50.2, 50.2],
    [62.5, 62.5],
    [149.999, 150],
    [33.333, 33.33],
  ])("%d kW of DC is %d: no nominal ratings there", (stated, written) =>
    expect(output(stated, CCS)).toBe(written),
  );
});

describe("T4.5: the most a socket carries, after rounding", () => {
  const dc = { power_type: "DC" };
  const ac = { power_type: "AC_1_PHASE" };
  test.each<[string, Connector, number]>([
    ["type2", TYPE_2, 44],
    ["type2_cable", { standard: "IEC_62196_T2", format: "CABLE" }, 44],
    ["type2 that says DC", { ...TYPE_2, ...dc }, 44],
    ["type1", { standard: "IEC_62196_T1" }, 44],
    ["type3a", { standard: "IEC_62196_T3A" }, 44],
    ["type3c", { standard: "IEC_62196_T3C" }, 44],
    ["gb_ac", { standard: "GBT_AC" }, 44],
    ["cee_blue", { standard: "IEC_60309_2_SINGLE_16" }, 44],
    ["cee_red_63a", { standard: "IEC_60309_2_THREE_64" }, 44],
    ["schuko", { standard: "DOMESTIC_F" }, 12],
    ["typeL", { standard: "DOMESTIC_L" }, 12],
    ["nema_14_50", { standard: "NEMA_14_50" }, 12],
    ["nema_1_15", { standard: "DOMESTIC_A" }, 12],
    ["type2_combo", CCS, 1000],
    ["type2_combo that says AC", { ...CCS, ...ac }, 1000],
    ["type1_combo", { standard: "IEC_62196_T1_COMBO" }, 1000],
    ["chademo", { standard: "CHADEMO" }, 1000],
    ["gb_dc", { standard: "GBT_DC" }, 1000],
    ["chaoji", { standard: "CHAOJI" }, 1000],
    ["nacs of DC", { standard: "SAE_J3400", ...dc }, 1000],
    ["nacs of AC", { standard: "SAE_J3400", ...ac }, 44],
    ["nacs of neither", { standard: "SAE_J3400" }, 1000],
    ["mcs", { standard: "MCS" }, 3750],
  ])("%s: %#", (_key, connector, ceiling) => {
    expect(output(ceiling, connector)).toBe(ceiling);
    expect(output(ceiling + 0.15, connector)).toBe(ceiling);
    expect(output(ceiling + 0.2, connector)).toBe("implausible");
    expect(output(ceiling * 1000, connector)).toBe("implausible");
  });

  test("T4.3: nacs rounds as AC only when it says AC", () => {
    expect(output(7.36, { standard: "SAE_J3400", ...ac })).toBe(7.4);
    expect(output(7.36, { standard: "SAE_J3400", ...dc })).toBe(7.36);
  });
});
