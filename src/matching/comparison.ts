/** One Location held against one station: all of D2.1's evidence, and what it adds up to. */
import type { Evidence } from "./evidence.js";
import { codeOf, haveInCommon } from "./identifiers.js";
import type { Agreement, OperatorBook } from "./operator-identity.js";
import { DISTANCE_VALUE, METRES, OUTPUT_FACTOR, SHORT_REF_LENGTH, WEIGHTS } from "./scores.js";
import type { ProfileBook } from "./socket-profile.js";

/** `disputed`: the names differ, yet the operator codes in ids are the same. */
export type OperatorRelation = Agreement | "disputed";

export interface Comparison {
  readonly distance: number;
  /** The same Location id, and it counts (D2.1). */
  readonly hasRef: boolean;
  /** Identifying EVSE ids in common, of as many as could be. */
  readonly sharedEvses: number;
  readonly possibleEvses: number;
  /** Both have EVSE ids of one operator, none in common: a veto without other ids (D2.2). */
  readonly conflicts: boolean;
  readonly agreement: OperatorRelation;
  /** 0 to 1, or unknown. */
  readonly likeness: number | undefined;
  /** Like sockets as D2.2 means it. */
  readonly isAlike: boolean;
  /** No socket in common. */
  readonly excludes: boolean;
  readonly capacity: keyof typeof WEIGHTS.capacity | undefined;
  /** The sum of what the parts add; beyond 1 with ids. */
  readonly score: number;
}

/** What is compared with what: how both sides' evidence was taken. */
export interface Terms {
  readonly operators: OperatorBook;
  readonly profiles: ProfileBook;
  readonly ambiguousEvseIds: ReadonlySet<string>;
}

/** @param distance metres between the two, as `metresTo` says */
export function compare(location: Evidence, station: Evidence, distance: number, terms: Terms): Comparison {
  const agreement = agreementOf(location, station, terms.operators);
  const { shared, possible, conflicts } = evseOverlap(location, station, terms.ambiguousEvseIds);
  const hasRef = refCounts(location, station, distance, agreement, shared, conflicts);
  const { likeness, isAlike: areAlike, excludes } = terms.profiles.compare(location.sockets, station.sockets);
  const capacity = capacityRelation(location.capacity, station.capacity);
  const score =
    (hasRef ? WEIGHTS.ref : 0) +
    evseValue(shared, possible) +
    (conflicts ? WEIGHTS.evseConflict : 0) +
    WEIGHTS.operator[agreement] +
    socketValue({ likeness, excludes }) +
    (capacity === undefined ? 0 : WEIGHTS.capacity[capacity]) +
    distanceValue(distance);
  return {
    distance,
    hasRef,
    sharedEvses: shared,
    possibleEvses: possible,
    conflicts,
    agreement,
    likeness,
    isAlike: areAlike && !differInPower(location.output, station.output),
    excludes,
    capacity,
    score,
  };
}

/** Whether the ids say that the two are one (D2.1), however far apart. */
export function isIdMatch({ hasRef, sharedEvses }: Pick<Comparison, "hasRef" | "sharedEvses">): boolean {
  return hasRef || sharedEvses > 0;
}

/** What the EVSE ids in common add: half the weight for a few of many, all of it for all. */
export function evseValue(shared: number, possible: number): number {
  return shared === 0 ? 0 : WEIGHTS.evse * (0.5 + (0.5 * shared) / possible);
}

/** What a distance adds. */
export function distanceValue(metres: number): number {
  let [fromMetres, fromValue] = [0, 0];
  for (const [toMetres, toValue] of DISTANCE_VALUE) {
    if (metres <= toMetres) {
      const share = toMetres === fromMetres ? 1 : (metres - fromMetres) / (toMetres - fromMetres);
      return fromValue + share * (toValue - fromValue);
    }
    [fromMetres, fromValue] = [toMetres, toValue];
  }
  return fromValue;
}

