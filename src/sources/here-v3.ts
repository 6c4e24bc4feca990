/** Reads HERE EV Charge Points API v3 locations: the bare object, or one element of a list answer's `items`. */
import { foldEnum } from "../ocpi/enums.js";
import type { Depth, Location } from "../ocpi/location.js";
import type { Note } from "../ocpi/notes.js";
import type { SourceRecord, Unreadable } from "../ocpi/source-record.js";
import type { DecodeText, Dialect } from "./dialect.js";
import { contentIdOf, isHereContentId } from "./here-content-id.js";
import { groupDisagreement, readEvses } from "./here-v3-evses.js";
import { readHours } from "./here-v3-hours.js";
import { hereV3UnusualKeys } from "./here-v3-keys.js";
import { canonicalPointer, herePointer } from "./here-v3-pointers.js";
import { ENERGY_WORDS, FACILITY_WORDS } from "./here-v3-tables.js";
import {
  asBusinessDetails,
  asEnum,
  asFlag,
  asGeoLocation,
  asNumber,
  asText,
  asTexts,
  ocpiWords,
  present,
  unlessEmpty,
} from "./here-v3-values.js";
import { guardHereLocation } from "./here-v3-wire.js";
import type { DroppedValue, HereLocation } from "./here-v3-wire.js";
import { isRecord, pointerOf } from "./json-value.js";

/** A record with none of these is no HERE v3 location (an error body, a list envelope). */
const SIGNS = ["id", "location", "evses", "connectorGroups"];
/** Country and party of an eMI3 id without its separator. */
const EMI3_PARTY = /^([A-Z]{2})([A-Z0-9]{3})$/;
/** A record may be wrong in a million places; a reviewer reads the first few. */
const MAX_BAD_FIELD_NOTES = 20;

export const hereV3: Dialect = { name: "here-v3", read, sourcePointer, unusualKeys: hereV3UnusualKeys };

/**
 * `location.id` is HERE's content id (the last colon-part of its id); the genuine OCPI id (T2.1) is `cpoLocationId`.
 * Tariffs, predictions, reliability, nearby places and live availability are not carried.
 */
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
  const notes = badFields(dropped, value, decode);
  if (value["evses"] == null) notes.push({ code: "evses-not-asked", pointer: "/evses", detail: "" });
  const location = readLocation(wire, decode, depth, notes);
  const disagreement = Array.isArray(value["evses"]) ? groupDisagreement(wire, location, decode) : undefined;
  if (disagreement !== undefined) {
    notes.push({ code: "evses-pruned", pointer: "/evses", detail: disagreement });
  }
  return { location, ocpiLocationId: genuineId(asText(wire.cpoLocationId, decode)), notes };
}

function readLocation(wire: HereLocation, decode: DecodeText, depth: Depth, notes: Note[]): Location {
  const id = asText(wire.id, decode);
  const [countryCode, partyId] = partyOf(asTexts(wire.operator?.eMobilityIds, decode));
  const { evses, places } = readEvses(wire, decode, depth, notes);
  const location: Location = {
    country_code: countryCode,
    party_id: partyId,
    id: id === undefined ? undefined : asText(contentIdOf(id), decodeNothing),
    name: asText(wire.name, decode),
    country: asText(wire.address?.countryCode, decode),
    coordinates: asGeoLocation(wire.location),
    parking_type: asEnum(wire.parkingType, decode),
    evses,
    parking_places: unlessEmpty(places),
    operator: asBusinessDetails(wire.operator, decode),
    opening_times: readHours(wire.openingHours, decode),
  };
  return depth === "whole" ? Object.assign(location, readRest(wire, decode)) : location;
}

/** What no tagging rule reads. */
function readRest(wire: HereLocation, decode: DecodeText): Partial<Location> {
  const { address } = wire;
  const street = [address?.street, address?.houseNumber].map((part) => asText(part, decode));
  return {
    address:
      street[0] === undefined
        ? asText(address?.label, decode)
        : street.filter((part) => part !== undefined).join(" "),
    city: asText(address?.city, decode),
    postal_code: asText(address?.postalCode, decode),
    state: asText(address?.state, decode),
    related_locations: unlessEmpty(present(wire.accessPoints).map((point) => asGeoLocation(point) ?? {})),
    suboperator: asBusinessDetails(wire.suboperator, decode),
    facilities: unlessEmpty(ocpiWords(asTexts(wire.facilityTypes, decode), FACILITY_WORDS)),
    time_zone: asText(wire.timeZone, decode),
    charging_when_closed: asFlag(wire.openingHours?.chargingWhenClosed),
    energy_mix: readEnergyMix(wire.energyMix, decode),
    help_phone: asText(wire.supportPhoneNumber, decode),
  };
}

