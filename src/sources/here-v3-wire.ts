/**
 * The part of a HERE EV Charge Points v3 location that is read, as it comes over the wire, and the guard that drops
 * what is not of that shape. Live state, tariffs, predictions and nearby places are not read.
 */
import { z } from "zod";
import { standInFor } from "./here-v3-stand-ins.js";
import type { BRAND_FLAG_KEYS, RESTRICTION_KEYS } from "./here-v3-tables.js";
import { pointerOf, valueAt } from "./json-value.js";

/** Blank, or a number of at most 30 digits either side and a two-digit exponent, so that it is finite. */
const DECIMAL = /^\s*(?:[+-]?(?:\d{1,30}(?:\.\d{0,30})?|\.\d{1,30})(?:[eE][+-]?\d{1,2})?\s*)?$/;

/** A number that `JSON.parse` could not hold exactly is no id and no text. */
const exactNumber = z.number().refine((value) => !Number.isInteger(value) || Number.isSafeInteger(value));
const text = z.union([z.string(), exactNumber]).nullish();
const number = z.union([z.number(), z.string().regex(DECIMAL)]).nullish();
const flag = z.union([z.boolean(), z.literal(["true", "false"])]).nullish();
/** A flag that decides who may charge: any text, as one that nobody understands leaves it open who may. */
const anyFlag = z.union([z.boolean(), z.literal([0, 1]), z.string()]).nullish();
/** One text may stand where a list of them belongs. */
const texts = z.union([z.string(), exactNumber, z.array(text)]).nullish();

/** Elements may be `undefined`: that is what a dropped element leaves, so that its neighbours keep their index. */
function objects<Shape extends z.ZodRawShape>(shape: Shape) {
  return z.array(z.object(shape).optional()).nullish();
}

const position = z.object({ lat: number, lng: number });
const business = z.object({
  name: text,
  website: text,
  eMobilityIds: texts,
  logo: z.object({ url: text, thumbnailUrl: text }).nullish(),
});
/** Keys that are not known are kept: where something is missing one of them may be it. */
const period = z.looseObject({ from: text, to: text });
const schedule = z.looseObject({ days: texts, periods: z.array(period.optional()).nullish() });
const vehicleLimitations = z.object({ weight: number, height: number, width: number, length: number });

/** Who may charge; HERE documents `restrictions` of a location only. The keys are those of `here-v3-tables.ts`. */
const restricted = {
  restrictions: texts,
  accessRestrictions: texts,
  restrictionReason: texts,
  restrictionReasons: texts,
  restriction: texts,
  accessRestriction: texts,
  brandOnly: anyFlag,
  isBrandOnly: anyFlag,
  brand_only: anyFlag,
  is_brand_only: anyFlag,
  BRAND_ONLY: anyFlag,
  BrandOnly: anyFlag,
  IsBrandOnly: anyFlag,
} as const satisfies Record<(typeof RESTRICTION_KEYS | typeof BRAND_FLAG_KEYS)[number], z.ZodType>;

const connector = {
  ...restricted,
  id: text,
  standard: text,
  format: text,
  powerType: text,
  maxVoltage: number,
  maxCurrent: number,
  maxPower: number,
  termsAndConditionsUrl: text,
};

const evse = {
  ...restricted,
  uid: text,
  evseId: text,
  status: text,
  modified: text,
  physicalReference: text,
  floorLevel: text,
  location: position.nullish(),
  capabilities: texts,
  paymentSupports: texts,
  parking: z
    .object({
      conditions: texts,
      vehicleTypes: texts,
      vehicleLimitations: vehicleLimitations.nullish(),
      noClearanceHeight: flag,
      evsePosition: text,
      parkingDirection: text,
      reservationRequired: flag,
    })
    .nullish(),
  connectors: objects(connector),
};

