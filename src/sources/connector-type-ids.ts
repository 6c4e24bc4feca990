/**
 * The connector type ids of HERE's API v2, Geocoding & Search and older map layer, with the plug each stands for, as data.
 * HERE publishes no such table. The authority is v3's `countryMetadata?fields=connectorTypes` (`legacyId`), which a user
 * can save and give with `--connector-types` (connector-type-crosswalk.ts).
 */

/**
 * How sure a row is. `documented`: HERE says so. `inferred`: HERE's name for the id fits one OCPI standard.
 * `ambiguous`: it fits several. `none`: it fits no OCPI standard.
 */
export type ConnectorTypeMapping = "documented" | "inferred" | "ambiguous" | "none";

type Row = readonly [
  id: number,
  /** HERE's; unknown for 68. */
  name: string | undefined,
  /** OCPI's ConnectorType. */
  standard: string | undefined,
  mapping: ConnectorTypeMapping,
];

export const CONNECTOR_TYPE_ROWS: readonly Row[] = [
  [0, "Unspecified", undefined, "none"],
  [1, "Other", undefined, "none"],
  [2, "Unallowed", undefined, "none"],
  [3, "Small Paddle Inductive", undefined, "none"],
  [4, "Large Paddle Inductive", undefined, "none"],
  [5, "Domestic plug/socket type B (NEMA 5-15)", "DOMESTIC_B", "inferred"],
  [6, "Domestic plug/socket type B (NEMA 5-20)", "NEMA_5_20", "inferred"],
  [7, "Domestic plug/socket type D (BS 546 (3 pin))", "DOMESTIC_D", "inferred"],
  [8, "Domestic plug/socket type E (CEE 7/5)", "DOMESTIC_E", "inferred"],
  [9, "Domestic plug/socket type F (CEE 7/4 (Schuko))", "DOMESTIC_F", "inferred"],
  [10, "Domestic plug/socket type E+F (CEE 7/7)", undefined, "ambiguous"],
  [11, "Domestic plug/socket type G (BS 1363, IS 401 & 411, MS 58)", "DOMESTIC_G", "inferred"],
  [12, "Domestic plug/socket type H (SI 32)", "DOMESTIC_H", "inferred"],
  [13, "Domestic plug/socket type I (AS/NZS 3112)", "DOMESTIC_I", "inferred"],
  [14, "Domestic plug/socket type I (CPCS-CCC)", "DOMESTIC_I", "inferred"],
  [15, "Domestic plug/socket type I (IRAM 2073)", "DOMESTIC_I", "inferred"],
  [16, "Domestic plug/socket type J (SEV 1011) (T13)", "DOMESTIC_J", "inferred"],
  [17, "Domestic plug/socket type J (SEV 1011) (T15)", "DOMESTIC_J", "inferred"],
  [18, "Domestic plug/socket type J (SEV 1011) (T23)", "DOMESTIC_J", "inferred"],
  [19, "Domestic plug/socket type J (SEV 1011) (T25)", "DOMESTIC_J", "inferred"],
  [20, "Domestic plug/socket type K (Section 107-2-D1)", "DOMESTIC_K", "inferred"],
  [21, "Domestic plug/socket type K (Thailand TIS 166 - 2549)", "DOMESTIC_O", "inferred"],
  [22, "Domestic plug/socket type L (CEI 23-16/VII)", "DOMESTIC_L", "inferred"],
  [23, "Domestic plug/socket type M (South African 15 A/250 V)", "DOMESTIC_M", "inferred"],
  [24, "Domestic plug/socket type IEC 60906-1 (3 pin)", "DOMESTIC_N", "inferred"],
  [25, "AVCON Connector", undefined, "none"],
  [26, "Tesla Connector (high power wall)", undefined, "none"],
  [27, "Tesla Connector (universal mobile)", undefined, "none"],
  [28, "Tesla Connector (spare mobile)", undefined, "none"],
  [29, "JEVS G 105 (CHAdeMO)", "CHADEMO", "inferred"],
  [30, "IEC 62196-2 type 1 (SAE J1772)", "IEC_62196_T1", "inferred"],
  [31, "IEC 62196-2 type 2 (Mennekes)", "IEC_62196_T2", "documented"],
  [32, "IEC 62196-2 type 3c (SCAME)", "IEC_62196_T3C", "inferred"],
  [33, "IEC 62196-3 type 1 combo (SAE J1772)", "IEC_62196_T1_COMBO", "inferred"],
  [34, "IEC 62196-3 type 2 combo (Mennekes)", "IEC_62196_T2_COMBO", "documented"],
  [35, "IEC 60309 : industrial P + N + E (AC)", undefined, "ambiguous"],
  [36, "IEC 60309 : industrial 3P + E + N (AC)", undefined, "ambiguous"],
  [37, "IEC 60309 : industrial 2P + E (AC)", undefined, "ambiguous"],
  [38, "IEC 60309 : industrial P + N + E (AC) (CEEPlus)", undefined, "ambiguous"],
  [39, "IEC 60309 : industrial 3P + N + E (AC) (CEEPlus)", undefined, "ambiguous"],
  [40, "Better place plug/socket", undefined, "none"],
  [41, "Marechal plug/socket", undefined, "none"],
  [42, "Domestic plug/socket type J (SEV 1011) (T13, T23)", "DOMESTIC_J", "inferred"],
  [43, "Tesla Connector", "SAE_J3400", "documented"],
  [44, "IEC 61851-1", undefined, "none"],
  [45, "IEC 62196-2 type 2 (SAE J1772)", undefined, "ambiguous"],
  [46, "IEC 60309 : industrial 2P + E (DC)", undefined, "ambiguous"],
  [47, "I-type AS/NZ 3112 (Australian 15A/240V)", "DOMESTIC_I", "inferred"],
  [48, "Domestic plug/socket type A (NEMA 1-15, 2 pins)", "DOMESTIC_A", "inferred"],
  [49, "Domestic plug/socket type C (CEE 7/17, 2 pins)", "DOMESTIC_C", "inferred"],
  [50, "IEC 62196-2 type 3a (SCAME)", "IEC_62196_T3A", "inferred"],
  [51, "Domestic plug/socket type B (NEMA 14-50)", "NEMA_14_50", "inferred"],
  [52, "GB/T (Chinese) AC connector", "GBT_AC", "inferred"],
  [53, "GB/T (Chinese) DC connector", "GBT_DC", "inferred"],
  [68, undefined, "TESLA_S", "documented"],
];

export interface ConnectorType {
  readonly id: number;
  /** HERE's name. */
  readonly name: string | undefined;
  /** OCPI's ConnectorType; absent where `mapping` is `ambiguous` or `none`. */
  readonly standard: string | undefined;
  readonly mapping: ConnectorTypeMapping;
}

const byId = new Map<number, ConnectorType>();
const byName = new Map<string, ConnectorType>();
for (const [id, name, standard, mapping] of CONNECTOR_TYPE_ROWS) {
  const type = { id, name, standard, mapping };
  byId.set(id, type);
  if (name !== undefined) byName.set(foldName(name), type);
}

/** "Tesla Connector": documented as SAE_J3400, but older data has it for any Tesla plug (note `tesla-connector`). */
export const TESLA_CONNECTOR = 43;

/** The row of an id; `undefined` for ids whose meaning is nowhere public (54 to 67, and all above 68). */
export function connectorTypeOfId(id: number): ConnectorType | undefined {
  return byId.get(id);
}

/** The row of a name in HERE's words, whatever its case and blanks. */
export function connectorTypeOfName(name: string): ConnectorType | undefined {
  return byName.get(foldName(name));
}

function foldName(name: string): string {
  return name.toLowerCase().replace(/\s+/g, "");
}
