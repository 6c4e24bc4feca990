/** What feeds wrap their records in, and what they say beside them. */

/** A key that may hold the records, folded to lower case, and whose empty list it is when nothing else tells; GeoJSON may be anybody's. */
export const ENVELOPE_KEYS: ReadonlyMap<string, "ocpi" | "here-v3" | "here-v2" | undefined> = new Map([
  ["data", "ocpi"],
  ["locations", "ocpi"],
  ["result", "ocpi"],
  ["results", "ocpi"],
  ["records", "ocpi"],
  ["payload", "ocpi"],
  ["response", "ocpi"],
  ["body", "ocpi"],
  ["items", "here-v3"],
  ["features", undefined],
  ["evstations", "here-v2"],
  ["evstation", "here-v2"],
  ["pools", "here-v2"],
  ["pool", "here-v2"],
  ["evpools", "here-v2"],
  ["evpool", "here-v2"],
]);

/** The one envelope key under which any object that is not empty is a record: OCPI's single-object answer. */
export const SINGLE_RECORD_KEY = "data";

/** `{"response": {"data": {"locations": […]}}}` is as deep as envelopes go. */
export const ENVELOPE_LEVELS = 3;

/**
 * Keys only a record has, folded to lower case. An object in which one of them comes before any list of records
 * is itself a record, and nothing in it is taken for an envelope.
 */
export const RECORD_KEYS: ReadonlySet<string> = new Set([
  "address",
  "coordinates",
  "evses",
  "location",
  "position",
  "publish",
]);

/** OCPI's status codes from here on are errors. */
export const OCPI_FIRST_ERROR = 2000;

/** Whether an envelope's member says that the answer is an error. */
export function isErrorStatus(key: string, value: unknown): boolean {
  return key.toLowerCase().replaceAll("_", "") === "statuscode" && Number(value) >= OCPI_FIRST_ERROR;
}

/** An envelope member longer than this is passed over. */
export const MEMBER_BYTES = 65_536;
const MEMBER_NAMES = 64;
const MEMBER_VALUES = 10_000;
/** Characters of text kept of all members together: ids of missing items are short, hostile values are not. */
const MEMBER_CHARACTERS = 4 << 20;

/** What stood beside the records: complete once the batches have been read to the end. */
export interface EnvelopeFacts {
  /**
   * Scalars and the scalars of small lists by key, in the order met: `status_code` → `[1000]`, `missingItems` → the ids of all
   * answers. A scalar that repeats is there once. Bounded in number and in size.
   */
  readonly members: ReadonlyMap<string, readonly unknown[]>;
}

/** Gathers `EnvelopeFacts` over all envelopes of an input. */
export class EnvelopeMembers implements EnvelopeFacts {
  readonly members = new Map<string, unknown[]>();
  #room = MEMBER_CHARACTERS;

  /**
   * `value` is the parsed member: a scalar, or a list whose scalars are added one by one. Objects and lists of lists
   * are ignored: they say nothing that is asked for, and may be nested too deeply to be shown.
   */
  add(key: string, value: unknown): void {
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return;
    let values = this.members.get(key);
    if (values === undefined) {
      if (this.members.size >= MEMBER_NAMES) return;
      this.members.set(key, (values = []));
    }
    for (const item of Array.isArray(value) ? value : [value]) {
      if (values.length >= MEMBER_VALUES) return;
      if (typeof item === "object" && item !== null) continue;
      if (!Array.isArray(value) && values.includes(item)) continue;
      const characters = typeof item === "string" ? item.length : 0;
      if (characters > this.#room) continue;
      this.#room -= characters;
      values.push(item);
    }
  }
}

/** Whether an envelope says `"data": null`: no list, though some servers send it for an empty one. */
export function saysNull({ members }: EnvelopeFacts): boolean {
  return [...members].some(
    ([key, values]) => key.toLowerCase() === SINGLE_RECORD_KEY && values.includes(null),
  );
}