export const hereLocationSchema = z.object({
  id: text,
  location: position.nullish(),
  name: text,
  supportedVehicles: texts,
  operator: business.nullish(),
  suboperator: business.nullish(),
  /** Only HERE's map content has it. */
  owner: business.nullish(),
  ...restricted,
  address: z
    .object({
      label: text,
      street: text,
      houseNumber: text,
      city: text,
      state: text,
      postalCode: text,
      countryCode: text,
    })
    .nullish(),
  accessPoints: objects({ lat: number, lng: number }),
  parkingType: text,
  supportPhoneNumber: text,
  timeZone: text,
  openingHours: z
    .object({
      open24x7: flag,
      chargingWhenClosed: flag,
      regularSchedule: z.array(schedule.optional()).nullish(),
    })
    .nullish(),
  cpoLocationId: text,
  energyMix: z
    .object({
      isGreenEnergy: flag,
      energySources: objects({ source: text, percentage: number }),
      environmentalImpacts: objects({ category: text, amount: number }),
      supplier: text,
      energyProduct: text,
    })
    .nullish(),
  isPullThrough: flag,
  reservationRequired: flag,
  evses: objects(evse),
  connectorGroups: objects({ standard: text, maxPower: number }),
  eMobilityServiceProviders: objects({ name: text }),
  facilityTypes: texts,
  truckRestrictions: z.object({ hazardousGoodsRestricted: flag }).nullish(),
  vehicleLimitations: vehicleLimitations.nullish(),
});

export type HereLocation = z.output<typeof hereLocationSchema>;
export type HereEvse = NonNullable<NonNullable<HereLocation["evses"]>[number]>;
export type HereConnector = NonNullable<NonNullable<HereEvse["connectors"]>[number]>;
/** A location, an EVSE or a connector. */
export type HereRestricted = Pick<HereLocation, keyof typeof restricted>;
export type HerePosition = z.output<typeof position>;
export type HereBusiness = z.output<typeof business>;
export type HereVehicleLimitations = z.output<typeof vehicleLimitations>;

/** A value of the wrong type, which was read as absent, or as its stand-in (`standInFor`). */
export interface DroppedValue {
  readonly path: readonly PropertyKey[];
  readonly value: unknown;
}

export interface GuardedLocation {
  readonly wire: HereLocation;
  readonly dropped: readonly DroppedValue[];
}

/** Compiled when the first HERE record comes: it takes a while, and most runs read OCPI. */
let guard: typeof hereLocationSchema | undefined;
/** Everything in the schema may be absent, so one round of dropping is enough; the second is for certainty. */
const MAX_ROUNDS = 2;

/**
 * The record in the shape above, without the values that do not fit it; `undefined` when that cannot be had.
 * `record` itself is never changed.
 */
export function guardHereLocation(record: Readonly<Record<string, unknown>>): GuardedLocation | undefined {
  guard ??= z.compile(hereLocationSchema, { strict: true });
  const dropped: DroppedValue[] = [];
  let candidate: unknown = record;
  for (let round = 0; round <= MAX_ROUNDS; round++) {
    const result = guard.safeParse(candidate);
    if (result.success) return { wire: result.data, dropped };
    const found: DroppedValue[] = [];
    for (const path of result.error.issues.flatMap(pathsOf)) {
      found.push({ path, value: valueAt(candidate, pointerOf(path)) });
    }
    dropped.push(...found);
    candidate = withoutValues(candidate, found);
  }
  return undefined;
}

/** Where the offending values stand: inside a list, where the list itself is one of the shapes allowed there. */
function pathsOf(issue: z.core.$ZodIssue): PropertyKey[][] {
  if (issue.code === "invalid_union") {
    const within = issue.errors.find((branch) => branch.every(({ path }) => path.length > 0));
    if (within) return within.flatMap(pathsOf).map((path) => issue.path.concat(path));
  }
  return [issue.path];
}

/** A copy with `undefined`, or the stand-in, at each path. Only the containers on the way are copied, each once. */
function withoutValues(root: unknown, dropped: readonly DroppedValue[]): unknown {
  const copies = new Set<unknown>();
  const copyOf = (value: unknown): unknown => {
    if (typeof value !== "object" || value === null || copies.has(value)) return value;
    const copy: unknown = Array.isArray(value) ? [...value] : { ...value };
    copies.add(copy);
    return copy;
  };
  const copy = copyOf(root);
  for (const { path, value } of dropped) {
    let container = copy;
    for (const [depth, key] of path.entries()) {
      if (typeof container !== "object" || container === null) break;
      const child = depth === path.length - 1 ? standInFor(path, value) : copyOf(Reflect.get(container, key));
      Reflect.set(container, key, child);
      container = child;
    }
  }
  return copy;
}