function readEnergyMix(mix: HereLocation["energyMix"], decode: DecodeText): Location["energy_mix"] {
  if (!mix) return undefined;
  const category = (word: string | number | null | undefined) =>
    ocpiWords(asTexts(word, decode), ENERGY_WORDS, foldEnum)[0];
  return {
    is_green_energy: asFlag(mix.isGreenEnergy),
    energy_sources: unlessEmpty(
      present(mix.energySources).map(({ source, percentage }) => ({
        source: category(source),
        percentage: asNumber(percentage),
      })),
    ),
    environ_impact: unlessEmpty(
      present(mix.environmentalImpacts).map((impact) => ({
        category: category(impact.category),
        amount: asNumber(impact.amount),
      })),
    ),
    supplier_name: asText(mix.supplier, decode),
    energy_product_name: asText(mix.energyProduct, decode),
  };
}

/** `DE-CPI` → country_code and party_id, when the operator has exactly one eMobility id. */
function partyOf(ids: readonly string[]): readonly (string | undefined)[] {
  const distinct = new Set(ids.map((id) => id.toUpperCase().replace(/[-*]/g, "")));
  const [id = ""] = distinct;
  return distinct.size === 1 ? (EMI3_PARTY.exec(id)?.slice(1) ?? []) : [];
}

/** T2.1: HERE's own id is no OCPI id, not even where it stands in `cpoLocationId`. */
function genuineId(cpoLocationId: string | undefined): string | undefined {
  return cpoLocationId === undefined || isHereContentId(cpoLocationId) ? undefined : cpoLocationId;
}

function badFields(dropped: readonly DroppedValue[], record: unknown, decode: DecodeText): Note[] {
  const notes = dropped.slice(0, MAX_BAD_FIELD_NOTES).map(({ path, value }): Note => ({
    code: "bad-field",
    pointer: canonicalPointer(path, record),
    detail: `${pointerOf(path)} is ${kindOf(value, decode)}`,
  }));
  const more = dropped.length - notes.length;
  if (more > 0) notes.push({ code: "bad-field", pointer: "", detail: `and ${more} more fields` });
  return notes;
}

function kindOf(value: unknown, decode: DecodeText = decodeNothing): string {
  if (typeof value === "string") return `the text ${JSON.stringify(decode(value).slice(0, 40))}`;
  if (typeof value === "number" || typeof value === "boolean") return `the ${typeof value} ${value}`;
  if (Array.isArray(value)) return "a list";
  return value === null ? "null" : "an object";
}

function decodeNothing(text: string): string {
  return text;
}

/**
 * By the table of places. Where a value may come from two places (restrictions of the location or conditions of the
 * EVSE), the first that holds anything.
 */
function sourcePointer(pointer: string, value: unknown): string | undefined {
  const [, head, place, ...rest] = pointer.split("/");
  if (head !== "parking_places" || place === undefined) return herePointer(pointer, value);
  const evse = evseOfParkingPlace(Number(place), value);
  return evse === undefined ? undefined : herePointer(["", head, evse, ...rest].join("/"), value);
}

/** Worked out once a record, which may have a note on each of its parking places. */
const evsesWithPlace = new WeakMap<object, readonly number[]>();

/** The EVSE that a parking place was made for: places are made in the order of the EVSEs, one for each that has any. */
function evseOfParkingPlace(place: number, value: unknown): number | undefined {
  if (!isRecord(value)) return undefined;
  let evses = evsesWithPlace.get(value);
  if (evses === undefined) {
    const record = read(value, decodeNothing, "tagging");
    const all = "unreadable" in record ? [] : record.location.evses;
    evses = [...all.keys()].filter((index) => all[index]?.parking !== undefined);
    evsesWithPlace.set(value, evses);
  }
  return evses[place];
}
