/** Rule T3 as data: which OSM socket key a connector standard becomes. `docs/mapping.md` is generated from it. */
import type { NoteCode } from "../ocpi/notes.js";

/** What a socket is made for; decides rounding and ceiling (T4.3–T4.5). `AC or DC` asks the connector's power_type. */
export type SocketKind = "AC" | "household" | "DC" | "megawatt" | "AC or DC";

/** The most power a socket of each kind carries, in kW (T4.5). */
export const CEILING_KW: Readonly<Record<Exclude<SocketKind, "AC or DC">, number>> = {
  AC: 44,
  household: 12,
  DC: 1000,
  megawatt: 3750,
};

/** Every key the program writes after `socket:`, by kind (T4.3). */
export const SOCKET_KINDS: Readonly<Record<SocketKind, readonly string[]>> = {
  AC: [
    "type1",
    "type2",
    "type2_cable",
    "type3a",
    "type3c",
    "gb_ac",
    "cee_blue",
    "cee_red_16a",
    "cee_red_32a",
    "cee_red_63a",
  ],
  household: [
    "nema_1_15",
    "nema_5_15",
    "nema_5_20",
    "nema_6_30",
    "nema_6_50",
    "nema_10_30",
    "nema_10_50",
    "nema_14_30",
    "nema_14_50",
    "typec",
    "typed",
    "typee",
    "schuko",
    "bs1363",
    "typeh",
    "as3112",
    "gb1002",
    "sev1011_t13",
    "sev1011_t23",
    "typek",
    "typeL",
    "typem",
    "typen",
    "typeo",
  ],
  DC: ["type1_combo", "type2_combo", "chademo", "chaoji", "gb_dc"],
  megawatt: ["mcs"],
  "AC or DC": ["nacs"],
};

/**
 * One row of the rule. Of the rows of a standard the first whose conditions all hold is taken; a row without
 * `key` writes nothing.
 */
export interface SocketRow {
  readonly standard: string;
  readonly key?: string;
  readonly note?: NoteCode;
  readonly format?: "CABLE" | "SOCKET";
  readonly current?: "AC" | "DC";
  readonly overAmperes?: number;
  readonly countries?: readonly string[];
}

const NACS_COUNTRIES = ["US", "CA", "MX", "JP", "KR"] as const;

export const SOCKET_ROWS: readonly SocketRow[] = [
  { standard: "IEC_62196_T2", format: "CABLE", key: "type2_cable" },
  { standard: "IEC_62196_T2", format: "SOCKET", key: "type2" },
  { standard: "IEC_62196_T2", key: "type2", note: "format-missing" },
  { standard: "IEC_62196_T2_COMBO", key: "type2_combo" },
  { standard: "IEC_62196_T1", key: "type1" },
  { standard: "IEC_62196_T1_COMBO", key: "type1_combo" },
  { standard: "IEC_62196_T3A", key: "type3a" },
  { standard: "IEC_62196_T3C", key: "type3c" },
  { standard: "CHADEMO", key: "chademo" },
  { standard: "CHAOJI", countries: ["CN", "JP"], key: "chaoji" },
  { standard: "CHAOJI", key: "chaoji", note: "chaoji-suspect" },
  { standard: "SAE_J3400", key: "nacs" },
  { standard: "TESLA_S", countries: NACS_COUNTRIES, key: "nacs", note: "tesla-s" },
  { standard: "TESLA_S", countries: ["CN"], note: "tesla-s" },
  { standard: "TESLA_S", current: "DC", key: "type2_combo", note: "tesla-s" },
  { standard: "TESLA_S", current: "AC", key: "type2_cable", note: "tesla-s" },
  { standard: "TESLA_S", note: "tesla-s" },
  { standard: "TESLA_R", note: "unknown-standard" },
  { standard: "MCS", key: "mcs" },
  { standard: "GBT_AC", key: "gb_ac" },
  { standard: "GBT_DC", key: "gb_dc" },
  { standard: "DOMESTIC_A", key: "nema_1_15" },
  { standard: "DOMESTIC_B", key: "nema_5_15" },
  { standard: "DOMESTIC_C", key: "typec" },
  { standard: "DOMESTIC_D", key: "typed" },
  { standard: "DOMESTIC_E", key: "typee" },
  { standard: "DOMESTIC_F", key: "schuko" },
  { standard: "DOMESTIC_G", key: "bs1363" },
  { standard: "DOMESTIC_H", key: "typeh" },
  { standard: "DOMESTIC_I", countries: ["CN"], key: "gb1002" },
  { standard: "DOMESTIC_I", key: "as3112" },
  { standard: "DOMESTIC_J", overAmperes: 10, key: "sev1011_t23" },
  { standard: "DOMESTIC_J", key: "sev1011_t13" },
  { standard: "DOMESTIC_K", key: "typek" },
  { standard: "DOMESTIC_L", key: "typeL" },
  { standard: "DOMESTIC_M", key: "typem" },
  { standard: "DOMESTIC_N", key: "typen" },
  { standard: "DOMESTIC_O", key: "typeo" },
  { standard: "NEMA_5_20", key: "nema_5_20" },
  { standard: "NEMA_6_30", key: "nema_6_30" },
  { standard: "NEMA_6_50", key: "nema_6_50" },
  { standard: "NEMA_10_30", key: "nema_10_30" },
  { standard: "NEMA_10_50", key: "nema_10_50" },
  { standard: "NEMA_14_30", key: "nema_14_30" },
  { standard: "NEMA_14_50", key: "nema_14_50" },
  { standard: "IEC_60309_2_SINGLE_16", key: "cee_blue" },
  { standard: "IEC_60309_2_THREE_16", key: "cee_red_16a" },
  { standard: "IEC_60309_2_THREE_32", key: "cee_red_32a" },
  { standard: "IEC_60309_2_THREE_64", key: "cee_red_63a" },
  { standard: "PANTOGRAPH_BOTTOM_UP", note: "unknown-standard" },
  { standard: "PANTOGRAPH_TOP_DOWN", note: "unknown-standard" },
];

/** T3.5: keys mappers use that this program reads when matching but never writes. */
export const NEVER_WRITTEN: readonly string[] = [
  "tesla",
  "tesla_standard",
  "tesla_supercharger",
  "tesla_supercharger_ccs",
  "tesla_destination",
  "ccs",
  "ccs1",
  "ccs2",
  "j1772",
  "type1_cable",
  "type2_combo_cable",
  "type3",
  "gbt",
  "Mennekes",
  "domestic",
];
