/** Which Location a record is: what OCPI says is unique, `(country_code, party_id, id)`. */
import type { Buffer } from "node:buffer";
import { memberOf } from "../sources/dialect-signs.js";
import { parseRecord } from "../sources/record-text.js";

export interface LocationIdentity {
  /** Equal for records of one Location, and for no others. */
  readonly key: string;
  /** For people: `LT*ABC*1`. */
  readonly shown: string;
  /** Milliseconds since 1970; NaN where the record does not tell. */
  readonly lastUpdated: number;
}

/** Of a record's bytes; `undefined` where they are no JSON or have no id. 2.1.1 has no parties. */
export function identityOf(bytes: Buffer, start: number, end: number): LocationIdentity | undefined {
  let record: unknown;
  try {
    record = parseRecord(bytes, start, end).value;
  } catch {
    return undefined;
  }
  const id = text(memberOf(record, "id"));
  if (id === undefined) return undefined;
  const parts = [text(memberOf(record, "countrycode")), text(memberOf(record, "partyid")), id];
  const lastUpdated = text(memberOf(record, "lastupdated"));
  return {
    key: JSON.stringify(parts),
    shown: parts.filter((part) => part !== undefined).join("*"),
    lastUpdated: lastUpdated === undefined ? Number.NaN : Date.parse(utc(lastUpdated)),
  };
}

/** OCPI times are UTC, whether they say so or not. */
function utc(time: string): string {
  return /\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?$/.test(time) && !/[+-]\d{2}:\d{2}$/.test(time) ? `${time}Z` : time;
}

function text(value: unknown): string | undefined {
  return typeof value === "string" || typeof value === "number" ? String(value) : undefined;
}
