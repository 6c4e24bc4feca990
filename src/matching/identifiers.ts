/** The ids that tags carry, and what they are to be compared by: rules T2.5 and D2.1. */
import { evseIdKey } from "../ocpi/evse-id.js";

/** What the ids on one side of a comparison say. Every list is unique and sorted. */
export interface Identifiers {
  /** `ref:ocpi:location:id`, folded: unique within one operator only. */
  readonly refs: readonly string[];
  /** Unique in the world: `USEVG123` of a plain `ref:ocpi=US*EVG*L123`, and pool or station ids (`DEABCP123`). */
  readonly globalRefs: readonly string[];
  /** Keys (T2.5) of EVSE ids, `DEABCE1`; pool and station ids are no EVSE's. */
  readonly evseIds: readonly string[];
  /** `DEABC`: whose EVSE ids these are. */
  readonly evseCodes: readonly string[];
  /** The same of pool and station ids. */
  readonly poolCodes: readonly string[];
}

/** Country and operator of an id, then what it is of: an EVSE, a pool or a station. */
const KEY_FORM = /^([A-Z]{2}[A-Z0-9]{3})([EPS])[A-Z0-9]+$/;
/** `US*EVG*L123`, as open-ev-map wrote it. */
const PLAIN_REF = /^([A-Z]{2})\*?([A-Z0-9]{3})\*L(.+)$/;
const CODE_LENGTH = 5;

/** The fold that Location ids are compared by (OCPI's CiString). */
export function foldedId(id: string): string {
  return id.trim().toUpperCase();
}

/** `country_code`, `party_id` and `id` of a Location as one id that is unique in the world, or none. */
export function globalRefOf(
  countryCode: string | undefined,
  partyId: string | undefined,
  id: string,
): string | undefined {
  const code = evseIdKey(`${countryCode ?? ""}${partyId ?? ""}`);
  return code.length === CODE_LENGTH ? `${code}${evseIdKey(id)}` : undefined;
}

/**
 * The ids of tags (`ref:ocpi:location:id`, `ref:ocpi`, `ref:EU:EVSE`, each a list) and of `more` EVSE ids that stand
 * elsewhere. Charge points' tags are read for their EVSE ids and refs alike.
 */
export function identifiersIn(
  tags: readonly { readonly key: string; readonly value: string }[],
  more: readonly string[] = [],
): Identifiers {
  const refs = new Set<string>();
  const globalRefs = new Set<string>();
  const evseIds = new Set<string>();
  const poolIds = new Set<string>();
  for (const { key, value } of tags) {
    if (!key.startsWith("ref:")) continue;
    if (key === "ref:ocpi:location:id") addAll(refs, value.split(";").map(foldedId));
    else if (key === "ref:EU:EVSE")
      for (const id of value.split(/[;,]/)) sortIn(evseIdKey(id), evseIds, poolIds);
    else if (key === "ref:ocpi") addAll(globalRefs, value.split(";").map(plainRef));
  }
  for (const id of more) sortIn(evseIdKey(id), evseIds, poolIds);
  addAll(globalRefs, poolIds);
  return {
    refs: sorted(refs),
    globalRefs: sorted(globalRefs),
    evseIds: sorted(evseIds),
    evseCodes: codesOf(evseIds),
    poolCodes: codesOf(poolIds),
  };
}

/** `DEABC` of an id's key. */
export function codeOf(key: string): string {
  return key.slice(0, CODE_LENGTH);
}

/** Whether two sorted lists of few have a member in common. */
export function haveInCommon(a: readonly string[], b: readonly string[]): boolean {
  return a.length > 0 && b.length > 0 && a.some((value) => b.includes(value));
}

function plainRef(text: string): string {
  const parts = PLAIN_REF.exec(foldedId(text));
  return parts === null ? "" : `${parts[1]}${parts[2]}${evseIdKey(parts[3] ?? "")}`;
}

function sortIn(key: string, evseIds: Set<string>, poolIds: Set<string>): void {
  const kind = KEY_FORM.exec(key)?.[2];
  if (kind === "E") evseIds.add(key);
  else if (kind !== undefined) poolIds.add(key);
}

function addAll(set: Set<string>, values: Iterable<string>): void {
  for (const value of values) if (value !== "") set.add(value);
}

const NONE: readonly string[] = [];

function sorted(set: ReadonlySet<string>): readonly string[] {
  return set.size === 0 ? NONE : [...set].sort();
}

function codesOf(keys: ReadonlySet<string>): readonly string[] {
  return keys.size === 0 ? NONE : sorted(new Set([...keys].map(codeOf)));
}
