/** Reads a location of the shape that HERE's v3 API has into a canonical Location, wherever it came from. */
import { foldEnum } from "../ocpi/enums.js";
import type { Depth, Location } from "../ocpi/location.js";
import type { Note } from "../ocpi/notes.js";
import type { SourceRecord } from "../ocpi/source-record.js";
import { type DecodeText, asIs } from "./dialect.js";
import { contentIdOf, isHereContentId } from "./here-content-id.js";
import { contentIdNotes } from "./here-content-notes.js";
import { groupDisagreement, readEvses } from "./here-v3-evses.js";
import { readHours } from "./here-v3-hours.js";
import { canonicalPointer } from "./here-v3-pointers.js";
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
import type { DroppedValue, HereLocation } from "./here-v3-wire.js";
import { pointerOf } from "./json-value.js";

/** Country and party of an eMI3 id without its separator. */
const EMI3_PARTY = /^([A-Z]{2})([A-Z0-9]{3})$/;
/** A record may be wrong in a million places; a reviewer reads the first few. */
const MAX_BAD_FIELD_NOTES = 20;

/**
 * `location.id` is HERE's content id (the last colon-part of its id); the genuine OCPI id (T2.1) is `cpoLocationId`.
 * Tariffs, predictions, reliability, nearby places and live availability are not carried. Of an answer without some of
 * the EVSEs nobody can count them. What is noted here comes after `notes`, which the record takes over.
 */
export function readHereLocation(
  wire: HereLocation,
  decode: DecodeText,
  depth: Depth,
  notes: Note[],
): SourceRecord {
  const location = readLocation(wire, decode, depth, notes);
  const disagreement = Array.isArray(wire.evses) ? groupDisagreement(wire, location, decode) : undefined;
  if (disagreement !== undefined) {
    notes.push({ code: "evses-pruned", pointer: "/evses", detail: disagreement.detail });
  }
  const record = completed(location, asText(wire.cpoLocationId, decode), notes);
  return disagreement?.lacksEvses ? { ...record, evseCountKnown: false } : record;
}

/** The record of a location, with what its content id tells after `notes`; `cpoLocationId` as it is stated. */
export function completed(
  location: Location,
  cpoLocationId: string | undefined,
  notes: Note[],
): SourceRecord {
  notes.push(...contentIdNotes(location.id, location.coordinates));
  return { location, ocpiLocationId: genuineId(cpoLocationId, location.id), notes };
}

function readLocation(wire: HereLocation, decode: DecodeText, depth: Depth, notes: Note[]): Location {
  const id = asText(wire.id, decode);
  const [countryCode, partyId] = partyOf(asTexts(wire.operator?.eMobilityIds, decode));
  const { evses, places } = readEvses(wire, decode, depth, notes);
  const location: Location = {
    country_code: countryCode,
    party_id: partyId,
    id: id === undefined ? undefined : asText(contentIdOf(id), asIs),
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
    owner: asBusinessDetails(wire.owner, decode),
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
export function partyOf(ids: readonly string[]): readonly (string | undefined)[] {
  if (ids.length === 0) return [];
  const distinct = new Set(ids.map((id) => id.toUpperCase().replace(/[-*]/g, "")));
  const [id = ""] = distinct;
  return distinct.size === 1 ? (EMI3_PARTY.exec(id)?.slice(1) ?? []) : [];
}

/** T2.1: HERE's own id is no OCPI id, not even where it stands in `cpoLocationId`, in whatever case. */
function genuineId(cpoLocationId: string | undefined, hereId: string | undefined): string | undefined {
  if (cpoLocationId === undefined || isHereContentId(cpoLocationId)) return undefined;
  return cpoLocationId.toLowerCase() === hereId?.toLowerCase() ? undefined : cpoLocationId;
}

/**
 * A note for each value that the guard dropped from `record`. `placeOf` tells where it stands in the source, if that
 * is not `record` itself.
 */
export function badFieldNotes(
  dropped: readonly DroppedValue[],
  record: unknown,
  decode: DecodeText,
  placeOf: (path: readonly PropertyKey[]) => string = pointerOf,
): Note[] {
  const notes = dropped.slice(0, MAX_BAD_FIELD_NOTES).map(({ path, value }): Note => ({
    code: "bad-field",
    pointer: canonicalPointer(path, record),
    detail: `${placeOf(path)} is ${kindOf(value, decode)}`,
  }));
  const more = dropped.length - notes.length;
  if (more > 0) notes.push({ code: "bad-field", pointer: "", detail: `and ${more} more fields` });
  return notes;
}

/** What kind of value it is, in words. */
export function kindOf(value: unknown, decode: DecodeText = asIs): string {
  if (typeof value === "string") return `the text ${JSON.stringify(decode(value).slice(0, 40))}`;
  if (typeof value === "number" || typeof value === "boolean") return `the ${typeof value} ${value}`;
  if (Array.isArray(value)) return "a list";
  return value === null ? "null" : "an object";
}
