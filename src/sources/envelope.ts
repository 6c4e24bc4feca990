/** What feeds wrap their records in, and what they say beside them. */

/** A key that may hold the records, folded to lower case, and whose empty list it is when nothing else tells. */
export const ENVELOPE_KEYS: ReadonlyMap<string, "ocpi" | "here-v3" | "here-v2"> = new Map([
  ["data", "ocpi"],
  ["locations", "ocpi"],
  ["result", "ocpi"],
  ["results", "ocpi"],
  ["records", "ocpi"],
  ["payload", "ocpi"],
  ["response", "ocpi"],
  ["body", "ocpi"],
  ["items", "here-v3"],
  ["evstations", "here-v2"],
  ["evstation", "here-v2"],
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

/** What stood beside the records: complete once the batches have been read to the end. */
export interface EnvelopeFacts {
  /**
   * Scalars and small lists by key, in the order met: `status_code` → `[1000]`, `missingItems` → the ids of all
   * answers. A scalar that repeats is there once. Bounded in number.
   */
  readonly members: ReadonlyMap<string, readonly unknown[]>;
}

/** Gathers `EnvelopeFacts` over all envelopes of an input. */
export class EnvelopeMembers implements EnvelopeFacts {
  readonly members = new Map<string, unknown[]>();

  /** `value` is the parsed member; objects are ignored, the elements of lists are added one by one. */
  add(key: string, value: unknown): void {
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return;
    let values = this.members.get(key);
    if (values === undefined) {
      if (this.members.size >= MEMBER_NAMES) return;
      this.members.set(key, (values = []));
    }
    if (Array.isArray(value)) values.push(...value.slice(0, MEMBER_VALUES - values.length));
    else if (values.length < MEMBER_VALUES && !values.includes(value)) values.push(value);
  }
}
