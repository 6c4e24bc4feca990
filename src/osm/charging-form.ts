/** Which OSM objects have to do with charging: rule D1.1. */
import type { OsmTag } from "./element.js";

/** Prefixes of OSM's lifecycle keys; the empty one is the object as it is in use. */
export const LIFECYCLES = [
  "",
  "disused",
  "was",
  "removed",
  "planned",
  "construction",
  "proposed",
  "abandoned",
] as const;
export type Lifecycle = (typeof LIFECYCLES)[number];

const KINDS = [
  { kind: "station", key: "amenity", value: "charging_station" },
  { kind: "charge_point", key: "man_made", value: "charge_point" },
] as const;

export interface ChargingForm {
  readonly kind: "station" | "charge_point";
  /** `""` when in use. */
  readonly lifecycle: Lifecycle;
}

const FORM_OF_TAG: ReadonlyMap<string, ChargingForm> = new Map(
  KINDS.flatMap(({ kind, key, value }) =>
    LIFECYCLES.map((lifecycle) => [
      `${lifecycle === "" ? "" : `${lifecycle}:`}${key}=${value}`,
      { kind, lifecycle },
    ]),
  ),
);

/** The values that make an object a charging object, whatever its lifecycle; a quick look before `chargingForm`. */
export const CHARGING_VALUES: readonly string[] = KINDS.map(({ value }) => value);

/**
 * What an object with these tags is to charging; `undefined` when nothing (D1.1). A station counts before a charge
 * point, what is in use before what is not. Values of several, `charging_station;parking`, count by each of them.
 */
export function chargingForm(tags: readonly OsmTag[]): ChargingForm | undefined {
  let best: ChargingForm | undefined;
  for (const { key, value } of tags) {
    if (!key.endsWith("amenity") && !key.endsWith("man_made")) continue;
    for (const part of value.split(";")) {
      const form = FORM_OF_TAG.get(`${key}=${part.trim()}`);
      if (form !== undefined && (best === undefined || rank(form) < rank(best))) best = form;
    }
  }
  return best;
}

function rank({ kind, lifecycle }: ChargingForm): number {
  return (lifecycle === "" ? 0 : 2) + (kind === "station" ? 0 : 1);
}
