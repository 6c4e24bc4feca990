/** What a v2 connector group or plug supplies: kilowatts, and what its texts say of current, phases, volts and amperes. */
import type { Connector } from "../ocpi/location.js";
import type { HereNode } from "./here-v2-node.js";

export type Supply = Pick<Connector, "power_type" | "max_voltage" | "max_amperage" | "max_electric_power">;

type Current = "AC" | "DC";

/** One alternative of `chargeCapacity`: `200-240VAC, 1-phase at max 16A`; current and phases may be left out. */
const CAPACITY =
  /^(\d{2,4})(?:\s*-\s*(\d{2,4}))?\s*V\s*(AC|DC)?(?:\s*,?\s*([123])[\s-]?phase)?\s*,?\s*(?:at\s+)?max\.?\s*(\d{1,4}(?:\.\d+)?)\s*A$/i;
const VOLTS = /^(\d{2,4})(?:\s*-\s*(\d{2,4}))?\s*V?\s*(AC|DC)?$/i;
const AMPERES = /^(?:\d{1,4}(?:\.\d+)?\s*-\s*)?(\d{1,4}(?:\.\d+)?)\s*A?$/i;
const PHASES = /\b([123])[\s-]?phase/i;
const AC = /\bAC\b/i;
const DC = /\bDC\b/i;
/** IEC 61851: mode 4 is DC, the others AC. */
const DC_MODE = "4";
const AC_MODES = ["1", "2", "3"];
const POWER_TYPES: ReadonlyMap<number, string> = new Map([
  [1, "AC_1_PHASE"],
  [2, "AC_2_PHASE"],
  [3, "AC_3_PHASE"],
]);

interface Capacity {
  readonly current: Current | undefined;
  readonly phases: number | undefined;
  /** One voltage, not a range. */
  readonly volts: number | undefined;
  readonly amperes: number;
}

/**
 * Reads the supply of a group or plug. `maxPowerLevel` is kilowatts; less than one is read as absent and noted, as no
 * charger is so weak and T4.1 would take the watts for kilowatts. A range of volts (`380-480V`) is no voltage to
 * multiply; current and phases are taken only where all that is said of them agrees.
 */
export function readSupply(node: HereNode): Supply {
  const capacity = capacityOf(node.text("chargeCapacity"));
  const volts = VOLTS.exec(node.text("chargingPoint/voltsRange") ?? "");
  const amperes = AMPERES.exec(node.text("chargingPoint/ampsRange") ?? "")?.[1];
  const feed = node.text("powerFeedType/name") ?? "";
  const current = theCurrent([
    capacity?.current,
    currentOf(volts?.[3]),
    currentOfMode(node.text("chargingPoint/chargeMode")),
    onlyCurrentIn(feed),
    onlyCurrentIn(node.text("powerType")?.replaceAll("_", " ") ?? ""),
  ]);
  const phases = agreed([
    phasesOf(node.text("chargingPoint/phases")),
    capacity?.phases,
    phasesOf(PHASES.exec(feed)?.[1]),
  ]);
  return {
    power_type: current === "both" ? undefined : powerType(current, phases),
    max_voltage: single(volts?.[1], volts?.[2]) ?? (volts === null ? capacity?.volts : undefined),
    max_amperage: amperes === undefined ? capacity?.amperes : Number(amperes),
    max_electric_power: watts(node),
  };
}

/** Kilowatts to watts without the error of a binary fraction: 22.08 kW is 22080 W. */
function watts(node: HereNode): number | undefined {
  const kilowatts = node.number("maxPowerLevel");
  if (kilowatts === undefined || kilowatts === 0) return undefined;
  if (kilowatts < 1) {
    node.refuse("maxPowerLevel");
    return undefined;
  }
  const text = String(kilowatts);
  const stated = text.includes("e") ? kilowatts * 1000 : Number(`${text}e3`);
  if (Number.isFinite(stated)) return stated;
  node.refuse("maxPowerLevel");
  return undefined;
}

function theCurrent(said: readonly (Current | undefined)[]): Current | "both" | undefined {
  return said.includes("AC") && said.includes("DC") ? "both" : agreed(said);
}

/** Phases alone are AC; AC of unknown phases is a word of the open enumeration. */
function powerType(current: Current | undefined, phases: number | undefined): string | undefined {
  if (current === "DC") return "DC";
  return (phases === undefined ? undefined : POWER_TYPES.get(phases)) ?? current;
}

/** `chargeCapacity` where all its alternatives are understood; what they differ in is left out, of amperes the most. */
function capacityOf(text: string | undefined): Capacity | undefined {
  if (text === undefined) return undefined;
  const parts = text.split(";").filter((part) => part.trim() !== "");
  const read = parts.map((part) => CAPACITY.exec(part.trim()));
  const understood = read.filter((part) => part !== null);
  if (understood.length === 0 || understood.length < read.length) return undefined;
  return {
    current: agreed(understood.map(([, , , current]) => currentOf(current))),
    phases: agreed(understood.map(([, , , , phases]) => phasesOf(phases))),
    volts: agreed(understood.map(([, low, high]) => single(low, high) ?? 0)) || undefined,
    amperes: Math.max(...understood.map(([, , , , , amperes]) => Number(amperes))),
  };
}

function single(low: string | undefined, high: string | undefined): number | undefined {
  return low === undefined || (high !== undefined && high !== low) ? undefined : Number(low);
}

function currentOf(text: string | undefined): Current | undefined {
  const folded = text?.toUpperCase();
  return folded === "AC" || folded === "DC" ? folded : undefined;
}

function currentOfMode(mode: string | undefined): Current | undefined {
  if (mode === DC_MODE) return "DC";
  return mode !== undefined && AC_MODES.includes(mode) ? "AC" : undefined;
}

function onlyCurrentIn(text: string): Current | undefined {
  if (AC.test(text)) return DC.test(text) ? undefined : "AC";
  return DC.test(text) ? "DC" : undefined;
}

function phasesOf(text: string | undefined): number | undefined {
  const phases = text === undefined ? undefined : Number(text);
  return phases !== undefined && POWER_TYPES.has(phases) ? phases : undefined;
}

/** What all say that say anything; `undefined` where they differ. */
function agreed<T>(said: readonly (T | undefined)[]): T | undefined {
  const distinct = new Set(said.filter((value) => value !== undefined));
  const [only] = distinct;
  return distinct.size === 1 ? only : undefined;
}
