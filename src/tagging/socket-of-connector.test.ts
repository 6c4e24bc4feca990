import { describe, expect, test } from "vitest";
import { ENUM_VALUES } from "../ocpi/enums.js";
import type { Connector } from "../ocpi/location.js";
import { currentOf, needsCountry, socketOf } from "./socket-of-connector.js";

function keyAndNote(connector: Connector, country?: string): [string | undefined, string | undefined] {
  const { socket, note } = socketOf(connector, country);
  return [socket?.key, note];
}

describe("T3.2: the table of sockets", () => {
  test.each<[string, string]>([
    ["IEC_62196_T2_COMBO", "type2_combo"],
    ["IEC_62196_T1", "type1"],
    ["IEC_62196_T1_COMBO", "type1_combo"],
    ["IEC_62196_T3A", "type3a"],
    ["IEC_62196_T3C", "type3c"],
    ["CHADEMO", "chademo"],
    ["SAE_J3400", "nacs"],
    ["MCS", "mcs"],
    ["GBT_AC", "gb_ac"],
    ["GBT_DC", "gb_dc"],
    ["DOMESTIC_A", "nema_1_15"],
    ["DOMESTIC_B", "nema_5_15"],
    ["DOMESTIC_C", "typec"],
    ["DOMESTIC_D", "typed"],
    ["DOMESTIC_E", "typee"],
    ["DOMESTIC_F", "schuko"],
    ["DOMESTIC_G", "bs1363"],
    ["DOMESTIC_H", "typeh"],
    ["DOMESTIC_I", "as3112"],
    ["DOMESTIC_J", "sev1011_t13"],
    ["DOMESTIC_K", "typek"],
    ["DOMESTIC_L", "typeL"],
    ["DOMESTIC_M", "typem"],
    ["DOMESTIC_N", "typen"],
    ["DOMESTIC_O", "typeo"],
    ["NEMA_5_20", "nema_5_20"],
    ["NEMA_6_30", "nema_6_30"],
    ["NEMA_6_50", "nema_6_50"],
    ["NEMA_10_30", "nema_10_30"],
    ["NEMA_10_50", "nema_10_50"],
    ["NEMA_14_30", "nema_14_30"],
    ["NEMA_14_50", "nema_14_50"],
    ["IEC_60309_2_SINGLE_16", "cee_blue"],
    ["IEC_60309_2_THREE_16", "cee_red_16a"],
    ["IEC_60309_2_THREE_32", "cee_red_32a"],
    ["IEC_60309_2_THREE_64", "cee_red_63a"],
  ])("%s is socket:%s, whatever the format and the power type", (standard, key) => {
    for (const format of ["CABLE", "SOCKET"]) {
      for (const power_type of ["AC_1_PHASE", "AC_3_PHASE", "DC"]) {
        expect(keyAndNote({ standard, format, power_type }, "DE")).toEqual([key, undefined]);
      }
    }
    expect(keyAndNote({ standard })).toEqual([key, undefined]);
    const { socket } = socketOf({ standard }, undefined);
    expect(socket).toMatchObject({ countTag: `socket:${key}`, outputTag: `socket:${key}:output` });
  });

  test.each<[string | undefined, string, string | undefined]>([
    ["CABLE", "type2_cable", undefined],
    ["SOCKET", "type2", undefined],
    [undefined, "type2", "format-missing"],
    ["PLUG", "type2", "format-missing"],
  ])("IEC_62196_T2 with format %s is %s, note %s", (format, key, note) => {
    const connector = { standard: "IEC_62196_T2", ...(format === undefined ? {} : { format }) };
    expect(keyAndNote(connector)).toEqual([key, note]);
  });

  test.each<[string | undefined, string | undefined]>([
    ["CN", undefined],
    ["JP", undefined],
    ["RU", "chaoji-suspect"],
    [undefined, "chaoji-suspect"],
  ])("CHAOJI in %s is chaoji, note %s", (country, note) => {
    expect(keyAndNote({ standard: "CHAOJI" }, country)).toEqual(["chaoji", note]);
  });

  test.each<[string | undefined, string | undefined, string | undefined]>([
    ["US", "DC", "nacs"],
    ["CA", "AC_1_PHASE", "nacs"],
    ["MX", undefined, "nacs"],
    ["JP", "DC", "nacs"],
    ["KR", "DC", "nacs"],
    ["CN", "DC", undefined],
    ["CN", "AC_3_PHASE", undefined],
    ["DE", "DC", "type2_combo"],
    ["DE", "AC_3_PHASE", "type2_cable"],
    ["RU", "AC_1_PHASE", "type2_cable"],
    [undefined, "DC", "type2_combo"],
    ["DE", undefined, undefined],
  ])("TESLA_S in %s with %s is %s, always with a note", (country, power_type, key) => {
    const connector = { standard: "TESLA_S", ...(power_type === undefined ? {} : { power_type }) };
    expect(keyAndNote(connector, country)).toEqual([key, "tesla-s"]);
  });

  test.each<[string | undefined, string]>([
    ["CN", "gb1002"],
    ["AU", "as3112"],
    [undefined, "as3112"],
  ])("DOMESTIC_I in %s is %s", (country, key) => {
    expect(keyAndNote({ standard: "DOMESTIC_I" }, country)).toEqual([key, undefined]);
  });

  test.each([
    [16, "sev1011_t23"],
    [10.5, "sev1011_t23"],
    [10, "sev1011_t13"],
    [8, "sev1011_t13"],
  ])("DOMESTIC_J of %d A is %s", (max_amperage, key) => {
    expect(keyAndNote({ standard: "DOMESTIC_J", max_amperage })).toEqual([key, undefined]);
  });

  test.each(["TESLA_R", "PANTOGRAPH_BOTTOM_UP", "PANTOGRAPH_TOP_DOWN", "NOT_IMPLEMENTED", "", "__PROTO__"])(
    "T3.3: %j has no key, note unknown-standard",
    (standard) => expect(keyAndNote({ standard }, "DE")).toEqual([undefined, "unknown-standard"]),
  );

  test("T3.3: nor has a connector without a standard", () => {
    expect(keyAndNote({}, "DE")).toEqual([undefined, "unknown-standard"]);
  });

  test("T3.3: each standard of OCPI has a key or a note, in every country", () => {
    for (const standard of ENUM_VALUES.ConnectorType) {
      for (const country of ["DE", "US", "CN", "JP", undefined]) {
        const [key, note] = keyAndNote({ standard, format: "CABLE", power_type: "DC" }, country);
        expect(key ?? note, `${standard} in ${country}`).toBeDefined();
      }
    }
  });

  test("T3.5: a key that is only read when matching is never written", () => {
    const never = [
      "ccs",
      "ccs1",
      "ccs2",
      "j1772",
      "type1_cable",
      "type2_combo_cable",
      "type3",
      "gbt",
      "Mennekes",
    ];
    for (const standard of ENUM_VALUES.ConnectorType) {
      for (const country of ["DE", "US", "CN"]) {
        const [key] = keyAndNote({ standard, format: "CABLE", power_type: "DC" }, country);
        expect(key ?? "").not.toMatch(/^tesla|^domestic/);
        expect(never).not.toContain(key);
      }
    }
  });
});

describe("needsCountry", () => {
  test("only what differs by country asks for it", () => {
    const asking = ENUM_VALUES.ConnectorType.filter((standard) => needsCountry({ standard }));
    expect(asking.toSorted()).toEqual(["CHAOJI", "DOMESTIC_I", "TESLA_S"]);
    expect(needsCountry({})).toBe(false);
    expect(needsCountry({ standard: "UNHEARD_OF" })).toBe(false);
  });
});

describe("currentOf", () => {
  test.each([
    ["DC", "DC"],
    ["AC_1_PHASE", "AC"],
    ["AC_2_PHASE_SPLIT", "AC"],
    ["AC_3_PHASE", "AC"],
    ["SOMETHING", undefined],
  ])("%s is %s", (power_type, current) => expect(currentOf({ power_type })).toBe(current));
});
