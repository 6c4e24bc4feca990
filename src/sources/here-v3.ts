/** Reads HERE EV Charge Points API v3 locations: the bare object, or one element of a list answer's `items`. */
import type { Depth } from "../ocpi/location.js";
import type { SourceRecord, Unreadable } from "../ocpi/source-record.js";
import type { DecodeText, Dialect } from "./dialect.js";
import { hereV3UnusualKeys } from "./here-v3-keys.js";
import { badFieldNotes, kindOf, readHereLocation } from "./here-v3-location.js";
import { hereSourcePointer } from "./here-v3-source-pointer.js";
import { guardHereLocation } from "./here-v3-wire.js";
import { isRecord } from "./json-value.js";

/** A record with none of these is no HERE v3 location (an error body, a list envelope). */
const SIGNS = ["id", "location", "evses", "connectorGroups"];

export const hereV3: Dialect = {
  name: "here-v3",
  read,
  sourcePointer: hereSourcePointer,
  unusualKeys: hereV3UnusualKeys,
};

/** As `Dialect.read`, by `readHereLocation`. */
function read(value: unknown, decode: DecodeText, depth: Depth): SourceRecord | Unreadable {
  if (!isRecord(value)) {
    return {
      unreadable: "not-an-object",
      detail: `a HERE v3 location is an object, this is ${kindOf(value)}`,
    };
  }
  if (!SIGNS.some((sign) => value[sign] != null)) {
    const keys = Object.keys(value)
      .slice(0, 5)
      .map((key) => decode(key).slice(0, 40))
      .join(", ");
    return { unreadable: "not-a-location", detail: `none of ${SIGNS.join(", ")} is there; keys: ${keys}` };
  }
  const guarded = guardHereLocation(value);
  if (!guarded) return { unreadable: "not-a-location", detail: "it has no part of the right shape" };
  const { wire, dropped } = guarded;
  const notes = badFieldNotes(dropped, value, decode);
  if (value["evses"] == null) notes.push({ code: "evses-not-asked", pointer: "/evses", detail: "" });
  return readHereLocation(wire, decode, depth, notes);
}
