/** From a stated power to `22 kW`: rules T4.3 to T4.6. */
import type { TaggingConnector } from "../ocpi/location.js";
import type { StatedPower } from "../ocpi/power.js";
import { type Socket, currentOf } from "./socket-of-connector.js";
import { CEILING_KW } from "./socket-table.js";

/** Nominal AC ratings in kW, and how close a computed power must be to be meant for one (T4.4). */
export const NOMINAL_AC_KW: readonly number[] = [2.3, 3.7, 4.6, 7.4, 11, 22, 43];
const NOMINAL_TOLERANCE = 0.02;
const WHOLE_TOLERANCE = 0.15;
/** Keeps 50.15 "within 0.15 of 50" although its binary neighbour is a hair further away. */
const ROUNDING_SLACK = 1e-9;

/**
 * The power to write for one connector in kW, rounded (T4.4) to at most 2 decimals (T4.6), or `implausible` when
 * it is above the ceiling of its socket (T4.5).
 */
export function outputKilowatts(
  power: StatedPower,
  socket: Socket,
  connector: TaggingConnector,
): number | "implausible" {
  const kind = socket.kind === "AC or DC" ? (currentOf(connector) ?? "DC") : socket.kind;
  const rounded = roundPower(power.kilowatts, kind === "AC" || kind === "household");
  return rounded > CEILING_KW[kind] ? "implausible" : rounded;
}

function roundPower(kilowatts: number, ac: boolean): number {
  if (ac) {
    for (const nominal of NOMINAL_AC_KW) {
      if (Math.abs(kilowatts - nominal) <= nominal * NOMINAL_TOLERANCE + ROUNDING_SLACK) return nominal;
    }
  }
  const whole = Math.round(kilowatts);
  if (whole > 0 && Math.abs(kilowatts - whole) <= WHOLE_TOLERANCE + ROUNDING_SLACK) return whole;
  return Number(kilowatts.toFixed(2));
}