/** What sockets add: for what they have in common, against a pair that has nothing in common. */
export function socketValue({ likeness, excludes }: Pick<Comparison, "likeness" | "excludes">): number {
  return excludes ? WEIGHTS.socketsExclude : WEIGHTS.sockets * (likeness ?? 0);
}

/**
 * By name, else by the codes in EVSE, pool and station ids. Where these contradict each other nothing is decided: a
 * station may carry its owner's name only, or have changed hands.
 */
function agreementOf(location: Evidence, station: Evidence, operators: OperatorBook): OperatorRelation {
  const { agreement } = operators.compare(location.operator, station.operator);
  if (agreement === "agrees" || !hasCodes(station)) return agreement;
  if (
    haveInCommon(location.evseCodes, station.evseCodes) ||
    haveInCommon(location.evseCodes, station.poolCodes) ||
    location.globalRefs.some((ref) => isOfCode(ref, station))
  ) {
    return agreement === "differs" ? "disputed" : "agrees";
  }
  return location.evseCodes.length > 0 ? "differs" : agreement;
}

function hasCodes({ evseCodes, poolCodes }: Evidence): boolean {
  return evseCodes.length > 0 || poolCodes.length > 0;
}

function isOfCode(ref: string, { evseCodes, poolCodes }: Evidence): boolean {
  const code = codeOf(ref);
  return evseCodes.includes(code) || poolCodes.includes(code);
}

function evseOverlap(
  location: Evidence,
  station: Evidence,
  ambiguous: ReadonlySet<string>,
): { shared: number; possible: number; conflicts: boolean } {
  if (!haveInCommon(location.evseCodes, station.evseCodes)) return NO_OVERLAP;
  const mine = identifying(location.evseIds, ambiguous);
  const theirs = identifying(station.evseIds, ambiguous);
  const shared = countInCommon(mine, theirs);
  const possible = Math.min(mine.length, theirs.length);
  const conflicts = shared === 0 && mine.some((id) => theirs.some((other) => codeOf(other) === codeOf(id)));
  return { shared, possible, conflicts };
}

const NO_OVERLAP = { shared: 0, possible: 0, conflicts: false };

function identifying(ids: readonly string[], ambiguous: ReadonlySet<string>): readonly string[] {
  return ambiguous.size === 0 ? ids : ids.filter((id) => !ambiguous.has(id));
}

/** Of two sorted lists without repeats. */
function countInCommon(a: readonly string[], b: readonly string[]): number {
  let count = 0;
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    const x = a[i] ?? "";
    const y = b[j] ?? "";
    if (x === y) count++;
    if (x <= y) i++;
    if (y <= x) j++;
  }
  return count;
}

/** Location ids are unique within one operator: who else may mean it, the farther away, the less it counts (D2.1). */
function refCounts(
  location: Evidence,
  station: Evidence,
  distance: number,
  agreement: OperatorRelation,
  sharedEvses: number,
  conflicts: boolean,
): boolean {
  if (haveInCommon(location.globalRefs, station.globalRefs)) return true;
  const ref = location.refs.find((ref) => station.refs.includes(ref));
  if (ref === undefined) return false;
  if (agreement === "agrees" || agreement === "disputed") return true;
  if (distance > METRES.id) return false;
  if (agreement === "unknown" || sharedEvses > 0 || ref.length >= SHORT_REF_LENGTH) return true;
  return distance <= METRES.shortRef && !conflicts;
}

function differInPower(a: number | undefined, b: number | undefined): boolean {
  return a !== undefined && b !== undefined && Math.max(a, b) > OUTPUT_FACTOR * Math.min(a, b);
}

function capacityRelation(a: number | undefined, b: number | undefined): Comparison["capacity"] {
  if (a === undefined || b === undefined) return undefined;
  if (a === b) return "same";
  return Math.max(a, b) <= 2 * Math.min(a, b) ? "near" : "far";
}
