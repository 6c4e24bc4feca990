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
const NONE: readonly string[] = [];

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
 * The ids of tags (`ref:ocpi:location:id`, `ref:ocpi`, `ref:EU:EVSE`, each a list). Charge points' tags are read for their
 * EVSE ids and refs alike. A Location's own list, `allEvseIds`, has all that `ref:EU:EVSE` has and what that has no room
 * for: where it is given, the tag is not read.
 */
export function identifiersIn(
  tags: readonly { readonly key: string; readonly value: string }[],
  allEvseIds: readonly string[] = NONE,
): Identifiers {
  const refs: string[] = [];
  const globalRefs: string[] = [];
  const evseIds: string[] = [];
  const poolIds: string[] = [];
  for (const { key, value } of tags) {
    if (!key.startsWith("ref:")) continue;
    if (key === "ref:ocpi:location:id") refs.push(...value.split(";").map(foldedId));
    else if (key === "ref:ocpi") globalRefs.push(...value.split(";").map(plainRef));
    else if (key === "ref:EU:EVSE" && allEvseIds.length === 0) {
      for (const id of value.split(/[;,]/)) sortIn(id, evseIds, poolIds);
    }
  }
  for (const id of allEvseIds) sortIn(id, evseIds, poolIds);
  globalRefs.push(...poolIds);
  return {
    refs: inOrder(refs),
    globalRefs: inOrder(globalRefs),
    evseIds: inOrder(evseIds),
    evseCodes: codesOf(evseIds),
    poolCodes: codesOf(poolIds),
  };
}

/** `DEABC` of an id's key. */
export function codeOf(key: string): string {
  return key.slice(0, CODE_LENGTH);
}

/** The key of an id if it is that of a pool or station (eMI3). */
export function poolKeyOf(id: string): string | undefined {
  const key = evseIdKey(id);
  const kind = KEY_FORM.exec(key)?.[2];
  return kind === undefined || kind === "E" ? undefined : key;
}

/** Whether two sorted lists of few have a member in common. */
export function haveInCommon(a: readonly string[], b: readonly string[]): boolean {
  return a.length > 0 && b.length > 0 && a.some((value) => b.includes(value));
}

function plainRef(text: string): string {
  const parts = PLAIN_REF.exec(foldedId(text));
  return parts === null ? "" : `${parts[1]}${parts[2]}${evseIdKey(parts[3] ?? "")}`;
}

function sortIn(id: string, evseIds: string[], poolIds: string[]): void {
  const key = evseIdKey(id);
  const kind = KEY_FORM.exec(key)?.[2];
  if (kind === "E") evseIds.push(key);
  else if (kind !== undefined) poolIds.push(key);
}

/** Sorted, each once, without empty ones. Nearly all lists are so already. */
function inOrder(ids: readonly string[]): readonly string[] {
  if (ids.length === 0) return NONE;
  if (ids.every((id, i) => id > (ids[i - 1] ?? ""))) return ids;
  return ids.toSorted().filter((id, i, all) => id !== "" && id !== all[i - 1]);
}

function codesOf(keys: readonly string[]): readonly string[] {
  if (keys.length === 0) return NONE;
  const codes: string[] = [];
  for (const key of keys) {
    const code = codeOf(key);
    if (!codes.includes(code)) codes.push(code);
  }
  return codes.sort();
}
