// @ts-check
/** The connector type ids of HERE API v2 for the plugs of the synthetic world. */

/** @type {Readonly<Record<string, { id: number, name: string }>>} */
export const V2_CONNECTOR_TYPES = {
  DOMESTIC_F: { id: 9, name: "Domestic plug/socket type F (CEE 7/4 (Schuko))" },
  CHADEMO: { id: 29, name: "JEVS G 105 (CHAdeMO)" },
  IEC_62196_T1: { id: 30, name: "IEC 62196-2 type 1 (SAE J1772)" },
  IEC_62196_T2: { id: 31, name: "IEC 62196-2 type 2 (Mennekes)" },
  IEC_62196_T1_COMBO: { id: 33, name: "IEC 62196-3 type 1 combo (SAE J1772)" },
  IEC_62196_T2_COMBO: { id: 34, name: "IEC 62196-3 type 2 combo (Mennekes)" },
  SAE_J3400: { id: 43, name: "Tesla Connector" },
  NEMA_14_50: { id: 51, name: "Domestic plug/socket type B (NEMA 14-50)" },
  GBT_AC: { id: 52, name: "GB/T (Chinese) AC connector" },
  GBT_DC: { id: 53, name: "GB/T (Chinese) DC connector" },
};
