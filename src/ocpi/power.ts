/** What power a connector states: rules T4.1 and T4.2. Knows nothing of sockets; the ceiling is `tagging/output.ts`. */
import type { TaggingConnector } from "./location.js";

export interface StatedPower {
  readonly kilowatts: number;
  /** The field of the connector that states it; of two that are multiplied the first. */
  readonly field: "max_electric_power" | "max_voltage";
  /** The field meant kilowatts although OCPI says watts (T4.1). */
  readonly inKilowatts: boolean;
}

/** Below this many watts no charger exists, so the feed means kilowatts. */
const LEAST_WATTS = 1000;
/** Below this many kilowatts it means nothing that could be told. */
const LEAST_KILOWATTS = 1;
/** No country has less in its grid; feeds have put kilowatts there (22). */
const LEAST_VOLTS = 100;

/** How volts and amperes of one power type make watts (T4.2). Types not listed are never multiplied. */
const PHASE_FACTORS: ReadonlyArray<{
  readonly powerType: string;
  readonly volts: readonly [number, number];
  readonly factor: number;
}> = [
  { powerType: "AC_1_PHASE", volts: [LEAST_VOLTS, Infinity], factor: 1 },
  { powerType: "AC_2_PHASE", volts: [LEAST_VOLTS, Infinity], factor: 2 },
  { powerType: "AC_3_PHASE", volts: [200, 250], factor: 3 },
  { powerType: "AC_3_PHASE", volts: [380, 415], factor: Math.sqrt(3) },
];

/**
 * The power of one connector in kilowatts, unrounded, or `undefined` when it states none: `max_electric_power`
 * first, else volts × amperes × phases for AC. DC is never multiplied: its volts and amperes are limits that do
 * not hold together.
 */
export function statedPower(connector: TaggingConnector): StatedPower | undefined {
  const watts = connector.max_electric_power;
  if (watts !== undefined && watts >= LEAST_KILOWATTS) {
    return watts < LEAST_WATTS
      ? { kilowatts: watts, field: "max_electric_power", inKilowatts: true }
      : { kilowatts: watts / 1000, field: "max_electric_power", inKilowatts: false };
  }
  const { max_voltage: volts, max_amperage: amperes, power_type: powerType } = connector;
  if (volts === undefined || amperes === undefined || volts <= 0 || amperes <= 0) return undefined;
  for (const row of PHASE_FACTORS) {
    if (row.powerType === powerType && volts >= row.volts[0] && volts <= row.volts[1]) {
      const kilowatts = (volts * amperes * row.factor) / 1000;
      return { kilowatts, field: "max_voltage", inKilowatts: false };
    }
  }
  return undefined;
}
